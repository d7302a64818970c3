"""GB/T 7714, the Chinese standard for references: electronic resource, numeric system, without the number.

Of 2025 (in force since 2026-07-01; full-width brackets around the date) and of 2015 (ASCII
brackets, Latin names in capitals), as the CSL project's
china-national-standard-gb-t-7714-2025-numeric and -2015-numeric set a web page. Who spoke is left out where it is
not known (8.1.5 of 2015 allows that in the numeric system), and so is the date.
"""

from __future__ import annotations

from archive.citing.reference import Reference, one_line
from archive.citing.runs import Run, stopped


def of_2025(reference: Reference) -> list[Run]:
    return _set(reference, reference.speaker, "（{}）")


def of_2015(reference: Reference) -> list[Run]:
    return _set(reference, reference.speaker.upper(), "({})")


def _set(reference: Reference, name: str, bracketed: str) -> list[Run]:
    speaker = f"{stopped(one_line(name))} " if name else ""
    date = bracketed.format(reference.date) if reference.date else ""
    accessed = reference.accessed.isoformat()
    return [(f"{speaker}{reference.whole_title}[EB/OL]. {date}[{accessed}]. {reference.url}.", False)]
