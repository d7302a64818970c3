"""The upload page: files in, a preview to correct, confirm, saved; each file handled alone."""

import datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from archive.models import SourceFile, Speaker, Speech, StagedUpload
from tests.admin.uploading import TEXT, URL, confirm, file, upload
from tests.readers.wordfile import chinese, docx, p, zipped

SEED = sorted(Path("seeds").glob("*.txt"))[1]

pytestmark = pytest.mark.django_db


def test_a_file_is_previewed_corrected_and_saved(editor: Client) -> None:
    response = upload(editor, file())
    assert (response.status_code, response["Location"]) == (302, URL)
    assert not Speech.objects.exists()
    preview = editor.get(URL).content.decode()
    assert "一、提高站位" in preview
    assert 'value="在机关党建工作会议上的讲话"' in preview
    response = confirm(editor, title="在机关党建会上的讲话", speaker="张三", date="2022-11-20")
    assert response.status_code == 302
    speech = Speech.objects.get()
    assert (speech.title, speech.speaker and speech.speaker.name, speech.date_iso) == (
        "在机关党建会上的讲话",
        "张三",
        "2022-11-20",
    )
    assert speech.edited == ["date", "speaker", "title"]
    assert bytes(speech.source.content) == TEXT.encode()
    assert not StagedUpload.objects.exists()
    assert f'href="{speech.get_absolute_url()}"' in editor.get(URL).content.decode()


def test_several_files_come_in_at_once_and_a_bad_one_stops_no_other(editor: Client) -> None:
    response = upload(
        editor,
        file(),
        file(b"", "空.txt"),
        file(SEED.read_bytes(), SEED.name),
        file(b"\x89PNG\r\n\x1a\n" * 99, "图.txt"),
    )
    assert response.status_code == 302
    page = editor.get(URL)
    assert len(page.context["rows"]) == 2
    told = [refusal.name for refusal in page.context["refusals"]]
    assert told == ["空.txt", "图.txt"]
    assert "文件是空的。" in page.content.decode()
    confirm(editor)
    assert Speech.objects.count() == 2


def test_gb18030_and_utf16_are_detected_and_a_named_encoding_is_obeyed(editor: Client) -> None:
    text = SEED.read_text("utf-8")
    for encoding, named in (("gb18030", ""), ("utf-16", ""), ("gb18030", "gb18030")):
        assert upload(editor, file(text.encode(encoding)), encoding=named).status_code == 302
        (row,) = editor.get(URL).context["rows"]
        assert row.prepared.outline.text.startswith("市直机关工委书记")
        StagedUpload.objects.all().delete()


def test_a_duplicate_is_refused_with_a_link_to_its_twin(editor: Client) -> None:
    upload(editor, file())
    confirm(editor)
    twin = Speech.objects.get()
    response = upload(editor, file("\ufeff" + TEXT.replace("\n", "\r\n"), "另一份.txt"))
    assert response.status_code == 409
    assert f'已经入库：与《<a href="{twin.get_absolute_url()}">' in response.content.decode()
    assert Speech.objects.count() == SourceFile.objects.count() == 1


def test_the_same_text_twice_in_one_upload_waits_once(editor: Client) -> None:
    upload(editor, file(), file(name="b.txt"))
    page = editor.get(URL)
    assert len(page.context["rows"]) == 1
    assert "与等待确认的“讲话.txt”文字完全相同，已跳过。" in page.content.decode()


def test_a_twin_saved_while_a_file_waits_is_told_of_and_nothing_is_saved_twice(editor: Client) -> None:
    upload(editor, file())
    from archive.importing import import_bytes

    import_bytes(TEXT.encode(), "a.txt")
    page = editor.get(URL)
    assert "这份文稿已经入库" in page.content.decode()
    assert page.context["rows"][0].form["choice"].value() == "skip"
    confirm(editor, choice="save")
    assert Speech.objects.count() == 1
    assert not StagedUpload.objects.exists()
    assert "已经入库" in editor.get(URL).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "PNG"),
        ("a.txt", "在会议上的讲话\n".encode(), "只有标题，没有正文"),
        ("a.txt", b"\xff" * 11 * 2**20, "10 MB"),
    ],
)
def test_a_file_that_is_no_transcript_is_refused_with_a_sentence(
    editor: Client, name: str, data: bytes, sentence: str
) -> None:
    response = upload(editor, file(data, name))
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not StagedUpload.objects.exists()


