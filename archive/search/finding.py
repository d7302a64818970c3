"""find(): a query in, one page of ranked answers out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.search.answering import Answer, Answers
from archive.search.asking import Reading, ask
from archive.search.counting import own_text
from archive.search.engine import Entry
from archive.search.index import letters_of
from archive.search.letters import Letters
from archive.search.matching import Occurrence, count, occurrences
from archive.search.places import (
    MAX_PLACES,
    best_lines,
    heading_lines,
    marked_title,
    places,
    speech_urls,
)
from archive.search.query import Parsed, parse
from archive.search.results import PAGE_SIZE, Busy, Filters, Hit, Query, QueryError, Results
from archive.search.shown import Shown, shown

MAX_LOOKED_AT = 1000  # occurrences in one speech among which its best places are sought; all are counted

BATCH = 100  # speeches whose texts are in memory at a time when all are asked for
TRIES = 3

answers = Answers()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document to show, with what only the index knows of it."""

    entry: Entry
    score: float
    letters: Letters
    hits: int
    found: list[Occurrence]


@dataclass(frozen=True, slots=True)
class _Page:
    answer: Answer
    pages: int
    candidates: list[_Candidate]


def find(query: Query) -> Results:
    """The answers to ``query``: one page of it, with the counts of all.

    An empty query with filters lists everything that passes them; without, nothing is searched. QueryError
    for a query that is too long and for a page that does not exist. Without an index every text is read
    instead (``degraded``): slower, and only so many. Busy when too many searches wait already.
    """
    parsed = parse(query.raw)
    if not parsed.wanted and (parsed.raw or query.filters == Filters()):
        _turn_to(query.page, 0)
        return Results(query.raw, "", (*parsed.repairs, parsed.problem), 0, 1, 0, ())
    for _try in range(TRIES):
        asked = ask(lambda reading, published: _page(reading, published, query, parsed))
        results = _results(query, parsed, asked.answer, asked.degraded)
        if len(results.hits) == len(asked.answer.candidates):
            break  # else a speech has been withdrawn since
    return results


def everything(query: Query, most: int) -> list[Hit]:
    """All answers to ``query`` on one long page. QueryError when they are more than ``most``.

    A batch at a time, each in a turn of its own; when the archive changes meanwhile, from the beginning.
    """
    parsed = parse(query.raw)
    if not parsed.wanted and (parsed.raw or query.filters == Filters()):
        return []
    for _try in range(TRIES):
        hits: list[Hit] = []
        ranked = None
        while ranked is None or len(hits) < len(ranked):
            batch = _batch(query, parsed, len(hits), most)
            found = list(_hits(parsed, batch))
            if ranked not in (None, batch.answer.ranked) or len(found) < len(batch.candidates):
                break
            ranked = batch.answer.ranked
            hits += found
        else:
            return hits
    raise Busy


def _batch(query: Query, parsed: Parsed, start: int, most: int) -> _Page:
    def work(reading: Reading, published: set[int]) -> _Page:
        answer = answers.answer(reading, published, query, parsed)
        if len(answer.ranked) > most:
            raise QueryError(
                "q",
                _("共有 %(n)s 篇，一次最多导出 %(most)s 篇，请加上条件缩小范围。")
                % {"n": len(answer.ranked), "most": most},
            )
        return _Page(answer, 1, _candidates(reading, parsed, answer, start, BATCH))

    return ask(work).answer


