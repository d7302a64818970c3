"""Headings of a waiting file: deeper, higher, none, and a line that opens a section; nothing else moves."""

from pathlib import Path

import pytest
from django.test import Client

from archive.admin.upload.structuring import decide, lines_of
from archive.models import Speech, StagedUpload
from archive.parsing import parse
from tests.admin.uploading import URL, confirm, file, filled, order, outline, upload

SEEDS = sorted(Path("seeds").glob("*.txt"))

pytestmark = pytest.mark.django_db


def test_a_heading_is_demoted_promoted_and_merged_and_a_line_opens_a_section(editor: Client) -> None:
    upload(editor, file())
    assert outline(editor) == [(1, "一、提高站位"), (1, "二、压实责任")]
    response = order(editor, "demote", "二、")
    assert response["Location"] == "{0}?outline={1}#file-{1}".format(URL, StagedUpload.objects.get().pk)
    assert outline(editor) == [(1, "一、提高站位"), (2, "二、压实责任")]
    order(editor, "promote", "二、")
    assert outline(editor) == [(1, "一、提高站位"), (1, "二、压实责任")]
    order(editor, "merge", "一、")
    order(editor, "split", "我们要加强")
    assert outline(editor) == [(1, "我们要加强学习。"), (1, "二、压实责任")]
    assert StagedUpload.objects.get().decisions[-1] == {"line": "我们要加强学习。", "level": 1, "nth": 1}
    confirm(editor)
    speech = Speech.objects.get()
    assert [s.heading for s in speech.sections.filter(kind="body")] == ["我们要加强学习。", "压实责任"]
    assert {each["line"] for each in speech.decisions} == {"一、提高站位", "二、压实责任", "我们要加强学习。"}


def test_the_outline_as_it_was_read_comes_back(editor: Client) -> None:
    upload(editor, file())
    order(editor, "merge", "二、")
    assert "恢复自动提纲" in editor.get(URL).content.decode()
    order(editor, "reset")
    assert outline(editor) == [(1, "一、提高站位"), (1, "二、压实责任")]


@pytest.mark.parametrize(
    "do", ["", ":", "x:demote:1:", "99999:demote:1:", "9" * 40 + ":drop", "{}:demote:x:{}"]
)
def test_an_order_that_means_nothing_changes_nothing(editor: Client, do: str) -> None:
    upload(editor, file())
    (row,) = editor.get(URL).context["rows"]
    response = editor.post(URL, {"do": do.format(row.staged.pk, row.mark) or ":", **filled(editor)})
    assert response.status_code in (302, 400)
    assert outline(editor) == [(1, "一、提高站位"), (1, "二、压实责任")]


def test_an_order_for_a_text_that_has_changed_is_not_obeyed_for_another_line(editor: Client) -> None:
    upload(editor, file())
    (row,) = editor.get(URL).context["rows"]
    response = editor.post(URL, {"do": f"{row.staged.pk}:merge:0:00000000"})
    assert response.status_code == 400
    assert "这份文稿刚才已改变" in response.content.decode()
    assert StagedUpload.objects.get().decisions == []


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_line_of_a_seed_can_be_made_a_heading_and_none(path: Path) -> None:
    """The words and the number that a line is known by here are those that the parser knows it by."""
    text = path.read_text("utf-8").strip()
    before = parse(text, name=path.name)
    for line in lines_of(before):
        decisions = decide(before, (), "merge" if line.level else "split", line.index)
        assert decisions is not None
        after = lines_of(parse(text, name=path.name, decisions=decisions))
        assert bool(after[line.index].level) is not bool(line.level)
        assert [each.text for each in after] == [each.text for each in lines_of(before)]


def test_what_lies_below_a_heading_moves_with_it() -> None:
    text = "讲话\n同志们：\n一、甲\n正文。\n二、乙\n（一）丙\n正文。\n三、丁\n正文。"
    first = parse(text)
    at = next(line.index for line in lines_of(first) if line.text == "二、乙")
    decisions = decide(first, (), "demote", at)
    after = parse(text, decisions=decisions or ())
    levels = [(line.level, line.text) for line in lines_of(after) if line.level]
    assert levels == [(1, "一、甲"), (2, "二、乙"), (3, "（一）丙"), (1, "三、丁")]
    back = decide(after, decisions or (), "promote", at)
    assert [line.level for line in lines_of(parse(text, decisions=back or ())) if line.level] == [1, 1, 2, 1]
