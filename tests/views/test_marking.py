"""The HTML of a marked text: nothing of the text is lost, nothing in it is obeyed, elements nest."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from archive.views.marking import Layer, Mark, marked

ASIDE = re.compile(r'<span class="visually-hidden">.*?</span>')


def read_back(markup: str) -> str:
    """What is left for the eye: no asides, no tags, entities resolved."""
    return html.unescape(re.sub(r"<[^>]*>", "", ASIDE.sub("", markup)))


class Nesting(HTMLParser):
    """Raises when an end tag closes another element than the last one opened."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_markup_in_the_text_is_shown_and_never_obeyed():
    text = "一<script>alert('x')</script>&amp;"
    assert marked(text, 0, len(text), []) == ("一&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;amp;")


def test_an_inner_mark_is_cut_where_an_outer_one_ends():
    hits = Layer([Mark(1, 3, "mark", id="hit-1")])
    leads = Layer([Mark(0, 2, "b", id="lead")])
    assert marked("甲乙丙丁", 0, 4, [hits, leads]) == (
        '<b id="lead">甲</b><mark id="hit-1"><b>乙</b>丙</mark>丁'
    )


def test_a_hidden_remark_follows_the_last_segment_only():
    redactions = Layer([Mark(0, 3, "span", aside="（原文隐去）")])
    hits = Layer([Mark(0, 1, "mark")])
    assert marked("***", 0, 3, [hits, redactions]) == (
        '<mark><span>*</span></mark><span>**<span class="visually-hidden">（原文隐去）</span></span>'
    )


def test_marks_outside_the_stretch_are_not_drawn():
    layer = Layer([Mark(0, 1, "b"), Mark(3, 4, "b"), Mark(4, 9, "i", id="late")])
    assert marked("甲乙丙丁戊", 1, 3, [layer]) == "乙丙"
    assert marked("甲乙丙丁戊", 4, 5, [layer]) == '<i id="late">戊</i>'


def test_a_long_mark_reaches_into_a_later_stretch_without_a_second_id():
    layer = Layer([Mark(0, 4, "mark", id="hit-1", href="#hit-2")])
    assert marked("甲乙丙丁", 2, 4, [layer]) == '<mark><a href="#hit-2">丙丁</a></mark>'


texts = st.text(alphabet="甲乙<>&\"'*\n \U00020000", max_size=24)


@st.composite
def stretches(draw):
    text = draw(texts)
    place = st.integers(0, len(text) + 2)

    def layer(name):
        pairs = draw(st.lists(st.tuples(place, place), max_size=5))
        return Layer(
            Mark(a, b, name, id=f"{name}{n}", aside="旁白" if name == "i" else "")
            for n, (a, b) in enumerate(pairs)
        )

    start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text, start, end, [layer("mark"), layer("b"), layer("i")]


@given(stretches())
def test_taking_the_tags_away_gives_the_text_back(stretch):
    text, start, end, layers = stretch
    markup = marked(text, start, end, layers)
    assert read_back(markup) == text[start:end]
    ids = Nesting(markup).ids
    assert len(ids) == len(set(ids))
