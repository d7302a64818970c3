"""A speech to be changed, and what its links point to."""

from __future__ import annotations

from archive.importing import import_bytes
from archive.models import Speech

TEXT = """在机关党建工作会议上的讲话
（2022年11月20日）
同志们：
下面我讲几点意见。
一、提高政治站位
我们要加强学习，学深悟透。
二、压实工作责任
我们要抓好落实，一级带着一级干。
谢谢大家！
"""


def import_text(text: str = TEXT, name: str = "a.txt", **options: object) -> Speech:
    speech = import_bytes(text.encode(), name, **options).speech  # type: ignore[arg-type]
    assert speech is not None
    return Speech.objects.get(pk=speech.pk)


def fresh(speech: Speech) -> Speech:
    return Speech.objects.get(pk=speech.pk)


def paragraphs(speech: Speech) -> dict[str, str]:
    """anchor -> words"""
    speech = fresh(speech)
    return {p.anchor: speech.text[p.start : p.end] for p in speech.paragraphs.all()}


def sections(speech: Speech) -> dict[str, str]:
    return {s.anchor: f"{s.num}{s.heading}" for s in speech.sections.all()}


def anchor_of(speech: Speech, words: str) -> str:
    return next(a for a, w in {**paragraphs(speech), **sections(speech)}.items() if words in w)
