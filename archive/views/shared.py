"""/speeches/<id>/shared/: the passages of a speech that stand in others too, and where."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive import reuse
from archive.forms import SharedForm
from archive.models import Speech
from archive.views import facets, twins
from archive.views.elsewhere import answers
from archive.views.errors import no_such_page, read_only
from archive.views.keeping import kept
from archive.views.speeches import readable

PAGE_SIZE = 20  # passages
SHOWN = 6  # places of a passage; the others fold away
NEAREST = 5  # relatives named
SAME = 0.8  # share of a speech's letters from which on the other may be the same speech
LONGEST_SHOWN = 300  # characters of a passage
QUOTED = 60  # characters that a deep link looks for

_OUTER = re.compile(r"([\W_]*)(.*?)([\W_]*)", re.DOTALL)

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage on the page; ``uses`` come first, ``more`` fold away."""

    number: int
    passage: reuse.Passage
    text: str
    url: str
    others: int
    uses: Sequence[ShownUse]
    more: Sequence[ShownUse]


@dataclass(frozen=True, slots=True)
class ShownUse:
    """A place elsewhere; ``wording`` when it is not letter for letter the passage, what differs set apart."""

    use: reuse.Use
    url: str
    compare: str
    wording: SafeString | str


def kept_when_complete(view: View) -> View:
    """Pages made while some speeches have no fingerprints yet are not kept: filling in changes no state."""
    keeping = kept(view)

    @functools.wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (keeping if reuse.complete() else view)(request, *args, **kwargs)

    return chosen


@read_only
@kept_when_complete
def page(request: HttpRequest, pk: int) -> HttpResponse:
    speech = readable(Speech.objects.with_outline(), pk)
    form = SharedForm(request.GET)
    if not form.is_valid():
        if form.only_page_is_wrong:
            return no_such_page(request, request.path)
        return render(request, "shared/page.html", {"form": form, "speech": speech}, status=400)
    found = answers.shared(speech)
    sort = form.cleaned_data["sort"]
    address = facets.Address(request.path, {"sort": (sort,) if sort else ()})
    paginator = Paginator(ordered(found, sort), PAGE_SIZE)
    if form.page_number > paginator.num_pages:
        return no_such_page(request, address.url())
    listed = paginator.page(form.page_number)
    context = {
        "form": form,
        "speech": speech,
        "found": found,
        "own": sum(not passage.formula for passage in found.passages),
        "percent": per_cent(found.covered, found.letters),
        "shown": shown(list(listed.object_list), listed.start_index(), speech),
        "nearest": [
            (each, per_cent(each.letters, found.letters), _compare(speech, each.speech))
            for each in found.relatives[:NEAREST]
        ],
        "same": [
            (each, per_cent(each.letters, found.letters)) for each in found.relatives if each.share >= SAME
        ],
        "shortest": reuse.SHORTEST,
        "missing": 0 if reuse.complete() else reuse.missing().published().count(),
        "sorts": [
            (label, "" if name == (sort or "rarity") else address.url(sort=[name]))
            for name, label in (("rarity", _("少见的在前")), ("reading", _("按原文顺序")))
        ],
        "pages": facets.pages(paginator, form.page_number, address),
        "json_url": facets.Address(reverse("shared-json", args=[speech.pk]), address.params).url(),
    }
    return render(request, "shared/page.html", context)


@read_only
@kept_when_complete
def twin(request: HttpRequest, pk: int) -> HttpResponse:
    speech = readable(Speech.objects.with_outline(), pk)
    form = SharedForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    found = answers.shared(speech)
    paginator = Paginator(ordered(found, form.cleaned_data["sort"]), PAGE_SIZE)
    if form.page_number > paginator.num_pages:
        return no_such_page(request, request.path)
    return twins.answer(
        {
            "id": speech.pk,
            "title": speech.title,
            "url": speech.get_absolute_url(),
            "min": reuse.SHORTEST,
            "letters": found.letters,
            "covered": found.covered,
            "left_out": found.left_out,
            "common": found.common,
            "limited": found.limited,
            "missing": 0 if reuse.complete() else reuse.missing().published().count(),
            "total": paginator.count,
            "page": form.page_number,
            "pages": paginator.num_pages,
            "passages": [record(each, speech) for each in paginator.page(form.page_number).object_list],
            "relatives": [
                {**twins.listed(each.speech), "letters": each.letters, "share": round(each.share, 4)}
                for each in found.relatives
            ],
        }
    )


