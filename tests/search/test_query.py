"""The query language: what is typed, how it is read back, and how faults are repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.search.query import Either, Parsed, Term, parse
from archive.search.results import QueryError

EXPLAINED = [
    ("党建", "查找“党建”。"),
    ("黨建", "查找“黨建”。"),
    ("“机关党建”", "查找“机关党建”。"),
    ("「机关党建」『四风』", "查找“机关党建”，并且“四风”。"),
    ('"机关 党建"', "查找“机关 党建”。"),
    ("＂机关＂", "查找“机关”。"),
    ("机关党建", "查找“机关党建”（逐字，或分别含有“机关”“党建”）。"),
    ("凝心铸魂", "查找“凝心铸魂”。"),
    ("党建 学习", "查找“党建”，并且“学习”。"),
    ("党建 AND 学习", "查找“党建”，并且“学习”。"),
    ("党建 -学习", "查找“党建”，不含“学习”。"),
    ("党建 －学习", "查找“党建”，不含“学习”。"),
    ("党建 NOT 学习", "查找“党建”，不含“学习”。"),
    ("党建 -“学习 工作”", "查找“党建”，不含“学习 工作”。"),
    ("党建 OR 学习", "查找“党建”或“学习”。"),
    ("党建 或 学习", "查找“党建”或“学习”。"),
    ("党建|学习", "查找“党建”或“学习”。"),
    ("党建｜学习 机关", "查找“党建”或“学习”，并且“机关”。"),
    ("或", "查找“或”。"),
    ("(党建)", "查找“党建”。"),
    (
        "如何推进全面从严治党向纵深发展",
        "查找“如何推进全面从严治党向纵深发展”（逐字，或分别含有“推进”“全面”“从严治党”“纵深”“发展”）。",
    ),
]


@pytest.mark.parametrize(("raw", "sentence"), EXPLAINED)
def test_a_query_is_read_back_in_a_sentence(raw: str, sentence: str) -> None:
    parsed = parse(raw)
    assert parsed.explained == sentence
    assert parsed.repairs == ()


@pytest.mark.parametrize(
    ("raw", "repair"),
    [
        ("“党的建设", "引号没有配对：已按 党的建设 搜索。"),
        ("党的建设”", "引号没有配对：已按 党的建设 搜索。"),
        ('"党的" "建设', "引号没有配对：已按 “党的” 建设 搜索。"),
        ("\ufffd党建", "网址不是 UTF-8 编码。请重新输入检索词。"),
    ],
)
def test_a_fault_is_repaired_and_named(raw: str, repair: str) -> None:
    assert repair in parse(raw).repairs


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("", "请输入关键词。"),
        (" \n", "请输入关键词。"),
        ("?" * 30, "没有可检索的词。"),
        ('"' * 190, "没有可检索的词。"),
        ("。，！", "没有可检索的词。"),
        ("😀" * 60, "没有找到。表情和符号不能检索。"),
        ("\ufffd\ufffd", "没有找到；网址不是 UTF-8 编码。请重新输入检索词。"),
        ("AND OR NOT AND - + && || !", "没有可检索的词。"),
        ("-党建", "请至少给出一个要找的词。"),
        ("NOT 党建", "请至少给出一个要找的词。"),
    ],
)
def test_where_there_is_nothing_to_look_for_it_says_so(raw: str, problem: str) -> None:
    parsed = parse(raw)
    assert parsed.problem == problem
    assert parsed.terms == ()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("全面从严治党" * 40, "检索词最长 200 字"),
        ('"' + " ".join(["建设", "学习", "思想", "工作"] * 48) + '"', "最多 32 个词。"),
        ("a " * 33, "最多 32 个词。"),
        ("*", "不能只用通配符。"),
        ("*" * 180, "不能只用通配符。"),
        ("＊ ?*", "不能只用通配符。"),
    ],
)
def test_what_asks_too_much_is_refused_with_the_cure(raw: str, message: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse(raw)
    assert refused.value.field == "q"
    assert refused.value.message.startswith(message)


@pytest.mark.parametrize(
    "raw",
    [
        "/.*(a|a)*$/", "党建^1e308 a^nan b^-1", "foo:bar", "date:[0001 TO 9999]", "title:[a TO", "'OR 1=1;--",
        "(" * 90 + "a" + ")" * 90, "100%_", "{{7*7}}${7*7}#{7*7}", "id:1 OR django_id:*", "\x1b[31m\r\nX",
    ],
)  # fmt: skip
def test_syntax_of_other_engines_is_words(raw: str) -> None:
    assert parse(raw).terms


def test_a_quotation_has_no_words_and_a_run_has_both() -> None:
    quoted, run = parse("“机关党建”").terms[0], parse("机关党建").terms[0]
    assert (quoted.needle, quoted.words) == (run.needle, ())
    assert [word.letters for word in run.words] == ["机关", "党建"]


def test_alternatives_bind_tighter_than_the_blank() -> None:
    first, second = parse("党建 或 学习 机关").wanted
    assert isinstance(first, Either)
    assert [term.text for term in first.parts] == ["党建", "学习"]
    assert isinstance(second, Term)


def outcome(raw: str) -> Parsed | QueryError:
    try:
        return parse(raw)
    except QueryError as refused:
        return refused


@given(st.text(max_size=250))
def test_no_query_fails_otherwise_than_with_a_named_error(raw: str) -> None:
    match outcome(raw):
        case QueryError(message=message):
            assert message.endswith("。")
        case Parsed() as parsed:
            assert bool(parsed.terms) != bool(parsed.problem)
            assert all(term.needle for term in parsed.terms)


@given(st.text(alphabet='“”「」"党建a -|或 OR NOT ()（）*', max_size=40))
def test_no_mixture_of_operators_fails(raw: str) -> None:
    match outcome(raw):
        case QueryError(message=message):
            assert message.startswith("不能只用通配符。")
        case Parsed() as parsed:
            assert parsed.explained.startswith("查找") == bool(parsed.terms)
