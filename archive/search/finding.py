"""find(): a query in, one page of ranked answers out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from archive.models import Speech
from archive.search.asking import Reading, ask
from archive.search.engine import Entry
from archive.search.index import fingerprint, letters_of
from archive.search.letters import Letters
from archive.search.matching import Occurrence, count, occurrences
from archive.search.narrowing import Narrowed, narrow
from archive.search.places import best_lines, marked_title, places, speech_url, text_of
from archive.search.query import Parsed, parse
from archive.search.ranking import scores
from archive.search.results import PAGE_SIZE, Filters, Hit, Query, QueryError, Results
from archive.search.selecting import Selection, choose

LITERAL = 1.0  # added to the score of a document that holds the whole query as typed


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A document on the page, with what only the index knows of it."""

    entry: Entry
    score: float
    letters: Letters
    found: list[Occurrence]


@dataclass(frozen=True, slots=True)
class _Page:
    selection: Selection
    narrowed: Narrowed
    exact: int
    pages: int
    candidates: list[_Candidate]


def find(query: Query) -> Results:
    """The answers to ``query``: one page of it, with the counts of all.

    An empty query with filters lists everything that passes them; without, nothing is searched. QueryError
    for a query that is too long and for a page that does not exist. Without an index every text is read
    instead (``degraded``): slower, and only so many.
    """
    parsed = parse(query.raw)
    if not parsed.wanted and (parsed.raw or query.filters == Filters()):
        _turn_to(query.page, 0)
        return Results(query.raw, "", (*parsed.repairs, parsed.problem), 0, 1, 0, ())
    asked = ask(lambda reading, published: _page(reading, parsed, query, published))
    return _results(query, parsed, asked.answer, asked.degraded)


def _page(view: Reading, parsed: Parsed, query: Query, published: set[int]) -> _Page:
    """Everything that needs the index."""
    selection = choose(view, parsed) if parsed.wanted else Selection(set(), set(view.docs))
    entries: list[Entry] = view.entries
    docs = [doc for doc in selection.loose if entries[doc].pk in published]
    narrowed = narrow(entries, docs, query.filters)
    pages = -(-len(narrowed.docs) // PAGE_SIZE)
    _turn_to(query.page, pages)
    ranked = _ranked(view, parsed, query, selection, narrowed.docs)
    first = (query.page - 1) * PAGE_SIZE
    candidates = [
        _Candidate(entries[doc], score, view.letters(doc), occurrences(parsed, *view.text(doc)))
        for doc, score in ranked[first : first + PAGE_SIZE]
    ]
    exact = sum(doc in selection.literal for doc in narrowed.docs)
    return _Page(selection, narrowed, exact, pages, candidates)


def _turn_to(page: int, pages: int) -> None:
    """Refuse a page that the answer does not have; an answer without results has its first."""
    if not 1 <= page <= max(1, pages):
        raise QueryError("page", f"没有第 {page} 页，最后一页是第 {max(1, pages)} 页。")


def _ranked(
    view: Reading, parsed: Parsed, query: Query, selection: Selection, docs: list[int]
) -> list[tuple[int, float]]:
    """Documents with their scores in the order asked for; ties by date, newest first."""
    entries: list[Entry] = view.entries
    newest = sorted(docs, key=lambda doc: (entries[doc].date, entries[doc].pk), reverse=True)
    if query.sort == "newest":
        return [(doc, 0.0) for doc in newest]
    if query.sort == "oldest":
        known = sorted(docs, key=lambda doc: (not entries[doc].date, entries[doc].date, entries[doc].pk))
        return [(doc, 0.0) for doc in known]
    if query.sort == "hits":
        counts = {doc: count(parsed, *_own(view, doc)) for doc in docs}
        return [(doc, 0.0) for doc in sorted(newest, key=counts.__getitem__, reverse=True)]
    raw = scores(view, set(docs), parsed)
    score = {
        doc: round(raw[doc] / (raw[doc] + 10) + (LITERAL if doc in selection.literal else 0), 6)
        for doc in docs
    }
    return [(doc, score[doc]) for doc in sorted(newest, key=score.__getitem__, reverse=True)]


def _own(view: Reading, doc: int) -> tuple[str, str | None]:
    """The letters of the text, without a title that follows it."""
    letters, apart = view.text(doc)
    own = view.entries[doc].own
    return (letters[:own], apart and apart[:own]) if own < len(letters) else (letters, apart)


def _results(query: Query, parsed: Parsed, page: _Page, degraded: str) -> Results:
    warnings = [*parsed.repairs, *([degraded] if degraded else [])]
    partial = page.selection.partial and bool(page.narrowed.docs)
    if partial:
        warnings.append("没有一篇同时包含全部词语，以下包含其中大部分。")
    return Results(
        raw=query.raw,
        explained=parsed.explained,
        warnings=tuple(warnings),
        total=len(page.narrowed.docs),
        page=query.page,
        pages=page.pages,
        hits=tuple(_hits(parsed, page.candidates)),
        facets=page.narrowed.facets,
        partial=partial,
        degraded=bool(degraded),
        exact=page.exact,
    )


def _hits(parsed: Parsed, candidates: list[_Candidate]) -> Iterable[Hit]:
    rows = (
        Speech.objects.published()
        .select_related("speaker", "event")
        .defer("redactions", "remarks", "notes", "lines")
        .in_bulk([candidate.entry.pk for candidate in candidates])
    )
    current = [_current(c, rows[c.entry.pk], parsed) for c in candidates if c.entry.pk in rows]
    texts = {c.entry.pk: text_of(rows[c.entry.pk]) for c in current}
    lines = [line for c in current for line in best_lines(c.entry.pk, texts[c.entry.pk], c.letters, c.found)]
    shown = places(lines, texts, parsed.raw)
    for candidate in current:
        speech = rows[candidate.entry.pk]
        yield Hit(
            id=speech.pk,
            title=speech.title,
            title_html=marked_title(parsed, speech.title),
            url=speech_url(speech.pk, parsed.raw),
            speaker=speech.speaker.name if speech.speaker else None,
            date=speech.date_iso,
            event=speech.event.name if speech.event else None,
            kind=speech.kind,
            characters=speech.characters,
            score=candidate.score,
            hits=sum(at.first < candidate.entry.own for at in candidate.found),
            places=shown.get(speech.pk, ()),
        )


def _current(candidate: _Candidate, speech: Speech, parsed: Parsed) -> _Candidate:
    """The candidate with offsets into the text as it is now, should the index be behind."""
    if fingerprint(speech) == candidate.entry.fingerprint:
        return candidate
    letters, own = letters_of(speech)
    found = occurrences(parsed, letters.letters, letters.apart)
    return replace(candidate, entry=candidate.entry._replace(own=own), letters=letters, found=found)
