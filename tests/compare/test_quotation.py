"""What people paste as a quotation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare import read_quotation


def shape(pasted: str) -> list[list[str]]:
    """The sentences of each stretch, without what is blank."""
    quotation = read_quotation(pasted)
    return [
        ["".join(quotation.text[slice(*span)].split()) for span in stretch.sentences]
        for stretch in quotation.stretches
    ]


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        # What must not be taken apart, or away.
        ("不忘初心，牢记使命", [["不忘初心，牢记使命"]]),
        ("增长5.2％、3.7亿", [["增长5.2％、3.7亿"]]),
        ("①加强领导；②抓好落实", [["①加强领导；", "②抓好落实"]]),
        ("学习***次", [["学习***次"]]),
        ("加强党\n的建设", [["加强党的建设"]]),
        ("（一）加强", [["（一）加强"]]),
        # Sentences.
        ("一句。二句！三句？", [["一句。", "二句！", "三句？"]]),
        ("他说：“一句。”又说：“二句。”", [["他说：“一句。”", "又说：“二句。”"]]),
        ("标题\n\n正文。", [["标题", "正文。"]]),
        ("。。一句", [["。。一句"]]),
        # Ellipses.
        ("前半……后半", [["前半"], ["后半"]]),
        ("前半...后半", [["前半"], ["后半"]]),
        ("前半[……]后半", [["前半"], ["后半"]]),
        ("前半（略）后半（中略）末尾", [["前半"], ["后半"], ["末尾"]]),
        ("……后半……", [["后半"]]),
        # Footnote marks.
        ("高质量发展[1]，", [["高质量发展，"]]),
        ("高质量发展〔12〕是", [["高质量发展是"]]),
        ("高质量发展①。", [["高质量发展。"]]),
        ("高质量发展²是", [["高质量发展是"]]),
        ("高质\u200b量", [["高质量"]]),
        # Nothing.
        ("", []),
        ("……！", []),
    ],
)
def test_stretches_and_sentences(pasted: str, expected: list[list[str]]) -> None:
    assert shape(pasted) == expected


@given(st.text("甲乙。！…；\n“”[1]①. *", max_size=40))
def test_offsets_are_those_of_what_was_pasted_and_no_letter_is_lost(pasted: str) -> None:
    quotation = read_quotation(pasted)
    assert len(quotation.text) == len(pasted)
    for stretch in quotation.stretches:
        spans = stretch.sentences
        assert (spans[0].start, spans[-1].end) == stretch.span
        assert all(one.end == other.start for one, other in pairwise(spans))
    kept = "".join(quotation.text[slice(*stretch.span)] for stretch in quotation.stretches)
    assert [char for char in kept if char in "甲乙"] == [char for char in pasted if char in "甲乙"]
