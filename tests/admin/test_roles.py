"""Who may do what: every role at every door."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client

from archive.admin import roles
from archive.importing import import_bytes
from archive.models import Event, Speaker, Speech
from tests.admin import uploading
from tests.admin.correcting import form_of
from tests.admin.people import ROLES, person

SEED = sorted(Path("seeds").glob("*.txt"))[1]
SPEECHES = "/admin/archive/speech/"
EVERYBODY = ("", *ROLES, "admin")
PUBLISHED, DRAFT = True, False

pytestmark = pytest.mark.django_db


@pytest.fixture(params=EVERYBODY)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def speech(published: bool) -> Speech:
    made = import_bytes(uploading.TEXT.encode(), "a.txt", draft=not published).speech
    assert made is not None
    return made


def rank(role: str) -> int:
    return EVERYBODY.index(role)


ENTERING, REVIEWING, MANAGING = (rank(each) for each in ROLES)

# The page, and from which rank on it answers 200; 403 below.
PAGES = {
    SPEECHES: ENTERING,
    f"{SPEECHES}upload/": ENTERING,
    f"{SPEECHES}sheet/?download=csv": ENTERING,
    f"{SPEECHES}sheet/?download=xlsx": ENTERING,
    f"{SPEECHES}sheet/": MANAGING,
    f"{SPEECHES}take/": MANAGING,
    "/admin/archive/speaker/": ENTERING,
    "/admin/archive/speaker/add/": ENTERING,
    "/admin/archive/event/": ENTERING,
    "/admin/archive/sourcefile/": ENTERING,
    "/admin/archive/deed/": MANAGING,
    "/admin/auth/user/": MANAGING,
    "/admin/auth/user/add/": MANAGING,
    "/admin/auth/group/": rank("admin"),
}


def test_pages_open_to_those_they_are_for(role: str) -> None:
    client = person(role)
    assert {page: client.get(page).status_code for page in PAGES} == {
        page: 200 if rank(role) >= least else 403 for page, least in PAGES.items()
    }


def test_strangers_are_led_to_the_login(client: Client) -> None:
    assert {page: client.get(page).status_code for page in PAGES} == dict.fromkeys(PAGES, 302)


@pytest.mark.parametrize(
    ("published", "pages"),
    [
        (
            PUBLISHED,
            {
                "change/": ENTERING,  # to look at
                "history/": ENTERING,
                "versions/": ENTERING,
                "text/": REVIEWING,
                "structure/": REVIEWING,
                "delete/": MANAGING,
            },
        ),
        (DRAFT, {"change/": ENTERING, "text/": ENTERING, "structure/": ENTERING, "delete/": MANAGING}),
    ],
    ids=["published", "draft"],
)
def test_the_pages_of_a_speech_open_to_those_they_are_for(
    role: str, published: bool, pages: dict[str, int]
) -> None:
    client, made = person(role), speech(published)
    assert {page: client.get(f"{SPEECHES}{made.pk}/{page}").status_code for page in pages} == {
        page: 200 if rank(role) >= least else 403 for page, least in pages.items()
    }


def change(client: Client, speech: Speech, **fields: str) -> Any:
    data = {**form_of(speech), "title": "新标题", **fields}
    return client.post(f"{SPEECHES}{speech.pk}/change/", data)


@pytest.mark.parametrize(("published", "least"), [(DRAFT, ENTERING), (PUBLISHED, REVIEWING)])
def test_a_published_speech_is_changed_by_who_may_publish(role: str, published: bool, least: int) -> None:
    made = speech(published)
    response = change(person(role), made, published="on" if published else "")
    made.refresh_from_db()
    allowed = rank(role) >= least
    assert response.status_code == (302 if allowed else 403)
    assert (made.title == "新标题", made.published) == (allowed, published)


def test_the_form_publishes_only_for_who_may(role: str) -> None:
    made = speech(DRAFT)
    change(person(role), made, published="on")
    made.refresh_from_db()
    assert made.published is (rank(role) >= REVIEWING)


def test_what_is_published_while_it_is_edited_is_out_of_reach(role: str) -> None:
    """Rights are those of the moment of saving, not of opening."""
    made, client = speech(DRAFT), person(role)
    client.get(f"{SPEECHES}{made.pk}/change/")
    Speech.objects.update(published=True)
    change(client, made, published="on")
    made.refresh_from_db()
    assert (made.title == "新标题") is (rank(role) >= REVIEWING)


@pytest.mark.parametrize(("action", "before"), [("publish", DRAFT), ("withdraw", PUBLISHED)])
def test_publishing_and_withdrawing_from_the_list(role: str, action: str, before: bool) -> None:
    made, client = speech(before), person(role)
    client.post(SPEECHES, {"action": action, "_selected_action": [made.pk]})
    made.refresh_from_db()
    allowed = rank(role) >= REVIEWING
    assert made.published is (not before if allowed else before)
    if rank(role) >= ENTERING:
        assert (f'value="{action}"' in client.get(SPEECHES).content.decode()) is allowed


@pytest.mark.parametrize("single", [True, False])
def test_deleting(role: str, single: bool) -> None:
    made, client = speech(DRAFT), person(role)
    if single:
        client.post(f"{SPEECHES}{made.pk}/delete/", {"post": "yes"})
    else:
        data = {"action": "delete_selected", "_selected_action": [made.pk], "post": "yes"}
        client.post(SPEECHES, data)
    assert Speech.objects.exists() is (rank(role) < MANAGING)


@pytest.mark.parametrize("model", [Speaker, Event])
def test_merging(role: str, model: Any) -> None:
    kept, other = (model.objects.create(name=name) for name in ("一", "二"))
    data = {"action": "merge", "_selected_action": [kept.pk, other.pk], "post": "yes", "keep": kept.pk}
    person(role).post(f"/admin/archive/{model._meta.model_name}/", data)
    assert model.objects.count() == (1 if rank(role) >= MANAGING else 2)


def test_what_is_uploaded_is_a_draft_unless_one_may_publish(role: str) -> None:
    client = person(role)
    uploading.upload(client, uploading.file())
    if rank(role) < ENTERING:
        assert client.get(uploading.URL).status_code == 403
        return
    uploading.confirm(client)
    assert Speech.objects.get().published is (rank(role) >= REVIEWING)


@pytest.mark.parametrize(("published", "least"), [(DRAFT, ENTERING), (PUBLISHED, REVIEWING)])
def test_an_upload_replaces_only_what_its_editor_may_change(role: str, published: bool, least: int) -> None:
    text = SEED.read_text("utf-8")
    made = import_bytes(text.encode(), "a.txt", draft=not published).speech
    assert made is not None
    client = person(role)
    uploading.upload(client, uploading.file(text.replace("谢谢大家！", "谢谢。")))
    if rank(role) < ENTERING:
        assert client.get(uploading.URL).status_code == 403
        return
    uploading.confirm(client, choice=f"replace-{made.pk}")
    made.refresh_from_db()
    assert ("谢谢。" in made.text) is (rank(role) >= least)


def test_the_text_of_a_published_speech_is_saved_by_who_may_publish(role: str) -> None:
    made = speech(PUBLISHED)
    address = f"{SPEECHES}{made.pk}/text/"
    client = person(role)
    response = client.post(address, {"action": "save", "text": made.text.replace("学习", "研究")})
    assert (response.status_code == 403) is (rank(role) < REVIEWING)


def test_the_groups_keep_what_an_operator_has_added_and_get_back_what_is_theirs() -> None:
    group = Group.objects.get(name=roles.ENTERING)
    more = Permission.objects.get(codename="delete_event")
    group.permissions.set([more])
    call_command("migrate", verbosity=0)
    held = {permission.codename for permission in group.permissions.all()}
    assert {"delete_event", "add_speech", "change_speech"} <= held
    assert "publish_speech" not in held
    assert Group.objects.count() == len(ROLES)


def test_every_permission_that_a_role_names_exists() -> None:
    for name, names in roles.permissions().items():
        held = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
        assert {f"{label}.{codename}" for label, codename in held} == set(names)


USER = "/admin/auth/user/"


def user_data(user: Any, **more: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
        **more,
    }


def test_a_manager_gives_roles_and_nothing_beyond_their_own() -> None:
    manager = person("管理")
    user = get_user_model().objects.create_user("新人")
    beyond = Group.objects.create(name="更多")
    beyond.permissions.add(Permission.objects.get(codename="delete_group"))
    role = Group.objects.get(name="审核")
    everything = [permission.pk for permission in Permission.objects.all()]
    data = user_data(user, is_superuser="on", user_permissions=everything)
    response = manager.post(f"{USER}{user.pk}/change/", {**data, "groups": [role.pk]})
    assert response.status_code == 302, response.context["errors"]
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser, user.user_permissions.count()) == (True, False, 0)
    assert list(user.groups.all()) == [role]
    response = manager.post(f"{USER}{user.pk}/change/", {**data, "groups": [beyond.pk]})
    assert response.status_code == 200
    assert list(user.groups.all()) == [role]


def test_a_manager_does_not_touch_who_may_more() -> None:
    manager = person("管理")
    person("admin")
    admin = get_user_model().objects.get(username="admin")
    before = admin.password
    password = {"password1": "long-enough-for-all", "password2": "long-enough-for-all"}
    assert manager.post(f"{USER}{admin.pk}/password/", password).status_code == 403
    assert manager.post(f"{USER}{admin.pk}/change/", user_data(admin)).status_code == 403
    assert manager.post(f"{USER}{admin.pk}/delete/", {"post": "yes"}).status_code == 403
    manager.post(USER, {"action": "delete_selected", "_selected_action": [admin.pk], "post": "yes"})
    admin.refresh_from_db()
    assert (admin.password, admin.is_superuser) == (before, True)
