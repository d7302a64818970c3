"""Two editors at the form of one speaker or occasion: the second save puts nothing old back unseen."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from archive.models import Alias, Event, Speaker, Speech
from tests.admin.correcting import opened
from tests.admin.people import person

pytestmark = pytest.mark.django_db
LATE = "别人改动了这里，所以没有保存"


@pytest.fixture(params=[Speaker, Event])
def named(request: pytest.FixtureRequest):
    return request.param.objects.create(name="张三")


@pytest.fixture
def zhang(db: None) -> Speaker:
    zhang = Speaker.objects.create(name="张三")
    for name in ("老张", "张公"):
        Alias.objects.create(name=name, speaker=zhang)
    return zhang


def at(row: Speaker | Event) -> str:
    return f"/admin/archive/{row._meta.model_name}/{row.pk}/change/"


def row_of(form: dict[str, str], name: str) -> str:
    """The prefix of the row that shows this other name."""
    return next(key for key, value in form.items() if value == name).removesuffix("name")


def aliases() -> set[str]:
    return set(Alias.objects.values_list("name", flat=True))


def test_an_older_form_does_not_put_back_the_name_that_another_has_changed(manager: Client, named) -> None:
    form = opened(manager, at(named))
    assert manager.post(at(named), {**form, "name": "张三丰"}).status_code == 302
    response = manager.post(at(named), {**form, "name": "张 三"})
    shown = response.context["adminform"].form
    assert LATE in shown.non_field_errors()[0]
    assert shown.errors["name"] == ["库中现在是“张三丰”。"]
    assert 'value="张 三"' in response.content.decode()
    named.refresh_from_db()
    assert named.name == "张三丰"
    again = {**form, "name": "张 三", "seen": shown["seen"].value()}
    assert manager.post(at(named), again).status_code == 302
    named.refresh_from_db()
    assert named.name == "张 三"


def test_a_form_that_nobody_was_faster_than_is_saved(manager: Client, named) -> None:
    assert manager.post(at(named), opened(manager, at(named))).status_code == 302
    assert manager.post(at(named), {**opened(manager, at(named)), "name": "李四"}).status_code == 302
    named.refresh_from_db()
    assert named.name == "李四"


@pytest.mark.parametrize("seen", ["", "x", "0" * 17])
def test_a_form_that_does_not_say_what_was_seen_is_refused(manager: Client, named, seen: str) -> None:
    response = manager.post(at(named), {**opened(manager, at(named)), "name": "李四", "seen": seen})
    assert "表单不完整，请重新打开这一页。" in response.content.decode()
    named.refresh_from_db()
    assert named.name == "张三"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "不能为空，请填写。"),
        ("长" * 201, "个字，现在有 201 个，请删短一些。"),
        ("李四", "若是同一个，请在列表里选中两者，用“合并”"),
    ],
)
def test_a_name_that_is_none_is_refused_in_plain_words(manager: Client, named, name: str, said: str) -> None:
    type(named).objects.create(name="李四")
    response = manager.post(at(named), {**opened(manager, at(named)), "name": name})
    assert said in response.content.decode()


def test_who_adds_a_speaker_has_seen_none(manager: Client) -> None:
    form = opened(manager, "/admin/archive/speaker/add/")
    form |= {"name": "王五", "aliases-0-name": "老王"}
    assert manager.post("/admin/archive/speaker/add/", form).status_code == 302
    assert Alias.objects.get(name="老王").speaker.name == "王五"


def test_an_older_form_does_not_put_back_another_name(manager: Client, zhang: Speaker) -> None:
    form = opened(manager, at(zhang))
    Alias.objects.filter(name="老张").update(name="张老")
    response = manager.post(at(zhang), {**form, "name": "张三丰"})
    page = response.content.decode()
    assert "库中现在是“张老”。" in page
    assert LATE in page
    assert aliases() == {"张老", "张公"}
    assert Speaker.objects.get().name == "张三"
    (formset,) = (each.formset for each in response.context["inline_admin_formsets"])
    again = {**form, "name": "张三丰"}
    again |= {each["seen"].html_name: each["seen"].value() or "" for each in formset.forms}
    again[f"{row_of(form, '老张')}name"] = "张老"
    assert manager.post(at(zhang), again).status_code == 302
    assert (aliases(), Speaker.objects.get().name) == ({"张老", "张公"}, "张三丰")


def test_a_name_that_another_has_changed_is_not_deleted_unseen(manager: Client, zhang: Speaker) -> None:
    form = opened(manager, at(zhang))
    form[f"{row_of(form, '老张')}DELETE"] = "on"
    Alias.objects.filter(name="老张").update(name="张老")
    response = manager.post(at(zhang), form)
    assert "库中现在是“张老”。" in response.content.decode()
    assert aliases() == {"张老", "张公"}
    (formset,) = (each.formset for each in response.context["inline_admin_formsets"])
    again = form | {each["seen"].html_name: each["seen"].value() or "" for each in formset.forms}
    assert manager.post(at(zhang), again).status_code == 302
    assert aliases() == {"张公"}


def test_a_name_that_another_has_deleted_stays_deleted(manager: Client, zhang: Speaker) -> None:
    form = opened(manager, at(zhang))
    Alias.objects.filter(name="老张").delete()
    form[f"{row_of(form, '张公')}name"] = "张老先生"
    assert manager.post(at(zhang), {**form, "name": "张三丰"}).status_code == 302
    assert (aliases(), Speaker.objects.get().name) == ({"张老先生"}, "张三丰")


def test_a_deleted_name_that_was_changed_is_a_new_one(manager: Client, zhang: Speaker) -> None:
    form = opened(manager, at(zhang))
    Alias.objects.filter(name="老张").delete()
    form[f"{row_of(form, '老张')}name"] = "张老"
    assert manager.post(at(zhang), form).status_code == 302
    assert aliases() == {"张公", "张老"}


def test_a_name_that_another_has_added_stays(manager: Client, zhang: Speaker) -> None:
    form = opened(manager, at(zhang))
    Alias.objects.create(name="小张", speaker=zhang)
    form[f"{row_of(form, '张公')}DELETE"] = "on"
    assert manager.post(at(zhang), form).status_code == 302
    assert aliases() == {"老张", "小张"}


def test_rows_that_are_shown_again_bear_their_own_names(manager: Client, zhang: Speaker) -> None:
    """Django pairs what was sent and what is stored by their order, which a new name changes."""
    form = opened(manager, at(zhang))
    Alias.objects.create(name="一个", speaker=zhang)
    Alias.objects.filter(name="张公").update(name="龙张")
    response = manager.post(at(zhang), form)
    (formset,) = response.context["inline_admin_formsets"]
    pairs = [(row.original.pk, row.form.instance.pk) for row in formset if row.original]
    assert len(pairs) == 2
    assert all(one == other for one, other in pairs)


@pytest.mark.parametrize("total", ["", "x", "99999999"])
def test_a_form_that_is_broken_is_told_so(manager: Client, zhang: Speaker, total: str) -> None:
    response = manager.post(at(zhang), {**opened(manager, at(zhang)), "aliases-TOTAL_FORMS": total})
    assert response.status_code == 200
    assert aliases() == {"老张", "张公"}


def test_who_may_only_look_is_shown_no_field_that_is_for_the_form(zhang: Speaker) -> None:
    page = person("录入").get(at(zhang)).content.decode()
    assert "老张" in page
    assert "seen" not in page.lower()


def test_who_may_add_names_and_change_none_adds_one(zhang: Speaker) -> None:
    """A role of an operator's own."""
    codenames = ["view_speaker", "change_speaker", "view_alias", "add_alias"]
    group = Group.objects.create(name="别名录入")
    group.permissions.set(Permission.objects.filter(codename__in=codenames))
    adder = person("别名录入")
    form = opened(adder, at(zhang))
    form = {key: value for key, value in form.items() if value not in ("老张", "张公")}
    form = {key: value for key, value in form.items() if key == "seen" or not key.endswith("seen")}
    assert adder.post(at(zhang), {**form, "aliases-2-name": "小张"}).status_code == 302
    assert aliases() == {"老张", "张公", "小张"}


def test_another_name_that_somebody_has_is_refused_with_the_cure(manager: Client, zhang: Speaker) -> None:
    Alias.objects.create(name="小李", speaker=Speaker.objects.create(name="李四"))
    response = manager.post(at(zhang), {**opened(manager, at(zhang)), "aliases-2-name": "小李"})
    assert "若是同一人，请在讲话人列表里选中两人" in response.content.decode()


def test_who_has_speeches_is_not_deleted_and_it_is_said_what_to_do(manager: Client, named) -> None:
    speech = Speech(title="题", text="题", digest="0" * 64, characters=1)
    setattr(speech, named._meta.model_name, named)
    speech.save()
    page = manager.get(at(named).replace("change", "delete")).content.decode()
    assert "请先把这些讲话改到别的名下，或在列表里用“合并”并入另一个。" in page
    assert 'type="submit" value' not in page
