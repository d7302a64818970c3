"""The ledger of formulas and its twin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from archive import reuse
from archive.models import Speech
from archive.reuse import ledger as counting
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

CLAUSE = "不忘初心、牢记使命主题教育"


@pytest.fixture
def speeches(make_speech: Callable[..., Speech]) -> list[Speech]:
    made = [
        make_speech(
            f"第{number}讲\n{'读写听看'[number]}“{CLAUSE}”{'抓办推做'[number]}实。\n{CLAUSE}，开展得好。\n",
            date=date,
        )
        for number, date in enumerate(("2019-06", "2017", "2019", ""))
    ]
    make_speech(f"未发讲\n{CLAUSE}，开展得好。\n", published=False, date="1999")
    reuse.fill()
    return made


def test_a_formula_is_shown_with_its_years_and_uses(client: Client, speeches: list[Speech]) -> None:
    page = client.get("/ledger/")
    read = PageRead(page)
    assert "共 1 条" in read.words
    assert "见于 3 篇以上（全库 4 篇）" in read.words
    assert 'aria-label="2017：1，2019：2"' in page.content.decode()
    assert read.links["第1讲"].startswith(f"/speeches/{speeches[1].pk}/?q=%22")
    assert read.links["第0讲"].endswith("#hit-1")
    (search,) = (address for address in read.addresses if address.startswith("/search/?q=%22"))
    assert search.endswith("&sort=oldest")


def test_the_links_lead_to_the_words(client: Client, speeches: list[Speech], build_index: Any) -> None:
    build_index()
    read = PageRead(client.get("/ledger/"))
    for name in ("第0讲", "第1讲"):
        assert b'id="hit-1"' in client.get(read.links[name]).content
    (search,) = (address for address in read.addresses if address.startswith("/search/?q=%22"))
    assert "4 篇" in PageRead(client.get(search)).words


def test_of_speeches_without_dates_none_is_called_the_first(
    client: Client, make_speech: Callable[..., Speech]
) -> None:
    made = [make_speech(f"第{n}讲\n{CLAUSE}，第{n}次。\n", date="") for n in range(3)]
    reuse.fill()
    read = PageRead(client.get("/ledger/"))
    assert "各篇日期不详，先后不明：第0讲 等" in read.words
    assert not {speech.title for speech in made[1:]} & set(read.links)
    (result,) = client.get("/ledger.json").json()["results"]
    assert (result["speeches"], result["first"], result["last"]) == (3, None, None)


def test_the_twin_says_the_same(client: Client, speeches: list[Speech]) -> None:
    found = client.get("/ledger.json").json()
    (result,) = found["results"]
    assert (found["total"], found["page"], found["pages"], found["least"]) == (1, 1, 1, 3)
    assert (found["speeches"], found["uncounted"]) == (4, 0)
    assert (result["text"], result["letters"], result["speeches"]) == (CLAUSE, 12, 4)
    assert result["years"] == [[2017, 1], [2019, 2], [None, 1]]
    assert (result["first"]["id"], result["last"]["id"]) == (speeches[1].pk, speeches[0].pk)


@pytest.mark.parametrize("address", ["/ledger/", "/ledger.json"])
def test_drafts_are_nowhere(client: Client, speeches: list[Speech], address: str) -> None:
    assert "未发讲" not in client.get(address).content.decode()
    assert "1999" not in client.get(address).content.decode()
    Speech.objects.filter(pk=speeches[1].pk).update(published=False)
    after = client.get(address).content.decode()
    assert "第1讲" not in after
    assert CLAUSE in after
    Speech.objects.filter(pk=speeches[0].pk).update(published=False)
    assert CLAUSE not in client.get(address).content.decode()


def test_a_draft_is_nowhere_either_while_the_count_is_old(
    client: Client, speeches: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/ledger/")
    monkeypatch.setattr(counting, "FEW_SPEECHES", 0)
    Speech.objects.filter(pk__in=[each.pk for each in speeches[:2]]).update(published=False)
    assert CLAUSE not in client.get("/ledger/").content.decode()


def test_it_can_be_searched(client: Client, speeches: list[Speech]) -> None:
    for asked in ({"q": "牢记"}, {"q": "不忘", "at": "start"}, {"q": " 初心牢記 "}):
        assert client.get("/ledger.json", asked).json()["total"] == 1
    for asked in ({"q": "没有"}, {"q": "牢记", "at": "start"}):
        assert client.get("/ledger.json", asked).json()["total"] == 0
    read = PageRead(client.get("/ledger/", {"q": "没有"}))
    assert "没有含“没有”的常用语" in read.words
    assert read.links["到全文里搜索"] == "/search/?q=%E6%B2%A1%E6%9C%89"


def test_an_archive_without_formulas_says_so(client: Client, make_speech: Callable[..., Speech]) -> None:
    assert "还没有一个分句见于 3 篇以上" in client.get("/ledger/").content.decode()
    make_speech()
    assert "还没有一个分句见于 3 篇以上" in client.get("/ledger/").content.decode()


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ("at=end", 400, "位置：没有这种找法，可用的有：within、start。"),
        ("q=" + "长" * 61, 400, "要找的字最多 60 个，现在有 61 个，请删短一些。"),
        ("q=%00", 400, "要找的字里混有不可见的控制字符，请重新输入。"),
        ("page=2", 404, "没有这一页"),
        ("page=0", 404, "没有这一页"),
        ("page=x", 404, "没有这一页"),
        ("page=9223372036854775807", 404, "没有这一页"),
        ("page=" + "9" * 30, 404, "没有这一页"),
    ],
)
def test_what_is_wrong_is_named(
    client: Client, speeches: list[Speech], asked: str, status: int, words: str
) -> None:
    page = client.get(f"/ledger/?{asked}")
    assert (page.status_code, words in page.content.decode()) == (status, True)
    twin = client.get(f"/ledger.json?{asked}")
    assert twin.status_code == status
    assert twin.json()["error"]["message"]


def test_markup_in_a_formula_is_text(client: Client, make_speech: Callable[..., Speech]) -> None:
    for number in range(3):
        make_speech(f"<script>{number}\n要抓<script>好</script>机关党的建设工作，好。\n", date="2019")
    reuse.fill()
    markup = client.get("/ledger/", {"q": '党"><script>'}).content.decode()
    assert "<script>好" not in markup
    markup = client.get("/ledger/").content.decode()
    assert "要抓&lt;script&gt;好&lt;/script&gt;机关党的建设工作" in markup
    assert "<script>0" not in markup


def test_a_page_asks_the_database_little(
    client: Client, speeches: list[Speech], django_assert_max_num_queries: Any
) -> None:
    client.get("/ledger/")
    with django_assert_max_num_queries(12):
        client.get("/ledger/")


def test_long_ledgers_come_in_pages(
    client: Client, make_speech: Callable[..., Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "LEDGER_PAGE", 1)
    for number in range(3):
        make_speech(f"{number}\n{CLAUSE}，坚持以人民为中心的发展思想。\n")
    reuse.fill()
    pages = [client.get("/ledger.json", {"page": page}).json()["results"][0]["text"] for page in (1, 2)]
    assert sorted(pages) == sorted([CLAUSE, "坚持以人民为中心的发展思想"])


def test_a_page_asked_for_again_is_kept_until_a_speech_comes(
    client: Client, speeches: list[Speech], make_speech: Callable[..., Speech], build_index: Any
) -> None:
    build_index()
    first = client.get("/ledger/")
    assert client.get("/ledger/", headers={"if-none-match": first["ETag"]}).status_code == 304
    make_speech(f"又讲\n{CLAUSE}，开展得好。\n")
    reuse.fill()
    build_index()
    again = client.get("/ledger/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "全库 5 篇" in again.content.decode()
