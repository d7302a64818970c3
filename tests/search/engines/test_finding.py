"""find() says the same whoever answers; only the order of equally literal hits may differ."""

from __future__ import annotations

import dataclasses
from contextlib import AbstractContextManager

import pytest

from archive import search
from archive.search import Filters, Query, asking
from archive.search.asking import Reading

from ..conftest import Make
from .conftest import ENGINES, Opened

QUERIES = [
    "党建",
    "党建 学习",
    "“党的建设”",
    "党建 或 隆乾",
    "党建 -学习",
    "乾",
    "7·9",
    "gdp",
    "抓好党建工作",
    "标题:会上",
    "学*",
    "(党建 或 乾隆) 讲话",
    "年:2019..2021",
    "机关作风建设没有",
    "没有这回事",
    "",
]


@pytest.fixture
def texts(make: Make) -> None:
    make(
        "在会上的讲话\n一、抓好党建\n同志们，抓好党建工作，学习党的建设。\n谢谢。",
        title="在会上的讲话", speaker="王某", event="座谈会", year=2019, headings={"一、抓好党建": "1"},
    )  # fmt: skip
    make("机关学习\n机关党建，７·９讲话。", title="机关学习", speaker="李某", year=2020)
    make("乾隆\n黨的建設與GDP，乾燥的乾隆。", title="乾隆")
    make("草稿\n党建。", title="草稿", published=False)


def told(raw: str, **asked: object) -> dict[str, object]:
    """What a reader is told, without scores, order and how it was found."""
    results = search.find(Query(raw, **asked))  # type: ignore[arg-type]
    hits = [
        dataclasses.replace(hit, score=0.0, places=tuple(sorted(hit.places, key=lambda place: place.url)))
        for hit in results.hits
    ]
    return {
        "hits": {hit.id: hit for hit in hits},
        "facets": {name: dict(values) for name, values in results.facets.items()},
        "first": {hit.id for hit in results.hits[: results.exact]},
        "numbers": (results.total, results.exact, results.partial, results.pages, results.occurrences),
        "said": (results.explained, results.repaired, results.conditions, results.alone, results.relaxed),
    }


@pytest.mark.parametrize("raw", QUERIES)
def test_every_engine_finds_what_the_texts_hold(
    engine: Opened, texts: None, raw: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(raw)
    monkeypatch.setattr(asking, "store", lambda: _Only(ENGINES["texts"]))
    assert found == told(raw)


class _Only:
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def view(self) -> AbstractContextManager[Reading]:
        return self._opened()


@pytest.mark.parametrize("sort", ["newest", "oldest", "hits"])
def test_an_order_that_is_no_score_is_the_same(
    engine: Opened, texts: None, sort: search.Sort, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = [hit.title for hit in search.find(Query("党的建设 或 党建", sort=sort)).hits]
    monkeypatch.setattr(asking, "store", lambda: _Only(ENGINES["texts"]))
    assert order == [hit.title for hit in search.find(Query("党的建设 或 党建", sort=sort)).hits]


def test_filters_hold_on_every_engine(engine: Opened, texts: None) -> None:
    results = search.find(Query("党建", Filters(speakers=("李某",))))
    assert [hit.title for hit in results.hits] == ["机关学习"]
    assert dict(results.facets["speaker"]) == {"王某": 1, "李某": 1}


def test_drafts_are_found_by_no_engine(engine: Opened, texts: None) -> None:
    assert "草稿" not in {hit.title for hit in search.find(Query("党建")).hits}
