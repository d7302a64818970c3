"""The text of a speech and its contents as HTML, and that neither costs a template anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.safestring import SafeString
from django.utils.translation import override

from archive.models import Speech
from archive.reuse import Note
from archive.views import drawing
from archive.views.moved import Moved
from archive.views.reading import Block, Entry, Part

Make = Callable[..., Speech]
OTHER = Speech(pk=2, title="甲 <乙> & 丙")
DATED = Speech(pk=3, title="丁")
DATED.date_iso = "2017-03"


def drawn(*blocks: Block, heading: str = "", moved: tuple[Moved, ...] = ()) -> str:
    return drawing.text(Speech(pk=1), [Part("s1", 3, SafeString(heading), blocks, moved)])


def test_a_section_is_its_heading_with_a_link_to_it_and_its_lines() -> None:
    assert drawn(Block("loose", SafeString("话 &amp; <b>重</b>")), heading="一、节") == (
        '<section id="s1">\n<h3>一、节<a class="no" href="#s1" aria-label="本节链接">§</a></h3>\n'
        '<p class="loose">话 &amp; <b>重</b></p>\n</section>\n'
    )
    assert drawn() == '<section id="s1">\n</section>\n'


@pytest.mark.parametrize(("kind", "said"), [("text", ""), ("closing", ' class="closing"')])
def test_a_paragraph_has_its_number_as_a_link(kind: str, said: str) -> None:
    link = '<a class="no" href="#p7" aria-label="第 7 段">7</a>'
    assert f'<p id="p7"{said}>{link}话。</p>\n' in drawn(Block(kind, SafeString("话。"), 7))
    with override("en"):
        assert 'aria-label="paragraph 7">7</a>' in drawn(Block(kind, SafeString("话。"), 7))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (Note(1, OTHER, None), "此段亦见于 1 篇</a> <cite>《甲 &lt;乙&gt; &amp; 丙》</cite></span></p>"),
        (Note(1, DATED, True), "此段亦见于 1 篇</a> 2017年3月 <cite>《丁》</cite></span></p>"),
        (Note(3, DATED, True), "此段亦见于 3 篇</a> 最早 2017年3月 <cite>《丁》</cite></span></p>"),
        (Note(2, DATED, False), "此段亦见于 2 篇</a> 后见 2017年3月 <cite>《丁》</cite></span></p>"),
    ],
)
def test_beside_a_paragraph_stands_where_else_it_is(note: Note, said: str) -> None:
    markup = drawn(Block("text", SafeString("话。"), 7, note))
    assert '话。<span class="also" role="note"><a href="/speeches/1/shared/?p=7" rel="nofollow">' in markup
    assert said in markup


def test_what_is_gone_stands_before_what_it_leads_to() -> None:
    gone = (Moved("p9", "原第 9 段已改动 <。"),)
    said = '<p class="moved" id="p9">原第 9 段已改动 &lt;。</p>\n'
    assert f'{said}<p id="p7">' in drawn(Block("text", SafeString("话。"), 7, moved=gone))
    assert f'<section id="s1">\n{said}<h3>' in drawn(heading="节", moved=gone)


def test_the_contents_are_lists_in_lists_with_the_hits_below_each_heading() -> None:
    below = Entry("s2", "（一）<乙>", 2, 2)
    hits = '<span class="count number">{}<span class="visually-hidden">处命中</span></span>'
    assert drawing.contents([Entry("s1", "一、甲", 1, 1, [below]), Entry("s3", "二", 1, 0)]) == (
        f'<ol><li><a href="#s1">一、甲 {hits.format(3)}</a>'
        f'<ol><li><a href="#s2">（一）&lt;乙&gt; {hits.format(2)}</a></li></ol>\n</li>'
        '<li><a href="#s3">二</a></li></ol>\n'
    )
    assert drawing.contents([]) == ""


@pytest.mark.django_db
def test_a_long_speech_renders_no_more_templates_than_a_short_one(client: Client, make_speech: Make) -> None:
    long = "".join(f"一、第{n}节\n（一）小节\n话。\n" for n in range(60))
    few, many = (
        client.get(make_speech(text).get_absolute_url()) for text in ("短\n一、节\n话。\n", f"长\n{long}")
    )
    assert (few.content.count(b'<p id="p'), many.content.count(b'<p id="p')) == (1, 60)
    assert len(many.templates) == len(few.templates)
