"""The query language: what is typed, how it is read back, and how faults are repaired."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.search.query import MAX_CHARACTERS, All, Either, Field, Near, Node, Parsed, Term, Years, parse
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
    ("邓小瓶", "查找“邓小瓶”（逐字，或含有“小瓶”，略去“邓”）。"),
    ("党建的", "查找“党建的”（逐字，或含有“党建”）。"),
    ("党建 -GDP*", "查找“党建”，不含以“GDP”开头的词。"),
    ("党建 -标题:从严*", "查找“党建”，标题不含以“从严”开头的词。"),
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
    ("NEAR", "查找“NEAR”。"),
    ("同志们：大家好", "查找“同志们：大家好”（逐字，或分别含有“同志”“大家”，略去“们”“好”）。"),
    ("两个“维护”", "查找“两个“维护””（逐字，或分别含有“两个”“维护”）。"),
    ("党委（党组）书记", "查找“党委（党组）书记”（逐字，或分别含有“党委”“党组”“书记”）。"),
    ("党建-经费", "查找“党建-经费”（逐字，或分别含有“党建”“经费”）。"),
    ("党建 - 经费", "查找“党建”，并且“经费”。"),
    ("“标题:党建”", "查找“标题:党建”。"),
    ("王***", "查找“王***”。"),
    ("标题:党建", "查找标题含“党建”。"),
    ("标题： 党建", "查找标题含“党建”。"),
    ("ＴＩＴＬＥ：党建", "查找标题含“党建”。"),
    (
        "section:“党建” speaker:王 event:会 kind:讲话",
        "查找章节含“党建”，并且讲话人含“王”，并且场合含“会”，并且类型含“讲话”。",
    ),
    ("标题:(党建 或 工作) 学习", "查找标题含“党建”或标题含“工作”，并且“学习”。"),
    ("-标题:党建 工作", "查找“工作”，标题不含“党建”。"),
    ("年:2019", "查找日期在 2019 年。"),
    ("年份：２０１９年", "查找日期在 2019 年。"),
    ("year:2019..2022 党建", "查找日期在 2019—2022 年，并且“党建”。"),
    ("年:2019至2022", "查找日期在 2019—2022 年。"),
    *(
        (f"年:{years} 党建", "查找日期在 2019—2022 年，并且“党建”。")
        for years in (
            "2019 - 2022",
            "2019 .. 2022",
            " 2019 至 2022",
            "2019- 2022年",
            "2019 ..2022",
            "2019年 — 2022",
        )
    ),
    ("年:2019 -2022 党建", "查找日期在 2019 年，并且“党建”，不含“2022”。"),
    (
        "日期：2019..2022 时间:2020 年度:2021年",
        "查找日期在 2019—2022 年，并且日期在 2020 年，并且日期在 2021 年。",
    ),
    (
        "作者:王 会议：会 题目:一 篇名:二 小标题:三",
        "查找讲话人含“王”，并且场合含“会”，并且标题含“一”，并且标题含“二”，并且章节含“三”。",
    ),
    ("时间：下午", "查找“时间：下午”（逐字，或分别含有“时间”“下午”）。"),
    ("年:2019..", "查找日期在 2019 年以来。"),
    ("年:..2020", "查找日期在 2020 年以前（含）。"),
    ("党建 -年:2019", "查找“党建”，日期不在 2019 年。"),
    ("从严*", "查找以“从严”开头的词。"),
    ("从严＊", "查找以“从严”开头的词。"),
    ("党建 NEAR 学习", "查找“党建”与“学习”相距不超过 10 字。"),
    ("党建 ＮＥＡＲ／５ “学习”", "查找“党建”与“学习”相距不超过 5 字。"),
    ("甲 NEAR/3 乙 NEAR/4 丙", "查找“甲”与“乙”相距不超过 3 字，并且“乙”与“丙”相距不超过 4 字。"),
    ("(党建 工作) OR 学习", "查找（“党建”，并且“工作”）或“学习”。"),
    ("党建 OR（学习 -机关）", "查找“党建”或（“学习”，不含“机关”）。"),
    ("党建 -（学习 工作）", "查找“党建”，不符合（“学习”，并且“工作”）。"),
    ("NOT(党建) 学习", "查找“学习”，不含“党建”。"),
    ("((((党建))))", "查找“党建”。"),
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
        ("(党建", "括号没有配对：已按 党建 搜索。"),
        ("党建) 学习", "括号没有配对：已按 党建 学习 搜索。"),
        ("标题:", "字段的冒号后面没有内容，已略去。"),
        ("党建 年:", "字段的冒号后面没有内容，已略去。"),
        ("年:2022..2019", "起止年份颠倒，已按 2019..2022 查找。"),
        ("年:前年", "“前年”不是年份，已当作普通词查找；年份写成 年:2019 或 年:2019..2022。"),
        ("foo:bar", "没有字段 foo，已当作普通词查找。可用的字段有：标题、讲话人、场合、类型、章节、年。"),
        ("党*", "通配符前面至少要有 2 个字：已按 党 查找。"),
        ("*党建", "词首和词中的 * 不是通配符，只代表文中隐去的字（***）；通配符放在词尾。"),
        ("党*建", "词首和词中的 * 不是通配符，只代表文中隐去的字（***）；通配符放在词尾。"),
        ("党建 NEAR/500 学习", "NEAR 的距离最多 100 字。"),
        ("(党建 学习) NEAR 工作", "NEAR 两边应各是一个词或一句引文，已改为两边都要有。"),
        ("党建 NEAR", "NEAR 两边应各是一个词或一句引文，已改为两边都要有。"),
        ("NEAR/5 党建", "NEAR 前面要有一个词：“NEAR/5”已当作普通词查找。"),
        ("学习 (NEAR 党建)", "NEAR 前面要有一个词：“NEAR”已当作普通词查找。"),
        ("学习 NEAR/-1 党建", "NEAR 的距离要写成数字，如 NEAR/10：“NEAR/-1”已当作普通词查找。"),
        ("党?建", "? 不是通配符，只代表句末的问号；通配符 * 放在词尾。"),
        *(
            (raw, "“或”（OR、|）两边都要有词，多出的已略去。")
            for raw in ("党建 OR", "OR 党建", "党建 | OR 学习", "(党建 或) 学习")
        ),
        *(
            (raw, "“或”（OR、|）不能连接要排除的词：“或”已略去，仍排除该词。")
            for raw in ("党建 OR -学习", "-学习 或 党建")
        ),
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
    assert parsed.wanted == parsed.terms == parsed.conditions == ()


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("全面从严治党" * 40, "检索词最长 200 字"),
        ('"' + " ".join(["建设", "学习", "思想", "工作"] * 48) + '"', "最多 32 个词。"),
        ("a " * 33, "最多 32 个词。"),
        ("*", "不能只用通配符。"),
        ("*" * 180, "不能只用通配符。"),
        ("＊ ?*", "不能只用通配符。"),
        ("aa* bb* cc* dd* ee*", "NEAR 和词尾的 * 一共最多用 4 次，请删去一些。"),
        ("党 的 全 面 从 严 治 理 要", "单个的字最多 8 个，请写成词或引文。"),
        ("甲 NEAR 乙 NEAR 丙 NEAR 丁 NEAR 戊 NEAR 己", "NEAR 和词尾的 * 一共最多用 4 次，请删去一些。"),
        ("|".join("甲乙丙丁戊己庚辛壬癸" * 4), "最多 32 个词。现在有 40 个，请删去一些。"),
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
    assert parse(raw).wanted


def test_a_quotation_has_no_words_and_a_run_has_both() -> None:
    quoted, run = parse("“机关党建”").terms[0], parse("机关党建").terms[0]
    assert (quoted.needle, quoted.words) == (run.needle, ())
    assert [word.letters for word in run.words] == ["机关", "党建"]


def test_alternatives_bind_tighter_than_the_blank() -> None:
    first, second = parse("党建 或 学习 机关").wanted
    assert isinstance(first, Either)
    assert [term.text for term in first.parts] == ["党建", "学习"]
    assert isinstance(second, Term)


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("党建", [""]),
        ("党建 学习", ["学习", "党建"]),
        ("党建 -学习", ["", "党建"]),
        (
            "“党 建” (a b) OR 标题:c 年:2019",
            ["(a b) OR 标题:c 年:2019", "“党 建” 年:2019", "“党 建” (a b) OR 标题:c"],
        ),
        ("党建 -(学习 OR 工作) -标题:x", ["", "党建 -标题:x", "党建 -(学习 OR 工作)"]),
    ],
)
def test_each_condition_can_be_taken_out(raw: str, left: list[str]) -> None:
    assert [condition.without for condition in parse(raw).conditions] == left


def test_a_condition_says_what_it_asks_and_whether_it_excludes() -> None:
    first, second = parse("标题:党建 -学习").conditions
    assert (first.text, first.negative, second.text, second.negative) == (
        "标题含“党建”", False, "不含“学习”", True,
    )  # fmt: skip


def test_what_stands_in_the_text_and_in_fields_are_told_apart() -> None:
    parsed = parse("甲 OR 标题:乙 (丙 NEAR 丁) 年:2019 -戊")
    assert [term.text for term in parsed.terms] == ["甲", "丙", "丁"]
    assert [term.text for term in parsed.asked_of("title")] == ["乙"]


def test_nothing_repaired_is_said_of_a_query_understood_as_typed() -> None:
    assert parse("标题:党建 “学习”").repaired == ""
    assert parse("“党的” “建设").repaired == "“党的” 建设"


@pytest.mark.parametrize(
    ("raw", "said", "meant"),
    [
        ("党建 or 学习", "要表示“或”，请写 OR：党建 OR 学习。", "党建 OR 学习"),
        ("党建 and 学习", "要表示“并且”，请写 AND：党建 AND 学习。", "党建 AND 学习"),
        ("党建 Not 学习", "要表示“不含”，请写 NOT：党建 NOT 学习。", "党建 NOT 学习"),
        ("党建 near/5 学习", "要表示“相距不远”，请写 NEAR/5：党建 NEAR/5 学习。", "党建 NEAR/5 学习"),
    ],
)
def test_small_operators_are_words_and_the_query_with_large_ones_is_named(
    raw: str, said: str, meant: str
) -> None:
    parsed = parse(raw)
    assert (parsed.repairs, parsed.repaired, len(parsed.terms)) == ((said,), meant, 3)


@pytest.mark.parametrize(
    "raw",
    ["trial and error", "“党建 or 学习”", "党建 or", "or 党建", "党建 OR 学习", "党建？学习", "? 党建 ?"],
)
def test_nothing_is_said_of_what_may_well_be_meant(raw: str) -> None:
    assert [said for said in parse(raw).repairs if "请写" in said or "通配符" in said] == []


def test_no_query_is_offered_that_could_not_be_asked() -> None:
    alternatives = parse("标题:(" + "|".join(f"第{n}次全体会" for n in range(20)) + ") 党建 -学习")
    assert len(alternatives.written) > MAX_CHARACTERS
    assert [condition.without for condition in alternatives.conditions] == ["党建 -学习", None, None]
    bars = parse("|".join(f"第{n}次全体会" for n in range(24)) + " 党建 “学习")
    assert len(parse(bars.repaired).terms) == 26
    assert parse("标题:(" + "|".join(f"第{n}次全体会" for n in range(20)) + ") “党建").repaired == ""


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
            assert bool(parsed.wanted) != bool(parsed.problem)
            assert all(term.needle for term in parsed.terms)


PIECES = [
    *("党建", "a", "7·9", "学习", "OR", "或", "NOT", "AND", "NEAR", "NEAR/5"),
    *("标题:", "年:", "年:2019", "年:2019..", "foo:"),
    *("or", "年:2019 - 2022", "日期:", "?", "作者："),
    *("“", "”", "「", "」", '"', "(", ")", "（", "）", "-", "－", "|", "*", "**", "：", " ", " ", " "),
]  # fmt: skip


@example("日期: 年:2019党建")
@example("日期: 年:2019..党建")
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_mixture_of_operators_fails_and_its_writing_means_the_same(raw: str) -> None:
    match outcome(raw):
        case QueryError(message=message):
            assert message.startswith(("不能只用通配符。", "最多 32 个词。", "NEAR 和词尾的", "单个的字"))
        case Parsed() as parsed:
            assert parsed.explained.startswith("查找") == bool(parsed.wanted)
            assert len(parsed.conditions) == len(parsed.wanted) + len(parsed.unwanted)
            if parsed.wanted and isinstance(again := outcome(parsed.written), Parsed):
                assert list(map(bare, again.wanted)) == list(map(bare, parsed.wanted))
                assert list(map(bare, again.unwanted)) == list(map(bare, parsed.unwanted))
                assert not [said for said in again.repairs if "没有配对" in said]


def bare(node: Node) -> object:
    """A node without what makes no difference: how a term was quoted."""
    match node:
        case Term():
            return node.needle, node.words, node.prefix
        case Near(first=first, second=second, within=within):
            return bare(first), bare(second), within
        case Field(name=name, term=term):
            return name, bare(term)
        case Either(parts=parts):
            return "or", [bare(part) for part in parts]
        case All(parts=parts, unwanted=unwanted):
            return [bare(part) for part in parts], [bare(part) for part in unwanted]
        case Years():
            return node
