"""A row at work: what was typed stays, another encoding is tried, and what is the same is told."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client

from archive import importing
from archive.admin.upload.working import keep_typed, reread
from archive.importing import Prepared, import_bytes
from archive.models import Speech, StagedUpload
from tests.admin.uploading import TEXT, URL, confirm, file, filled, order, upload
from tests.readers.wordfile import zipped

SEEDS = sorted(Path("seeds").glob("*.txt"))
DOUBTFUL = "圳甪\n圳甪圳甪甪圳。\n"
"""Rare characters only: in GB18030 it reads as well as in Big5."""
JSON = {"headers": {"accept": "application/json"}}

pytestmark = pytest.mark.django_db


def ask(client: Client, **data: Any) -> Any:
    return client.post(URL, data, **JSON)


# What is typed stays -------------------------------------------------------------------------------------


def test_what_was_typed_survives_a_reload_and_every_button(editor: Client) -> None:
    upload(editor, file(), file(SEEDS[0].read_bytes(), "b.txt"))
    editor.post(URL, {**filled(editor, title="我的标题", date="2022-13", venue="北京"), "action": "keep"})
    rows = editor.get(URL).context["rows"]
    assert [row.form["title"].value() for row in rows] == ["我的标题"] * 2
    first = rows[0]
    editor.post(URL, {**filled(editor), "do": f"{first.staged.pk}:demote:1:{first.mark}"})
    for row in editor.get(URL).context["rows"]:
        assert (row.form["date"].value(), row.form["venue"].value()) == ("2022-13", "北京")
        assert row.origins["title"] == "已改"


def test_only_what_differs_from_the_parser_is_kept_as_typed(editor: Client) -> None:
    upload(editor, file())
    editor.post(URL, {**filled(editor, speaker="张三"), "action": "keep"})
    assert StagedUpload.objects.get().typed == {"speaker": "张三"}


def test_typed_text_is_cut_and_holds_no_nul(editor: Client) -> None:
    upload(editor, file())
    editor.post(URL, {**filled(editor, title="长" * 5000 + "\0"), "action": "keep"})
    assert len(StagedUpload.objects.get().typed["title"]) == 600


def test_a_save_with_an_error_keeps_the_choice_and_leads_to_the_field(editor: Client) -> None:
    upload(editor, file())
    response = confirm(editor, date="2022-02-30", choice="save", draft="on")
    pk = StagedUpload.objects.get().pk
    assert f'<a href="#id_f{pk}-date">“讲话.txt”日期</a>：没有这一天，请核对。' in response.content.decode()
    assert StagedUpload.objects.get().typed == {"date": "2022-02-30", "draft": "on"}
    assert "checked" in str(editor.get(URL).context["rows"][0].form["draft"])


def test_each_value_says_where_it_was_read(editor: Client) -> None:
    upload(editor, file(TEXT.replace("同志们：", "（2022年11月20日）\n张三丰\n同志们：")))
    (row,) = editor.get(URL).context["rows"]
    page = editor.get(URL).content.decode()
    assert (row.origins["date"], row.origins["speaker"]) == ("来自正文第 2 行", "来自正文第 3 行")
    assert f'aria-describedby="id_f{row.staged.pk}-date_helptext"' in page
    upload(editor, file("同志们：\n" + "我们要坚持。" * 30, "无题.txt"))
    assert editor.get(URL).context["rows"][1].origins["title"] == "推断，请核对"


# Encodings -----------------------------------------------------------------------------------------------


def test_a_doubtful_file_asks_and_is_read_as_its_editor_says(editor: Client) -> None:
    assert upload(editor, file(DOUBTFUL.encode("gb18030"), "a.txt")).status_code == 302
    page = editor.get(URL)
    (row,) = page.context["rows"]
    assert row.prepared is None
    assert "无法确定“a.txt”的编码" in page.content.decode()
    assert [name for name, _label, _shown in row.readings] == ["gb18030", "cp950"]
    assert row.readings[0][2] == "圳甪 圳甪圳甪甪圳。"
    response = editor.post(URL, {"do": f"{row.staged.pk}:reread"})
    assert "请选择一种编码。" in response.content.decode()
    editor.post(URL, {"do": f"{row.staged.pk}:reread", f"f{row.staged.pk}-encoding": "gb18030"})
    assert confirm(editor).status_code == 302
    assert Speech.objects.get().text == DOUBTFUL.strip()


def test_a_doubtful_file_waits_beside_those_that_are_saved_and_can_be_thrown_away(editor: Client) -> None:
    upload(editor, file(DOUBTFUL.encode("gb18030"), "a.txt"), file())
    assert confirm(editor).status_code == 302
    assert Speech.objects.get().title.startswith("在机关党建")
    editor.post(URL, {"do": f"{StagedUpload.objects.get().pk}:drop"})
    assert not StagedUpload.objects.exists()


def test_another_encoding_is_tried_and_what_was_typed_stays(editor: Client) -> None:
    text = SEEDS[1].read_text("utf-8")
    upload(editor, file(text.encode("gb18030"), "a.txt"))
    response = order(editor, "reread", encoding="utf-8", speaker="张三")
    assert response.status_code == 400
    assert "按 utf-8 读不通" in response.content.decode()
    (row,) = editor.get(URL).context["rows"]
    assert (row.staged.encoding, row.form["speaker"].value()) == ("gb18030", "张三")


def test_a_save_with_another_encoding_chosen_reads_first_and_asks_again(editor: Client) -> None:
    upload(editor, file("讲话\n同志们：\ncafé 我们。\n".encode("gb18030"), "a.txt"), encoding="gb18030")
    response = confirm(editor, encoding="cp950")
    assert response.status_code == 400
    assert not Speech.objects.exists()


def test_formats_that_know_their_encoding_offer_none(editor: Client) -> None:
    upload(
        editor,
        file(
            "{\\rtf1\\ansi " + "".join(f"\\u{ord(c)}?" if c != "\n" else "\\par " for c in TEXT) + "}",
            "a.rtf",
        ),
    )
    (row,) = editor.get(URL).context["rows"]
    assert not row.is_text
    assert "encoding" not in row.form.fields


# The same again ------------------------------------------------------------------------------------------


def near(path: Path) -> bytes:
    return path.read_text("utf-8").replace("谢谢大家！", "谢谢。").encode()


def test_a_near_duplicate_replaces_the_speech_as_a_revision(editor: Client) -> None:
    old = import_bytes(SEEDS[1].read_bytes(), "a.txt").speech
    assert old is not None
    upload(editor, file(near(SEEDS[1]), "新.txt"))
    pk = StagedUpload.objects.get().pk
    shown = editor.get(f"{URL}{pk}/difference/{old.pk}/").content.decode()
    assert "<del>大家！</del><ins>。</ins>" in shown
    assert re.search("…（相同 [0-9]{4} 字）…", shown)
    assert "市直机关工委书记在" not in shown.partition("transcript")[2]
    assert confirm(editor, choice=f"replace-{old.pk}").status_code == 302
    speech = Speech.objects.get()
    assert speech.pk == old.pk
    assert "谢谢。" in speech.text
    assert "原来的仍在修订历史里" in editor.get(URL).content.decode()
    assert [entry.get_change_message() for entry in LogEntry.objects.all()] == ["上传“新.txt”"]


def test_only_a_speech_that_is_much_alike_can_be_replaced(editor: Client) -> None:
    other = import_bytes(TEXT.encode(), "a.txt").speech
    upload(editor, file(SEEDS[1].read_bytes(), "b.txt"))
    response = confirm(editor, choice=f"replace-{other and other.pk}")
    assert response.status_code == 400
    assert "没有这种处理方式" in response.content.decode()
    assert Speech.objects.count() == 1


def test_files_of_one_batch_that_are_much_alike_are_told(editor: Client) -> None:
    upload(editor, file(SEEDS[1].read_bytes(), "a.txt"), file(near(SEEDS[1]), "b.txt"), file(name="c.txt"))
    first, second, third = editor.get(URL).context["rows"]
    assert [each.name for each in second.neighbours] == ["a.txt"]
    assert second.neighbours[0].percent > 80
    assert (first.neighbours, third.neighbours) == ([], [])


def test_the_summary_counts_and_stays_after_a_reload_until_it_is_read(editor: Client) -> None:
    upload(editor, file(), file(SEEDS[1].read_bytes(), "b.txt"))
    data = filled(editor)
    data[[name for name in data if name.endswith("choice")][1]] = "skip"
    editor.post(URL, {"action": "confirm", **data})
    for _again in range(2):
        page = editor.get(URL).content.decode()
        assert "已保存 1 篇，跳过 1 篇" in page
        assert f'href="/admin/archive/speech/{Speech.objects.get().pk}/change/">继续编辑' in page
    editor.post(URL, {"action": "clear"})
    assert "已保存 1 篇" not in editor.get(URL).content.decode()


def test_a_mistake_of_ours_in_one_file_stops_no_other_and_loses_nothing(
    editor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    upload(editor, file(), file(SEEDS[1].read_bytes(), "b.txt"))
    store = importing.store

    def fail_at_the_first(prepared: Prepared, **options: Any) -> Any:
        if prepared.name == "讲话.txt":
            raise RuntimeError("a mistake")
        return store(prepared, **options)

    monkeypatch.setattr(importing, "store", fail_at_the_first)
    response = confirm(editor, venue="北京")
    assert response.status_code == 400
    assert "保存时出错，没有保存" in response.content.decode()
    assert "a mistake" in caplog.text
    assert (Speech.objects.count(), StagedUpload.objects.get().typed) == (1, {"venue": "北京"})


def test_what_is_typed_last_does_not_bring_a_saved_file_back(editor: Client) -> None:
    upload(editor, file())
    (row,) = editor.get(URL).context["rows"]
    StagedUpload.objects.all().delete()
    row.form = type(row.form)({f"f{row.staged.pk}-title": "迟到的"}, prefix=f"f{row.staged.pk}")
    keep_typed(row)
    row.staged.content = TEXT.encode()
    reread(row.staged, "utf-8")
    assert not StagedUpload.objects.exists()


def test_a_refusal_leaves_a_line_with_its_code_in_the_log(
    editor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    upload(editor, file("", "空.txt"))
    assert [record.getMessage() for record in caplog.records if record.name.startswith("archive")] == [
        "Refused '空.txt' from 'editor': empty_file"
    ]


def test_who_may_not_publish_saves_a_draft_and_replaces_no_published_speech(client: Client) -> None:
    old = import_bytes(SEEDS[1].read_bytes(), "a.txt").speech
    user = get_user_model().objects.create_user("typist", is_staff=True)
    for name in ("add_speech", "change_speech"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    upload(client, file(near(SEEDS[1]), "b.txt"))
    assert confirm(client, choice=f"replace-{old and old.pk}").status_code == 400
    confirm(client, choice="save")
    assert not Speech.objects.latest("pk").published


# Pasted, and asked for by the page's script --------------------------------------------------------------


def test_a_pasted_text_is_a_file_like_any_other(editor: Client) -> None:
    assert editor.post(URL, {"action": "upload", "pasted": TEXT}).status_code == 302
    (row,) = editor.get(URL).context["rows"]
    assert (row.staged.name, row.staged.encoding) == ("粘贴的文稿.txt", "utf-8")
    confirm(editor)
    assert Speech.objects.get().text == TEXT.strip()


def test_a_pasted_text_that_is_refused_is_still_there(editor: Client) -> None:
    response = editor.post(URL, {"action": "upload", "pasted": "在会议上的讲话"})
    assert response.status_code == 400
    assert ">在会议上的讲话</textarea>" in response.content.decode()


def test_the_script_gets_rows_and_refusals_of_the_files_it_sends(editor: Client) -> None:
    answer = ask(editor, action="upload", file=file())
    pk = StagedUpload.objects.get().pk
    assert (answer.status_code, answer.json()["rows"], answer.json()["failed"]) == (200, 1, 0)
    assert f'id="file-{pk}"' in answer.json()["html"]
    assert "<html" not in answer.json()["html"]
    again = ask(editor, action="upload", file=file(name="b.txt"))
    assert (again.status_code, again.json()["failed"]) == (409, 1)
    assert "与等待确认的“讲话.txt”文字完全相同" in again.json()["html"]
    empty = ask(editor, action="upload", file=file("", "空.txt"))
    assert (empty.status_code, empty["Content-Type"]) == (400, "application/json")
    pack = ask(
        editor, action="upload", file=file(zipped([("1.txt", ""), ("2.txt", SEEDS[0].read_bytes())]), "c.zip")
    )
    assert (pack.status_code, pack.json()["rows"], pack.json()["failed"]) == (200, 1, 1)


def test_the_script_keeps_what_is_typed_and_works_on_one_row(editor: Client) -> None:
    upload(editor, file())
    data = filled(editor, title="新标题")
    assert ask(editor, action="keep", **data).status_code == 204
    (row,) = editor.get(URL).context["rows"]
    answer = ask(editor, do=f"{row.staged.pk}:demote:2:{row.mark}", **data)
    assert 'value="新标题"' in answer.json()["html"]
    assert "depth-2" in answer.json()["html"]
    gone = ask(editor, do=f"{row.staged.pk}:drop")
    assert gone.json()["html"] == ""


def test_the_whole_text_is_plain_and_its_editors_own(editor: Client) -> None:
    upload(editor, file("<script>alert(1)</script>\n" + TEXT))
    address = f"{URL}{StagedUpload.objects.get().pk}/text/"
    answer = editor.get(address)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    editor.force_login(get_user_model().objects.create_superuser("other"))
    assert editor.get(address).status_code == 404


def test_a_speech_says_in_its_form_where_its_fields_were_read(editor: Client) -> None:
    speech = import_bytes(TEXT.replace("同志们：", "张三丰\n同志们：").encode(), "a.txt").speech
    page = editor.get(f"/admin/archive/speech/{speech and speech.pk}/change/").content.decode()
    assert "来自正文第 1 行。" in page
    assert "来自正文第 2 行。" in page


def test_a_page_of_many_files_asks_and_shows_little(
    editor: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr("archive.admin.upload.rows.MOST_SHOWN", 24)
    for number in range(12):
        upload(editor, file(TEXT.replace("学习", "研究" * (number + 1)), f"{number}.txt"))
    editor.get(URL)
    parsed = []
    monkeypatch.setattr(
        "archive.importing.preparing.parsing.parse", lambda *args, **options: parsed.append(1)
    )
    with django_assert_max_num_queries(20):  # none of them for each file
        page = editor.get(URL)
    assert not parsed
    text = page.content.decode()
    assert text.count('<ol class="outline">') == 4
    assert text.count("列出各行") == 8
    last = page.context["rows"][-1].staged.pk
    shown = editor.get(f"{URL}?outline={last}").content.decode()
    assert f'<details id="outline-{last}" open>' in shown
    assert shown.count("列出各行") == 7
    row = editor.get(f"{URL}?outline={last}", headers={"Accept": "application/json"}).json()
    assert (row["rows"], row["html"].count("此行起分节")) == (1, 3)
    nothing = editor.get(f"{URL}?outline=x", headers={"Accept": "application/json"})
    assert (nothing.status_code, nothing.json()["rows"]) == (200, 0)


def test_what_changes_in_the_archive_meanwhile_is_seen_at_once(editor: Client) -> None:
    upload(editor, file(near(SEEDS[1]), "新.txt"))
    assert not editor.get(URL).context["rows"][0].alike
    other = import_bytes(SEEDS[1].read_bytes(), "a.txt").speech
    assert [like.speech for like in editor.get(URL).context["rows"][0].alike] == [other]
    Speech.objects.get().delete()
    assert not editor.get(URL).context["rows"][0].alike


def test_a_file_that_waits_already_is_passed_over_and_has_not_failed(editor: Client) -> None:
    upload(editor, file(TEXT, "a.txt"))
    answer = editor.post(URL, {"file": file(TEXT, "b.txt"), "action": "upload"}, **JSON)
    assert answer.status_code == 409
    html = answer.json()["html"]
    assert '<span class="state">跳过</span>' in html
    assert 'class="file failed twin"' in html
