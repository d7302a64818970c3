"""/quote/: whether a quotation stands in the speeches word by word, and if not, where it differs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from archive import search
from archive.forms import QuoteForm
from archive.models import Speech
from archive.templatetags.reading import written_date
from archive.text import headed
from archive.views import beside, twins
from archive.views.errors import read_only
from archive.views.keeping import kept

SEARCHED = 60  # characters of a quotation that are sought by their words
MARKS = re.compile(r"[“”‘’\"'「」『』*×|=]")
OPENING = 600  # characters of a speech in which an example is sought
SENTENCE = re.compile(r"(?<![^。！？；，\n])[^。！？\n：“”*×]{16,48}(?=。)")  # from the start of a clause
RUN = re.compile(r"(\w{2})(\w)(\w)\w(\w)")


@dataclass(frozen=True, slots=True)
class Card:
    """A source as the page shows it. ``rows`` is empty when nothing differs but the script."""

    source: search.Source
    rows: list[beside.Row]
    said: list[str]
    unsaid: int
    where: str
    reference: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of the quotation: its sources if they hold it exactly, or else the nearest one beside it."""

    part: search.Part
    cards: list[Card]
    more: int


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    use: str
    url: str


@read_only
@kept
def page(request: HttpRequest) -> HttpResponse:
    form = QuoteForm(request.GET)
    if not form.is_valid():
        return _start(request, form.named_errors)
    if not form.cleaned_data["text"]:
        return _start(request)
    try:
        checked = search.check_quotation(form.cleaned_data["text"])
    except search.QueryError as refused:
        return _start(request, [refused.message])
    return render(request, "quote/page.html", _context(checked))


@read_only
@kept
def twin(request: HttpRequest) -> HttpResponse:
    form = QuoteForm(request.GET)
    if not form.is_valid():
        return twins.refuse_form(form)
    if not form.cleaned_data["text"]:
        return twins.refuse("text", _("请在 text 里给出要核对的引文。"))
    try:
        return twins.answer(record(search.check_quotation(form.cleaned_data["text"])))
    except search.QueryError as refused:
        return twins.refuse(refused.field, refused.message)


def record(checked: search.Checked) -> dict[str, Any]:
    """The twin.

    ``verdict`` is "exact", "near", "partial" or "none" (see archive.search.Checked); ``differences`` are
    those from the first source, in letters, two neighbours in the other order counting one; ``total``
    counts the speeches that hold the quotation exactly. ``parts`` are the sentences, their ``start`` and
    ``end`` characters of ``text``; those of a source are characters into the speech's text. All half-open.

    ``alignment`` makes the source's ``text`` out of the quotation: ["=", both], or ["=", quoted, source]
    where the same letters are written otherwise or other marks stand behind them; ["~", quoted, source]
    other letters; ["x", quoted, source] two in the other order; ["-", quoted] not in the source;
    ["+", source] left out; ["…"] left out and said so. ``punctuation``: other marks stand inside.
    """
    return {
        "text": checked.text,
        "verdict": checked.verdict,
        "differences": checked.differences,
        "total": checked.total,
        "sources": [_source(source) for source in checked.sources],
        "parts": [
            {
                "text": part.text,
                "start": part.start,
                "end": part.end,
                "verdict": part.verdict,
                "differences": part.differences,
                "total": part.total,
                "sources": [_source(source) for source in part.sources],
            }
            for part in checked.parts
        ],
        "warnings": list(checked.warnings),
    }


def _source(source: search.Source) -> dict[str, Any]:
    return {
        "id": source.speech,
        "title": source.title,
        "speaker": source.speaker,
        "date": source.date,
        "url": source.url,
        "anchor": source.anchor,
        "start": source.start,
        "end": source.end,
        "text": source.text,
        "similarity": round(source.similarity, 4),
        "differences": source.differences,
        "punctuation": source.remarked,
        "alignment": [_aligned(run) for run in beside.runs(source.steps)],
    }


def _aligned(run: beside.Run) -> list[str]:
    if run.kind == "=" and run.quoted == run.source:
        return [run.kind, run.source]
    return [run.kind, *filter(None, (run.quoted, run.source))]


