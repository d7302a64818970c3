"""The fewest edits, held against a plain table."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Edit, Span
from archive.compare.edits import align, distance, nearest

few = st.text("甲乙丙", max_size=9)


def plain(quoted: str, text: str, anywhere: bool = False) -> int:
    """The whole table, cell by cell."""
    cells = [[j * (not anywhere) for j in range(len(text) + 1)]]
    for i, letter in enumerate(quoted, 1):
        row = [i]
        for j, other in enumerate(text, 1):
            best = min(cells[i - 1][j] + 1, row[j - 1] + 1, cells[i - 1][j - 1] + (letter != other))
            if i > 1 and j > 1 and quoted[i - 2 : i] == other + text[j - 2] and letter != other:
                best = min(best, cells[i - 2][j - 2] + 1)
            row.append(best)
        cells.append(row)
    return min(cells[-1]) if anywhere else cells[-1][-1]


def applied(edits: tuple[Edit, ...], quoted: str, text: str) -> str:
    """What the edits make of the quotation; they must follow each other without a gap on both sides."""
    made, at = "", 0
    there = edits[0].source.start if edits else 0
    for edit in edits:
        assert (edit.quoted.start, edit.source.start) == (at, there)
        at, there = edit.quoted.end, edit.source.end
        was, becomes = quoted[slice(*edit.quoted)], text[slice(*edit.source)]
        assert {
            "=": was == becomes,
            "~": len(was) == len(becomes) > 0,
            "-": not becomes,
            "+": not was,
            "x": len(was) == 2 and was == becomes[::-1],
        }[edit.kind]
        made += was if edit.kind == "=" else becomes
    assert at == len(quoted)
    return made


@given(few, few)
def test_the_edits_make_the_source_out_of_the_quotation_and_are_as_few_as_can_be(quoted, source) -> None:
    edits = align(quoted, source)
    assert applied(edits, quoted, source) == source
    assert distance(edits) == plain(quoted, source)


@given(few, few, st.sets(st.integers(1, 8)))
def test_the_nearest_stretch_is_one_that_no_other_is_nearer_than(quoted, text, breaks) -> None:
    edits = nearest(quoted, text, breaks)
    made = applied(edits, quoted, text)
    assert made in text
    assert distance(edits) == plain(quoted, text, anywhere=True)


@given(few, few)
def test_edits_of_one_kind_are_one(quoted, source) -> None:
    kinds = [edit.kind for edit in align(quoted, source)]
    assert all(one != other or one == "x" for one, other in pairwise(kinds))


@pytest.mark.parametrize(
    ("quoted", "source", "kinds", "differences"),
    [
        ("不忘初心", "不忘初心", "=", 0),
        ("不忘初新", "不忘初心", "=~", 1),
        ("不忘心", "不忘初心", "=+=", 1),
        ("不忘的初心", "不忘初心", "=-=", 1),
        ("不忘心初", "不忘初心", "=x", 1),
        ("忘不心初", "不忘初心", "xx", 2),
        ("", "不忘初心", "+", 4),
        ("不忘初心", "", "-", 4),
        ("", "", "", 0),
    ],
)
def test_each_kind_of_difference(quoted: str, source: str, kinds: str, differences: int) -> None:
    edits = align(quoted, source)
    assert "".join(edit.kind for edit in edits) == kinds
    assert distance(edits) == differences


def test_what_is_added_at_an_end_is_not_taken_for_the_next_sentence() -> None:
    text = "上一句牢记使命下一句"
    assert nearest("记牢记使命啊", text, {3, 7}) == (
        Edit("-", Span(0, 1), Span(3, 3)),
        Edit("=", Span(1, 5), Span(3, 7)),
        Edit("-", Span(5, 6), Span(7, 7)),
    )
    assert [edit.kind for edit in nearest("记牢记使命啊", text)] == ["~", "=", "~"]


def test_a_run_longer_than_a_machine_word() -> None:
    source = "".join(chr(0x4E00 + n % 500) for n in range(900))
    quoted = source[100:400] + "错" + source[401:700]
    edits = nearest(quoted, source)
    assert [(edit.kind, edit.source) for edit in edits] == [
        ("=", Span(100, 400)),
        ("~", Span(400, 401)),
        ("=", Span(401, 700)),
    ]