def test_choosing_nothing_is_answered_with_what_to_do(editor: Client) -> None:
    response = editor.post(URL, {"action": "upload"})
    assert response.status_code == 400
    assert "请选择文件" in response.content.decode()


def test_an_impossible_date_or_an_empty_title_is_shown_again_and_nothing_is_lost(editor: Client) -> None:
    upload(editor, file())
    response = confirm(editor, date="2022-02-30", title="")
    assert response.status_code == 400
    page = response.content.decode()
    assert "没有这一天，请核对。" in page
    assert 'value="2022-02-30"' in page
    assert StagedUpload.objects.count() == 1
    assert not Speech.objects.exists()


def test_a_discarded_file_is_gone_whatever_its_fields_say(editor: Client) -> None:
    upload(editor, file())
    assert confirm(editor, choice="skip", title="", date="x").status_code == 302
    assert not StagedUpload.objects.exists()
    assert not Speech.objects.exists()


def test_a_draft_is_saved_and_hidden(editor: Client) -> None:
    upload(editor, file())
    confirm(editor, draft="on")
    speech = Speech.objects.get()
    assert not speech.published
    assert editor.get(speech.get_absolute_url()).status_code == 404
    change_page = f'href="/admin/archive/speech/{speech.pk}/change/"'
    assert change_page in editor.get(URL).content.decode()
    assert change_page in upload(editor, file()).content.decode()


def test_markup_in_a_transcript_is_shown_as_text(editor: Client) -> None:
    upload(editor, file("<script>alert(1)</script>\n" + TEXT, "<b>.txt"))
    page = editor.get(URL).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_what_was_uploaded_survives_a_reload_and_goes_after_a_week(editor: Client) -> None:
    upload(editor, file())
    assert len(editor.get(URL).context["rows"]) == 1
    StagedUpload.objects.update(created_at=timezone.now() - datetime.timedelta(days=8))
    assert editor.get(URL).context["rows"] == []
    assert not StagedUpload.objects.exists()


def test_editors_do_not_see_each_others_files(editor: Client) -> None:
    upload(editor, file())
    editor.force_login(get_user_model().objects.create_superuser("other"))
    assert editor.get(URL).context["rows"] == []


def test_no_more_files_wait_than_the_limit_allows(editor: Client, settings) -> None:
    settings.ARCHIVE_MAX_UPLOAD_FILES = 1
    upload(editor, file())
    response = upload(editor, file(TEXT.replace("学习", "研究"), "b.txt"))
    assert response.status_code == 400
    assert "已有 1 份文稿等待确认" in response.content.decode()
    assert len(editor.get(URL).context["rows"]) == 1


def test_more_files_at_once_than_the_limit_are_refused_with_both_numbers(editor: Client, settings) -> None:
    settings.ARCHIVE_MAX_UPLOAD_FILES = 2
    response = upload(editor, *(file(f"{TEXT}{n}", f"{n}.txt") for n in range(3)))
    assert response.status_code == 400
    assert "一次最多上传 2 份，这次有 3 份" in response.content.decode()
    assert not StagedUpload.objects.exists()


def test_a_name_that_was_cleaned_is_noted_in_the_review_and_on_the_speech(editor: Client) -> None:
    upload(editor, file(name="a|b.txt"))
    assert "文件名已改写" in editor.get(URL).content.decode()
    confirm(editor)
    speech = Speech.objects.get()
    assert speech.source.name == "ab.txt"
    assert "name_cleaned" in {note["kind"] for note in speech.notes}


def test_a_corrected_speaker_leaves_no_other_behind(editor: Client) -> None:
    upload(editor, file(TEXT.replace("讲话\n", "讲话\n张三丰\n", 1)))
    (row,) = editor.get(URL).context["rows"]
    assert row.prepared.outline.speaker == "张三丰"
    confirm(editor, speaker="李四光")
    assert [speaker.name for speaker in Speaker.objects.all()] == ["李四光"]


def test_a_cleared_speaker_stays_cleared(editor: Client) -> None:
    upload(editor, file(TEXT.replace("讲话\n", "讲话\n张三丰\n", 1)))
    confirm(editor, speaker="")
    speech = Speech.objects.get()
    assert speech.speaker is None
    assert speech.edited == ["speaker"]


def test_a_waiting_file_that_can_no_longer_be_read_is_told_of_and_goes(editor: Client) -> None:
    upload(editor, file())
    StagedUpload.objects.update(text="***")
    assert "讲话.txt：" in editor.get(URL).content.decode()
    assert not StagedUpload.objects.exists()


