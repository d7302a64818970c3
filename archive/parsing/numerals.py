"""Numbers as transcripts write them: 十二, ２, ㈢, ⑷, ⑤, Ⅳ, 乙."""

from __future__ import annotations

import unicodedata

CHINESE = "〇零○一二三四五六七八九十百两兩壹贰貳叁參肆伍陆陸柒捌玖拾"
STEMS = "甲乙丙丁戊己庚辛壬癸"

_DIGITS = {char: value for value, chars in enumerate(
    ("〇零○", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def number(text: str) -> int | None:
    """The value of a numeral up to some hundreds, or None when it is none."""
    if not text:
        return None
    if text in STEMS:
        return STEMS.index(text) + 1
    if text.isdecimal():
        return int(text[:6])
    if all(char in CHINESE for char in text):
        return _chinese(text)
    if len(text) == 1 and (value := unicodedata.numeric(text, 0)) > 0:
        return int(value)
    return _roman(text)


def _chinese(text: str) -> int:
    """Both ways of writing: 二十一 by units, 二〇二二 digit by digit."""
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[char]
    return total + digit


def _roman(text: str) -> int | None:
    values = [_ROMAN.get(char, 0) for char in text.upper()]
    if 0 in values:
        return None
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
