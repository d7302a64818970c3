"""Near passages: what must not be one first, then what must, then what always holds.

reuses.tsv: passages of the five seeds that a reader matched by hand ("must": a good aligner finds it; "should":
short, one word exchanged): tier, file, offset and text in a, the same in b. judged.tsv: every near passage without
an exact run that was ever listed for the seeds, and whether a reader calls it real or chance.
"""

import csv
import itertools
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Comparison, Passage, Span, Text, compare
from archive.compare.near import ALIKE_ANCHORED, ANCHOR, Near, near_matches
from archive.compare.normalise import normalise

HERE = Path(__file__).parent
SEEDS = sorted((HERE.parents[1] / "seeds").glob("*.txt"))
HIDDEN = re.compile(r"\*+|X{2,}")


def table(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(path: Path) -> Text:
    text = path.read_text(encoding="utf-8")
    return Text(text, tuple(Span(*found.span()) for found in HIDDEN.finditer(text)))


@cache
def compared(a: str, b: str) -> tuple[Text, Text, Comparison]:
    texts = [read(path) for name in (a, b) for path in SEEDS if path.name == name]
    return (*texts, compare(*texts))


def found(a: str, b: str) -> list[tuple[str, str]]:
    return [(a[slice(*p.a)], b[slice(*p.b)]) for p in compare(Text(a), Text(b)).near]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("", "切实承担起全面从严治党主体责任"),
        ("切实承担起全面从严治党主体责任", "切实承担起全面从严治党主体责任，"),  # the same: no near passage
        ("为人民服务，抓好工作", "为人民币升值，做好准备"),
        ("贯彻落实会议精神的通知", "贯彻会议部署的通知精神"),  # seven letters agree
        ("切实承担起\n全面从严治党主体责任", "切实担负起\n全面从严治党主体责任"),
        ("比一九八○年增长百分之十三点六", "比一九八○年降低百分之十二点四"),
        ("全面从严治党。要求推动基层党组织", "全面从严治党，坚持完善基层组织"),
    ],
)
def test_what_is_no_near_passage(a: str, b: str) -> None:
    assert found(a, b) == []


def test_formulas_that_stand_together_everywhere_are_no_find() -> None:
    others = iter(
        "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳"
    )
    a, b = ("".join(f"{next(others)}贯彻党的二十大精神{next(others)}\n" for _ in range(12)) for _ in "ab")
    assert found(a + "云腾贯彻落实党的二十大精神致雨", b + "露结贯彻党的二十大精神为霜") == []
    alone = found("云腾贯彻落实党的二十大精神致雨", "露结贯彻党的二十大精神为霜")
    assert alone == [("贯彻落实党的二十大精神", "贯彻党的二十大精神")]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("切实承担起全面从严治党主体责任", "切实担负起全面从严治党主体责任"),
        (
            "抓机关党建是本职、不抓机关党建是失职、抓不好机关党建是渎职”的理念",
            "抓好党建工作是本职、不抓党建工作是失职、抓不好党建工作是不称职”的理念",
        ),
        ("坚持“书记抓、抓书记”，一级带一级，一级抓一级", "坚持书记抓、抓书记，一级抓一级、一级带一级"),
        (
            "自觉用党的二十大精神武装头脑、指导实践、推动工作",
            "自觉用管党治党思想武装头脑、指导实践、推进工作",
        ),
    ],
)
def test_a_varied_clause_is_found_whole_wherever_it_stands(a: str, b: str) -> None:
    assert found(a, b) == [(a, b)]
    assert found(f"其中，{a}。会后散去", f"早上开会。必须{b}，下午再议") == [(a, b)]


def test_half_words_and_tails_of_clauses_are_cut_off() -> None:
    a = "办事处，要切实承担起全面从严治党主体责任，努力工作"
    b = "办公室，他切实担负起全面从严治党主体责任。努力实现"
    assert found(a, b) == [("切实承担起全面从严治党主体责任", "切实担负起全面从严治党主体责任")]


def test_the_letters_that_differ_are_told_apart_from_those_that_agree() -> None:
    a, b = "推动机关全面从严治党向纵深发展", "推进全面从严治党、向纵深发展"
    [passage] = compare(Text(a), Text(b)).near
    assert [(a[slice(*x)], b[slice(*y)]) for x, y in passage.differing] == [("动机关", "进")]
    assert (passage.length, passage.similarity) == (12, 2 * 12 / 28)


def test_a_redaction_is_no_letter_left_out() -> None:
    a, b = "贯彻党中央决策部署和会议精神要求", "贯彻党中央XXX决策部署和会议精神要求"
    assert len(compare(Text(a), Text(b)).near) == 1
    assert compare(Text(a), Text(b, (Span(5, 8),))).near == ()


