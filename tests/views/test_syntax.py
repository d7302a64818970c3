"""The help's examples and the form by fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from archive import search
from archive.importing import import_bytes
from archive.models import Speaker, Speech
from archive.views.syntax import table
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

SEEDS = sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt"))


@pytest.fixture
def seeds(build_index: Any) -> None:
    """The archive as it is after ``make run``: imported, without speakers and dates."""
    for path in SEEDS:
        import_bytes(path.read_bytes(), path.name)
    build_index()


def examples(page: PageRead) -> list[str]:
    return [href for href in page.addresses if href.startswith("/search/?q=")]


def test_every_example_finds_something_and_needs_no_repair(client: Client, seeds: None) -> None:
    found = examples(PageRead(client.get("/search/")))
    assert len(found) == 11
    for href in found:
        answer = client.get(href.replace("/search/", "/search.json")).json()
        assert answer["total"] > 0, href
        assert answer["query"]["warnings"] == [], href


def test_speakers_and_years_are_those_of_the_archive(client: Client, seeds: None, build_index: Any) -> None:
    speaker = Speaker.objects.create(name="买买提·艾力")
    speeches = Speech.objects.order_by("pk")
    for speech, date in zip(speeches, ["1999", "2019-05", "2022-11-20"], strict=False):
        speech.speaker, speech.date_iso = speaker, date
        speech.save()
    build_index()
    page = PageRead(client.get("/search/"))
    for example in ("讲话人:“买买提·艾力”", "年:1999..2022"):
        assert client.get(page.links[example].replace("/search/", "/search.json")).json()["total"] == 3


def test_an_example_that_would_find_nothing_is_no_link(client: Client, db: None) -> None:
    page = PageRead(client.get("/search/"))
    assert "讲话人:张三" in page.words
    assert {"讲话人:张三", "年:2019..2022"}.isdisjoint(page.links)


def test_an_archive_of_other_matters_has_no_example_that_finds_nothing(
    client: Client, make_speech: Any, build_index: Any, django_assert_max_num_queries: Any
) -> None:
    make_speech("讲海洋\n责任，党建。全面落实。\n", kind="讲话")
    build_index()
    found = examples(PageRead(client.get("/search/")))
    assert len(found) == 5  # the kind, the prefix, and three that one of two words is enough for
    for href in found:
        assert client.get(href.replace("/search/", "/search.json")).json()["total"] == 1
    with django_assert_max_num_queries(3):
        search.fruitful(["党建"])
    with django_assert_max_num_queries(2):
        assert search.fruitful(["党建"]) == {"党建"}


def test_a_busy_index_leaves_the_help_without_links(client: Client, seeds: None, monkeypatch: Any) -> None:
    def busy(_work: object) -> None:
        raise search.Busy

    monkeypatch.setattr("archive.search.trying.ask", busy)
    page = client.get("/search/")
    assert page.status_code == 200
    assert not examples(PageRead(page))


def test_the_years_of_the_example_are_the_newest_few() -> None:
    counts = {"year": [("2001", 1), ("", 9), ("2022", 3), ("2021", 1), ("1954", 2), ("2023", 0)]}
    shown = [row.example for group in table(counts) for row in group.rows]
    assert "年:2001..2022" in shown
    assert "年:2022" in [row.example for group in table({"year": [("2022", 1)]}) for row in group.rows]


def test_the_results_page_has_the_help_too(client: Client, seeds: None) -> None:
    page = PageRead(client.get("/search/?q=党建"))
    assert len(examples(page)) > 11
    assert "help" in page.ids


def test_the_fields_make_one_query(client: Client, db: None) -> None:
    fields = {
        "every": "党建 工作",
        "phrase": "两个维护",
        "some": "纪检 监察",
        "none": "经费",
        "title": "座谈会",
        "by": "张三",
        "from": "2019",
        "to": "",
        "year": "2022",
    }
    response = client.get("/search/", fields)
    assert response.status_code == 302
    query = "党建 工作 “两个维护” (纪检 OR 监察) 标题:座谈会 讲话人:张三 -经费"
    assert response["Location"] == "/search/?" + urlencode({"q": query, "year": "2022", "from": "2019"})
    page = PageRead(client.get(response["Location"]))
    for condition in (
        "“党建”",
        "“两个维护”",
        "“纪检”或“监察”",
        "标题含“座谈会”",
        "讲话人含“张三”",
        "不含“经费”",
    ):
        assert f"去掉条件 {condition}" in page.words


@pytest.mark.parametrize("fields", [{"every": "", "phrase": " "}, {"none": "-", "some": "　"}])
def test_fields_left_empty_lead_to_the_start(client: Client, db: None, fields: dict[str, str]) -> None:
    assert client.get("/search/", fields)["Location"] == "/search/"


def test_what_is_filled_in_too_long_together_is_refused_with_the_cure(client: Client, db: None) -> None:
    response = client.get("/search/", {"every": "甲" * 150, "phrase": "乙" * 150}, follow=True)
    assert response.status_code == 400
    assert "查询最多 200 个字，现在有 303 个，请删短一些。" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "words", "wrong"),
    [
        ({"from": "昨天"}, "起始日期：请写成", "from"),
        ({"from": "2022", "to": "2019"}, "截止日期：结束日期早于开始日期", "to"),
        ({"title": "长" * 201}, "标题里有：查询最多 200 个字", ""),
        ({"phrase": "甲" * 120, "none": "乙" * 120}, "查询最多 200 个字，现在有 ", ""),
    ],
)
def test_a_mistake_in_one_field_loses_no_other(
    client: Client, db: None, fields: dict[str, str], words: str, wrong: str
) -> None:
    asked = {"every": "党建", "by": "张三", "year": "2022", "sort": "oldest", **fields}
    response = client.get("/search/", asked)
    assert response.status_code == 400
    page = PageRead(response)
    assert words in page.words
    assert page.all("details", open="")
    for name, value in asked.items():
        assert page.all("input", name=name, value=value[:200]), name
    for label in ("起始日期", "截止日期"):
        assert label in page.words
    assert [each["name"] for each in page.all("input", **{"aria-invalid": "true"})] == [wrong] * bool(wrong)


def test_a_refused_search_keeps_the_filters_that_are_right(client: Client, db: None) -> None:
    page = PageRead(client.get("/search/?q=党建&from=昨天&to=2022&speaker=张三&year=x"))
    assert page.all("input", type="hidden", name="speaker", value="张三")
    assert page.all("input", type="hidden", name="to", value="2022")
    assert not page.all("input", type="hidden", name="year")
    assert not page.all("input", type="hidden", name="from")
    assert page.all("input", id="every", value="党建")
    assert page.all("input", id="from", value="昨天")


def test_the_form_starts_from_the_search_that_is_shown(client: Client, db: None) -> None:
    page = PageRead(client.get("/search/?q=党建&from=2019&speaker=张三"))
    assert page.all("input", id="every", value="党建")
    assert page.all("input", id="from", value="2019")
    assert len(page.all("input", type="hidden", name="speaker", value="张三")) == 3
