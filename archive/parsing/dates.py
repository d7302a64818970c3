"""Dates as a byline writes them, in the precision it gives.

Python's ``\\d`` and ``int`` know full-width digits, so nothing is normalised and offsets stay true.
Years of the Republic (民國113年) stay undated on purpose, as do 十月二十日 and 去年.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from archive.parsing.numerals import number

_Y = r"[〇零○Ｏ一二三四五六七八九]{4}"
_MD = "[一二三四五六七八九十〇零○]{1,3}"
_FORMS = (
    re.compile(
        rf"(?P<y>\d{{1,6}}|{_Y})\s?年\s?(?P<m>\d{{1,2}}|{_MD})\s?月\s?(?:(?P<d>\d{{1,2}}|{_MD})\s?[日号號])?"
    ),
    re.compile(r"(?<![\d.])(?P<y>\d{4})(?P<s>[-/.．－])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d.])"),
    re.compile(r"(?<![\d.])(?P<y>\d{4})[-/](?P<m>\d{1,2})(?![\d./-])"),
)
_YEAR = re.compile(rf"(?<!\d)(?P<y>\d{{4}}|{_Y})\s?年(?![度代级級初底末])")
_MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
_ENGLISH = (
    re.compile(r"\b(?P<m>[A-Z][a-z]{2,8})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})\b"),
    re.compile(r"\b(?P<d>\d{1,2})(?:st|nd|rd|th)? (?P<m>[A-Z][a-z]{2,8})\.?,? (?P<y>\d{4})\b"),
)
_REPUBLIC = ("民国", "民國")
EARLIEST = 1000
"""Years below are misprints or other calendars."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a line: where it stands, and its ISO form, or None for a date that does not exist."""

    start: int
    end: int
    iso: str | None


def find_date(text: str) -> Found | None:
    """The first date of ``text`` with at least a month."""
    found = [_read(match) for form in _FORMS if (match := form.search(text))]
    found += [date for form in _ENGLISH if (match := form.search(text)) and (date := _read_english(match))]
    found = [date for date in found if not text[: date.start].rstrip().endswith(_REPUBLIC)]
    return min(found, key=lambda date: (date.start, -date.end), default=None)


def find_years(text: str) -> list[Found]:
    """The years that stand alone in ``text``: 2022年, but not 2022年度 nor 二十年."""
    return [
        Found(match.start(), match.end(), f"{_value(match['y']):04d}")
        for match in _YEAR.finditer(text)
        if not text[: match.start()].endswith(_REPUBLIC)
    ]


def is_future(iso: str, today: datetime.date) -> bool:
    """Whether the whole of ``iso`` (a day, month or year) lies after ``today``."""
    return iso > today.isoformat()[: len(iso)]


def _read(match: re.Match[str]) -> Found:
    parts = match.groupdict()
    day = _value(parts["d"]) if parts.get("d") else None
    return Found(match.start(), match.end(), _iso(_value(parts["y"]), _value(parts["m"]), day))


def _read_english(match: re.Match[str]) -> Found | None:
    name = match["m"].lower()
    month = next((i for i, full in enumerate(_MONTHS, start=1) if full.startswith(name[:3])), None)
    if month is None or not _MONTHS[month - 1].startswith(name.removesuffix("t")):
        return None
    return Found(match.start(), match.end(), _iso(int(match["y"]), month, int(match["d"])))


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    return number(numeral.replace("Ｏ", "〇")) or 0


def _iso(year: int, month: int, day: int | None) -> str | None:
    if year < EARLIEST:
        return None
    try:
        full = datetime.date(year, month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return full if day is not None else full[:7]
