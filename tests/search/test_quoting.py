"""The quote check against the seeds: misquotations, made-up sentences, and what quotations look like."""

from __future__ import annotations

import random
import re

import pytest

from archive import search
from archive.models import Speech
from archive.search import Checked, QueryError, check_quotation
from archive.search.letters import Letters
from tests.search.conftest import SEEDS, Make

COMMON = (
    "的一是了在人有他这中大来上国和地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然"
)


def letters(text: str) -> str:
    return Letters.of(text).letters.replace("\n", "")


def edited(sentence: str, chance: random.Random) -> str:
    """With one letter replaced, left out or added, or two swapped."""
    at = chance.randrange(len(sentence) - 1)
    match chance.choice("rdis"):
        case "r":
            return sentence[:at] + chance.choice(COMMON) + sentence[at + 1 :]
        case "d":
            return sentence[:at] + sentence[at + 1 :]
        case "i":
            return sentence[:at] + chance.choice(COMMON) + sentence[at:]
        case _:
            return sentence[:at] + sentence[at + 1] + sentence[at] + sentence[at + 2 :]


def test_edited_sentences_still_find_their_source_first(seeds: list[Speech]) -> None:
    """200 sentences of at least 12 letters with 0 to 3 random edits; 95 % is what is asked for."""
    chance = random.Random(20221120)
    sentences = [
        (speech, sentence)
        for speech in seeds
        for sentence in re.findall(r"[^。！？\n]+[。！？]", speech.text)
        if 12 <= len(letters(sentence)) <= 200
    ]
    first = 0
    for speech, sentence in chance.sample(sentences, 200):
        quoted = sentence
        for _ in range(chance.randint(0, 3)):
            quoted = edited(quoted, chance)
        found = check_quotation(quoted).sources
        if found:
            source = Speech.objects.get(pk=found[0].speech)
            first += source == speech or letters(sentence) in letters(source.text)
    assert first >= 196


MISQUOTED = [
    # quoted, differences, what was said
    ("党找到了自我革命这个跳出治乱兴衰历史周期律的第二个答案", 2, "这一跳出治乱兴衰历史周期率的第二个答案"),
    ("抓机关党建是本职、不抓机关党建是失职、抓不好机关党建是不称职", 2, "抓不好机关党建是渎职"),
    ("抓好党建是本职，不抓党建是失职，抓不好党建是渎职", 2, "抓不好党建是不称职"),
    ("在学习宣传贯彻党的二十大精神上走在前列、做表率", 2, "走在前、作表率"),
    ("政治功能强、班子队伍强、党员队伍强、作用发挥强", 4, "支部班子强"),
    ("打铁还需自身硬", 2, "打铁必须自身硬"),
    ("全面建成社会主义现代化强国，全面推进中华民族的伟大复兴", 4, "全面建设社会主义现代化国家"),
    ("深刻理解“两个确立”的决定性意义", 2, "深刻领悟“两个确立”的决定性意义"),
    ("讲起来重要、做起来次要", 1, "讲起来重要、学起来次要"),
    ("坚持读原文、学原著、悟原理", 2, "坚持读原著、学原文、悟原理"),
    ("坚持不懈用习近平新时代中国特色社会主义思想凝心铸魂", 3, "坚持不懈用新时代中国特色社会主义思想"),
    ("坚定不移全面从严治党，深入推进新时代党建新的伟大工程", 2, "新时代党的建设新的伟大工程"),
    ("要進一步提高政治站位，牢記自己第一身份是黨支部書記", 2, "牢记自己的第一身份是支部书记"),
]


def test_misquoted_formulas_are_told_from_what_was_said(seeds: list[Speech]) -> None:
    for quoted, differences, said in MISQUOTED:
        checked = check_quotation(quoted)
        assert (checked.verdict, checked.differences) == ("near", differences), quoted
        assert said in checked.sources[0].text, quoted


