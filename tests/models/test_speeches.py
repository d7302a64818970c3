"""The questions that lists ask of the speeches, and what they are answered from."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection

from archive.models import Event, Speaker, Speech
from archive.text.collation import title_key

pytestmark = pytest.mark.django_db


def speech(title: str = "讲话", date: str = "", **fields: object) -> Speech:
    text = f"{title}{Speech.objects.count()}"
    made = Speech(
        title=title, text=text, characters=len(text), digest=hashlib.sha256(text.encode()).hexdigest()
    )
    for name, value in fields.items():
        setattr(made, name, value)
    made.date_iso = date
    made.save()
    return made


# --- the order of titles ---------------------------------------------------------------------------------


def test_titles_are_listed_by_sound_and_equal_ones_as_they_came():
    titles = ["重大", "第10次", "昂", "安", "第2次", "重庆", "安"]
    made = [speech(title) for title in titles]
    shown = list(Speech.objects.by_title())
    assert [each.title for each in shown] == ["安", "安", "昂", "重庆", "第2次", "第10次", "重大"]
    assert [each.pk for each in shown[:2]] == [made[3].pk, made[6].pk]


@pytest.mark.parametrize("update_fields", [None, ["title"], {"title", "venue"}])
def test_a_title_that_changes_changes_its_place(update_fields):
    one = speech("中")
    one.title = "阿"
    one.save(update_fields=update_fields)
    assert bytes(Speech.objects.get().title_order) == title_key("阿")


def test_a_place_is_written_with_the_title_only():
    one = speech("中")
    one.title, one.venue = "阿", "北京"
    one.save(update_fields=["venue"])
    assert bytes(Speech.objects.get().title_order) == title_key("中")


def test_rows_that_are_written_together_have_their_places():
    Speech.objects.bulk_create(
        [Speech(title=title, text=title, characters=1, digest=title) for title in "中阿"]
    )
    assert [each.title for each in Speech.objects.by_title()] == ["阿", "中"]


# --- dates -----------------------------------------------------------------------------------------------

DATES = ["2021-12-31", "2022", "2022-03", "2022-03-15", "2022-04-01", "2023", ""]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("", "", DATES),
        ("2022", "", DATES[1:6]),
        ("", "2022", DATES[:5]),
        ("2022-03-10", "2022-03-31", ["2022", "2022-03", "2022-03-15"]),
        ("2022-04", "2022-04", ["2022", "2022-04-01"]),
        ("2022-04-02", "2022", ["2022"]),
        ("2024", "", []),
    ],
)
def test_between_takes_what_can_lie_there_as_exactly_as_it_is_known(start, end, found):
    for date in DATES:
        speech(date=date)
    assert [each.date_iso or "" for each in Speech.objects.between(start, end).order_by("pk")] == found


def test_years_are_chosen_whole_and_the_unknown_by_an_empty_one():
    for date in DATES:
        speech(date=date)
    shown = Speech.objects.from_years(["2021", "2023", ""]).order_by("pk")
    assert [each.date_iso or "" for each in shown] == ["2021-12-31", "2023", ""]
    assert not Speech.objects.from_years(["0000", "9998"])


def test_values_are_counted_commonest_first():
    ann, bob = (Speaker.objects.create(name=name) for name in ("安", "博"))
    speech(date="2022-05", speaker=ann)
    speech(date="2022", speaker=bob)
    speech(date="0987-01-01", speaker=ann)
    speech()
    assert Speech.objects.counts_by("date__year") == [(2022, 2), (None, 1), (987, 1)]
    assert Speech.objects.counts_by("speaker__name") == [("安", 2), (None, 1), ("博", 1)]
    assert Speech.objects.counts_by("event__name") == [(None, 4)]


# --- one index answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["speaker_id", "event_id", "kind", "date__year"])
def test_counting_looks_into_the_index_alone(field):
    event = Event.objects.create(name="会")
    speech(event=event)
    shown = Speech.objects.published().from_years(["2022"]).of_kinds(["讲话"]).between("2022-03", "2023")
    for speeches in (Speech.objects.published(), shown):
        with connection.cursor() as cursor:
            asked = _asked(lambda speeches=speeches: speeches.counts_by(field))
            cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
            plan = " / ".join(row[-1] for row in cursor.fetchall())
        assert "archive_speech USING COVERING INDEX speech_lists" in plan


def test_sorting_looks_into_the_index_alone():
    for speeches in (
        Speech.objects.published().by_title(),
        Speech.objects.published().order_by("-characters"),
    ):
        assert "USING COVERING INDEX speech_lists" in speeches.values_list("pk").explain()


def _asked(question) -> str:
    """The SQL that a question asks, with its values."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        question()
    return str(asked.captured_queries[0]["sql"])