@pytest.mark.parametrize(("tier", "least"), [("must", 19), ("should", 24)])
def test_what_a_reader_matched_by_hand_is_found(tier: str, least: int) -> None:
    rows = [row for row in table("reuses.tsv") if row[0] == tier]
    hits = 0
    for _, name_a, at_a, text_a, name_b, at_b, text_b in rows:
        a, b, comparison = compared(name_a, name_b)
        wanted = Span(int(at_a), int(at_a) + len(text_a)), Span(int(at_b), int(at_b) + len(text_b))
        assert (a.text[slice(*wanted[0])], b.text[slice(*wanted[1])]) == (text_a, text_b)
        hits += any(covers(passage, *wanted) for passage in (*comparison.passages, *comparison.near))
    assert hits >= least


def covers(passage: Passage, *wanted: Span) -> bool:
    """Three quarters of both sides, and not three times as much."""
    return all(
        min(own.end, span.end) - max(own.start, span.start) >= 0.75 * (span.end - span.start)
        and own.end - own.start <= 3 * (span.end - span.start)
        for own, span in zip((passage.a, passage.b), wanted, strict=True)
    )


def test_most_near_passages_without_an_exact_run_are_real_to_a_reader() -> None:
    judged = {(a, b): verdict for verdict, a, b in table("judged.tsv")}
    verdicts = []
    for one, other in itertools.combinations(SEEDS, 2):
        a, b, comparison = compared(one.name, other.name)
        exact = [(p.a, p.b) for p in comparison.passages]
        for p in comparison.near:
            if not any(inside(x, p.a) and inside(y, p.b) for x, y in exact):
                verdicts.append(judged.get((a.text[slice(*p.a)], b.text[slice(*p.b)]), "not judged"))
    assert len(verdicts) <= 80
    assert verdicts.count("real") >= 0.75 * len(verdicts) > 30


def inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def test_a_budget_bounds_the_work_and_is_told() -> None:
    a, b = (normalise(read(path), side) for path, side in zip(SEEDS[1:3], ("a", "b"), strict=True))
    whole, part = near_matches(a, b), near_matches(a, b, limit=300)
    assert whole.complete
    assert not part.complete
    assert len(part.found) < len(whole.found)


WORDS = [
    "坚持",
    "党的",
    "建设",
    "全面",
    "从严",
    "治党",
    "主体",
    "责任",
    "承担",
    "担负",
    "起",
    "要",
    "，",
    "、",
    "。",
    "\n",
    "**",
]


@st.composite
def texts(draw: st.DrawFn) -> Text:
    text = "".join(draw(st.lists(st.sampled_from(WORDS), max_size=40)))
    return Text(text, tuple(Span(*found.span()) for found in HIDDEN.finditer(text)))


@given(texts(), texts())
def test_swapping_the_sides_mirrors_the_near_passages(a: Text, b: Text) -> None:
    one, other = compare(a, b), compare(b, a)
    mirrored = {(p.b, p.a, p.length, p.similarity, tuple((y, x) for x, y in p.differing)) for p in other.near}
    assert {(p.a, p.b, p.length, p.similarity, p.differing) for p in one.near} == mirrored
    assert (one.covered_a, one.covered_b) == (other.covered_b, other.covered_a)
    assert {(f.a, f.b) for f in one.near_families} == {(f.b, f.a) for f in other.near_families}


@given(texts(), texts())
def test_a_near_passage_is_what_it_says(a: Text, b: Text) -> None:
    letters_a, letters_b = normalise(a, "a"), normalise(b, "b")
    for near in near_matches(letters_a, letters_b).found:
        for match in near.matches:
            x = letters_a.string[match.a : match.a + match.length]
            assert x == letters_b.string[match.b : match.b + match.length]
            assert x.isalnum()
        for one, then in itertools.pairwise(near.matches):
            assert one.a + one.length <= then.a
            assert one.b + one.length <= then.b
        assert near.similarity >= ALIKE_ANCHORED
        assert near.letters >= ANCHOR
        assert crosses_nothing(near, letters_a.string, letters_b.string)


def crosses_nothing(near: Near, a: str, b: str) -> bool:
    first = near.matches[0]
    size_a, size_b = near.sizes
    return a[first.a : first.a + size_a].isalnum() and b[first.b : first.b + size_b].isalnum()


@given(texts(), texts())
def test_all_letters_outside_of_the_differing_ones_agree(a: Text, b: Text) -> None:
    for p in compare(a, b).near:
        sides = []
        for text, span, odd in ((a, p.a, [x for x, _ in p.differing]), (b, p.b, [y for _, y in p.differing])):
            left_out = {i for start, end in odd for i in range(start, end)}
            places = [i for i in range(*span) if i not in left_out and text.text[i].isalnum()]
            sides.append("".join(text.text[i] for i in places))
        assert sides[0] == sides[1]
        assert len(sides[0]) == p.length


@given(texts())
def test_a_text_has_no_near_passage_with_itself(text: Text) -> None:
    assert compare(text, text).near == ()


@given(texts(), texts())
def test_the_same_question_has_the_same_answer(a: Text, b: Text) -> None:
    assert compare(a, b) == compare(a, b)
