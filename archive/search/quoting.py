"""The quote check: whether a quotation stands in the speeches, and where it differs from what was said.

Only letters are compared (archive.search.letters), with every difference shown; other marks are mentioned.
A quotation is sought as a whole first: exactly, then nearly. The sentences that this leaves unanswered are
sought each alone, so that a quotation put together from several speeches, or from one speech and somebody's
own words, is told sentence by sentence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from archive.compare import Quotation, Span, most_wrong, read_quotation
from archive.search.asking import Reading, ask
from archive.search.beside import Step, Wanted, steps_of
from archive.search.letters import REDACTION, Letters
from archive.search.nominating import Nominations, Nominee, Run, Text
from archive.search.results import QueryError
from archive.search.sourcing import Find, Source, sources

LEAST, MOST = 4, 2_000  # letters; characters
MOST_STRETCHES = 20  # between ellipses; each is sought in every candidate
MOST_PARTS = 40  # of one quotation that are judged one by one
SHORTEST_PART = 6  # letters; a shorter sentence is judged with its neighbour
SHOWN, SHOWN_OF_PART = 10, 3  # speeches

Verdict = Literal["exact", "near", "partial", "none"]


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence of the quotation (characters of it, half-open; several where they are short) and its sources.

    "partial" it never is. ``differences`` are those from the first source; ``total`` counts the speeches that
    hold it exactly, as far as it was sought alone.
    """

    text: str
    start: int
    end: int
    verdict: Verdict
    differences: int
    total: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a quotation.

    "exact": every letter stands in one speech, in this order. "near": in one speech, with ``differences``.
    "partial": only some ``parts`` do, or not all in one speech. "none": nothing like it was found.
    ``total`` counts the speeches that hold it exactly; ``sources`` are the earliest of these or, without any, the
    nearest speeches, nearest first.
    """

    text: str
    verdict: Verdict
    differences: int = 0
    total: int = 0
    sources: tuple[Source, ...] = ()
    parts: tuple[Part, ...] = ()
    warnings: tuple[str, ...] = ()


def check_quotation(pasted: str) -> Checked:
    """QueryError("text") for more than MOST characters or MOST_STRETCHES, and for fewer than LEAST letters."""
    if len(pasted) > MOST:
        said = _("引文最多 %(most)s 个字，现在有 %(n)s 个，请分段核对。")
        raise QueryError("text", said % {"most": f"{MOST:,}", "n": f"{len(pasted):,}"})
    quoted = _Quoted(pasted)
    if sum(letter != REDACTION for run in quoted.runs for letter in run.letters) < LEAST:
        raise QueryError("text", _("引文至少要有 %(least)s 个字；更短的词语请用搜索。") % {"least": LEAST})
    if len(quoted.stretches) > MOST_STRETCHES:
        raise QueryError(
            "text", _("一段引文最多省略 %(most)s 处，请分段核对。") % {"most": MOST_STRETCHES - 1}
        )
    asked = ask(lambda reading, published: _look(reading, published, quoted))
    looked = asked.answer
    shown = sources([find for found in (looked.whole, *looked.parts) for find in found.finds])
    kept = (shown[find] for find in looked.whole.finds if find in shown)
    whole = tuple(sorted(kept, key=lambda source: source.differences > 0))
    parts = tuple(
        _part(quoted, span, found.total, [shown[find] for find in found.finds if find in shown], whole[:1])
        for span, found in zip(quoted.parts, looked.parts, strict=True)
    )
    verdict = _verdict(whole, parts)
    return Checked(
        text=pasted,
        verdict=verdict,
        differences=whole[0].differences if whole else 0,
        total=looked.whole.total if verdict == "exact" else 0,
        sources=whole,
        parts=parts,
        warnings=(asked.degraded,) if asked.degraded else (),
    )


class _Quoted:
    """The quotation as it is sought. Spans of letters count its letters, sentence ends left out."""

    def __init__(self, pasted: str) -> None:
        self.quotation: Quotation = read_quotation(pasted)
        self.whole = Letters.of(self.quotation.text)
        self.text = Text(self.whole.letters, self.whole.apart, len(self.whole.letters))
        self.places = [self.text.offset(self.whole, at) for at in range(len(self.text.letters))]
        spans = (self.letters_in(stretch.span) for stretch in self.quotation.stretches)
        self.stretches = [span for span in spans if span.start < span.end]
        self.runs = [self.run(span) for span in self.stretches]
        self.parts = list(self._parts())

    def letters_in(self, span: Span) -> Span:
        """The letters among these characters."""
        return Span(bisect_left(self.places, span.start), bisect_left(self.places, span.end))

    def run(self, span: Span) -> Run:
        """These letters, as they are sought."""
        breaks = self.text.breaks
        first = span.start + bisect_right(breaks, span.start)
        last = span.end - 1 + bisect_right(breaks, span.end - 1)
        apart = self.whole.apart
        letters = self.whole.letters[first : last + 1]
        return Run.of(letters, None if apart is None else apart[first : last + 1])

    def _parts(self) -> Iterator[Span]:
        """Letters that are judged together: sentences, short ones with their neighbour."""
        many = sum(len(stretch.sentences) for stretch in self.quotation.stretches) > MOST_PARTS
        least = max(SHORTEST_PART, -(-len(self.text.letters) // MOST_PARTS)) if many else SHORTEST_PART
        for stretch in self.quotation.stretches:
            spans: list[Span] = []
            for sentence in map(self.letters_in, stretch.sentences):
                if spans and spans[-1].end - spans[-1].start < least:
                    spans[-1] = Span(spans[-1].start, sentence.end)
                else:
                    spans.append(sentence)
            if len(spans) > 1 and spans[-1].end - spans[-1].start < least:
                spans[-2:] = [Span(spans[-2].start, spans[-1].end)]
            yield from (span for span in spans if span.start < span.end)


@dataclass(frozen=True, slots=True)
class _Found:
    """``total`` documents hold it exactly; the best of those found are ``finds``."""

    total: int
    finds: list[Find]


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the index says of the whole and, where that is no answer, of each part."""

    whole: _Found
    parts: list[_Found]


