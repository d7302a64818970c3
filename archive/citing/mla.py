"""MLA, 9th edition: a work on a site, as the CSL project's modern-language-association.csl sets it.

Double quotation marks inside the title become single ones and the reverse. The day of reading is told where the
work has no date. After a full-width ？ or ！ we put no full stop, where citeproc-js does,
and that after a closing Chinese quotation mark we leave outside.
"""

from __future__ import annotations

from archive.citing.reference import Reference, is_chinese, one_line
from archive.citing.runs import Run, stopped

MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
INNER = str.maketrans("“”‘’", "‘’“”")


def runs(reference: Reference) -> list[Run]:
    speaker = f"{stopped(one_line(reference.speaker))} " if reference.speaker else ""
    title = stopped(reference.whole_title.translate(INNER))
    begun: list[Run] = [(f"{speaker}“{title}” ", False)]
    if reference.site:
        begun += [(reference.site, not is_chinese(reference.site)), (", ", False)]
    date = _date(reference.date_parts)
    rest = (date, one_line(reference.event), one_line(reference.venue), f"{reference.url}.")
    accessed = reference.accessed
    read = (accessed.year, accessed.month, accessed.day)
    last = "" if date else f" Accessed {_date(read)}."
    return [*begun, (", ".join(filter(None, rest)) + last, False)]


def _date(parts: tuple[int, ...]) -> str:
    """20 Nov. 2022, or as much of it as is known."""
    named = (
        [str(parts[0]), *(MONTHS[month - 1] for month in parts[1:2]), *map(str, parts[2:])] if parts else []
    )
    return " ".join(reversed(named))
