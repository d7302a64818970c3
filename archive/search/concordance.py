"""The concordance (KWIC): every place where a query stands literally, a line each, with what is around it.

After H. P. Luhn, "Key word-in-context index for technical literature", 1960. By date, only the speeches of
the page are opened; by context, the letters around every place are compared, which is done up to a limit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from django.utils.translation import gettext as _

from archive.search.asking import Reading, ask
from archive.search.counting import counted, own_text
from archive.search.letters import BARRIERS, needle
from archive.search.lines import LINES_A_PAGE, Line, Pick, Source, lines
from archive.search.matching import Occurrence, occurrences
from archive.search.narrowing import narrow
from archive.search.neighbours import REACH, Neighbours, before, behind
from archive.search.query import Parsed, parse
from archive.search.results import Filters, QueryError
from archive.search.selecting import choose
from archive.search.spelling import spelled

Order = Literal["date", "left", "right"]
ORDERS: tuple[Order, ...] = get_args(Order)
MAX_LINES = 50_000  # places whose contexts are compared; lines of one file
_COMPARED = 24  # letters, as far as a line shows


@dataclass(frozen=True, slots=True)
class LineQuery:
    """What a reader asked for. ``page`` counts from 1."""

    raw: str
    filters: Filters = field(default_factory=Filters)
    sort: Order = "date"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Concordance:
    """One page of lines. ``total`` counts the places, ``speeches`` the texts they are in.

    ``sort`` is the order they are in: "date" when there are too many to compare their contexts
    (a warning says so). When the query is one ``run`` of letters and nothing else, ``before`` and ``behind``
    are what commonly stands there, with how often. Of a query that stands nowhere, ``elsewhere`` counts the
    places that the filters leave out, and ``loosely`` the speeches that hold its words, or most of them; all
    that answer it when it is not ``sought`` in the text but in fields. ``repaired`` is the query as it was
    understood, when that is not what was typed.
    """

    raw: str
    explained: str = ""
    warnings: tuple[str, ...] = ()
    total: int = 0
    speeches: int = 0
    page: int = 1
    pages: int = 0
    sort: Order = "date"
    lines: tuple[Line, ...] = ()
    run: str = ""
    before: Neighbours = ()
    behind: Neighbours = ()
    facets: dict[str, Neighbours] = field(default_factory=dict)
    elsewhere: int = 0
    loosely: int = 0
    sought: bool = True
    repaired: str = ""


@dataclass(frozen=True, slots=True)
class _Looked:
    """What only the index knows."""

    total: int
    speeches: int
    sort: Order
    facets: dict[str, Neighbours]
    sources: list[Source]
    before: Neighbours = ()
    behind: Neighbours = ()
    elsewhere: int = 0
    loosely: int = 0


def find_lines(query: LineQuery) -> Concordance:
    """One page of lines. QueryError for a query that find() would refuse and for a page that is not there."""
    parsed = parse(query.raw)
    if not parsed.wanted:
        _turn_to(query.page, 0)
        return Concordance(query.raw, warnings=(*parsed.repairs, parsed.problem))
    asked = ask(lambda reading, published: _look(reading, published, query, parsed))
    looked = asked.answer
    found = sorted(lines(looked.sources, parsed.literal, parsed.raw), key=lambda ranked: ranked[0])
    return Concordance(
        raw=query.raw,
        explained=parsed.literal.explained,
        warnings=(*parsed.repairs, *filter(None, (asked.degraded, _said(query, parsed, looked)))),
        total=looked.total,
        speeches=looked.speeches,
        page=query.page,
        pages=-(-looked.total // LINES_A_PAGE),
        sort=looked.sort,
        lines=tuple(line for _rank, line in found),
        run=parsed.terms[0].needle.letters if _one_run(parsed) else "",
        before=looked.before,
        behind=looked.behind,
        facets=looked.facets,
        elsewhere=looked.elsewhere,
        loosely=looked.loosely,
        sought=bool(parsed.sought),
        repaired=parsed.repaired,
    )


def every_line(query: LineQuery) -> Iterator[Line]:
    """All lines in the order asked for, whatever page. QueryError when they are more than a file may have."""
    parsed = parse(query.raw)
    if not parsed.wanted:
        raise QueryError("q", parsed.problem)
    asked = ask(lambda reading, published: _look(reading, published, query, parsed, whole=True))
    if asked.degraded:  # a file cannot say that it may not hold everything
        raise QueryError("q", asked.degraded + _("表格请在索引恢复以后再下载。"))
    found = lines(asked.answer.sources, parsed.literal, parsed.raw)
    if query.sort == "date":
        return (line for _rank, line in found)
    return (line for _rank, line in sorted(found, key=lambda ranked: ranked[0]))


def _look(
    reading: Reading, published: set[int], query: LineQuery, parsed: Parsed, whole: bool = False
) -> _Looked:
    """Everything that needs the index: the counts, and the places of the page, or of all pages."""
    counts = counted(reading, published, parsed)
    narrowed = narrow(reading.entries, counts, query.filters)
    entries = reading.entries
    docs = sorted(narrowed.docs, key=lambda doc: (entries[doc].date, entries[doc].pk), reverse=True)
    total = sum(counts[doc] for doc in docs)
    _turn_to(query.page, -(-total // LINES_A_PAGE))
    if whole and total > MAX_LINES:
        raise QueryError("q", _too_many(total))
    if not total:
        loosely = narrow(entries, _answering(reading, published, parsed), query.filters).docs
        elsewhere = sum(counts.values())
        return _Looked(0, 0, query.sort, narrowed.facets, [], elsewhere=elsewhere, loosely=len(loosely))
    first = 0 if whole else (query.page - 1) * LINES_A_PAGE
    last = total if whole else min(total, first + LINES_A_PAGE)
    found = _Places(reading, parsed.literal, docs)
    order = query.sort if total <= MAX_LINES else "date"
    sources = found.by_date(counts, first, last) if order == "date" else found.by_context(order, first, last)
    beside = found.neighbours() if total <= MAX_LINES and not whole and _one_run(parsed) else ((), ())
    return _Looked(total, len(docs), order, narrowed.facets, sources, *beside)


def _turn_to(page: int, pages: int) -> None:
    """Refuse a page that the answer does not have; an answer without lines has its first."""
    if not 1 <= page <= max(1, pages):
        said = _("没有第 %(page)s 页，最后一页是第 %(last)s 页。")
        raise QueryError("page", said % {"page": page, "last": max(1, pages)})


def _said(query: LineQuery, parsed: Parsed, looked: _Looked) -> str:
    """What is otherwise than asked for."""
    if not parsed.sought:
        return _("查询里没有要在正文中找的词，所以没有一处可列。请加上一个词。")
    if looked.sort != query.sort:
        said = _(
            "共有 %(n)s 处，超过 %(most)s 处不能按上下文排列，现在按日期排列。"
            "请限定年份、讲话人，或者把词写长一些。"
        )
        return said % {"n": f"{looked.total:,}", "most": f"{MAX_LINES:,}"}
    return ""


def _too_many(total: int) -> str:
    """Why there is no file of so many lines, and what helps."""
    said = _("共有 %(n)s 处，一个文件最多 %(most)s 处。请限定年份、讲话人，或者把词写长一些。")
    return said % {"n": f"{total:,}", "most": f"{MAX_LINES:,}"}


def _answering(reading: Reading, published: set[int], parsed: Parsed) -> Iterable[int]:
    """What the search page would show."""
    return [doc for doc in choose(reading, parsed).loose if reading.entries[doc].pk in published]


def _one_run(parsed: Parsed) -> bool:
    """Whether the query is one run of letters and nothing else, so that a neighbour can be added to it."""
    if len(parsed.sought) != 1 or len(parsed.terms) != 1 or parsed.terms[0].prefix:
        return False
    run = parsed.terms[0].needle.letters
    return run == needle(parsed.raw).letters and not set(run) & set(BARRIERS)


class _Places:
    """The places of a query in documents that stand in the order of their dates."""

    def __init__(self, reading: Reading, literal: Parsed, docs: list[int]) -> None:
        self._reading = reading
        self._literal = literal
        self._docs = docs
        self._known: dict[int, list[Occurrence]] = {}

    def _of(self, doc: int) -> list[Occurrence]:
        if doc not in self._known:
            self._known[doc] = occurrences(self._literal, *own_text(self._reading, doc))
        return self._known[doc]

    def by_date(self, counts: dict[int, int], first: int, last: int) -> list[Source]:
        """The places from number ``first`` to before ``last``; no other speech is opened."""
        sources = []
        passed = 0
        for doc in self._docs:
            low, high = max(first - passed, 0), min(last - passed, counts[doc])
            if low < high:
                found = self._of(doc)[low:high]
                sources.append(
                    self._source(doc, [Pick(passed + n, n, at) for n, at in enumerate(found, low)])
                )
            passed += counts[doc]
        return sources

    def by_context(self, side: Order, first: int, last: int) -> list[Source]:
        """The same in the order of the letters read from the place outward; ties by date and place.

        Chinese letters are in the order of a dictionary. A sentence end and a redaction count as letters before
        all others, other marks not at all.
        """
        keys: list[str] = []
        begins: list[int] = []  # which of the keys is the first of each document
        for doc in self._docs:
            begins.append(len(keys))
            letters = own_text(self._reading, doc)[0]
            if side == "right":
                ends = (at.first + at.size for at in self._of(doc))
                keys += [spelled(letters[end : end + _COMPARED]) for end in ends]
            else:
                starts = (at.first for at in self._of(doc))
                keys += [spelled(letters[max(0, start - _COMPARED) : start][::-1]) for start in starts]
        picked: dict[int, list[Pick]] = {}
        order = sorted(range(len(keys)), key=keys.__getitem__)
        for rank, number in enumerate(order[first:last], first):
            at = bisect_right(begins, number) - 1
            ordinal = number - begins[at]
            doc = self._docs[at]
            picked.setdefault(doc, []).append(Pick(rank, ordinal, self._of(doc)[ordinal]))
        return [self._source(doc, picks) for doc, picks in picked.items()]

    def _source(self, doc: int, picks: list[Pick]) -> Source:
        return Source(self._reading.entries[doc], self._reading.letters(doc), tuple(picks))

    def neighbours(self) -> tuple[Neighbours, Neighbours]:
        """What commonly stands before and behind."""
        left: Counter[str] = Counter()
        right: Counter[str] = Counter()
        for doc in self._docs:
            letters = own_text(self._reading, doc)[0]
            found = self._of(doc)
            left.update([letters[max(0, at.first - REACH) : at.first] for at in found])
            right.update([letters[(end := at.first + at.size) : end + REACH] for at in found])
        return before(left), behind(right)
