"""Laying a speech out: what each line of the text becomes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.utils.html import strip_tags

from archive.models import Speech
from archive.views.marking import Layer, Mark
from archive.views.reading import lay_out, titled

TEXT = "在会上的讲话\n同志们：\n　　开场。　\n一、甲\n（掌声）\n（一）乙\n话。\n二、丙\n完。\n"


def reading_of(speech: Speech, hits=()):
    return lay_out(Speech.objects.with_outline().get(pk=speech.pk), hits)


@pytest.mark.django_db
def test_blocks_are_trimmed_and_told_apart(make_speech):
    parts = reading_of(make_speech(TEXT)).parts
    assert [(block.kind, strip_tags(block.html)) for block in parts[0].blocks] == [
        ("salutation", "同志们："),
        ("text", "开场。"),
    ]
    assert parts[1].blocks[0].kind == "remark-line"
    assert [(part.anchor, part.level, part.heading) for part in parts[1:]] == [
        ("s1", 2, "一、甲"),
        ("s2", 3, "（一）乙"),
        ("s3", 2, "二、丙"),
    ]


@pytest.mark.django_db
def test_the_contents_add_up_the_hits_below_each_heading(make_speech):
    hits = [(TEXT.index(word), TEXT.index(word) + 1) for word in ("乙", "话。", "完")]
    contents = reading_of(make_speech(TEXT), hits).contents
    assert [(entry.label, entry.hits) for entry in contents] == [("一、甲", 2), ("二、丙", 1)]
    assert [(entry.label, entry.hits) for entry in contents[0].children] == [("（一）乙", 2)]


@pytest.mark.django_db
def test_every_line_of_any_outline_is_shown_once(make_speech):
    speech = make_speech(TEXT, lines=[])  # an outline that knows no title
    speech.paragraphs.filter(number__in=[2, 3]).delete()
    reading = reading_of(speech)
    shown = "".join(
        strip_tags(piece)
        for part in reading.parts
        for piece in (part.heading, *(b.html for b in part.blocks))
    )
    assert shown == "".join(TEXT.split())


def test_the_words_of_a_title_stay_whole():
    markup = titled("党的建设工作会议", 0, 8, [])
    assert '<span class="word">工作</span>' in markup
    assert strip_tags(markup) == "党的建设工作会议"


@pytest.mark.django_db
def test_another_script_changes_letters_and_no_place(make_speech):
    speech = make_speech("开会讲话\n一、发展\n一是讲政治。学习干部干活，***后面。\n")
    start = speech.text.index("学习")
    ours = lay_out(Speech.objects.with_outline().get(pk=speech.pk), [(start, start + 2)])
    theirs = lay_out(Speech.objects.with_outline().get(pk=speech.pk), [(start, start + 2)], script="hant")
    assert (ours.script, ours.language, theirs.script, theirs.language) == (
        "hans",
        "zh-Hans",
        "hans",
        "zh-Hant",
    )
    assert (theirs.name, strip_tags(theirs.title)) == ("開會講話", "開會講話")
    assert [entry.label for entry in theirs.contents] == ["一、發展"]
    markup = theirs.parts[1].blocks[0].html
    assert '<mark id="hit-1"><a href="#hit-1">學習</a></mark>' in markup
    assert strip_tags(markup) == "一是講政治。學習幹部幹活，***（原文隐去）後面。"
    same = lay_out(Speech.objects.with_outline().get(pk=speech.pk), [(start, start + 2)], script="hans")
    assert same.parts == ours.parts


@pytest.mark.django_db
def test_a_title_over_two_lines_is_no_other_title_in_another_script(make_speech):
    """Across the line's end 复习 is converted letter by letter: 復 and 習; the whole word is 複習."""
    speech = make_speech(
        "在全市复\n习工作会上的讲话\n同志们：\n一、发展\n讲政治。\n", title="在全市复习工作会上的讲话"
    )
    speech.lines = [{"role": "title", "start": 0, "end": 4}, {"role": "title", "start": 5, "end": 13}]
    speech.save()
    for script in ("", "hans", "hant"):
        laid = lay_out(Speech.objects.with_outline().get(pk=speech.pk), [], script=script)
        assert [block for block in laid.bylines if block.kind == "title"] == [], script
    assert strip_tags(laid.title) == "在全市複習工作會上的講話"


@pytest.mark.django_db
def test_of_an_original_title_only_what_differs_is_shown(make_speech):
    speech = make_speech("2023年政府工作报告\n政府工作报告\n同志们：\n讲政治。\n", title="2023年政府工作报告")
    speech.lines = [{"role": "title", "start": 0, "end": 11}, {"role": "title", "start": 12, "end": 18}]
    speech.save()
    laid = reading_of(speech, [(5, 7), (12, 14)])
    assert [strip_tags(block.html) for block in laid.bylines] == ["政府工作报告"]
    assert 'id="hit-1"' in laid.title
    assert 'id="hit-2"' in "".join(block.html for block in laid.bylines)


@pytest.mark.django_db
def test_of_very_many_hits_only_the_first_are_marked_and_the_page_says_so(client, make_speech):
    speech = make_speech("题\n一、节\n" + "的话" * 3_005 + "。\n")
    markup = client.get(f"/speeches/{speech.pk}/?q=的").content.decode()
    assert markup.count("<mark") == 3_000
    assert "标出前 3,000 处，共 3,005 处" in markup
    assert 'id="hit-3000"><a href="#hit-1"' in markup


@pytest.mark.django_db
def test_where_nothing_is_marked_nothing_is_looked_for(make_speech, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counting(layer: Layer, start: int, end: int) -> Sequence[Mark]:
        asked.append((start, end))
        return within(layer, start, end)

    within = Layer.within
    monkeypatch.setattr(Layer, "within", counting)
    reading_of(make_speech("讲话"))
    title = len(asked)  # its words are kept whole
    asked.clear()
    reading_of(make_speech("讲话\n" + "没有标记的一段。\n" * 30))
    assert len(asked) == title
    reading_of(make_speech("讲话\n" + "没有标记的段。\n" * 30), hits=[(3, 5)])
    assert len(asked) > 30