UNRELATED = [
    "红烧肉要先把五花肉焯水，再用冰糖炒出糖色，小火慢炖一个小时，最后大火收汁。",
    "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
    "大江东去，浪淘尽，千古风流人物。故垒西边，人道是，三国周郎赤壁。",
    "民事主体的人身权利、财产权利以及其他合法权益受法律保护，任何组织或者个人不得侵犯。",
    "公民的合法的私有财产不受侵犯。国家依照法律规定保护公民的私有财产权和继承权。",
    "各级人民政府应当加强对安全生产工作的领导，建立健全安全生产责任制。",
    "学校应当建立健全教师培训制度，提高教师的思想政治素质和业务能力。",
    "今天白天晴转多云，最高气温二十六度，夜间有小雨，出门请带伞。",
    "机器学习是人工智能的一个分支，主要研究如何让计算机从数据中学习规律。",
    "人不犯我，我不犯人；人若犯我，我必犯人。",
    "The quick brown fox jumps over the lazy dog.",
    "的" * 500,
    "国家" * 500,
    "12345678",
]


def test_what_nobody_here_said_is_not_found(seeds: list[Speech]) -> None:
    for text in UNRELATED:
        checked = check_quotation(text)
        assert (checked.verdict, checked.sources) == ("none", ()), text


def test_every_sentence_of_the_seeds_is_exact(seeds: list[Speech]) -> None:
    chance = random.Random(7)
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for at in chance.sample(range(len(text) - 300), 5):
            quoted = text[at : at + chance.randint(20, 300)]
            assert check_quotation(quoted).verdict == "exact", quoted


@pytest.fixture
def archive(make: Make) -> dict[str, Speech]:
    """Two speeches that share a formula, with a date each."""
    speeches = [
        make(
            "甲讲话\n同志们：\n不忘初心、牢记使命，方能行稳致远。春天在希望的田野上播种。\n"
            "夏天的禾苗在雨水里成长。学习***次，收获满仓。\n“秋收”时节，大家辛苦了！",
            speaker="张三", date_iso="2020-05-01",
        ),
        make(
            "乙讲话\n各位：\n不忘初心、牢记使命，方能行稳致远。冬天的雪盖住了整个村庄。", date_iso="2019",
        ),
    ]  # fmt: skip
    search.rebuild()
    return {speech.title: speech for speech in speeches}


def kinds(checked: Checked) -> str:
    return "".join(step.kind for step in checked.sources[0].steps)


def test_the_first_use_comes_first(archive) -> None:
    checked = check_quotation("不忘初心、牢记使命，方能行稳致远")
    assert (checked.verdict, checked.total) == ("exact", 2)
    assert [source.title for source in checked.sources] == ["乙讲话", "甲讲话"]
    assert checked.sources[1].date == "2020-05-01"


def test_a_source_is_where_it_says(archive) -> None:
    source = check_quotation("夏天的禾苗在雨水里成长").sources[0]
    text = archive["甲讲话"].text
    assert text[source.start : source.end] == source.text == "夏天的禾苗在雨水里成长"
    assert (source.anchor, source.last, source.speaker) == ("p3", "p3", "张三")
    assert source.url.startswith(f"/speeches/{archive['甲讲话'].pk}/?q=%E2%80%9C")
    assert source.url.endswith("#p3")
    assert (source.before, source.behind[:4]) == (text[: source.start][-24:].replace("\n", " "), "。学习*")


@pytest.mark.parametrize(
    "quoted",
    [
        "春天在希望的田野上播种",
        "“春天在希望的田野上播种。”",
        "「春天在希望的田野上播種」",
        "春天在希望的\r\n田野上播种[3]。",
        "　　春天在希望的田野上播种①。",
        "春天，在希望的田野上，播种",
        "播种。夏天的禾苗",
        "播种，夏天的禾苗",
        "学习***次，收获满仓",
        "学习××次，收获满仓",
        "春天在希望的……收获满仓",
        "春天在希望的田野上播种……大家辛苦了",
        "行稳致远......夏天的禾苗(略)大家辛苦了",
    ],
)
def test_what_is_no_difference_in_letters(archive, quoted: str) -> None:
    checked = check_quotation(quoted)
    assert (checked.verdict, checked.differences) == ("exact", 0)
    assert checked.sources[0].title == "甲讲话"
    assert checked.sources[0].similarity == 1


