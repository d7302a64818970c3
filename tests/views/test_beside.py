"""Quotation above source, and the differences in words."""

from __future__ import annotations

import pytest
from django.utils.html import strip_tags

from archive.compare import Span
from archive.search import Step
from archive.views.beside import LONG, MOST_SAID, QUOTED, rows, runs, said

NOWHERE = Span(0, 1)


def steps(*given: tuple[str, ...]) -> list[Step]:
    """("=", "春天，") for letters and marks of both, ("~", "甲", "乙"), ("-", "甲"), ("+", "乙"), ("…",)."""
    found = []
    for kind, *words in given:
        quoted = "" if kind in "+…" else words[0]
        source = "" if kind in "-…" else words[-1]
        if kind == "x":
            found.append(Step(kind, NOWHERE, NOWHERE, quoted, "", source, ""))
            continue
        for n in range(max(len(quoted), len(source), 1)):
            q, s = quoted[n : n + 1], source[n : n + 1]
            if q and not q.isalnum():
                last = found.pop()
                found.append(Step(last.kind, NOWHERE, NOWHERE, last.quoted, q, last.source, s))
            else:
                found.append(Step(kind, NOWHERE, NOWHERE, q, "", s, ""))
    return found


def test_neighbours_of_one_kind_are_one_run_except_swaps() -> None:
    given = steps(("=", "春天，来"), ("~", "了", "啦"), ("x", "甲乙", "乙甲"), ("x", "丙丁", "丁丙"), ("…",))
    assert [(run.kind, run.quoted, run.source) for run in runs(given)] == [
        ("=", "春天，来", "春天，来"), ("~", "了", "啦"), ("x", "甲乙", "乙甲"), ("x", "丙丁", "丁丙"), ("…", "", ""),
    ]  # fmt: skip


def test_a_line_is_about_a_clause() -> None:
    given = steps(("=", "一二三四五，六七八九十甲乙丙，丁戊己庚"))
    assert [strip_tags(row.source) for row in rows(given)] == ["一二三四五，六七八九十甲乙丙，", "丁戊己庚"]
    long = rows(steps(("=", "字" * (2 * LONG + 5))))
    assert [len(row.source) for row in long] == [LONG, LONG, 5]


def test_lines_joined_are_the_quotation_and_the_source() -> None:
    given = steps(
        ("=", "春天，在希望的田野"), ("+", "之上"), ("=", "播种，收获。再"), ("-", "一次"), ("=", "播种")
    )
    found = rows(given)
    assert "".join(strip_tags(row.quoted) for row in found).replace("\u3000", "") == (
        "春天，在希望的田野播种，收获。再一次播种"
    )
    assert "".join(strip_tags(row.source) for row in found).replace("\u3000", "") == (
        "春天，在希望的田野之上播种，收获。再播种"
    )


def test_both_lines_are_as_wide_as_each_other() -> None:
    (row,) = rows(steps(("=", "春天"), ("+", "之上"), ("~", "来", "到"), ("-", "了吗")))
    assert len(strip_tags(row.quoted)) == len(strip_tags(row.source)) == 7
    assert row.quoted == (
        '春天<span class="gap" aria-hidden="true">\u3000\u3000</span><mark>来</mark><del>了吗</del>'
    )
    assert row.source == (
        '春天<ins>之上</ins><mark>到</mark><span class="gap" aria-hidden="true">\u3000\u3000</span>'
    )


def test_script_is_no_difference_but_marks_are() -> None:
    script = Step("=", NOWHERE, NOWHERE, "黨", "", "党", "")
    marks = Step("=", NOWHERE, NOWHERE, "党", "，", "党", "、")
    alike = Step("=", NOWHERE, NOWHERE, "党", "“", "党", "")
    assert [(row.same, row.differs) for row in rows([script])] == [(False, False)]
    assert [(row.same, row.differs) for row in rows([marks])] == [(False, True)]
    assert [(row.same, row.differs) for row in rows([alike])] == [(False, False)]


@pytest.mark.parametrize(
    ("letter", "marks", "shown"),
    [
        ("党", "  \n", "党"),
        ("党", "，\n", "党，"),
        ("党", "   ，", "党，"),
        ("a", "  ", "a "),
        ("党", "", "党"),
    ],
)
def test_blanks_are_shown_between_words_of_alphabets_only(letter: str, marks: str, shown: str) -> None:
    (row,) = rows([Step("=", NOWHERE, NOWHERE, letter, marks, letter, marks)])
    assert row.source == shown


def test_an_ellipsis_is_a_line_of_its_own() -> None:
    assert [row.left_out for row in rows(steps(("=", "春天"), ("…",), ("=", "播种")))] == [False, True, False]


def test_markup_in_either_text_is_escaped() -> None:
    for kind in "=~x-+":
        (row,) = rows([Step(kind, NOWHERE, NOWHERE, "<b>", "<i>", "<u>", "<s>")])
        for tag in ("<b>", "<i>", "<u>", "<s>"):
            assert tag not in row.quoted + row.source


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        (("~", "甲", "乙"), "“甲”，原文作“乙”"),
        (("-", "甲乙"), "多出“甲乙”"),
        (("+", "甲乙"), "漏掉“甲乙”"),
        (("x", "甲乙", "乙甲"), "“甲乙”颠倒了，原文作“乙甲”"),
        (("-", "字" * 40), f"多出“{'字' * (QUOTED // 2)}……{'字' * (QUOTED // 2)}”"),
    ],
)
def test_differences_in_words(step: tuple[str, ...], sentence: str) -> None:
    assert said(steps(("=", "春天"), step, ("=", "播种"))) == ([sentence], 0)


def test_many_differences_are_counted_not_told() -> None:
    given = steps(*(each for _ in range(20) for each in (("=", "春天"), ("-", "的"))))
    told, untold = said(given)
    assert (len(told), untold) == (MOST_SAID, 20 - MOST_SAID)
