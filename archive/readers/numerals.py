"""Numbers as Chinese documents write them: 一 十一 壹 甲 ① ⑴ ㈠ iv, and how a number joins its heading.

The words of number formats are those of ECMA-376 part 1 section 17.18.59 (ST_NumberFormat); what a
format has no sign for is written in digits, as Word does.
"""

from __future__ import annotations

import re
from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

SIGNS = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographParenthesized": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "ideographTraditional": STEMS,
    "ideographZodiac": BRANCHES,
}
"""Formats with a sign for each of the first numbers."""
SAME = {
    "decimalEnclosedCircleChinese": "decimalEnclosedCircle",
    "chineseCountingThousand": "counting",
    "japaneseCounting": "counting",
    "koreanCounting": "counting",
    "taiwaneseCountingThousand": "counting",
    "taiwaneseCounting": "chineseCounting",
    "japaneseDigitalTenThousand": "ideographDigital",
    "taiwaneseDigital": "ideographDigital",
    "japaneseLegal": "ideographLegalTraditional",
    "decimalFullWidth2": "decimalFullWidth",
}
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
LARGEST = 99_999
"""A list of more has no number format that means anything."""

_DRAWN = re.compile(r"[\s\ue000-\uf8ff•·●○■□◆◇▪▫◦‣∙⁃★☆➢➤✓✔Øülnuvqo§¨]*")
"""Bullets, also as the letters that symbol fonts draw them with."""
_ENDS_CLOSED = re.compile(r"[、，。．：:；）】〕》\]是要①-⑳⑴-⒛㈠-㈩㊀-㊉]$")
_ENDS_WESTERN = re.compile(r"[.)\u2014\u2013-]$")
_HAN_FIRST = re.compile(r"\s*[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“‘（《【\U00020000-\U0003ffff]")


def numeral(number: int, kind: str) -> str:
    """``number`` as the number format ``kind`` writes it."""
    kind = SAME.get(kind, kind)
    if kind == "none":
        return ""
    if not 0 < number <= LARGEST:
        return str(number)
    if signs := SIGNS.get(kind):
        return signs[number - 1] if number <= len(signs) else str(number)
    writer = WRITERS.get(kind)
    return writer(number) if writer else str(number)


def bullet(sign: str) -> str:
    """The sign in front of a list's paragraphs, if it is one that would be typed: —— stays, ● goes."""
    return "" if _DRAWN.fullmatch(sign) else sign


def joined(number: str, text: str, suffix: str = "tab") -> str:
    """A number and the text behind it, as it would have been typed: 一、总则, 1.总则, 第一章 总则, 1. Aims.

    ``suffix`` is the file's word for what stands between them: tab, space or nothing.
    """
    number = number.strip()
    if not number or not text.strip() or suffix == "nothing" or _ENDS_CLOSED.search(number):
        return f"{number}{text}"
    if _ENDS_WESTERN.search(number) and _HAN_FIRST.match(text):
        return f"{number}{text}"
    return f"{number} {text}"


def _counted(number: int, digits: str, units: tuple[str, str, str], zero: str) -> str:
    """Read aloud: 一千零一; ``units`` are the words for ten, a hundred and a thousand."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = zero if 0 < low < 1000 else ""
        return (
            f"{_counted(high, digits, units, zero)}万{gap}{_counted(low, digits, units, zero) if low else ''}"
        )
    written = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            written = digits[int(digit)] + (units[place - 1] if place else "") + written
        elif written and not written.startswith(zero):
            written = zero + written
    return written


def _counting(number: int) -> str:
    written = _counted(number, DIGITS, ("十", "百", "千"), "零")
    return written[1:] if 10 <= number < 20 else written


def _chinese_counting(number: int) -> str:
    return _counting(number) if number < 100 else _digital(number)


def _digital(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    written = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _letters(number: int) -> str:
    """a … z, aa, bb … as Word does; LibreOffice has an option for it."""
    times, position = divmod(number - 1, 26)
    return chr(ord("a") + position) * (times + 1) if times < 5 else str(number)


def _sexagenary(number: int) -> str:
    return STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12]


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


WRITERS: dict[str, Callable[[int], str]] = {
    "counting": _counting,
    "chineseCounting": _chinese_counting,
    "ideographDigital": _digital,
    "chineseLegalSimplified": lambda n: _counted(n, LEGAL, ("拾", "佰", "仟"), "零"),
    "ideographLegalTraditional": lambda n: _counted(n, LEGAL_TRADITIONAL, ("拾", "佰", "仟"), "零"),
    "ideographZodiacTraditional": _sexagenary,
    "decimalFullWidth": _full_width,
    "decimalZero": lambda n: f"{n:02d}",
    "numberInDash": lambda n: f"- {n} -",
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
}
