"""In which language the plain rooms speak."""

from __future__ import annotations

import pytest
from django.utils import translation

from archive.search.query import parse
from archive.search.results import QueryError
from archive.text import saying


def test_who_installs_nothing_gets_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saying, "_translation", str)
    with translation.override("en"):
        assert saying.gettext("请输入关键词。") == "请输入关键词。"


def test_the_app_installs_the_language_of_the_request() -> None:
    asked = '党建 -标题:经费 (纪检 OR 业务) 年:2019..2022 "从严'
    assert parse(asked).explained.startswith("查找“党建”")
    with translation.override("en"):
        parsed = parse(asked)
        assert parsed.explained.startswith("Looking for “党建”")
        assert ", without “经费” in the title" in parsed.explained
        assert " or " in parsed.explained
        assert "2019–2022" in parsed.explained
        assert parsed.repairs[0].startswith("A quotation mark has no partner")
        assert parse(parsed.written).explained == parsed.explained
        with pytest.raises(QueryError, match="cannot be wildcards alone"):
            parse("*")


@pytest.mark.parametrize("field", ["title", "section", "speaker", "event", "kind", "year"])
def test_a_query_written_anew_is_understood_in_either_language(field: str) -> None:
    asked = f"{field}:{'2020' if field == 'year' else '党建'}"
    written = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            written[language] = parse(asked).written
    assert written["zh-hans"] != written["en"] == asked
    assert parse(written["zh-hans"]).wanted == parse(written["en"]).wanted
