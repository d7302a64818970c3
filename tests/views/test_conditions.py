"""The conditions of a search, each with the way to drop it."""

from __future__ import annotations

from archive.search import Condition
from archive.views import conditions, facets


def test_a_condition_has_a_link_only_where_it_leads_to_a_search() -> None:
    address = facets.Address("/search/", {"q": ["党建 学习"], "year": ["2019"]})
    said = [Condition("“党建”", "学习"), Condition("“学习”", ""), Condition("不含“x”", None, negative=True)]
    assert [part.url for part in conditions.read_back(said, address)] == [
        "/search/?q=%E5%AD%A6%E4%B9%A0&year=2019",
        "/search/?year=2019",
        "",
    ]