@pytest.mark.parametrize(
    ("quoted", "differs"),
    [
        ("不忘初心、牢记使命，方能行稳致远", False),
        ("“不忘初心、牢记使命，方能行稳致远。”", False),
        ("‘不忘初心’、牢记使命,方能行稳致远", False),
        ("不忘初心，牢记使命，方能行稳致远", True),
        ("不忘初心牢记使命，方能行稳致远", True),
        ("不忘初心、牢记使命，方能……行稳致远", False),
    ],
)
def test_other_marks_are_mentioned(archive, quoted: str, differs: bool) -> None:
    checked = check_quotation(quoted)
    assert checked.verdict == "exact"
    assert checked.sources[0].remarked is differs


@pytest.mark.parametrize(
    ("quoted", "steps", "text"),
    [
        ("春天在绝望的田野上播种", "===~=======", "春天在希望的田野上播种"),
        ("春天在希望田野上播种", "=====+=====", "春天在希望的田野上播种"),
        ("春天在希望的大田野上播种", "======-=====", "春天在希望的田野上播种"),
        ("春天在望希的田野上播种", "===x======", "春天在希望的田野上播种"),
        ("春天在希望的田野播种……大家幸苦了", "========+==…==~==", "春天在希望的田野上播种……大家辛苦了"),
        ("学习十次，收获满仓库", "==~=====-", "学习***次，收获满仓"),
    ],
)
def test_what_differs_is_shown_letter_by_letter(archive, quoted: str, steps: str, text: str) -> None:
    checked = check_quotation(quoted)
    assert (checked.verdict, checked.sources[0].text) == ("near", text)
    assert kinds(checked) == steps
    assert checked.differences == sum(kind not in "=…" for kind in steps)


def test_the_steps_joined_are_the_quotation_and_the_source(archive) -> None:
    for quoted in ("不望初心，牢记着使命,方能稳行致远。春天在希望的田野", "春天在希望田野上播种……大家辛苦啦"):
        source = check_quotation(quoted).sources[0]
        assert "".join(step.quoted + step.quoted_marks for step in source.steps) == quoted.replace("……", "")
        there = "".join(
            step.source + step.source_marks if step.kind != "…" else "……" for step in source.steps
        )
        assert there == source.text
        text = archive["甲讲话"].text
        for step in source.steps:
            if step.source:
                assert text[slice(*step.span)] == step.source


def test_stretches_must_come_in_order(archive) -> None:
    assert check_quotation("收获满仓……春天在希望的田野上播种").verdict == "partial"


def test_a_quotation_of_several_sentences_is_judged_sentence_by_sentence(archive) -> None:
    quoted = "春天在希望的田野上播种。冬天的雪盖住了整个山庄。火车在凌晨三点半到站。"
    checked = check_quotation(quoted)
    assert checked.verdict == "partial"
    assert [part.verdict for part in checked.parts] == ["exact", "near", "none"]
    assert [part.sources[0].title for part in checked.parts[:2]] == ["甲讲话", "乙讲话"]
    assert [quoted[part.start : part.end] for part in checked.parts] == [part.text for part in checked.parts]


def test_own_words_between_true_sentences_are_told(archive) -> None:
    whole = check_quotation("春天在希望的田野上播种。火车在凌晨三点半到站。夏天的禾苗在雨水里成长。")
    assert [part.verdict for part in whole.parts] == ["exact", "none", "exact"]
    assert whole.verdict == "partial"


def test_true_sentences_of_two_speeches_are_not_one_quotation(archive) -> None:
    checked = check_quotation("春天在希望的田野上播种。冬天的雪盖住了整个村庄。")
    assert (checked.verdict, checked.sources) == ("partial", ())
    assert {part.verdict for part in checked.parts} == {"exact"}


def test_limits_are_named_with_their_cure(archive) -> None:
    with pytest.raises(QueryError, match=r"引文最多 2,000 个字，现在有 2,001 个，请分段核对。") as refused:
        check_quotation("长" * 2001)
    assert refused.value.field == "text"
    for short in ("", "……", "党建好", "***", "。！？"):
        with pytest.raises(QueryError, match=r"引文至少要有 4 个字；更短的词语请用搜索。"):
            check_quotation(short)


