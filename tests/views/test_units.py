"""What outlines are cut into, and whether their parts find the counterparts that a reader chose."""

from collections.abc import Callable

import pytest
from django.conf import settings

from archive.importing import import_bytes
from archive.models import Speech
from archive.views import units
from tests.compare.test_matched import Cut, Matched, assert_found, matched, ranks, text

MakeSpeech = Callable[..., Speech]

pytestmark = pytest.mark.django_db

TEXT = (
    "讲话\n同志们：\n开场白。\n一、学习\n总起。\n一是读书。要多读。\n补一段。\n二是思考。要多想，一是想自己。\n"
    "（一）分说\n各有各的。\n二、工作\n要一是抓早，二是抓小。\n三、作风\n一是严格。\n"
)


def named(speech: Speech, depth: str) -> list[tuple[str, str, int]]:
    return [(unit.anchor, unit.name, unit.level) for unit in units.of(speech, depth)]


@pytest.fixture
def speech(make_speech: MakeSpeech) -> Speech:
    return Speech.objects.with_outline().get(pk=make_speech(TEXT).pk)


def test_chapters_hold_their_subsections(speech: Speech) -> None:
    assert named(speech, "chapters") == [
        ("s0", "（开头）", 0),
        ("s1", "一、学习", 0),
        ("s3", "二、工作", 0),
        ("s4", "三、作风", 0),
    ]
    chapter = units.of(speech, "chapters")[1]
    assert speech.text[chapter.start : chapter.end].startswith("一、学习\n总起。")
    assert speech.text[chapter.start : chapter.end].endswith("各有各的。\n")
    assert [part.anchor for part in chapter.parts] == ["s1", "s2"]


def test_sections_are_those_of_the_outline(speech: Speech) -> None:
    assert [(anchor, level) for anchor, _name, level in named(speech, "sections")] == [
        ("s0", 0),
        ("s1", 0),
        ("s2", 1),
        ("s3", 0),
        ("s4", 0),
    ]


def test_points_are_paragraphs_with_a_mark_of_their_own_and_what_follows_them(speech: Speech) -> None:
    found = units.of(speech, "points")
    assert [(unit.name, unit.level, unit.under) for unit in found] == [
        ("（开头）", 0, ""),
        ("一、学习", 0, ""),
        ("一是读书。", 1, "一、学习"),
        ("二是思考。", 1, "一、学习"),
        ("（一）分说", 1, ""),
        ("二、工作", 0, ""),
        ("三、作风", 0, ""),
        ("一是严格。", 1, "三、作风"),
    ]
    texts = [speech.text[unit.start : unit.end] for unit in found]
    assert texts[1:4] == [
        "一、学习\n总起。\n",
        "一是读书。要多读。\n补一段。\n",
        "二是思考。要多想，一是想自己。\n",
    ]
    assert found[2].anchor == next(p.anchor for p in speech.paragraphs.all() if p.start == found[2].start)
    assert speech.text[slice(*found[2].heading)] == "一是读书。"


def test_whatever_the_depth_the_units_are_the_text(speech: Speech) -> None:
    for depth in units.DEPTHS:
        found = units.of(speech, depth)
        assert "".join(speech.text[unit.start : unit.end] for unit in found) == speech.text
        assert len({unit.anchor for unit in found}) == len(found)
        assert units.position(found, found[-1].anchor) == len(found) - 1


def test_cutting_leaves_the_sections_of_the_speech_as_they_were(speech: Speech) -> None:
    before = [(section.start, section.end, section.heading_end) for section in speech.sections.all()]
    units.of(speech, "points")
    assert [(section.start, section.end, section.heading_end) for section in speech.sections.all()] == before


def test_a_text_without_headings_is_one_part_that_may_be_answered(make_speech: MakeSpeech) -> None:
    plain = make_speech("讲话\n同志们：\n一是读书。\n二是思考。\n")
    assert {unit.part for unit in units.of(plain, "sections")} == {"body"}
    assert [unit.name for unit in units.of(plain, "points")] == ["（开头）", "一是读书。", "二是思考。"]


def test_openings_are_no_sections_and_stay_whole(make_speech: MakeSpeech) -> None:
    speech = make_speech("讲话\n一是读书。\n二是思考。\n一、学习\n正文。\n")
    assert [(unit.part, unit.name) for unit in units.of(speech, "points")] == [
        ("front", "（开头）"),
        ("body", "一、学习"),
    ]


def test_the_counterpart_that_a_reader_chose_is_among_the_first_in_our_outlines() -> None:
    """His sections are known by where they begin; ours may end earlier, for points are parted from each other."""
    speeches = {path.stem: imported(path.name) for path in (settings.BASE_DIR / "seeds").glob("*.txt")}

    def as_cut(side: Matched) -> Cut:
        speech = speeches[side.seed]
        start = speech.text.index(text(side.seed)[slice(*side.span)].strip()[:40])
        return Cut(speech.text, list(units.as_read(units.of(speech, "points"))), start)

    assert_found([rank for a, b in matched() for rank in ranks(as_cut(a), as_cut(b))])


def imported(name: str) -> Speech:
    speech = import_bytes((settings.BASE_DIR / "seeds" / name).read_bytes(), name).speech
    assert speech is not None
    return Speech.objects.with_outline().get(pk=speech.pk)
