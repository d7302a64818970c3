"""Laying a speech out: what each line of the text becomes."""

from __future__ import annotations

import pytest
from django.utils.html import strip_tags

from archive.models import Speech
from archive.views.reading import is_traditional, lay_out, titled

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


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("同志們：這次會議的主要任務是貫徹落實黨的精神，總結經驗。", True),
        ("同志们：这次会议的主要任务是贯彻落实党的精神，总结经验。", False),
        ("《後漢書》引文見於这次会议的简体文稿，只有几个旧字，其余文字都是规范的简体汉字写成的文章。", False),
        ("ＡＢＣ，123！", False),
        ("", False),
    ],
)
def test_the_script_of_a_text_is_seen(text, traditional):
    assert is_traditional(text) is traditional


@pytest.mark.django_db
def test_of_very_many_hits_only_the_first_are_marked_and_the_page_says_so(client, make_speech):
    speech = make_speech("题\n一、节\n" + "的话" * 3_005 + "。\n")
    markup = client.get(f"/speeches/{speech.pk}/?q=的").content.decode()
    assert markup.count("<mark") == 3_000
    assert "标出前 3,000 处，共 3,005 处" in markup
    assert 'id="hit-3000"><a href="#hit-1"' in markup
