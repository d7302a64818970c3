"""A speech and a list to take away: what each address gives, and that a speech comes back the same."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from archive.importing import Metadata, apply_metadata, import_bytes, revise
from archive.models import Paragraph, Speech
from archive.parsing import Decision
from archive.views import taking
from tests.formats.made import SEEDS, SHORT
from tests.formats.schemas import faults_of_akoma, faults_of_tei
from tests.views.pages import PageRead

pytestmark = pytest.mark.django_db

KINDS = {"md": "text/markdown; charset=utf-8", "xml": "application/akn+xml", "tei.xml": "application/tei+xml"}


def imported(data: bytes, name: str) -> Speech:
    result = import_bytes(data, name)
    assert result.speech is not None, result.error
    return result.speech


@pytest.fixture
def speech() -> Speech:
    return imported(SHORT.encode(), "讲话.txt")


@pytest.mark.parametrize(("suffix", "kind"), KINDS.items())
def test_a_format_is_a_download_named_by_title_and_date(
    client: Client, speech: Speech, suffix: str, kind: str
) -> None:
    response = client.get(f"/speeches/{speech.pk}.{suffix}")
    assert response.status_code == 200
    assert response["Content-Type"] == kind
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Link"] == f'<http://testserver/speeches/{speech.pk}/>; rel="canonical"'
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert disposition.endswith(f"_2022-11-20.{suffix}")
    assert "一是学深悟透".encode() in response.content
    assert not response.cookies


@pytest.mark.parametrize("suffix", [*KINDS, "txt"])
def test_who_has_a_file_already_is_not_sent_it_again(client: Client, speech: Speech, suffix: str) -> None:
    address = f"/speeches/{speech.pk}.{suffix}"
    first = client.get(address)
    again = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(address)["ETag"] == first["ETag"]
    Speech.objects.filter(pk=speech.pk).update(text=speech.text + "。")
    assert client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.parametrize("suffix", KINDS)
def test_a_draft_is_not_there(client: Client, speech: Speech, suffix: str) -> None:
    Speech.objects.update(published=False)
    assert client.get(f"/speeches/{speech.pk}.{suffix}").status_code == 404
    assert client.get(f"/speeches/{2**70}.{suffix}").status_code == 404
    assert client.post(f"/speeches/{speech.pk}.{suffix}").status_code == 405


def test_the_text_is_lf_under_a_chinese_name(client: Client, speech: Speech) -> None:
    response = client.get(f"/speeches/{speech.pk}.txt")
    assert response.content.decode() == SHORT
    assert b"\r" not in response.content
    assert "%E5%9C%A8" in response["Content-Disposition"]
    assert response["Content-Disposition"].endswith("_2022-11-20.txt")


@pytest.mark.parametrize("suffix", KINDS)
def test_a_file_costs_five_questions(
    client: Client, speech: Speech, suffix: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        client.get(f"/speeches/{speech.pk}.{suffix}")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:12])
def test_what_the_addresses_give_is_valid(client: Client, path: Path) -> None:
    pk = imported(path.read_bytes(), path.name).pk
    assert faults_of_akoma(client.get(f"/speeches/{pk}.xml").content) == []
    assert faults_of_tei(client.get(f"/speeches/{pk}.tei.xml").content) == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:12])
@pytest.mark.parametrize("suffix", ["md", "xml"])
def test_export_import_export_is_identical(client: Client, path: Path, suffix: str) -> None:
    was = imported(path.read_bytes(), path.name)
    comes_back(client, was, suffix)


@pytest.mark.parametrize("suffix", ["md", "xml"])
def test_an_edited_speech_comes_back_as_it_was_edited(client: Client, speech: Speech, suffix: str) -> None:
    speech.refresh_from_db()
    apply_metadata(speech, Metadata(title="另题：一", speaker="李四", date="2021-03", venue="礼堂", event=""))
    speech.save()
    text = SHORT.replace("今年以来", "新插入的一段话，说在前面。\n今年以来")
    revise(speech, text=text, decisions=[Decision("二、抓好落实", 0)])
    numbers = Paragraph.objects.filter(speech=speech).values_list("number", flat=True)
    assert list(numbers) != sorted(numbers)
    back = comes_back(client, speech, suffix)
    assert back.speaker is not None
    assert (back.title, back.speaker.name, back.date_iso, back.event) == ("另题：一", "李四", "2021-03", None)
    assert list(Paragraph.objects.filter(speech=back).values_list("number", flat=True)) == list(numbers)
    revise(back, text=f"{back.text}\n再见。")
    back.refresh_from_db()
    assert back.title == "另题：一"
    assert not back.sections.filter(heading="抓好落实").exists()


def comes_back(client: Client, speech: Speech, suffix: str) -> Speech:
    """Export, forget, import under another name, export: the same, save the address of its page."""
    data = client.get(f"/speeches/{speech.pk}.{suffix}").content
    numbers = list(speech.sections.values_list("number", "depth", "num", "heading"))
    pk = speech.pk
    speech.delete()
    back = imported(data, f"另一个名字.{suffix}")
    again = client.get(f"/speeches/{back.pk}.{suffix}").content
    assert again.replace(b"/speeches/%d/" % back.pk, b"/speeches/%d/" % pk) == data
    assert list(back.sections.values_list("number", "depth", "num", "heading")) == numbers
    return back


def test_what_an_editor_has_said_stays_said_when_the_file_comes_in_again(
    client: Client, speech: Speech
) -> None:
    data = client.get(f"/speeches/{speech.pk}.xml").content
    speech.delete()
    first = import_bytes(data, "a.xml", path="a.xml").speech
    assert first is not None
    apply_metadata(first, Metadata(speaker="赵六"))
    first.save()
    other = imported((SHORT + "\n又及。").encode(), "b.txt")
    changed = client.get(f"/speeches/{other.pk}.xml").content
    other.delete()
    assert import_bytes(changed, "a.xml", path="a.xml").status == "updated"
    first.refresh_from_db()
    assert first.speaker is not None
    assert (first.speaker.name, first.text[-3:]) == ("赵六", "又及。")


def test_what_an_editor_has_decided_holds_against_a_file(client: Client, speech: Speech) -> None:
    revise(speech, decisions=[Decision("二、抓好落实", 0)])
    data = client.get(f"/speeches/{speech.pk}.xml").content
    revise(speech, text=SHORT + "\n又及。")
    changed = client.get(f"/speeches/{speech.pk}.xml").content
    speech.delete()
    first = import_bytes(data, "a.xml", path="a.xml").speech
    assert first is not None
    assert not first.sections.filter(heading="抓好落实").exists()
    revise(first, decisions=[Decision("二、抓好落实", 1)])
    assert import_bytes(changed, "a.xml", path="a.xml").status == "updated"
    first.refresh_from_db()
    assert first.text.endswith("又及。")
    assert first.sections.filter(heading="抓好落实").exists()


@pytest.mark.parametrize("suffix", ["md", "xml"])
def test_no_file_tells_of_a_line_that_has_been_redacted(client: Client, speech: Speech, suffix: str) -> None:
    text = SHORT.replace("二、抓好落实", "二、王某人的问题")
    revise(
        speech, text=text, decisions=[Decision("二、王某人的问题", 0), Decision("谢谢大家！（热烈鼓掌）", 1)]
    )
    speech.refresh_from_db()
    revise(speech, text=text.replace("王某人", "***"))
    speech.refresh_from_db()
    assert "王某人" in str(speech.decisions), "kept for editors, in case the line comes back"
    data = client.get(f"/speeches/{speech.pk}.{suffix}").content.decode()
    assert "王某人" not in data
    assert data.count("热烈鼓掌") == 2, "the other decision is told"


def test_the_page_of_a_speech_leads_to_every_format(client: Client, speech: Speech) -> None:
    page = PageRead(client.get(f"/speeches/{speech.pk}/"))
    for suffix, kind in KINDS.items():
        address = f"/speeches/{speech.pk}.{suffix}"
        assert address in page.addresses
        assert page.all("link", rel="alternate", type=kind.partition(";")[0], href=address)


def rows(client: Client, **query: Any) -> list[dict[str, str]]:
    response = client.get("/speeches.csv", query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_the_table_of_a_list(client: Client, make_speech: Any) -> None:
    first = make_speech(
        "=公式讲话\n同志们：\n甲。\n", date="2022-11-20", speaker="张三", event="会", kind="讲话"
    )
    make_speech("旧讲话\n乙。\n", date="2019", speaker="张三")
    make_speech("别人\n丙。\n", date="2020", speaker="李四")
    make_speech("草稿\n丁。\n", speaker="张三", published=False)
    found = rows(client, speaker="张三", page="7")
    assert [row["title"] for row in found] == ["'=公式讲话", "旧讲话"]
    assert found[0] == {
        "id": str(first.pk),
        "title": "'=公式讲话",
        "subtitle": "",
        "speaker": "张三",
        "role": "",
        "date": "2022-11-20",
        "event": "会",
        "venue": "",
        "kind": "讲话",
        "characters": str(first.characters),
        "url": f"http://testserver/speeches/{first.pk}/",
    }
    assert [row["title"] for row in rows(client, sort="oldest")] == ["旧讲话", "别人", "'=公式讲话"]


def test_the_table_is_a_download_with_a_mark(client: Client) -> None:
    response = client.get("/speeches.csv")
    assert response["Content-Disposition"] == 'attachment; filename="speeches.csv"'
    assert response.getvalue().startswith(b"\xef\xbb\xbfid,title,")


def test_what_a_table_refuses(client: Client, make_speech: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/speeches.csv", {"year": "二〇"}).status_code == 400
    assert client.get("/speeches.csv", {"sort": "x"}).status_code == 400
    monkeypatch.setattr(taking, "MOST", 1)
    make_speech("甲\n一。\n")
    assert client.get("/speeches.csv").status_code == 200
    make_speech("乙\n二。\n")
    refused = client.get("/speeches.csv")
    assert refused.status_code == 400
    assert "缩小范围" in refused.content.decode()


def test_a_table_costs_the_same_questions_however_long(client: Client, make_speech: Any) -> None:
    asked = []
    for upto in (2, 12):
        for n in range(Speech.objects.count(), upto):
            make_speech(f"题{n}\n文{n}。\n", speaker=f"人{n}", event=f"会{n}")
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(client)) == upto
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 4
