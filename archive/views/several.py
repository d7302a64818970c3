"""/compare/?s=…&s=…&s=…: one speech, as warm as the others share it, and who shares what.

Two speeches are a pair, and one wants another: both are sent to where /compare/ does that.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive.compare import Coverage, Passage, Witnesses, witnesses
from archive.forms import SeveralForm
from archive.models import Speech
from archive.views import heat, twins, witnessed
from archive.views.comparing import as_text, compared, kept
from archive.views.errors import NoSuchSpeech
from archive.views.facets import Address
from archive.views.speeches import LARGEST_KEY

LETTER_LIMIT = 600_000  # characters of all texts together: about a second of work
NEAR_LIMIT = 200_000  # characters of all pairs together: some two seconds
BIG = 100_000  # characters of all texts together: such answers take turns
VERSION = 1  # counts up whenever the same texts may give another answer

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Several:
    """Speeches in the order asked for, one of them the base, and what the others share of it.

    ``nears`` are the near passages with each other, in order; None when they were too much to look for.
    """

    speeches: tuple[Speech, ...]
    base: Speech
    found: Witnesses
    nears: tuple[tuple[Passage, ...], ...] | None

    @property
    def others(self) -> list[Speech]:
        return [speech for speech in self.speeches if speech != self.base]

    @property
    def names(self) -> dict[int, str]:
        """What readers call each speech, by key."""
        return dict(zip((s.pk for s in self.speeches), witnessed.names_of(self.speeches), strict=True))

    @property
    def other_names(self) -> list[str]:
        return [self.names[speech.pk] for speech in self.others]


@dataclass(frozen=True, slots=True)
class Row:
    """A speech in the table; addresses that make it the base, take it out, and compare it with the base alone."""

    name: str
    speech: Speech
    is_base: bool
    exact: Coverage | None
    both: Coverage | None
    as_base: str
    without: str
    pair: str

    @property
    def percent(self) -> float:
        return per_cent(self.exact)

    @property
    def percent_both(self) -> float:
        return per_cent(self.both)


def per_cent(coverage: Coverage | None) -> float:
    """One decimal, and 100 only when nothing is missing."""
    whole = coverage.letters if coverage else 0
    return coverage.covered * 1000 // whole / 10 if coverage and whole else 0.0


def page(request: HttpRequest) -> HttpResponse:
    form = SeveralForm(request.GET)
    if not form.is_valid():
        return refused(request, form)
    if len(form.keys) < 3:
        return as_pair(form, "compare")
    speeches = asked(form)
    if not form.is_valid():
        return refused(request, form)
    several = compared_with(speeches, form)
    return render(request, "compare/several.html", context(several, form))


def twin(request: HttpRequest) -> HttpResponse:
    form = SeveralForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    if len(form.keys) < 3:
        return as_pair(form, "compare-json")
    speeches = asked(form)
    if not form.is_valid():
        return twins.refuse_form(form)
    return twins.answer(record(compared_with(speeches, form), form))


def refused(request: HttpRequest, form: SeveralForm) -> HttpResponse:
    back = f"{reverse('compare-more')}?{urlencode([('s', key) for key in form.keys[: form.MOST]])}"
    return render(request, "compare/several.html", {"form": form, "back": back}, status=400)


def as_pair(form: SeveralForm, name: str) -> HttpResponse:
    """Fewer than three: what a pair's address answers. One that was asked for twice is a pair with itself."""
    keys = form.keys * 2 if form.repeated and len(form.keys) == 1 else form.keys
    pairs = [*zip("ab", keys, strict=False), *given(form).items()]
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode(pairs)}")


def given(form: SeveralForm) -> dict[str, Any]:
    """The settings that are not the usual ones."""
    settings = {"min": form.cleaned_data["min"], "near": form.cleaned_data["near"]}
    return {name: value for name, value in settings.items() if value}


