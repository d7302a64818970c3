"""Citing: /speeches/<id>/cite/ for people, .bib, .ris and .csl.json of a speech or of a list for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive import citing
from archive.citing import STYLES, Reference
from archive.forms import CiteForm
from archive.models import Speech
from archive.views import browsing, linking, twins
from archive.views.errors import read_only, refusal
from archive.views.marking import trimmed
from archive.views.referring import SAMPLE, reference
from archive.views.speeches import file_name, named, readable

MOST = 2_000  # references in one file
WORDS = ("p", "start", "end", "text")  # parameters that name words

FILES: dict[str, tuple[str, str, str, Callable[[Iterable[Reference]], str]]] = {
    "bibtex": ("BibTeX", "bib", "application/x-bibtex", citing.bibtex),
    "ris": ("RIS", "ris", "application/x-research-info-systems", citing.ris),
    "csl": ("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", citing.csl_json),
}


@dataclass(frozen=True, slots=True)
class Picked:
    """The words of a speech that are cited: their paragraph, and a link that marks exactly them ("" for a whole
    paragraph). ``error`` says why there are none; ``lost`` that what was pasted is not there."""

    quote: str = ""
    anchor: str = ""
    link: str = ""
    error: str = ""
    lost: bool = False

    @property
    def paragraph(self) -> int | None:
        return int(self.anchor[1:]) if self.anchor.startswith("p") else None


@read_only
def page(request: HttpRequest, pk: int) -> HttpResponse:
    speech = readable(Speech.objects.with_outline(), pk)
    form = CiteForm(request.GET)
    picked = pick(form, speech) if form.is_valid() else Picked()
    errors = [*form.named_errors, *filter(None, [picked.error])]
    one = reference(request, speech, picked.anchor, picked.quote)
    style = form.style_name
    context = {
        "speech": speech,
        "errors": errors,
        "picked": picked,
        "link": request.build_absolute_uri(picked.link) if picked.link else "",
        "text": request.GET.get("text", "")[: CiteForm.MOST],
        "language": one.language,
        "style": form.cleaned_data.get("style", ""),
        "styles": _styles(request, style, WORDS if not errors else ()),
        "label": STYLES[style][0] if style in STYLES else FILES[style][0],
        "runs": STYLES[style][1](one) if style in STYLES else [],
        "source": FILES[style][3]([one]) if style in FILES else "",
        "files": _files(speech, picked.paragraph),
    }
    return render(request, "citing/page.html", context, status=400 if errors else 200)


def _styles(request: HttpRequest, chosen: str, kept: Iterable[str]) -> list[tuple[str, str]]:
    """Every style with its address, that of the chosen one empty; the parameters ``kept`` stay as they are."""
    labels = {name: style[0] for name, style in STYLES.items()} | {
        name: file[0] for name, file in FILES.items()
    }
    params = {name: request.GET[name] for name in kept if request.GET.get(name)}
    return [
        (label, "" if name == chosen else f"?{urlencode({'style': name, **params})}")
        for name, label in labels.items()
    ]


def _files(speech: Speech, paragraph: int | None) -> list[tuple[str, str]]:
    """Every file with its address, of the whole speech or of a paragraph."""
    stem = speech.get_absolute_url().rstrip("/")
    query = "" if paragraph is None else f"?p={paragraph}"
    return [(label, f"{stem}.{suffix}{query}") for label, suffix, _type, _write in FILES.values()]


@read_only
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """The link to selected words, for the script of the speech's page."""
    speech = readable(Speech.objects.with_outline(), pk)
    form = _form(request, "start", "end", "text")
    if not form.is_valid():
        return twins.refuse_form(form)
    picked = pick(form, speech)
    if not picked.link:
        return twins.refuse("start", picked.error or _("请在 start 和 end 里给出所选文字的起止，如 p7.12。"))
    url = request.build_absolute_uri(picked.link)
    return twins.answer({"words": picked.quote, "anchor": picked.anchor, "url": url})


def _form(request: HttpRequest, *names: str) -> CiteForm:
    """What is asked by the parameters that mean something at an address."""
    return CiteForm({name: request.GET[name] for name in names if name in request.GET})


def pick(form: CiteForm, speech: Speech) -> Picked:
    """What a valid form asks to be cited; the whole speech when it names no words."""
    asked = form.cleaned_data
    if asked["text"]:
        span = citing.find(speech.text, asked["text"])
        return between(speech, *span) if span else Picked(lost=True)
    if asked["start"] or asked["end"]:
        start, end = (_offset(speech, asked[name]) for name in ("start", "end"))
        if start is None or end is None:
            return Picked(error=_("本篇没有这个位置，文稿可能刚改过；请刷新讲话页后重新选字。"))
        return between(speech, start, end)
    if asked["p"] is None:
        return Picked()
    anchor = f"p{asked['p']}"
    anchor = speech.moved.get(anchor, anchor)
    for paragraph in speech.paragraphs.all():
        if paragraph.anchor == anchor:
            start, end = trimmed(speech.text, paragraph.start, paragraph.end)
            return Picked(speech.text[start:end], anchor)
    return Picked(error=_("本篇没有第 %(n)s 段，请在讲话页上重新点选。") % {"n": asked["p"]})


def between(speech: Speech, start: int, end: int) -> Picked:
    """The words in [start, end), linked."""
    chosen = citing.choose(speech.text, linking.places(speech), start, end)
    if chosen is None:
        return Picked(error=_("请选一句到一段话：至少一个字，最多 2,000 个字。"))
    return Picked(speech.text[start:end].strip(), chosen.anchor, linking.link_to(speech, chosen))


def _offset(speech: Speech, place: str) -> int | None:
    """p7.12 as a character of the text; None where there is no such anchor."""
    anchor, _dot, count = place.partition(".")
    start = dict(linking.places(speech)).get(anchor)
    return None if start is None else start + int(count)


@read_only
def speech_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """One speech, or its paragraph ``p``, as programs read it."""
    speech = readable(Speech.objects.with_outline(), pk)
    form = _form(request, "p")
    picked = pick(form, speech) if form.is_valid() else Picked(error=form.named_errors[0])
    if picked.error:
        return refusal(request, 400, picked.error, field=next(iter(form.errors), "p"))
    return _file(
        suffix,
        [reference(request, speech, picked.anchor, picked.quote)],
        file_name(speech, suffix),
    )


@read_only
def list_file(request: HttpRequest, suffix: str) -> HttpResponse:
    """The speeches of a list, in its order; ``page`` has no meaning here."""
    said = _("一个文件最多 2,000 篇，请先按年份、讲话人等缩小范围。")
    keys = browsing.whole_list(request, MOST, said)
    if isinstance(keys, HttpResponse):
        return keys
    listed = browsing.in_order(Speech.objects.for_lists().annotate(sample=Substr("text", 1, SAMPLE)), keys)
    return _file(suffix, [reference(request, speech) for speech in listed], _("讲话") + f".{suffix}")


def _file(suffix: str, references: list[Reference], name: str) -> HttpResponse:
    _label, _suffix, kind, write = next(each for each in FILES.values() if each[1] == suffix)
    charset = "" if kind.endswith("json") else "; charset=utf-8"
    response = HttpResponse(write(references), content_type=f"{kind}{charset}")
    response["Content-Disposition"] = named(name, attachment=True)
    return response
