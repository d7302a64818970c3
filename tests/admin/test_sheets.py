"""Metadata as a sheet: out, edited, what would change, and in; nothing that nobody has seen and wanted."""

import io
from typing import Any

import openpyxl
import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from archive.importing import import_bytes
from archive.models import Alias, Event, IndexChange, Revision, Speaker, Speech, StagedSheet
from tests.admin.people import person
from tests.admin.sending import SPEECH, URL, as_csv, confirm, csv_rows, planned, send

pytestmark = pytest.mark.django_db


def test_a_sheet_goes_out_is_edited_seen_and_written(manager: Client, two: list[Speech]) -> None:
    rows = csv_rows(manager)
    rows[0] |= {"标题": "新标题", "讲话人": "张三", "日期": "2022/11/20", "地点": "市委礼堂", "已发布": "否"}
    assert send(manager, rows).status_code == 302
    page = manager.get(URL).content.decode()
    assert "<del>标题</del>" in page
    assert "<ins>新标题</ins>" in page
    assert "新讲话人" in page
    assert Speech.objects.filter(title="标题").count() == 2
    assert confirm(manager).status_code == 302
    first, second = Speech.objects.order_by("pk")
    assert (first.title, first.title_source, first.date_iso, first.venue, first.published) == (
        "新标题",
        "edited",
        "2022-11-20",
        "市委礼堂",
        False,
    )
    assert first.speaker is not None
    assert first.speaker.name == "张三"
    assert first.edited == ["date", "speaker", "title", "venue"]
    assert (second.title, second.edited, second.updated_at) == ("标题", [], two[1].updated_at)
    assert not StagedSheet.objects.exists()
    entry = LogEntry.objects.get()
    assert (entry.user.username, entry.object_id) == ("管理", str(first.pk))
    assert entry.change_message.startswith("表格“表.csv”：标题“标题”改为“新标题”，讲话人“”改为“张三”")
    assert Revision.objects.get().facts["title"] == "标题"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_sheet_that_comes_back_as_it_went_changes_nothing(
    manager: Client, two: list[Speech], kind: str
) -> None:
    """Nor do values that a spreadsheet might take for a formula, or for a quoted one."""
    odd = ["=1+1", "'=1+1", "＋86", " 前后 ", '一"二,三', "-", "2022-11"]
    Speech.objects.all().delete()
    for number, title in enumerate(odd):
        import_bytes(SPEECH.format(number).encode(), f"{number}.txt")
        Speech.objects.filter(pk=Speech.objects.latest("pk").pk).update(title=title, kind=title)
    answer = manager.get(URL, {"download": kind})
    send(manager, b"".join(answer) if kind == "csv" else answer.content, f"表.{kind}")
    assert (planned(manager).same, planned(manager).rows) == (len(odd), [])


def test_no_cell_is_a_formula(manager: Client, two: list[Speech]) -> None:
    Speech.objects.update(title="=cmd|' /C calc'!A0", subtitle="@SUM(1)")
    assert {row["标题"] for row in csv_rows(manager)} == {"'=cmd|' /C calc'!A0"}
    book = openpyxl.load_workbook(io.BytesIO(manager.get(URL, {"download": "xlsx"}).content))
    cell = book.active["B2"]
    assert (cell.value, cell.data_type, cell.number_format) == ("=cmd|' /C calc'!A0", "s", "@")


def test_a_workbook_edited_in_a_spreadsheet_is_read(manager: Client, two: list[Speech]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(manager.get(URL, {"download": "xlsx"}).content))
    book.active["B3"] = "新标题"
    book.active["F3"] = 2022
    out = io.BytesIO()
    book.save(out)
    send(manager, out.getvalue(), "表.xlsx")
    confirm(manager)
    second = Speech.objects.get(pk=two[1].pk)
    assert (second.title, second.date_iso) == ("新标题", "2022")


def test_gbk_of_excel_is_read(manager: Client, two: list[Speech]) -> None:
    rows = csv_rows(manager)
    rows[1]["标题"] = "在全市机关党建工作会议上的讲话"
    send(manager, as_csv(rows, "gbk"), encoding="gb18030")
    assert [row.changes[0].new for row in planned(manager).ready] == ["在全市机关党建工作会议上的讲话"]


def test_an_alias_stands_for_its_speaker(manager: Client, two: list[Speech]) -> None:
    speaker = Speaker.objects.create(name="张三")
    Alias.objects.create(name="老张", speaker=speaker)
    Speech.objects.filter(pk=two[0].pk).update(speaker=speaker)
    rows = csv_rows(manager)
    for row in rows:
        row["讲话人"] = "老张"
    send(manager, rows)
    ready = planned(manager).ready
    assert [(row.number, row.changes[0].new, row.changes[0].is_new) for row in ready] == [
        (str(two[1].pk), "张三", False)
    ]


