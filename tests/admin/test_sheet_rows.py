"""The rows of a sheet that are wrong, late or not for their editor, and what becomes of the others."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from archive import search
from archive.models import IndexChange, Speaker, Speech, StagedSheet
from tests.admin.people import person
from tests.admin.sending import URL, confirm, csv_rows, planned, send

pytestmark = pytest.mark.django_db

WRONG = [
    ({"编号": "999999"}, "没有编号为 999999 的讲话"),
    ({"编号": "9" * 30}, "没有编号为 99999999999999999999 的讲话"),
    ({"编号": "x"}, "没有编号为 x 的讲话"),
    ({"编号": ""}, "没有编号。"),
    ({"日期": "2022-13"}, "日期：没有这一天，请核对。"),
    ({"日期": "Nov-22"}, "日期：请写成 2022-11-20、2022-11 或 2022"),
    ({"标题": ""}, "标题：不能为空，请填写。"),
    ({"标题": "长" * 301}, "标题：最多 300 个字，现在有 301 个，请删短一些。"),
    ({"讲话人": "长" * 101}, "讲话人："),
    ({"职务": "#REF!"}, "职务：“#REF!”是公式出错的结果，请改成文字。"),
    ({"已发布": "也许"}, "已发布：请写“是”或“否”。"),
]


@pytest.mark.parametrize(("cells", "sentence"), WRONG, ids=[sentence for _cells, sentence in WRONG])
def test_a_row_that_is_wrong_is_told_of_and_the_others_are_written(
    manager: Client, two: list[Speech], cells: dict[str, str], sentence: str
) -> None:
    rows = csv_rows(manager)
    rows[0] |= cells
    rows[1]["标题"] = "新标题"
    send(manager, rows)
    plan = planned(manager)
    assert [row.line for row in plan.wrong] == [2]
    assert sentence in plan.wrong[0].errors[0]
    confirm(manager)
    assert [speech.title for speech in Speech.objects.order_by("pk")] == ["标题", "新标题"]
    assert [row.line for row in planned(manager).rows] == [2], "what is left to correct stays on the page"


def test_a_number_that_stands_twice_is_wrong_in_both_rows(manager: Client, two: list[Speech]) -> None:
    rows = csv_rows(manager)
    rows[1]["编号"] = f"0{rows[0]['编号']}"
    rows[1]["标题"] = "新标题"
    send(manager, rows)
    assert [row.line for row in planned(manager).wrong] == [2, 3]


def test_a_row_that_was_changed_since_its_download_is_not_written(manager: Client, two: list[Speech]) -> None:
    rows = csv_rows(manager)
    for row in rows:
        row["标题"] = "表里的标题"
    Speech.objects.filter(pk=two[0].pk).update(kind="致辞")
    send(manager, rows)
    assert "下载之后有人改过这一篇" in planned(manager).wrong[0].errors[0]
    confirm(manager)
    assert [speech.title for speech in Speech.objects.order_by("pk")] == ["标题", "表里的标题"]


def test_what_changes_while_an_editor_looks_is_shown_again_before_it_is_written(
    manager: Client, two: list[Speech]
) -> None:
    rows = [{"编号": row["编号"], "标题": "新标题"} for row in csv_rows(manager)]
    send(manager, rows)
    seen = planned(manager).digest
    Speech.objects.filter(pk=two[0].pk).update(title="别人的标题")
    response = manager.post(URL, {"action": "confirm", "plan": seen})
    assert response.status_code == 409
    assert "还没有写入" in response.content.decode()
    assert not Speech.objects.filter(title="新标题").exists()


def test_confirming_twice_writes_once(manager: Client, two: list[Speech]) -> None:
    rows = csv_rows(manager)
    rows[0]["标题"] = "新标题"
    send(manager, rows)
    seen = planned(manager).digest
    for _time in range(2):
        assert manager.post(URL, {"action": "confirm", "plan": seen}).status_code == 302
    assert LogEntry.objects.count() == 1


def test_one_press_writes_so_many_rows_and_the_next_goes_on(
    manager: Client, two: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.admin.sheets.applying.MOST", 1)
    monkeypatch.setattr("archive.admin.sheets.pages.MOST", 1)
    send(manager, [{**row, "标题": f"新标题{row['编号']}"} for row in csv_rows(manager)])
    assert "写入前 1 行" in manager.get(URL).content.decode()
    page = manager.post(URL, {"action": "confirm", "plan": planned(manager).digest}, follow=True)
    assert "一次写入 1 行，还有 1 行没有写" in page.content.decode()
    assert "写入这 1 行" in page.content.decode()
    titles = Speech.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == [f"新标题{two[0].pk}", "标题"]
    confirm(manager)
    assert titles.all()[1] == f"新标题{two[1].pk}"
    assert not StagedSheet.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_sheet_waits_for_so_much_of_the_index_and_tells_of_the_rest(
    index_path: Any, two: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    search.rebuild()
    monkeypatch.setattr("archive.search.indexing.OWN_CHARACTERS", 1)
    manager = person("管理")
    send(manager, [{**row, "标题": "新标题"} for row in csv_rows(manager)])
    page = manager.post(URL, {"action": "confirm", "plan": planned(manager).digest}, follow=True)
    assert "检索正在后台更新，还有 1 篇" in page.content.decode()
    assert IndexChange.objects.count() == 1
    search.drain()
    assert search.problems() == []


def test_a_failure_in_one_row_leaves_that_row_and_keeps_those_before(
    manager: Client, two: list[Speech], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = csv_rows(manager)
    for row in rows:
        row |= {"标题": "新标题", "讲话人": f"讲话人{row['编号']}"}
    send(manager, rows)
    save = Speech.save

    def fail(self: Speech, **options: Any) -> None:
        save(self, **options)
        if self.pk == two[1].pk:
            raise OSError("disk full")

    monkeypatch.setattr(Speech, "save", fail)
    with pytest.raises(OSError, match="disk full"):
        confirm(manager)
    assert [speech.title for speech in Speech.objects.order_by("pk")] == ["新标题", "标题"]
    assert list(Speaker.objects.values_list("name", flat=True)) == [f"讲话人{two[0].pk}"]
    assert StagedSheet.objects.exists()


def test_who_may_not_publish_changes_drafts_only(two: list[Speech]) -> None:
    """An operator may let somebody use sheets who may not publish."""
    client = person("录入")
    user = get_user_model().objects.get()
    user.user_permissions.add(Permission.objects.get(codename="sheet_speech"))
    draft, published = two
    Speech.objects.filter(pk=draft.pk).update(published=False)
    send(client, [{"编号": str(speech.pk), "标题": "新标题"} for speech in two])
    plan = planned(client)
    assert [row.number for row in plan.ready] == [str(draft.pk)]
    assert [row.number for row in plan.wrong] == [str(published.pk)]
    assert "您没有发布权限" in plan.wrong[0].errors[0]
    send(client, [{"编号": str(draft.pk), "已发布": "是"}])
    assert [row.number for row in planned(client).wrong] == [str(draft.pk)]