def _start(request: HttpRequest, errors: list[str] | None = None) -> HttpResponse:
    text = request.GET.get("text", "")
    context = {
        "errors": errors,
        "text": text,
        "most": QuoteForm.MOST,
        "examples": [] if errors else examples(),
        "search_url": _search(text) if errors and len(text) <= SEARCHED else "",
    }
    return render(request, "quote/start.html", context, status=400 if errors else 200)


def examples() -> list[Example]:
    """A sentence of a speech here as it stands, and one that is quoted wrongly."""
    speeches = Speech.objects.published().with_openings(OPENING).newest()[:5]
    openings = (str(vars(speech)["opening"]) for speech in speeches)
    found = [sentence.group() for opening in openings if (sentence := SENTENCE.search(opening))]
    if not found:
        return []
    wrong = RUN.sub(lambda run: f"{run[1]}{run[3]}{run[2]}{run[4]}", found[-1], count=1)
    tried = ((found[0], _("本库里的一句原话")), (wrong, _("引错了的一句：颠倒两字，漏一字")))
    return [Example(text, use, f"?{urlencode({'text': text})}") for text, use in tried]


def _context(checked: search.Checked) -> dict[str, Any]:
    judged = Counter(part.verdict for part in checked.parts)
    cards = [_card(source) for source in checked.sources]
    parts = []
    if checked.verdict == "partial":
        parts = [_sentence(part) for part in checked.parts]
    left_out = any(step.kind == "…" for source in checked.sources for step in source.steps)
    shown = [card for each in parts for card in each.cards] or cards
    return {
        "checked": checked,
        "text": checked.text,
        "most": QuoteForm.MOST,
        "cards": cards,
        "parts": parts,
        "judged": judged,
        "marked": any(card.said for card in shown),
        "more": checked.total - len(checked.sources) if checked.verdict == "exact" else 0,
        "everywhere": "" if left_out else _search(f"“{_words(checked.text)}”", sort="oldest"),
        "search_url": _search(_words(checked.text)[:SEARCHED]),
        "json_url": f"{reverse('quote-json')}?{urlencode({'text': checked.text})}",
    }


def _sentence(part: search.Part) -> Sentence:
    shown = part.sources if part.verdict == "exact" else part.sources[:1]
    return Sentence(part, [_card(source) for source in shown], max(0, part.total - len(shown)))


def _card(source: search.Source) -> Card:
    said, unsaid = beside.said(source.steps)
    rows = beside.rows(source.steps)
    where = _where(source)
    shown = rows if source.differences or source.remarked else []
    return Card(source, shown, said, unsaid, where, _reference(source, where))


def _where(source: search.Source) -> str:
    """The paragraph, or paragraphs, or the heading in which the source begins."""
    first, last = source.anchor, source.last
    if first.startswith("p") and last.startswith("p"):
        return _("第 %(n)s 段") % {"n": first[1:] if first == last else f"{first[1:]}—{last[1:]}"}
    heading = headed(source.num, source.heading)
    if first.startswith("p"):
        begins = _("第 %(n)s 段") % {"n": first[1:]}
    else:
        begins = _("标题“%(heading)s”") % {"heading": heading} if heading else _("题名")
    return begins if first == last else _("%(place)s起") % {"place": begins}


def _reference(source: search.Source, where: str) -> str:
    """《题名》，讲话人，日期，第 n 段; marks of a title inside a title are single (GB/T 15834—2011, 4.15)."""
    title = source.title.replace("《", "〈").replace("》", "〉")
    return _("，").join(filter(None, (f"《{title}》", source.speaker, written_date(source.date), where)))


def _words(text: str) -> str:
    return " ".join(MARKS.sub("", text).split())


def _search(raw: str, **more: str) -> str:
    """The search for it, as long as a query may be; "" when there is nothing to search for."""
    return f"{reverse('search')}?{urlencode({'q': raw, **more})}" if raw.strip() and len(raw) <= 200 else ""
