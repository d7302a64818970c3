"""Fingerprints: the same for the same letters, and none for what cannot be compared."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare import GRAM, SHORTEST, Span, Text, clause_at, clauses, prints

# Few letters, so that runs recur; marks, line ends and both scripts between them.
LETTERS = st.text("党的建设治黨說", max_size=40)
RUNS = st.text("党的建设治国理政从严", min_size=SHORTEST, max_size=40)


def hashes(text: str, *redactions: tuple[int, int]) -> set[int]:
    found = prints(Text(text, tuple(Span(*span) for span in redactions)))
    return {each.hash for each in found.fingerprints}


@given(before_a=LETTERS, before_b=LETTERS, run=RUNS, after_a=LETTERS, after_b=LETTERS)
def test_two_texts_that_share_a_run_share_a_fingerprint_at_the_same_letter_of_it(
    before_a: str, before_b: str, run: str, after_a: str, after_b: str
) -> None:
    found = []
    for before, after in ((before_a, after_a), (before_b, after_b)):
        start = 1 + len(before)  # behind the barrier at the beginning
        own = prints(Text(before + run + after)).fingerprints
        found.append({(each.hash, each.at - start) for each in own})
    inside = {(hash_, at) for hash_, at in found[0] & found[1] if 0 <= at <= len(run) - GRAM}
    assert inside


def test_marks_spaces_width_and_script_make_no_difference() -> None:
    assert hashes("坚持党要管党、全面从严治党，永远在路上。") == hashes(
        "堅持黨要管黨　全面從嚴治黨永遠在路上"
    )
    assert hashes("完成ＧＤＰ增长目标任务要求") == hashes("完成 GDP 增长目标任务要求")


@pytest.mark.parametrize(
    ("text", "redactions"),
    [
        ("", ()),
        ("，。！？" * 20, ()),
        ("一二三四五六七八九十甲", ()),
        ("坚持党要管党全面\n从严治党永远在路上", ()),
        ("坚持党要管党全面***从严治党永远在", ((8, 11),)),
    ],
)
def test_what_is_shorter_than_the_shortest_run_has_none(
    text: str, redactions: tuple[tuple[int, int], ...]
) -> None:
    assert not hashes(text, *redactions)


def test_no_fingerprint_runs_over_a_barrier() -> None:
    one, other = "坚持党要管党全面从严治党永远", "在路上没有休止符要一以贯之抓"
    for parted in (f"{one}\n{other}", f"{one}\u2028{other}"):
        assert hashes(parted) == hashes(one) | hashes(other)
    assert hashes(f"{one}**{other}", (14, 16)) == hashes(one) | hashes(other)


def test_places_are_those_of_the_letters() -> None:
    text = "同志们：\n坚持党要管党、全面从严治党，永远在路上。\n"
    found = prints(Text(text))
    for each in found.fingerprints:
        gram = found.letters.string[each.at : each.at + GRAM]
        assert gram in "坚持党要管党全面从严治党永远在路上"
    assert found.fingerprints


def test_the_numbers_are_the_same_in_every_process_and_fit_a_database() -> None:
    text = "坚持党要管党、全面从严治党，永远在路上。"
    code = (
        "from archive.compare import Text, clauses, prints\n"
        f"text = Text({text!r})\n"
        "print([p.hash for p in prints(text).fingerprints], [c.hash for c in clauses(text)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    every = [*hashes(text), *(clause.hash for clause in clauses(Text(text)))]
    assert all(0 <= hash_ < 2**63 for hash_ in every)


def test_a_third_of_the_letters_is_kept_of_long_lines_and_no_letter_twice() -> None:
    letters = "".join(chr(0x4E00 + n * n % 7919) for n in range(5000))
    found = prints(Text(letters)).fingerprints
    assert 0.30 < len(found) / 5000 < 0.37
    assert [each.at for each in found] == sorted({each.at for each in found})


def test_the_digest_is_that_of_the_letters() -> None:
    assert prints(Text("坚持、党的领导！")).digest == prints(Text("堅持黨的領導")).digest
    assert prints(Text("坚持\n党的领导")).digest != prints(Text("坚持党的领导")).digest


def read(text: str, *redactions: tuple[int, int]) -> list[str]:
    found = clauses(Text(text, tuple(Span(*span) for span in redactions)))
    return [text[slice(*clause.span)] for clause in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("同志们：\n", []),
        ("要严，要实，要真。", []),
        ("Of course, ladies and gentlemen", []),
        ("（不忘初心、牢记使命主题教育）。", ["不忘初心、牢记使命主题教育"]),
        ("坚持党对一切工作的领导，坚持以人民为中心；", ["坚持党对一切工作的领导", "坚持以人民为中心"]),
        ("坚持党对一切\n工作的领导", []),
        ("甲" * 61, []),
        ("推动GDP增长达到6.5%左右", ["推动GDP增长达到6.5%左右"]),
    ],
)
def test_clauses_stand_between_marks(text: str, found: list[str]) -> None:
    assert read(text) == found


def test_a_clause_ends_at_a_redaction() -> None:
    assert read("严肃查处了***等人违纪违法的案件", (5, 8)) == ["等人违纪违法的案件"]


def test_a_clause_is_known_by_its_letters() -> None:
    one, other = (next(iter(clauses(Text(text)))) for text in ("“不忘初心、牢记使命”", "不忘初心牢記使命"))
    assert one.hash == other.hash


def test_a_clause_is_read_again_from_where_it_begins() -> None:
    text = "同志们：\n（不忘初心、牢记使命主题教育），要抓实。"
    clause = next(iter(clauses(Text(text))))
    assert clause_at(text, clause.span.start) == clause
    assert clause_at(text, len(text)) is None