def test_strangers_are_sent_to_the_login_and_readers_of_the_admin_are_refused(client: Client) -> None:
    assert client.get(URL)["Location"].startswith("/admin/login/?next=")
    assert upload(client, file())["Location"].startswith("/admin/login/?next=")
    user = get_user_model().objects.create_user("viewer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_speech"))
    client.force_login(user)
    assert client.get(URL).status_code == 403
    assert not StagedUpload.objects.exists()


def test_another_method_is_refused(editor: Client) -> None:
    assert editor.put(URL).status_code == 405


def test_a_text_much_like_one_in_the_archive_is_warned_of_and_can_be_saved(editor: Client) -> None:
    upload(editor, file(SEED.read_bytes(), SEED.name))
    confirm(editor)
    (first,) = Speech.objects.all()
    changed = SEED.read_text(encoding="utf-8").replace("谢谢大家！", "谢谢。").encode()
    assert upload(editor, file(changed, "a.txt")).status_code == 302
    markup = editor.get(URL).content.decode()
    assert f'与《<a href="/speeches/{first.pk}/">{first.title}</a>》相似 ' in markup
    assert " %，可能是同一篇。" in markup
    confirm(editor)
    assert Speech.objects.count() == 2


def test_a_word_document_is_previewed_with_its_automatic_numbers_and_kept_as_it_came(editor: Client) -> None:
    lines = TEXT.splitlines()
    body = "".join(p(line[2:], level=0) if line[1] == "、" else p(line) for line in lines)
    data = docx(body, numbering=chinese())
    assert upload(editor, file(data, "讲话.docx")).status_code == 302
    preview = editor.get(URL).content.decode()
    assert "一、提高站位" in preview
    assert "二、压实责任" in preview
    confirm(editor)
    speech = Speech.objects.get()
    assert speech.text == TEXT.rstrip()
    assert (bytes(speech.source.content), speech.source.encoding) == (data, "docx")


def test_each_file_in_a_zip_is_a_row_or_a_refusal_of_its_own(editor: Client) -> None:
    inner = zipped([("甲.txt", TEXT)])
    files = [("一/甲.txt", TEXT), ("乙.txt", TEXT.replace("机关", "国企")), ("空.txt", ""), ("里.zip", inner)]
    assert upload(editor, file(zipped([*files, ("__MACOSX/._甲.txt", "")]), "包.zip")).status_code == 302
    page = editor.get(URL)
    assert [row.staged.name for row in page.context["rows"]] == ["甲.txt", "乙.txt"]
    said = [(refusal.name, refusal.message) for refusal in page.context["refusals"]]
    assert said == [
        ("空.txt", "文件是空的。"),
        ("里.zip", "压缩包里的压缩包不再展开，请解压后再上传。"),
    ]


def test_a_zip_of_more_files_than_the_limit_or_damaged_is_refused_as_one(editor: Client, settings) -> None:
    settings.ARCHIVE_MAX_UPLOAD_FILES = 2
    data = zipped([(f"{n}.txt", TEXT) for n in range(3)])
    page = upload(editor, file(data, "包.zip"))
    assert page.status_code == 400
    assert "压缩包里有 3 份文件，一次最多上传 2 份；请分几次上传。" in page.content.decode()
    assert "压缩包已损坏。" in upload(editor, file(data[:-30], "包.zip")).content.decode()


def test_the_file_field_offers_every_format_that_can_be_read(editor: Client) -> None:
    page = editor.get(URL).content.decode()
    offered = page.split('accept="')[1].split('"')[0].split(",")
    assert {".txt", ".md", ".docx", ".doc", ".wps", ".odt", ".rtf", ".zip"} <= set(offered)


@pytest.mark.parametrize("what", ["files", "words", "fields"])
def test_more_than_a_request_may_hold_is_told_with_the_cure(editor: Client, settings, what: str) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 3, 1000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    if what == "files":
        response = upload(editor, *(file(TEXT + str(n), f"{n}.txt") for n in range(4)))
    else:
        more = {"pasted": TEXT * 20} if what == "words" else {f"f{n}-title": "标题" for n in range(30)}
        response = upload(editor, **more)
    assert response.status_code == 400
    assert "一次提交的内容太多，没有收下。" in response.content.decode()
    assert not StagedUpload.objects.exists()
