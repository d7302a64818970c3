"""The name of a reference in a bibliography: ASCII, and the same as long as speaker, year and number are."""

from __future__ import annotations

import re

from archive.text import pinyin

LONGEST = 30  # letters of a name


def key(speaker: str, date: str | None, number: int) -> str:
    """``key("张三", "2022-11", 12) == "zhangsan2022-12"``; what cannot be spelled is left out, at worst speech-12."""
    spelled = next(iter(pinyin.full(speaker)), "") if speaker else ""
    name = re.sub(r"[^a-z0-9]", "", spelled)[:LONGEST]
    return f"{name or 'speech'}{(date or '')[:4]}-{number}"
