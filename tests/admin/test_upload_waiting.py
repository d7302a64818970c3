"""Files that wait while others work, and that wait no longer."""

from pathlib import Path

import pytest
from django.test import Client

from archive.importing import Prepared, import_bytes
from archive.models import Speech, StagedUpload
from tests.admin.uploading import TEXT, URL, confirm, file, filled, upload

SEEDS = sorted(Path("seeds").glob("*.txt"))
JSON = {"headers": {"accept": "application/json"}}

pytestmark = pytest.mark.django_db


def test_a_button_looks_for_what_is_alike_in_its_own_row_only(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is saved anywhere may be alike: what was found before does not count any more."""
    upload(editor, *(file(path.read_bytes(), path.name) for path in SEEDS))
    sent = filled(editor)
    first = editor.get(URL).context["rows"][0]
    paragraph = next(line.index for line in first.lines if not line.level)
    import_bytes(TEXT.encode(), "别人的.txt")
    looked: list[str] = []
    alike = Prepared.alike
    monkeypatch.setattr(Prepared, "alike", lambda self, *of: looked.append(self.name) or alike(self, *of))
    assert editor.post(URL, {**sent, "action": "keep"}, **JSON).status_code == 204
    assert looked == []
    assert (
        editor.post(
            URL, {**sent, "do": f"{first.staged.pk}:split:{paragraph}:{first.mark}"}, **JSON
        ).status_code
        == 200
    )
    assert looked == [first.staged.name]
    assert confirm(editor, choice="save").status_code == 302
    assert Speech.objects.count() == len(SEEDS) + 1


def test_a_row_with_an_error_still_offers_what_it_may_replace(editor: Client) -> None:
    old = import_bytes(SEEDS[1].read_bytes(), "旧.txt").speech
    assert old is not None
    near = SEEDS[1].read_text("utf-8").replace("谢谢大家！", "谢谢。")
    upload(editor, file(near))
    response = confirm(editor, title="")
    assert response.status_code == 400
    (row,) = response.context["rows"]
    assert [value for value, _label in row.form.fields["choice"].choices] == [
        "save",
        f"replace-{old.pk}",
        "skip",
    ]
    assert f"替换《{old.title}》（作为修订）" in response.content.decode()


def test_files_that_wait_no_longer_are_told_of_when_they_are_to_be_saved(editor: Client) -> None:
    upload(editor, file(), file(SEEDS[0].read_bytes(), "b.txt"))
    sent = filled(editor)
    StagedUpload.objects.order_by("pk").first().delete()
    page = editor.post(URL, {"action": "confirm", **sent}, follow=True).content.decode()
    assert "有 1 份文稿已不在待确认之列，这次没有保存" in page
    assert "已保存 1 篇" in page


def test_a_second_press_does_not_hide_what_the_first_one_saved(editor: Client) -> None:
    upload(editor, file())
    sent = {"action": "confirm", **filled(editor)}
    editor.post(URL, sent)
    page = editor.post(URL, sent, follow=True).content.decode()
    assert "已保存 1 篇" in page
    assert Speech.objects.count() == 1