SORTS: dict[str, Callable[[reuse.Passage], tuple[Any, ...]]] = {
    "rarity": lambda passage: (passage.formula, -passage.rarity, passage.span),
    "reading": lambda passage: (passage.formula, passage.span),
}


def ordered(found: reuse.Shared, sort: str) -> list[reuse.Passage]:
    """What is the speech's own, then the formulas, each in the order asked for."""
    return sorted(found.passages, key=SORTS[sort or "rarity"])


def per_cent(part: int, whole: int) -> float:
    """One decimal, and 100 only when nothing is missing."""
    return (1000 * part // whole) / 10 if whole else 0.0


def shown(passages: Sequence[reuse.Passage], first: int, speech: Speech) -> list[Shown]:
    sections = [(section.start, section.anchor) for section in speech.sections.all()]
    built = []
    for number, passage in enumerate(passages, start=first):
        section = max((each for each in sections if each[0] <= passage.span.start), default=(0, ""))[1]
        uses = [_shown_use(use, speech, section) for use in passage.uses]
        text = speech.text[slice(*passage.span)]
        short = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
        url = deep_link(speech, text, passage.anchor)
        built.append(Shown(number, passage, short, url, passage.speeches - 1, uses[:SHOWN], uses[SHOWN:]))
    return built


def _shown_use(use: reuse.Use, speech: Speech, section: str) -> ShownUse:
    differs = use.part or not use.exact
    return ShownUse(
        use,
        deep_link(use.speech, use.text, use.anchor),
        _compare(speech, use.speech) + (f"#a-{section}" if section else ""),
        wording(use) if differs else "",
    )


def wording(use: reuse.Use) -> SafeString:
    """The text of a place, escaped, the letters that the passage has otherwise in <b>."""
    parts: list[tuple[str, str]] = []
    at = 0
    for piece in use.pieces:
        start, end = piece.start - use.span.start, piece.end - use.span.start
        # The marks around the letters that differ are not what differs.
        before, letters, after = _OUTER.fullmatch(use.text[at:start]).groups()  # type: ignore[union-attr]
        parts += [("span", before), ("b", letters), ("span", after), ("span", use.text[start:end])]
        at = end
    return format_html_join("", "<{}>{}</{}>", [(tag, text, tag) for tag, text in parts if text])


def deep_link(speech: Speech, text: str, anchor: str) -> str:
    """The page of a speech with these words marked, at the paragraph where they stand."""
    quoted = "".join(char for char in text if char not in '"“”')[:QUOTED]
    query = urlencode({"q": f'"{quoted}"'})
    return f"{speech.get_absolute_url()}?{query}" + (f"#{anchor}" if anchor else "")


def _compare(a: Speech, b: Speech) -> str:
    return f"{reverse('compare')}?{urlencode({'a': a.pk, 'b': b.pk})}"


def record(passage: reuse.Passage, speech: Speech) -> dict[str, Any]:
    """A passage as data: spans are characters into the texts, half-open."""
    return {
        "start": passage.span.start,
        "end": passage.span.end,
        "text": speech.text[slice(*passage.span)],
        "letters": passage.letters,
        "anchor": passage.anchor or None,
        "speeches": passage.speeches,
        "formula": passage.formula,
        "rarity": round(passage.rarity, 2),
        "first": passage.first.pk if passage.first else None,
        "last": passage.last.pk if passage.last else None,
        "uses": [
            {
                "id": use.speech.pk,
                "title": use.speech.title,
                "date": use.speech.date_iso,
                "url": deep_link(use.speech, use.text, use.anchor),
                "anchor": use.anchor or None,
                "start": use.span.start,
                "end": use.span.end,
                "text": use.text,
                "same": use.same,
                "exact": use.exact,
                "part": use.part,
            }
            for use in passage.uses
        ],
    }
