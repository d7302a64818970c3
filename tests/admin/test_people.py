"""Speakers have other names; two rows that are the same one become one, and nothing is lost on the way."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client

from archive import importing, search
from archive.importing import import_bytes
from archive.models import Alias, Event, IndexChange, Revision, Speaker, Speech
from archive.search import Query
from tests.admin.correcting import opened
from tests.admin.people import person

TEXT = "在{}会议上的讲话\n（2022年11月20日）\n{}\n同志们：\n一、提高站位\n我们要加强学习{}。\n谢谢大家！\n"
SPEAKERS, EVENTS = "/admin/archive/speaker/", "/admin/archive/event/"

pytestmark = pytest.mark.django_db


def speech(by: str, number: int, event: str = "机关党建工作") -> Speech:
    made = import_bytes(TEXT.format(event, by, number).encode(), f"{number}.txt").speech
    assert made is not None
    made.speaker = Speaker.objects.get_or_create(name=by)[0]
    made.save()
    return made


def merge(client: Client, address: str, kept: object | None, *others: object, **data: str):
    pks = [row.pk for row in (kept, *others) if row]
    answer = {"post": "yes", "keep": str(kept.pk)} if kept else {}
    return client.post(address, {"action": "merge", "_selected_action": pks, **answer, **data})


@pytest.fixture
def two() -> tuple[Speaker, Speaker]:
    speech("张三", 1)
    speech("张 三", 2)
    speech("张 三", 3)
    return Speaker.objects.get(name="张三"), Speaker.objects.get(name="张 三")


def test_the_page_asks_which_name_stays_and_changes_nothing(manager: Client, two) -> None:
    response = merge(manager, SPEAKERS, None, *two)
    page = response.content.decode()
    assert response.status_code == 200
    assert "2 篇讲话" in page
    assert 'type="radio" name="keep"' in page
    assert Speaker.objects.count() == 2


def test_a_name_stays_the_others_lead_to_it_and_their_speeches_move(manager: Client, two) -> None:
    kept, other = two
    Alias.objects.create(name="老张", speaker=other)
    assert merge(manager, SPEAKERS, kept, other).status_code == 302
    assert [speaker.name for speaker in Speaker.objects.all()] == ["张三"]
    assert kept.speeches.count() == 3
    assert {alias.name for alias in kept.aliases.all()} == {"张 三", "老张"}
    entries = {(entry.object_repr, entry.action_flag): entry for entry in LogEntry.objects.all()}
    assert entries["张 三", 3].change_message == "并入“张三”"
    assert "移来 2 篇讲话" in entries["张三", 2].change_message
    assert entries["张三", 2].user.username == "管理"


def test_what_was_merged_is_in_each_speechs_versions_and_in_the_log(manager: Client, two) -> None:
    kept, other = two
    theirs = list(other.speeches.order_by("pk"))
    Speech.objects.filter(pk=theirs[1].pk).update(edited=["speaker"])
    importing.revise(theirs[1], text=theirs[1].text.replace("加强", "抓好"))
    merge(manager, SPEAKERS, kept, other)
    versions = Revision.objects.filter(reason="metadata").order_by("speech_id")
    assert [(each.speech, each.number, each.facts["speaker"]) for each in versions] == [
        (theirs[0], 1, "张 三"),
        (theirs[1], 2, "张 三"),
    ]
    assert {each.user.username for each in versions} == {"管理"}
    assert not Revision.objects.filter(
        speech__in=kept.speeches.exclude(pk__in=[each.pk for each in theirs])
    ).exists()
    told = LogEntry.objects.filter(object_id__in=[str(each.pk) for each in theirs], action_flag=CHANGE)
    assert {entry.change_message for entry in told.exclude(object_repr="张三")} == {"“张 三”并入“张三”。"}
    numbers = "、".join(str(each.pk) for each in theirs)
    assert f"编号：{numbers}" in LogEntry.objects.get(object_repr="张三").change_message


def test_merged_by_mistake_a_speech_is_given_back_once_the_alias_is_gone(manager: Client, two) -> None:
    kept, other = two
    (first, *_others) = other.speeches.order_by("pk")
    merge(manager, SPEAKERS, kept, other)
    address = f"/admin/archive/speech/{first.pk}/versions/1/restore/"
    assert manager.get(address).context["nothing"]  # the name still leads to who has it now
    Alias.objects.all().delete()
    shown = manager.get(address)
    assert ("讲话人", "张三", "张 三") in shown.context["preview"]["facts"]
    assert manager.post(address, {"seen": shown.context["seen"]}).status_code == 302
    first.refresh_from_db()
    assert first.speaker == Speaker.objects.get(name="张 三")
    assert kept.speeches.count() == 2


def test_many_speeches_are_merged_in_few_questions(
    manager: Client, two, monkeypatch, django_assert_max_num_queries
) -> None:
    kept, other = two
    made = [
        Speech(title=f"{n}", text=f"{n}", digest=f"{n:064}", characters=1, speaker=other) for n in range(60)
    ]
    Speech.objects.bulk_create(made)
    with django_assert_max_num_queries(60):
        merge(manager, SPEAKERS, kept, other)
    assert kept.speeches.count() == 63
    assert Revision.objects.count() == 62


@pytest.mark.django_db(transaction=True)
def test_readers_find_the_speeches_under_the_name_that_stays(index_path, two) -> None:
    kept, other = two
    merge(person("管理"), SPEAKERS, kept, other)
    assert not IndexChange.objects.exists()
    assert search.find(Query("学习")).facets["speaker"] == (("张三", 3),)


def test_what_is_imported_under_an_alias_is_the_speakers(manager: Client, two) -> None:
    kept, other = two
    merge(manager, SPEAKERS, kept, other)
    from archive.importing import Metadata, prepare, store

    made = store(
        prepare(TEXT.format("宣传", "", 9).encode(), "9.txt"), metadata=Metadata(speaker="张 三")
    ).speech
    assert made is not None
    assert made.speaker == kept
    assert Speaker.objects.count() == 1


def test_a_failure_while_merging_leaves_everything(manager: Client, two, monkeypatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("archive.admin.merging.search.mark", fail)
    with pytest.raises(OSError, match="disk full"):
        merge(manager, SPEAKERS, *two)
    assert [speaker.speeches.count() for speaker in two] == [1, 2]
    assert not LogEntry.objects.exists()


def test_merged_events_are_the_editors_word(manager: Client) -> None:
    for number, name in enumerate(("党建会", "机关党建会")):
        made = speech("张三", number)
        made.event = Event.objects.get_or_create(name=name)[0]
        made.save()
    kept, other = Event.objects.get(name="机关党建会"), Event.objects.get(name="党建会")
    merge(manager, EVENTS, kept, other)
    assert Event.objects.filter(name="党建会").count() == 0
    assert {(each.event, tuple(each.edited)) for each in Speech.objects.all()} == {
        (kept, ("event",)),
        (kept, ()),
    }


@pytest.mark.parametrize("keep", ["", "0", "x", "999999"])
def test_without_a_name_that_stays_nothing_is_merged(manager: Client, two, keep: str) -> None:
    response = merge(manager, SPEAKERS, two[0], two[1], keep=keep)
    assert response.status_code == 400
    assert "请选择保留哪一个名称。" in response.content.decode()
    assert Speaker.objects.count() == 2


def test_one_alone_cannot_be_merged(manager: Client, two) -> None:
    response = merge(manager, SPEAKERS, two[0])
    assert response.status_code == 302
    assert "请选中 2 到 50 项再合并。" in manager.get(SPEAKERS).content.decode()


def speaker_form(client: Client, speaker: Speaker, name: str, *aliases: str):
    address = f"{SPEAKERS}{speaker.pk}/change/"
    data = {**opened(client, address), "name": name, "aliases-TOTAL_FORMS": str(len(aliases))}
    data |= {f"aliases-{n}-name": alias for n, alias in enumerate(aliases)}
    return client.post(address, data)


@pytest.mark.parametrize(
    ("name", "alias", "sentence"),
    [
        ("张三", "张 三", "已有讲话人叫“张 三”。若是同一人"),
        ("张三", "张三", "别名与讲话人的姓名相同，不用填写。"),
        ("老李", "", "“老李”已是“张 三”的别名。"),
    ],
)
def test_a_name_is_one_persons(manager: Client, two, name: str, alias: str, sentence: str) -> None:
    Alias.objects.create(name="老李", speaker=two[1])
    response = speaker_form(manager, two[0], name, *([alias] if alias else []))
    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_a_speaker_is_renamed_and_keeps_the_old_name_as_alias(manager: Client, two) -> None:
    assert speaker_form(manager, two[0], "张三丰", "张三").status_code == 302
    assert Alias.objects.get(name="张三").speaker.name == "张三丰"


def test_the_list_finds_a_speaker_by_an_alias(manager: Client, two) -> None:
    Alias.objects.create(name="老李", speaker=two[1])
    page = manager.get(f"{SPEAKERS}?q=老李").content.decode()
    assert f"{SPEAKERS}{two[1].pk}/change/" in page
    assert f"{SPEAKERS}{two[0].pk}/change/" not in page