def _look(reading: Reading, published: set[int], quoted: _Quoted) -> _Looked:
    nominations = Nominations(reading, published)
    known: dict[tuple[Run, ...], list[Nominee]] = {}

    def find(spans: list[Span], runs: list[Run], most: int) -> _Found:
        key = tuple(runs)
        if key not in known:
            known[key] = nominations.exact(runs) or nominations.near(runs)
        found = known[key]
        wanted = Wanted(quoted.quotation.text, tuple(quoted.places), tuple(spans), tuple(runs))
        finds = [Find(wanted, one, nominations.letters(one.doc)) for one in found[:most]]
        return _Found(sum(not one.differences for one in found), finds)

    whole = find(quoted.stretches, quoted.runs, SHOWN)
    best = whole.finds[0].nominee if whole.finds else None
    steps = steps_of(quoted.stretches, best.placing) if best else []
    parts = []
    for span in quoted.parts:
        stands = bool(steps) and _wrong(steps, span) <= most_wrong(span.end - span.start)
        if stands or [span] == quoted.stretches:
            parts.append(_Found(0, []))
        else:
            parts.append(find([span], [quoted.run(span)], SHOWN_OF_PART))
    return _Looked(whole, parts)


def _wrong(steps: Sequence[Step], part: Span) -> int:
    """The differences inside a part; what is left out between two parts is in neither."""
    return sum(step.differences for step in steps if step.inside(part))


def _part(quoted: _Quoted, span: Span, total: int, own: list[Source], whole: tuple[Source, ...]) -> Part:
    """The part with its own sources, or else what the source of the whole says of it."""
    start, end = quoted.places[span.start], quoted.places[span.end - 1] + 1
    if own:
        found = tuple(own)
    else:
        cut = (source.cut(span) for source in whole)
        found = tuple(
            source
            for source in cut
            if source is not None and source.differences <= most_wrong(span.end - span.start)
        )
    verdict: Verdict = "none" if not found else "near" if found[0].differences else "exact"
    wrong = found[0].differences if found else 0
    return Part(quoted.quotation.text[start:end], start, end, verdict, wrong, total, found)


def _verdict(whole: tuple[Source, ...], parts: tuple[Part, ...]) -> Verdict:
    if whole and not whole[0].differences:
        return "exact"
    found = [part for part in parts if part.sources]
    if not found:
        return "near" if whole else "none"
    missing_here = len(found) < len(parts) or not whole
    return "partial" if missing_here or not _all_in(whole[0], parts) else "near"


def _all_in(source: Source, parts: tuple[Part, ...]) -> bool:
    return all(any(found.is_cut_of(source) for found in part.sources) for part in parts)