def asked(form: SeveralForm) -> tuple[Speech, ...]:
    """The speeches in the order asked for; 404 when readers cannot have one, an error when they are too long."""
    if max(form.keys) > LARGEST_KEY:
        raise NoSuchSpeech
    found = Speech.objects.published().with_outline().in_bulk(form.keys)
    if len(found) < len(form.keys):
        raise NoSuchSpeech
    if sum(len(speech.text) for speech in found.values()) > LETTER_LIMIT:
        facts = {"n": LETTER_LIMIT // 10_000}
        form.add_error("s", _("所选讲话合计超过 %(n)d 万字，无法即时对比，请去掉较长的讲话。") % facts)
    return tuple(found[key] for key in form.keys)


def compared_with(speeches: tuple[Speech, ...], form: SeveralForm) -> Several:
    """The base against all others, kept until a text or an outline has changed."""
    base = next(speech for speech in speeches if speech.pk == form.base_key)
    others = [speech for speech in speeches if speech != base]
    nears = near_passages(base, others, form.min_letters) if form.shows_near else ()
    texts = [as_text(speech) for speech in (base, *others)]
    which = [(speech.digest, text.redactions) for speech, text in zip((base, *others), texts, strict=True)]
    turn = _one_at_a_time if sum(len(text.text) for text in texts) > BIG else None
    found = kept(
        f"several:{VERSION}:{form.min_letters}:{bool(nears)}:{which}",
        lambda: witnesses(texts[0], texts[1:], form.min_letters, nears or ()),
        turn,
    )
    return Several(speeches, base, found, nears)


def near_passages(
    base: Speech, others: Sequence[Speech], min_letters: int
) -> tuple[tuple[Passage, ...], ...] | None:
    """Those of each pair, as its own page has them."""
    if sum(len(base.text) + len(other.text) for other in others) > NEAR_LIMIT:
        return None
    return tuple(compared(base, other, min_letters).near for other in others)


def context(several: Several, form: SeveralForm) -> dict[str, Any]:
    """What the page shows."""
    base, found, names = several.base, several.found, several.other_names
    address = address_of(several, form)
    others = witnessed.Others(names, several.others)
    items = witnessed.listed(base, found.passages, others)
    nearly, near_left = witnessed.nearly(base, several.nears or (), others, len(items) + 1)
    segments = heat.shown(found.segments)
    leading = witnessed.connect([*items, *nearly], segments, names)
    return {
        "form": form,
        "several": several,
        "min": form.min_letters,
        "near": form.shows_near,
        "base_name": several.names[base.pk],
        "others": len(names),
        "rows": rows(several, form, address),
        "alone": found.counts[0],
        "alone_percent": per_cent(Coverage(found.letters, found.counts[0])),
        "all": found.counts[-1],
        "all_percent": per_cent(Coverage(found.letters, found.counts[-1])),
        "legend": heat.legend(found.counts, found.letters),
        "parts": heat.parts(base, segments, leading, names),
        "strip": heat.strip(base, segments, names),
        "items": [item for item in items if not item.recurring],
        "formulas": [item for item in items if item.recurring],
        "nearly": nearly,
        "total": len(found.passages),
        "unlisted": len(found.passages) - len(items) + near_left,
        "unmarked": sum(1 for segment in found.segments if segment.count) - len(segments),
        "repeated": [speech.title for speech in several.speeches if speech.pk in form.repeated],
        "min_choices": [
            (n, address.url(min=[str(n)])) for n in sorted({8, 10, 12, 16, 20, form.min_letters})
        ],
        "near_url": address.url(near=[] if form.shows_near else ["on"]),
        "lower_url": address.url(min=[]) if form.min_letters > form.SHORTEST else "",
        "more_url": Address(reverse("compare-more"), address.params).url()
        if len(several.speeches) < form.MOST
        else "",
        "json_url": Address(reverse("compare-json"), address.params).url(),
    }


def address_of(several: Several, form: SeveralForm) -> Address:
    """Of this page; a base is named only when it is not the first speech."""
    keys = tuple(str(speech.pk) for speech in several.speeches)
    params = {"s": keys, "base": (str(several.base.pk),) if several.base != several.speeches[0] else ()}
    return Address(reverse("compare"), params | {name: (str(value),) for name, value in given(form).items()})


def rows(several: Several, form: SeveralForm, address: Address) -> list[Row]:
    names, found = several.names, several.found
    covered = dict(
        zip((s.pk for s in several.others), zip(found.exact, found.both, strict=True), strict=True)
    )
    built = []
    for speech in several.speeches:
        is_base = speech == several.base
        exact, both = covered.get(speech.pk, (None, None))
        rest = tuple(str(each.pk) for each in several.speeches if each != speech)
        without = address.url(s=rest, base=() if is_base else address.params["base"])
        as_base = "" if is_base else address.url(base=[str(speech.pk)])
        pair = urlencode({"a": several.base.pk, "b": speech.pk, **given(form)})
        built.append(
            Row(
                names[speech.pk],
                speech,
                is_base,
                exact,
                both,
                as_base,
                without,
                f"{reverse('compare')}?{pair}",
            )
        )
    return built


def record(several: Several, form: SeveralForm) -> dict[str, Any]:
    """The twin. Spans are characters into a speech's text, half-open; lengths are compared letters."""
    found, keys = several.found, [speech.pk for speech in several.others]
    covered = dict(zip(keys, zip(found.exact, found.both, strict=True), strict=True))
    return {
        "base": several.base.pk,
        "min": form.min_letters,
        "near": form.shows_near,
        "near_complete": several.nears is not None,
        "complete": found.complete,
        "repeated": form.repeated,
        "letters": found.letters,
        "counts": found.counts,
        "speeches": [
            {
                "id": speech.pk,
                "title": speech.title,
                "characters": speech.characters,
                "covers": None
                if speech == several.base
                else {
                    "exact": round(covered[speech.pk][0].share, 4),
                    "both": round(covered[speech.pk][1].share, 4),
                },
            }
            for speech in several.speeches
        ],
        "segments": [
            {
                "start": segment.span.start,
                "end": segment.span.end,
                "letters": segment.letters,
                "witnesses": [keys[n] for n in segment.witnesses],
                "nearly": [keys[n] for n in segment.nearly],
            }
            for segment in found.segments
        ],
        "passages": [witnessed.record(passage, keys) for passage in found.passages],
    }
