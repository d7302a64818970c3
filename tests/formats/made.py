"""Records for the tests: the seeds, texts that Hypothesis makes, and one short speech that has everything."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hypothesis import strategies as st

from archive.formats import Item, Paragraph, Record, Section
from archive.parsing import Decision, Outline, parse
from archive.readers import read

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))

SHORT = """\
在机关党建工作会议上的讲话
——写在年终
（2022年11月20日）
市委书记 王某某

同志们：
今年以来，全市*项重点工作进展顺利（掌声）。1_000 个支部、<10 人的小组都在行动。
一、提高政治站位
一是学深悟透。要把**精神作为首要任务。二是常抓不懈。要做到A & B。

（一）加强领导。各级要负起责任。
1. 书记带头。书记要走在前面。
2. 班子齐抓。班子要跟得上来。
二、抓好落实
+ 号开头的一行，也是正文。
谢谢大家！（热烈鼓掌）"""


def outline_of(text: str, decisions: tuple[Decision, ...] = ()) -> Outline:
    return parse(text, name="讲话", decisions=decisions)


def record_of(
    outline: Outline, *, decisions: tuple[Decision, ...] = (), url: str = "", **about: str
) -> Record:
    """The record of a speech that has just come in, with ``about`` from an editor."""
    count = iter(range(1, len(outline.text) + 2))
    known = {
        name: getattr(outline, name) or ""
        for name in ("title", "subtitle", "speaker", "role", "date", "event", "venue", "kind")
    }
    return Record(
        **(known | about),
        text=outline.text,
        digest=hashlib.sha256(outline.text.encode()).hexdigest(),
        lines=outline.lines,
        sections=tuple(
            Section(
                f"s{n}",
                *(section.kind, section.num, section.depth, section.start, section.end),
                *(section.heading_start, section.heading_end),
                tuple(
                    _paragraph(f"p{next(count)}", each.kind, each.start, each.end, each.items)
                    for each in section.paragraphs
                ),
            )
            for n, section in enumerate(outline.sections)
        ),
        redactions=outline.redactions,
        remarks=outline.remarks,
        decisions=decisions,
        url=url,
    )


def _paragraph(anchor: str, kind: str, start: int, end: int, items: object) -> Paragraph:
    leads = tuple(
        Item(f"{anchor}-{n}", item.start, item.start + len(item.lead))
        for n, item in enumerate(items, start=1)  # type: ignore[call-overload]
    )
    return Paragraph(anchor, kind, start, end, leads)


def seed(path: Path) -> Outline:
    return parse(read(path.read_bytes(), path.name).text, name=path.name)


LINES = st.one_of(
    st.sampled_from(
        [
            *("在全市会议上的讲话", "（2022年11月20日）", "市委书记 王某某", "讲话人：李四", "同志们：", ""),
            *(
                "一、提高站位",
                "二、抓好落实",
                "（一）加强领导。各级要负起责任。",
                "1. 书记带头。班子跟上。",
                "第一章　总则",
            ),
            *(
                "## 总体要求",
                "# 标题",
                "---",
                "===",
                "| 甲 | 乙 |",
                "    缩进",
                "&lt;b&gt; &amp; <i>x</i>",
                "***",
            ),
            *(
                "一是学深悟透。要**精神。二是常抓不懈。要见***成效（掌声）。",
                "（热烈鼓掌）",
                "谢谢大家！",
                "]]>",
                "\\*甲\\*",
            ),
            *(
                "今年以来，各项工作进展顺利，取得了新的成绩，全市上下一心。",
                "某某同志、○○同志和XX同志。",
                "- 甲",
                "10) 乙",
            ),
            *(
                "![图](http://a.b/c)",
                "`代码`",
                "~~删~~",
                "> 引",
                "$x^2$",
                "a_b_c",
                "+ 甲",
                "1986. 好年",
                "😀 好。",
            ),
        ]
    ),
    st.text("一二、（）。，*_#`<>&\\|~[]!-+=.: 甲乙12aX×某😀\u3000", max_size=20),
)


@st.composite
def outlines(draw: st.DrawFn) -> tuple[Outline, tuple[Decision, ...]]:
    """A speech as some file might have brought it in, and what an editor has decided about its headings."""
    raw = "\n".join(draw(st.lists(LINES, min_size=1, max_size=14)))
    text = read(f"{raw}\n有话则长，无话则短。".encode(), "a.txt").text
    lines = st.sampled_from([line.strip() for line in text.split("\n") if line.strip()])
    decided = draw(st.lists(st.builds(Decision, lines, st.integers(0, 3)), max_size=2))
    return outline_of(text, tuple(decided)), tuple(decided)