def _page(reading: Reading, published: set[int], query: Query, parsed: Parsed) -> _Page:
    """Everything that needs the index."""
    answer = answers.answer(reading, published, query, parsed)
    pages = -(-len(answer.ranked) // PAGE_SIZE)
    _turn_to(query.page, pages)
    first = (query.page - 1) * PAGE_SIZE
    return _Page(
        answer,
        pages,
        _candidates(reading, parsed, answer, first, PAGE_SIZE),
    )


def _candidates(reading: Reading, parsed: Parsed, answer: Answer, first: int, size: int) -> list[_Candidate]:
    counts = answer.counts or {}
    return [
        _Candidate(
            reading.entries[doc],
            score,
            reading.letters(doc),
            counts[doc] if doc in counts else count(parsed, *own_text(reading, doc)),
            occurrences(parsed, *reading.text(doc), most=MAX_LOOKED_AT),
        )
        for doc, score in answer.ranked[first : first + size]
    ]


def _turn_to(page: int, pages: int) -> None:
    """Refuse a page that the answer does not have; an answer without results has its first."""
    if not 1 <= page <= max(1, pages):
        said = _("没有第 %(page)s 页，最后一页是第 %(last)s 页。")
        raise QueryError("page", said % {"page": page, "last": max(1, pages)})


def _results(query: Query, parsed: Parsed, page: _Page, degraded: str) -> Results:
    answer = page.answer
    warnings = [*parsed.repairs, *([degraded] if degraded else [])]
    if answer.partial:
        some, most = (
            _("没有一篇同时包含全部词语，以下包含其中一部分。"),
            _("没有一篇同时包含全部词语，以下包含其中大部分。"),
        )
        warnings.append(some if answer.few else most)
    if answer.unsorted:
        warnings.append(_("所查的词太常见，没有按命中次数排列。请换更有特点的词，或加上条件。"))
    if answer.whole is not None:
        said = ngettext(
            "同时包含全部词语的只有 %(n)s 篇，另列出包含其中大部分的。",
            "同时包含全部词语的只有 %(n)s 篇，另列出包含其中大部分的。",
            answer.whole,
        )
        warnings.append(said % {"n": answer.whole})
    return Results(
        raw=query.raw,
        explained=parsed.explained,
        warnings=tuple(warnings),
        total=len(answer.ranked),
        page=query.page,
        pages=page.pages,
        hits=tuple(_hits(parsed, page)),
        facets=answer.facets,
        suggestion=answer.suggestion,
        partial=answer.partial,
        degraded=bool(degraded),
        exact=answer.exact,
        conditions=parsed.conditions,
        repaired=parsed.repaired,
        occurrences=answer.occurrences,
        unfiltered=answer.unfiltered,
        alone=answer.alone,
        relaxed=answer.relaxed,
    )


def _hits(parsed: Parsed, page: _Page) -> Iterable[Hit]:
    rows = shown(candidate.entry.pk for candidate in page.candidates)
    current = [_current(c, rows[c.entry.pk], parsed) for c in page.candidates if c.entry.pk in rows]
    texts = {c.entry.pk: rows[c.entry.pk].searched for c in current}
    urls = speech_urls(texts, parsed.raw)
    lines = heading_lines(parsed, texts, 1 if parsed.sought else MAX_PLACES)
    for c in current:
        lines += best_lines(c.entry.pk, texts[c.entry.pk], c.letters, c.found, page.answer.weights)
    found = places(lines, texts, urls)
    for candidate in current:
        speech = rows[candidate.entry.pk]
        yield Hit(
            id=speech.pk,
            title=speech.title,
            title_html=marked_title(parsed, speech.title),
            url=urls[speech.pk],
            speaker=speech.speaker,
            date=speech.date,
            event=speech.event,
            kind=speech.kind,
            characters=speech.characters,
            score=candidate.score,
            hits=candidate.hits,
            places=found.get(speech.pk, ())[:MAX_PLACES],
        )


def _current(candidate: _Candidate, speech: Shown, parsed: Parsed) -> _Candidate:
    """The candidate with offsets into the text as it is now, should the index be behind."""
    if speech.fingerprint == candidate.entry.fingerprint:
        return candidate
    letters, own = letters_of(speech.title, speech.text)
    found = occurrences(parsed, letters.letters, letters.apart)
    hits = sum(at.first < own for at in found)
    return replace(candidate, letters=letters, hits=hits, found=found)
