from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.compare import Text, compare
from archive.models import Section
from archive.views import columns


class Read(HTMLParser):
    """The text of a piece of HTML, its ids, and where its links lead."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text, self.ids, self.links = "", [], []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [(found["href"] or "").removeprefix("#")] if "href" in found else []

    def handle_data(self, data: str) -> None:
        self.text += data


def speech(text: str) -> Any:
    """A speech of two sections, as the database would give it."""
    half = text.find("\n") + 1
    sections = [
        Section(position=n, number=n, depth=1, start=start, end=end, heading_start=start, heading_end=start)
        for n, (start, end) in enumerate([(0, half), (half, len(text))])
    ]
    return SimpleNamespace(
        text=text,
        sections=SimpleNamespace(all=lambda: sections),
        paragraphs=SimpleNamespace(all=list),
        lines=[],
        redactions=[],
    )


def test_the_last_families_go_when_a_page_cannot_mark_all() -> None:
    found = compare(Text("甲乙丙丁。子丑寅卯。天干"), Text("子丑寅卯。甲乙丙丁。地支"), 4).families
    assert columns.marked_families(found) == found
    with mock.patch.object(columns, "PLACE_LIMIT", 1):
        assert columns.marked_families(found) == found[:1]


texts = st.text(alphabet="甲乙丙<&，\n", max_size=40)


@settings(deadline=None)  # the first example also loads the dictionary
@given(texts, texts)
def test_columns_keep_every_word_and_every_mark_leads_somewhere(a: str, b: str) -> None:
    found = compare(Text(a), Text(b), 2)
    families = (*found.families, *found.near_families)
    sides = [
        Read("".join(block.html for part in parts for block in part.blocks))
        for parts in (
            columns.column(speech(text), side, marks)
            for side, text, marks in zip("ab", (a, b), columns.places(families), strict=True)
        )
    ]
    for text, side in zip((a, b), sides, strict=True):
        assert "".join(side.text.split()) == "".join(text.split())
        assert len(side.ids) == len(set(side.ids))
    assert set(sides[0].links) <= set(sides[1].ids)
    assert set(sides[1].links) <= set(sides[0].ids)
    for places, side in zip(columns.places(families), sides, strict=True):
        assert {place.anchor for place in places} <= set(side.ids)