def test_clearing_cells_clears_what_they_stand_for(manager: Client, two: list[Speech]) -> None:
    event = Event.objects.create(name="党建会")
    Speech.objects.update(event=event, date="2022-11-20", role="书记")
    rows = csv_rows(manager)
    rows[0] |= {"场合": "", "日期": "", "职务": "", "已发布": ""}
    send(manager, rows)
    confirm(manager)
    first = Speech.objects.get(pk=two[0].pk)
    assert (first.event, first.date, first.role, first.published) == (None, None, "", True)


def test_columns_may_be_left_out_and_named_in_english(manager: Client, two: list[Speech]) -> None:
    send(manager, f"ID,Title,备注\n{two[0].pk},新标题,x\n".encode())
    page = manager.get(URL)
    assert [change.new for change in page.context["plan"].ready[0].changes] == ["新标题"]
    assert "没有“备注”这一列，已略过。" in page.content.decode()
    assert "表里没有“版本”一列" in page.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("标题\n一\n", "第一行里没有“编号”一列"),
        ("编号\n1\n", "除编号外没有可以修改的列"),
        ("编号,标题,标题\n1,一,二\n", "“标题”一列出现了不止一次"),
        ("编号,标题\n", "表格只有第一行"),
        ("", "表格里没有内容"),
        ("\ufeff", "表格里没有内容"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_the_cure(manager: Client, data: str, sentence: str) -> None:
    response = send(manager, data.encode())
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not StagedSheet.objects.exists()


def test_no_file_and_one_too_large_are_refused(manager: Client, settings: Any) -> None:
    assert "请选择表格文件" in manager.post(URL, {"action": "upload"}).content.decode()
    settings.ARCHIVE_MAX_UPLOAD_MB = 1
    response = send(manager, b"x" * (2**20 + 1))
    assert response.status_code == 400
    assert "表格超过 1 MB 的上限" in response.content.decode()


def test_a_new_sheet_takes_the_place_of_the_old_and_nobody_sees_anothers(
    manager: Client, two: list[Speech]
) -> None:
    for title in ("一", "二"):
        send(manager, [{"编号": str(two[0].pk), "标题": title}])
    assert [change.new for change in planned(manager).ready[0].changes] == ["二"]
    assert planned(person("admin")) is None
    manager.post(URL, {"action": "discard"})
    assert planned(manager) is None


def test_the_chosen_speeches_are_downloaded_from_the_list(manager: Client, two: list[Speech]) -> None:
    data = {"action": "export_sheet", "_selected_action": [two[1].pk]}
    answer = manager.post("/admin/archive/speech/", data)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [row[0] for row in book.active.iter_rows(values_only=True)] == ["编号", two[1].pk]
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_a_cell_holds_cannot_break_the_page(manager: Client, two: list[Speech]) -> None:
    send(manager, [{"编号": str(two[0].pk), "标题": "<script>alert(1)</script>"}])
    page = manager.get(URL).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_is_too_much_for_one_sheet_goes_out_in_parts(
    manager: Client, two: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.admin.sheets.pages.ROWS", 1)
    page = manager.get(URL).content.decode()
    assert "?download=csv&amp;part=2" in page
    assert [[row["编号"] for row in csv_rows(manager, part=part)] for part in ("1", "2", "x", "9")] == [
        [str(two[0].pk)],
        [str(two[1].pk)],
        [str(two[0].pk)],
        [str(two[1].pk)],
    ]


def test_many_rows_are_shown_a_page_at_a_time_and_written_at_once(
    manager: Client, two: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.admin.sheets.pages.SHOWN", 1)
    send(manager, [{"编号": str(speech.pk), "标题": f"新标题{speech.pk}"} for speech in two])
    pages = [manager.get(URL, {"page": page}).content.decode() for page in ("1", "2")]
    for number, speech in enumerate(two):
        assert [f"新标题{speech.pk}" in page for page in pages] == [number == 0, number == 1]
    confirm(manager)
    assert Speech.objects.filter(title__startswith="新标题").count() == 2


@pytest.mark.django_db(transaction=True)
def test_readers_find_what_a_sheet_has_changed(index_path: Any, two: list[Speech]) -> None:
    from archive import search
    from archive.search import Query

    manager = person("管理")
    send(manager, [{"编号": str(speech.pk), "讲话人": "张三"} for speech in two])
    confirm(manager)
    assert not IndexChange.objects.exists()
    assert search.find(Query("学习")).facets["speaker"] == (("张三", 2),)
