"""/compare/?s=…&s=…&s=…: one speech, as warm as the others share it, and who shares what.

Two speeches are a pair, and one wants another: both are sent to where /compare/ does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive.compare import Coverage
from archive.forms import SeveralForm
from archive.models import Speech
from archive.views import heat, twins, witnessed
from archive.views.collating import Several, collated
from archive.views.errors import NoSuchSpeech, refusal
from archive.views.facets import Address
from archive.views.speeches import LARGEST_KEY
from archive.views.strip import covered_percent, per_cent

MIN_CHOICES = (8, 10, 12, 16, 20)  # letters
LETTER_LIMIT = 600_000  # characters of all texts together: about a second of work


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
        return covered_percent(self.exact) if self.exact else 0.0

    @property
    def percent_both(self) -> float:
        return covered_percent(self.both) if self.both else 0.0


def page(request: HttpRequest) -> HttpResponse:
    form = SeveralForm(request.GET)
    if not form.is_valid():
        return refused(request, form)
    if len(form.keys) < 3:
        return as_pair(form, "compare-more" if form.repeated else "compare")
    speeches = asked(form)
    if not form.is_valid():
        return refused(request, form)
    return render(request, "compare/several.html", context(collate(speeches, form), form))


def twin(request: HttpRequest) -> HttpResponse:
    form = SeveralForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    if len(form.keys) < 3 and form.repeated:
        return twins.refuse("s", _("有的讲话选了不止一次，去掉重复的不到三篇。请再选一篇。"))
    if len(form.keys) < 3:
        return as_pair(form, "compare-json")
    speeches = asked(form)
    if not form.is_valid():
        return twins.refuse_form(form)
    return twins.answer(record(collate(speeches, form), form))


def table(request: HttpRequest) -> HttpResponse:
    """A table has two sides: two speeches are sent to theirs, more are told where they are to be had."""
    form = SeveralForm(request.GET)
    if form.is_valid() and len(form.keys) < 3 and not form.repeated:
        return as_pair(form, "compare-csv")
    told = _("CSV 一次只列两篇，请用 a=编号&b=编号；三篇以上请取 JSON（compare.json）。")
    field, messages = next(iter(form.errors.items()), ("s", [told]))
    return refusal(request, 400, str(messages[0]), field=field)


def refused(request: HttpRequest, form: SeveralForm) -> HttpResponse:
    back = f"{reverse('compare-more')}?{urlencode([('s', key) for key in form.keys[: form.MOST]])}"
    return render(request, "compare/several.html", {"form": form, "back": back}, status=400)


def as_pair(form: SeveralForm, name: str) -> HttpResponse:
    """Fewer than three: what a pair's address answers, or where one chooses when some were asked for twice."""
    if form.repeated:
        pairs = [*(("s", key) for key in form.given), *given(form).items()]
    else:
        pairs = [*zip("ab", form.keys, strict=False), *given(form).items()]
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


def collate(speeches: tuple[Speech, ...], form: SeveralForm) -> Several:
    base = next(speech for speech in speeches if speech.pk == form.base_key)
    return collated(speeches, base, form.min_letters, near=form.shows_near)


def context(several: Several, form: SeveralForm) -> dict[str, Any]:
    """What the page shows."""
    base, found, names = several.base, several.found, several.other_names
    return {
        "form": form,
        "several": several,
        "min": form.min_letters,
        "near": form.shows_near,
        "base_name": several.names[base.pk],
        "others": len(names),
        "alone": found.counts[0],
        "alone_percent": per_cent(found.counts[0], found.letters),
        "all": found.counts[-1],
        "all_percent": per_cent(found.counts[-1], found.letters),
        "legend": heat.legend(found.counts, found.letters),
        "repeated": [speech.title for speech in several.speeches if speech.pk in form.repeated],
        **addresses(several, form),
        **text_and_list(several, [pair_url(several, other, form) for other in several.others]),
    }


def pair_url(several: Several, other: Speech, form: SeveralForm) -> str:
    """Where the base is compared with one other alone."""
    return f"{reverse('compare')}?{urlencode({'a': several.base.pk, 'b': other.pk, **given(form)})}"


def text_and_list(several: Several, pairs: list[str]) -> dict[str, Any]:
    """The base with its marks, and the passages that these lead to."""
    base, found, names = several.base, several.found, several.other_names
    others = witnessed.Others(names, several.others)
    items = witnessed.listed(base, found.passages, others)
    nearly, near_left = witnessed.nearly(base, several.nears or (), others, len(items) + 1)
    segments = heat.shown(found.segments)
    leading = witnessed.connect([*items, *nearly], segments, names)
    return {
        "parts": heat.parts(base, segments, leading, names, pairs),
        "strip": heat.strip(base, segments, names),
        "items": [item for item in items if not item.recurring],
        "formulas": [item for item in items if item.recurring],
        "nearly": nearly,
        "total": len(found.passages),
        "unlisted": len(found.passages) - len(items) + near_left,
        "unmarked": sum(1 for segment in found.segments if segment.count) - len(segments),
    }


def addresses(several: Several, form: SeveralForm) -> dict[str, Any]:
    """Where the page's switches lead."""
    address = address_of(several, form)
    lengths = sorted({*MIN_CHOICES, form.min_letters})
    more = Address(reverse("compare-more"), address.params)
    return {
        "rows": rows(several, form, address),
        "min_choices": [(n, address.url(min=[str(n)])) for n in lengths],
        "near_url": address.url(near=[] if form.shows_near else ["on"]),
        "lower_url": address.url(min=[]) if form.min_letters > form.SHORTEST else "",
        "more_url": more.url() if len(several.speeches) < form.MOST else "",
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
        pair = pair_url(several, speech, form)
        built.append(Row(names[speech.pk], speech, is_base, exact, both, as_base, without, pair))
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
        "speeches": [member(speech, covered.get(speech.pk)) for speech in several.speeches],
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


def member(speech: Speech, covered: tuple[Coverage, Coverage] | None) -> dict[str, Any]:
    """A speech as data; the base covers nothing of itself."""
    covers = (
        None
        if covered is None
        else dict(zip(("exact", "both"), (round(c.share, 4) for c in covered), strict=True))
    )
    return {"id": speech.pk, "title": speech.title, "characters": speech.characters, "covers": covers}
