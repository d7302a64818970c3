"""操作记录: everything that an editor does is written down, and nobody writes in it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from archive.importing import import_bytes
from archive.models import Deed, Speech
from tests.admin import uploading
from tests.admin.people import person

URL = "/admin/archive/deed/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech(db: None) -> Speech:
    made = import_bytes(uploading.TEXT.encode(), "a.txt").speech
    assert made is not None
    return made


def deeds() -> list[tuple[str, int, str]]:
    return [(deed.user.username, deed.action_flag, deed.get_change_message()) for deed in Deed.objects.all()]


def act(client: Client, speech: Speech, action: str) -> None:
    client.post("/admin/archive/speech/", {"action": action, "_selected_action": [speech.pk], "post": "yes"})


def test_what_is_done_in_the_list_is_written_down_and_stays(manager: Client, speech: Speech) -> None:
    for action in ("withdraw", "publish", "publish", "delete_selected"):
        act(manager, speech, action)
    assert not Speech.objects.exists()
    assert deeds() == [("管理", 3, ""), ("管理", 2, "发布"), ("管理", 2, "撤下")]
    page = manager.get(URL).content.decode()
    assert page.count(speech.title) >= 3


def test_uploading_is_written_down(manager: Client) -> None:
    uploading.upload(manager, uploading.file())
    uploading.confirm(manager)
    ((name, action, said),) = deeds()
    assert (name, action) == ("管理", 1)
    assert "讲话.txt" in said


def test_the_command_has_no_editor_and_writes_nothing(speech: Speech) -> None:
    assert not LogEntry.objects.exists()


def test_nobody_writes_in_the_log(speech: Speech) -> None:
    admin = person("admin")
    act(admin, speech, "withdraw")
    deed = Deed.objects.get()
    assert admin.get(f"{URL}add/").status_code == 403
    assert admin.post(f"{URL}{deed.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin.post(f"{URL}{deed.pk}/change/", {"change_message": "x"}).status_code == 403
    admin.post(URL, {"action": "delete_selected", "_selected_action": [deed.pk], "post": "yes"})
    assert Deed.objects.get().change_message == "撤下"


def test_who_has_done_something_is_not_deleted(speech: Speech) -> None:
    act(person("审核"), speech, "withdraw")
    admin = person("admin")
    user = get_user_model().objects.get(username="审核")
    page = admin.post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"}).content.decode()
    assert "“审核”有操作记录，不能删除；请改为取消“有效”" in page
    data = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    admin.post("/admin/auth/user/", data)
    assert Deed.objects.get().user == user


def test_who_has_done_nothing_is_deleted() -> None:
    person("审核")
    user = get_user_model().objects.get(username="审核")
    person("admin").post(f"/admin/auth/user/{user.pk}/delete/", {"post": "yes"})
    assert not get_user_model().objects.filter(pk=user.pk).exists()


def test_the_log_is_searched_and_filtered(manager: Client, speech: Speech) -> None:
    act(manager, speech, "withdraw")
    act(person("admin"), speech, "delete_selected")
    user = get_user_model().objects.get(username="管理")
    speech_type = ContentType.objects.get_for_model(Speech)

    def shown(query: str) -> int:
        response = manager.get(f"{URL}?{query}")
        assert response.status_code == 200
        return int(response.context["cl"].result_count)

    assert shown("") == 2
    for query, count in {
        "q=撤下": 1,
        "q=机关党建": 2,
        "q=没有": 0,
        f"q={speech.pk}": 2,
        "action_flag=3": 1,
        "action_flag=x": 2,
        f"content_type={speech_type.pk}": 2,
        f"content_type={speech_type.pk + 1}": 2,
        "content_type=x": 2,
        f"user__id__exact={user.pk}": 1,
        "action_time__year=1999": 0,
    }.items():
        assert shown(query) == count, query
