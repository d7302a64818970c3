"""/compare/: two speeches beside each other, as two versions of one, or only what they share."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from math import floor
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from archive.compare import ALGORITHM, Comparison, Coverages, Passage, Span, Text, TooLong, compare, versions
from archive.forms import CompareForm
from archive.models import Speech
from archive.views import columns, differing, inline, passages, ribbon, twins
from archive.views.errors import read_only
from archive.views.speeches import readable

LIST_LIMIT = 200  # speeches in a native list; beyond, it is narrowed by words of the title
LETTER_LIMIT = 600_000  # characters of both texts together: some three seconds of work
BIG = 100_000  # characters of both texts together: more take a second and some 100 MB
SECONDS_KEPT = 3600
MIN_CHOICES = (8, 10, 12, 16, 20)  # letters
RELATED = 0.3  # share of unchanged text; versions of one speech are far above, two speeches far below
FAMILY_LIMIT = 200  # passages listed on a page; the twin has them all

_one_at_a_time = threading.Lock()

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the two speeches on the page, and what readers call it there."""

    name: str
    speech: Speech
    covered: Coverages

    @property
    def percent(self) -> float:
        return per_cent(self.covered.exact.share)

    @property
    def percent_both(self) -> float:
        return per_cent(self.covered.both.share)

    @property
    def percent_plain(self) -> float:
        return per_cent(self.covered.plain_both.share)


def per_cent(share: float) -> float:
    """One decimal, and 100 only when nothing is missing."""
    return floor(1000 * share) / 10


@read_only
@conditional_page
def page(request: HttpRequest) -> HttpResponse:
    form = CompareForm(request.GET)
    given = chosen(form)
    if not form.is_valid() or len(given) < 2 or given["a"] == given["b"]:
        return choose(request, form, given)
    a, b = given["a"], given["b"]
    context: dict[str, Any] = {"form": form, "min": form.min_letters, "view": form.shown_as}
    found = compared(a, b, form.min_letters)
    context |= {
        "comparison": found,
        "speeches": [Shown(_("甲"), a, found.covered_a), Shown(_("乙"), b, found.covered_b)],
        "min_choices": sorted({*MIN_CHOICES, form.min_letters}),
        "views": [("side", _("并排")), ("common", _("仅相同")), ("inline", _("合并"))],
    }
    context |= VIEWS[form.shown_as](a, b, found)
    return render(request, "compare/page.html", context)


@read_only
@conditional_page
def twin(request: HttpRequest) -> HttpResponse:
    """The comparison as data. Without two different speeches there is none: the twin answers 400, naming the
    parameter, where the page answers 200 with the lists to choose from and a sentence that says what to do.
    """
    form = CompareForm(request.GET)
    given = chosen(form)
    if not form.is_valid():
        return twins.refuse_form(form)
    if len(given) < 2:
        return twins.refuse("b" if "a" in given else "a", prompt(given))
    if given["a"] == given["b"]:
        return twins.refuse("b", prompt(given))
    return twins.answer(record(given["a"], given["b"], compared(given["a"], given["b"], form.min_letters)))