def test_whatever_is_pasted_is_answered_or_refused(archive) -> None:
    """Symbols that fold to letters, marks that fold to none, redactions, brackets, ends of lines."""
    chance = random.Random(11)
    odd = "春天在希望的田野上播种。，！…*×⽂⺁ﾞ①²[1]〔〕（）“”\n\r\u3000\u200b\ud800é\u0301Ａ9_𠀀🙂"
    answered = 0
    for _ in range(300):
        pasted = "".join(chance.choice(odd) for _ in range(chance.randrange(40)))
        try:
            checked = check_quotation(pasted)
        except QueryError:
            continue
        answered += 1
        assert checked.parts
        assert all(pasted[part.start] == part.text[0] for part in checked.parts)
    assert answered > 100


def test_letters_that_are_symbols_before_they_are_folded(make: Make) -> None:
    make("讲话\n⽂⼭⼈⼒都在这里。")
    search.rebuild()
    assert check_quotation("文山人力").verdict == "exact"
    assert check_quotation("⽂⼭⼈⼒").verdict == "exact"


def test_too_many_ellipses_are_refused(archive) -> None:
    with pytest.raises(QueryError, match=r"一段引文最多省略 19 处，请分段核对。"):
        check_quotation("……".join(["春天"] * 21))
    assert check_quotation("……".join(["春天"] * 20)).verdict == "partial"


def test_drafts_are_no_source(make: Make) -> None:
    make("秘密讲话\n暗号是天王盖地虎，宝塔镇河妖。", published=False)
    make("公开讲话\n今天没有别的事情要说。")
    search.rebuild()
    assert check_quotation("暗号是天王盖地虎，宝塔镇河妖").verdict == "none"


def test_a_speech_withdrawn_since_is_no_source(archive) -> None:
    Speech.objects.filter(title="乙讲话").update(published=False)
    assert check_quotation("冬天的雪盖住了整个村庄").verdict == "none"
    assert check_quotation("不忘初心、牢记使命，方能行稳致远").total == 1


def test_a_title_that_the_text_does_not_have_is_no_source(make: Make) -> None:
    make("正文在这里，说的是别的事情。", title="风雨同舟共济向前")
    search.rebuild()
    assert check_quotation("风雨同舟共济向前").verdict == "none"


def test_a_text_changed_since_is_looked_into_again(archive) -> None:
    speech = archive["甲讲话"]
    text = speech.text.replace("春天", "每年春天", 1)
    Speech.objects.filter(pk=speech.pk).update(text=text, digest="0" * 64)
    source = check_quotation("春天在希望的田野上播种").sources[0]
    assert text[source.start : source.end] == "春天在希望的田野上播种"


def test_without_the_index_the_texts_are_asked_and_it_is_said(make: Make, index_path) -> None:
    make("讲话\n春天在希望的田野上播种。")
    checked = check_quotation("春天在希望的田地上播种")
    assert (checked.verdict, checked.differences) == ("near", 1)
    assert "搜索索引暂时不可用" in checked.warnings[0]


def test_letters_read_otherwise_inside_a_phrase_are_the_same(make: Make) -> None:
    make("讲话\n乾隆年间的故事，大家都听说过。")
    search.rebuild()
    assert check_quotation("乾隆年間的故事").verdict == "exact"


def test_an_archive_without_speeches_holds_no_quotation(db, index_path) -> None:
    assert check_quotation("春天在希望的田野上播种").verdict == "none"


def test_a_long_quotation_costs_few_looks(seeds: list[Speech], monkeypatch) -> None:
    """However long and repetitive: what is compared letter by letter stays bounded."""
    from archive.compare import locating

    cells = 0

    def counted(quoted, text, breaks):
        nonlocal cells
        cells += len(text)
        return real(quoted, text, breaks)

    real = locating.nearest
    monkeypatch.setattr(locating, "nearest", counted)
    text = seeds[2].text[200:2100]
    for quoted in (
        text[:900] + "错" + text[901:],
        "党的建设" * 500,
        "。".join(["党的建设好"] * 330),
        text[::-1],
    ):
        cells = 0
        check_quotation(quoted)
        assert cells < 100_000
