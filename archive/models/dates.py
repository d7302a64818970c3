"""Dates as exactly as they are known: 2022-11-20, 2022-11 or 2022."""

from __future__ import annotations

import calendar
import datetime


def iso_date(date: datetime.date | None, precision: str) -> str | None:
    """A date in the precision that is known: "2022-11-20", "2022-11", "2022" or None."""
    return None if date is None else date.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def span_of(partial: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day of 2022, 2022-11 or 2022-11-20."""
    year, month, day = (*map(int, partial.split("-")), 0, 0)[:3]
    if not month:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    last = day or calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day or 1), datetime.date(year, month, last)
