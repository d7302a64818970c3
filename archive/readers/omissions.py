"""What an office document has besides its text, and what the editor is told of it."""

from __future__ import annotations

from collections import Counter

from archive.text import Note

SAID = {
    "revisions_accepted": "文稿带修订痕迹：已收入插入的文字，去掉了删除的文字，请核对是否定稿。",
    "hidden_removed": "去掉了隐藏文字；如果应当收入，请在原文件里取消隐藏后再导入。",
    "placeholders_removed": "去掉了 {n} 处没有填写的占位文字。",
    "contents_removed": "去掉了自动目录。",
    "footnotes_removed": "脚注、尾注共 {n} 条没有收入正文。",
    "comments_removed": "批注共 {n} 条没有收入正文。",
    "ruby_removed": "去掉了 {n} 处拼音（注音），保留原字。",
    "symbols_lost": "有 {n} 个用符号字体画出的符号没有对应的字，已略去，请核对。",
}
"""By kind, in the order of telling."""
CONTENTS = ("TOC", "INDEX", "TOA")
"""Fields that gather what stands elsewhere in the text (ECMA-376 part 1 section 17.16.5)."""


def gathers(instruction: str) -> bool:
    """Whether a field with this instruction is a table of contents or the like."""
    return instruction.strip().upper().startswith(CONTENTS)


def told(counts: Counter[str]) -> list[Note]:
    """A note for each kind that was met, ``n`` times."""
    return [Note(0, kind, said.format(n=counts[kind])) for kind, said in SAID.items() if counts[kind]]
