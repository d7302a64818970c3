"""PDF: what a reader of the page reads, in its order, without what the printer added."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.readers import Document, Unreadable, read
from archive.readers.pages.letters import real_letters
from tests.readers.printed import BODY, LEFT, LINES, PITCH, SIZE, TOP, Put, Sheet, pdf, set_lines, wrapped

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PARTS = [
    LINES[2:3],
    [BODY[::-1] + "。", "二、压实责任"],
    [BODY[5:] + "，要坚持到底。"],
    ["三、抓好落实", BODY[9:] + "。"],
]
"""Pages that have no line in common."""


def text(*sheets: Sheet) -> str:
    return read(pdf(sheets), "a.pdf").text


def kinds(document: Document) -> list[str]:
    return [note.kind for note in document.notes]


def lines(*runs: Put) -> list[str]:
    return text(Sheet(runs)).split("\n")


FEATURES = {
    "paragraphs are joined": (Sheet(set_lines(wrapped(LINES[2:]))), LINES[2:]),
    "a title stands for itself": (
        Sheet([Put(160, 780, LINES[0], 22), *set_lines(wrapped(LINES[1:]), top=720)]),
        LINES,
    ),
    "a title over two lines is one": (
        Sheet(
            [
                Put(87, 780, "关于深入学习贯彻党的二十大精神全面推进", 22),
                Put(230, 742, "机关党的建设", 22),
                *set_lines(wrapped(LINES[1:]), top=690),
            ]
        ),
        ["关于深入学习贯彻党的二十大精神全面推进机关党的建设", *LINES[1:]],
    ),
    "a title and its subtitle are two": (
        Sheet(
            [
                Put(200, 780, "凝心聚力再出发", 22),
                Put(260, 742, "——在大会上", 22),
                *set_lines(wrapped(LINES[2:]), top=690),
            ]
        ),
        ["凝心聚力再出发", "——在大会上", *LINES[2:]],
    ),
    "blanks of typesetting go": (
        Sheet([*set_lines(["　　我们　要坚持 以人民为中心的发展思想，不断满足人民对美好生", "活的 向往。"])]),
        ["我们要坚持以人民为中心的发展思想，不断满足人民对美好生活的向往。"],
    ),
    "blanks of a line alone stay": (
        Sheet(set_lines(["政 府 工 作 报 告", "省长 王某某"])),
        ["政 府 工 作 报 告", "省长 王某某"],
    ),
    "numbers and English words": (
        Sheet(set_lines(["　　2022年GDP增长3.5%，推进 Belt and Road 建设。"])),
        ["2022年GDP增长3.5%，推进 Belt and Road 建设。"],
    ),
    "words broken at the end of the line": (
        Sheet(set_lines(["The committee has to see to all of inter-", "national relations"])),
        ["The committee has to see to all of international relations"],
    ),
    "a dash at the end stays": (Sheet(set_lines(["The word is inter-"])), ["The word is inter-"]),
    "dashes and stars": (
        Sheet(set_lines(["　　上话盛会——党组织书记第*轮巡察***同志……"])),
        ["上话盛会——党组织书记第*轮巡察***同志……"],
    ),
    "bold by printing twice": (
        Sheet(
            [run for put in set_lines(["一、提高认识"]) for run in (put, Put(put.x + 0.4, put.y, put.text))]
        ),
        ["一、提高认识"],
    ),
    "a note mark hangs higher": (
        Sheet([Put(80, 700, "一体推进"), Put(144, 706, "1", 9), Put(150, 700, "各项工作")]),
        ["一体推进1各项工作"],
    ),
    "a page on its side": (
        Sheet(
            [
                Put(108, 100, "下一行说的是另外一件事情。", turn=(0.01, 1)),
                Put(80, 100, "上一行说的是一件事情。", turn=(0.01, 1)),
            ]
        ),
        ["上一行说的是一件事情。", "下一行说的是另外一件事情。"],
    ),
    "letters in any order": (
        Sheet([Put(80, 700, "下一行。"), Put(112, 760, "一行。"), Put(80, 760, "上面")]),
        ["上面一行。", "下一行。"],
    ),
    "a hanging list": (
        Sheet(set_lines([f"一、{BODY[:25]}", f"　　{BODY[25:50]}", f"　　{BODY[50:]}。", "二、抓好落实。"])),
        [f"一、{BODY}。", "二、抓好落实。"],
    ),
    "stops that hang in the margin": (
        Sheet(
            [
                *set_lines([f"{BODY[n : n + 27]}、" for n in (2, 3)] + [BODY[n : n + 27] for n in (4, 5)]),
                *set_lines([BODY[:26], "学习贯彻。"], top=TOP - 4 * PITCH),
                Put(LEFT + 26 * SIZE, TOP - 4 * PITCH, "2", 6),
            ]
        ),
        [f"{BODY[2:29]}、{BODY[3:30]}、{BODY[4:31]}{BODY[5:32]}{BODY[:26]}2学习贯彻。"],
    ),
    "a heading behind a full line, without indents": (
        Sheet(
            set_lines(
                [
                    BODY[:27],
                    BODY[1:27] + "。",
                    "一是持续加强政治建设",
                    BODY[2:29],
                    BODY[3:30],
                    BODY[4:30] + "。",
                ]
            )
        ),
        [
            f"{BODY[:27]}{BODY[1:27]}。",
            "一是持续加强政治建设",
            f"{BODY[2:29]}{BODY[3:30]}{BODY[4:30]}。",
        ],
    ),
    "a list of short lines": (
        Sheet(set_lines(["张三出席会议", "李四出席会议", "王五出席会议", "赵六出席会议"])),
        ["张三出席会议", "李四出席会议", "王五出席会议", "赵六出席会议"],
    ),
}


@pytest.mark.parametrize("name", FEATURES)
def test_feature(name: str) -> None:
    sheet, wanted = FEATURES[name]
    assert text(sheet).split("\n") == wanted


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_rotated_page_reads_the_same(rotate: int) -> None:
    assert text(Sheet(set_lines(wrapped(LINES)), rotate=rotate)).split("\n") == LINES


def test_a_page_may_lie_about_its_size() -> None:
    honest = pdf([Sheet(set_lines(wrapped(LINES)))])
    lying = honest.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 0]")
    assert read(lying, "a.pdf").text.split("\n") == LINES


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    flow = wrapped([f"{BODY}，{BODY}。", "二、另一段"])
    first, second = Sheet(set_lines(flow[:2])), Sheet(set_lines(flow[2:]))
    assert text(first, second).split("\n") == [f"{BODY}，{BODY}。", "二、另一段"]


def test_spaces_between_paragraphs_cannot_show_at_a_page_break() -> None:
    full = BODY[:53] + "。"
    shown = [Put(80, 760 - 28 * n - 20 * (n // 2), full[27 * (n % 2) : 27 * (n % 2) + 27]) for n in range(6)]
    after = set_lines(["（二）抓好落实，取得实效。"])
    assert text(Sheet(shown), Sheet(after)).split("\n") == [full, full, full, "（二）抓好落实，取得实效。"]


@pytest.mark.parametrize(
    "number", ["— {} —", "- {} -", "第 {} 页 共 3 页", "{}/3", "{}", "·{}·", "Page {} of 3", "第{}页"]
)
def test_running_heads_and_page_numbers_go(number: str) -> None:
    sheets = [
        Sheet([Put(250, 810, "内部资料", 10), *set_lines(wrapped(part)), Put(280, 40, number.format(n), 12)])
        for n, part in enumerate(PARTS, 1)
    ]
    document = read(pdf(sheets), "a.pdf")
    assert document.text.split("\n") == [line for part in PARTS for line in part]
    assert kinds(document) == ["furniture_removed"]
    assert "8 行" in document.notes[0].message


def test_left_and_right_pages_may_have_heads_of_their_own() -> None:
    heads = ["领导讲话汇编", "在机关党建工作会议上的讲话"]
    sheets = [
        Sheet([Put(60 + 300 * (n % 2), 800, heads[n % 2], 10), *set_lines(wrapped(part))])
        for n, part in enumerate(PARTS)
    ]
    assert text(*sheets).split("\n") == [line for part in PARTS for line in part]


def test_what_only_looks_like_furniture_stays() -> None:
    first = Sheet(set_lines(["2022", *wrapped(LINES[2:])]))
    assert text(first).split("\n") == ["2022", *LINES[2:]]
    same = [Sheet([Put(80, 700, "同志们，大家辛苦了。")])] * 2
    assert text(*same).split("\n") == ["同志们，大家辛苦了。"] * 2
    alike = [Sheet([Put(80, 500, "同志们："), Put(80, 470, f"第{n}件事。")]) for n in (1, 2)]
    assert text(*alike).split("\n") == ["同志们：", "第1件事。", "同志们：", "第2件事。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [
        f"{BODY[:13]}",
        *[BODY[n : n + 13] for n in (13, 26, 39)],
        "一二三四五六七八九十一二三",
        "左栏到此为止。",
    ]
    right = ["右栏从这里开始说另一件事", *["右栏接着往下说另外一件事"] * 4, "右栏到此为止。"]
    runs = [Put(140, 790, "两栏都要读的题目在这里横跨全页", 22)]
    runs += set_lines(left, top=740, left=60) + set_lines(right, top=740, left=320)
    document = read(pdf([Sheet(runs)]), "a.pdf")
    flat = document.text.replace("\n", "")
    assert flat == "两栏都要读的题目在这里横跨全页" + "".join(left) + "".join(right)
    assert kinds(document) == ["columns_read"]


def test_a_table_is_no_two_columns() -> None:
    runs = [
        put for n in range(8) for put in (Put(80, 760 - 28 * n, f"第{n}项"), Put(300, 760 - 28 * n, "完成"))
    ]
    assert lines(*runs) == [f"第{n}项 完成" for n in range(8)]


def test_radicals_become_letters() -> None:
    document = read(pdf([Sheet(set_lines(["　　⽂件要求⼈⺠⻘年⼀起⼲。"]))]), "a.pdf")
    assert document.text == "文件要求人民青年一起干。"
    assert kinds(document) == ["radicals_folded"]
    assert "6 个" in document.notes[0].message


def test_only_pdfs_lose_radicals_and_ligatures_come_apart() -> None:
    assert read("部首⽂字的讲话\n要说⽂。".encode(), "a.txt").text == "部首⽂字的讲话\n要说⽂。"
    assert real_letters("ﬁnal ⽂ ，：（") == ("final 文 ，：（", 1)


def test_a_watermark_is_left_out_and_told() -> None:
    slanted = Put(150, 300, "内部使用", 40, turn=(0.707, 0.707))
    document = read(pdf([Sheet([*set_lines(wrapped(LINES)), slanted])]), "a.pdf")
    assert document.text.split("\n") == LINES
    assert [(note.kind, "4 个" in note.message) for note in document.notes] == [("turned_removed", True)]


def test_pages_without_text_are_told() -> None:
    document = read(pdf([Sheet(set_lines(wrapped(LINES))), Sheet(picture=True)]), "a.pdf")
    assert document.text.split("\n") == LINES
    assert [(note.kind, note.message[:5]) for note in document.notes] == [("pages_without_text", "第 2 页")]


def test_recognised_text_is_told() -> None:
    runs = [Put(put.x, put.y, put.text, invisible=True) for put in set_lines(wrapped(LINES))]
    document = read(pdf([Sheet(runs, picture=True)]), "a.pdf")
    assert document.text.split("\n") == LINES
    assert kinds(document) == ["text_recognised"]


def test_letters_without_a_code_are_told_or_refused() -> None:
    document = read(pdf([Sheet(set_lines([*wrapped(LINES), "\ue123\ue124"]))]), "a.pdf")
    assert document.text.split("\n") == LINES
    assert [(note.kind, "2 个" in note.message) for note in document.notes] == [("characters_lost", True)]
    with pytest.raises(Unreadable) as caught:
        text(Sheet(set_lines(["\ue123\ue124\ue125" * 8])))
    assert caught.value.code == "mojibake_suspected"