def chosen(form: CompareForm) -> dict[str, Speech]:
    """The speeches that the form names; 404 for one that readers cannot have."""
    form.full_clean()
    keys = {side: form.cleaned_data.get(side) for side in ("a", "b")}
    found = {
        side: readable(Speech.objects.with_outline(), key) for side, key in keys.items() if key is not None
    }
    two = len(set(found.values())) == 2  # a speech with itself is told so, however long it is
    if two and sum(len(speech.text) for speech in found.values()) > LETTER_LIMIT:
        form.add_error(
            "b", _("两篇合计超过 %(n)d 万字，无法即时对比，请选较短的讲话。") % {"n": LETTER_LIMIT // 10_000}
        )
    return found


def prompt(given: dict[str, Speech]) -> str:
    """What the reader should do next."""
    if len(given) == 2:
        return _("两篇是同一篇讲话。请把其中一篇换成别的。")
    return _("请再选一篇。") if given else _("请选择两篇讲话。")


def choose(request: HttpRequest, form: CompareForm, given: dict[str, Speech]) -> HttpResponse:
    """The page with two lists to choose from, newest first, and what is wrong if something is."""
    speeches = Speech.objects.published().for_lists().newest()
    if words := form.cleaned_data.get("title"):
        speeches = speeches.filter(title__icontains=words)
    listed = list(speeches[: LIST_LIMIT + 1])
    context = {
        "form": form,
        "given": given,
        "prompt": "" if form.errors else prompt(given),
        "options": {side: offered(listed[:LIST_LIMIT], given.get(side)) for side in ("a", "b")},
        "too_many": len(listed) > LIST_LIMIT,
        "words": words,
        "limit": LIST_LIMIT,
    }
    return render(request, "compare/choose.html", context, status=400 if form.errors else 200)


def offered(listed: list[Speech], speech: Speech | None) -> list[Speech]:
    return listed if speech is None or speech in listed else [speech, *listed]


def compared(a: Speech, b: Speech, min_letters: int) -> Comparison:
    """The comparison, from the cache when neither text nor outline has changed."""
    texts = as_text(a), as_text(b)
    outlines = repr([(text.redactions, text.sections) for text in texts])
    turn = _one_at_a_time if len(a.text) + len(b.text) > BIG else None
    return kept(
        f"{a.digest}:{b.digest}:{min_letters}:{outlines}",
        lambda: compare(*texts, min_letters=min_letters),
        turn,
    )


def kept(key: str, make: Callable[[], Kept], turn: AbstractContextManager[Any] | None = None) -> Kept:
    """What ``make`` makes, from the cache when it has been made before; it is made inside ``turn``."""
    digest = hashlib.sha256(f"{ALGORITHM}:{key}".encode()).hexdigest()
    found: Kept | None = cache.get(f"compare:{digest}")
    if found is None:
        with turn or nullcontext():
            found = cache.get(f"compare:{digest}")  # another request may have made it meanwhile
            if found is None:
                found = make()
                cache.set(f"compare:{digest}", found, SECONDS_KEPT)
    return found


def as_text(speech: Speech) -> Text:
    return Text(
        speech.text,
        tuple(Span(span["start"], span["end"]) for span in speech.redactions),
        tuple(Span(section.start, section.end) for section in speech.sections.all()),
    )


def record(a: Speech, b: Speech, found: Comparison) -> dict[str, Any]:
    """The twin. Offsets are characters into each speech's text, half-open; lengths are compared letters."""
    anchors_a, anchors_b = ([section.anchor for section in speech.sections.all()] for speech in (a, b))
    return {
        "a": {"id": a.pk, "title": a.title, "characters": a.characters},
        "b": {"id": b.pk, "title": b.title, "characters": b.characters},
        "min": found.min_letters,
        "listed_min": found.listed_min,
        "limited": found.limited,
        "identical": found.identical,
        "near_complete": found.near_complete,
        "passages": [passage(p) for p in sorted((*found.passages, *found.near), key=in_order)],
        "sections": [
            {
                "a": None if pair.a is None else anchors_a[pair.a],
                "b": None if pair.b is None else anchors_b[pair.b],
                "similarity": round(pair.similarity, 4),
                "shared": pair.shared,
            }
            for pair in found.sections
        ],
        "coverage": {"a": round(found.coverage_a.share, 4), "b": round(found.coverage_b.share, 4)},
        "covered": {"a": shares(found.covered_a), "b": shares(found.covered_b)},
        "distinctive": {
            "a": [[word, round(score, 2)] for word, score in found.distinctive_a],
            "b": [[word, round(score, 2)] for word, score in found.distinctive_b],
        },
    }


def in_order(found: Passage) -> tuple[int, int, str]:
    return found.a.start, found.b.start, found.kind


def passage(found: Passage) -> dict[str, Any]:
    """A passage as data; a near one says which stretches of a and b do not agree."""
    one: dict[str, Any] = {"kind": found.kind, "a": found.a, "b": found.b, "length": found.length}
    one["similarity"] = round(found.similarity, 4)
    return one if found.kind == "exact" else {**one, "differing": found.differing}


def shares(covered: Coverages) -> dict[str, float]:
    """What is covered by exact passages, and by near ones too; ``plain`` is without formulas."""
    named = ("exact", "both", "plain_exact", "plain_both")
    return {name: round(getattr(covered, name).share, 4) for name in named}


def side_by_side(a: Speech, b: Speech, found: Comparison) -> dict[str, Any]:
    marked = columns.marked_families((*found.families, *found.near_families))
    places_a, places_b = columns.places(marked)
    anchors = {(side, p.span): p.anchor for side, ps in (("a", places_a), ("b", places_b)) for p in ps}
    lists = both_lists(a, b, found, lambda side, span: anchors[side, span], len(marked))
    differ_a, differ_b = (differing.differing(marked, side) for side in ("a", "b"))
    return {
        "columns": [
            ("a", _("甲"), a, columns.column(a, "a", places_a, differ_a)),
            ("b", _("乙"), b, columns.column(b, "b", places_b, differ_b)),
        ],
        "ribbon": ribbon.ribbon(len(a.text), len(b.text), places_a, places_b),
        **lists,
        "unmarked": len(found.families) + len(found.near_families) - len(marked),
        "pairs": list(passages.section_pairs(a, b, found.sections)),
        "words": [(_("甲"), found.distinctive_a), (_("乙"), found.distinctive_b)],
    }


def both_lists(
    a: Speech, b: Speech, found: Comparison, show: passages.Show, marked: int | None = None
) -> dict[str, Any]:
    """The exact families and then the near ones, as many as a page can list (and has ``marked``)."""
    exact = found.families[:marked]
    near = found.near_families[: None if marked is None else marked - len(exact)]
    listed = passages.listed(exact[:FAMILY_LIMIT], a, b, show)
    nearly = passages.listed(near[:FAMILY_LIMIT], a, b, show, first=len(exact) + 1)
    return {
        "passages": listed,
        "nearly": nearly,
        "unlisted": len(found.families) - len(listed) + len(found.near_families) - len(nearly),
    }


def only_common(a: Speech, b: Speech, found: Comparison) -> dict[str, Any]:
    locate = {"a": passages.Locator(a), "b": passages.Locator(b)}
    return both_lists(a, b, found, lambda side, span: locate[side](span))


def as_versions(a: Speech, b: Speech, found: Comparison) -> dict[str, Any]:
    try:
        changes = kept(f"versions:{a.digest}:{b.digest}", lambda: versions(a.text, b.text))
    except TooLong:
        return {"too_long": True}
    unrelated = changes.similarity < RELATED
    return {
        "runs": inline.runs(a.text, b.text, changes.changes, unrelated=unrelated),
        "count": inline.count(changes.changes),
        "percent": per_cent(changes.similarity),
        "unrelated": unrelated,
    }


VIEWS: dict[str, Callable[[Speech, Speech, Comparison], dict[str, Any]]] = {
    "side": side_by_side,
    "common": only_common,
    "inline": as_versions,
}
