"""APA, 7th edition: a web page (section 10.16 of the manual), as the CSL project's apa.csl sets it.

Names stand as the archive has them, for it does not know which part is the family name. A work without a date is
"n.d." and tells when it was read. After a full-width ？ or ！ we put no full stop, where citeproc-js does,
and that after a closing Chinese quotation mark we leave outside.
"""

from __future__ import annotations

import datetime

from archive.citing.reference import Reference, one_line
from archive.citing.runs import Run, stopped

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def runs(reference: Reference) -> list[Run]:
    title = reference.whole_title
    set_title = [(title, True), (stopped(title)[len(title) :], False)]
    date = (f"({_date(reference.date_parts)}).", False)
    if reference.speaker:
        begun = [(f"{stopped(one_line(reference.speaker))} ", False), date, (" ", False), *set_title]
    else:
        begun = [*set_title, (" ", False), date]
    occasion = ", ".join(filter(None, map(one_line, (reference.event, reference.venue))))
    rest = "".join(f" {stopped(each)}" for each in (occasion, reference.site) if each)
    found = "" if reference.date else f"Retrieved {_day(reference.accessed)}, from "
    return [*begun, (f"{rest} {found}{reference.url}", False)]


def _date(parts: tuple[int, ...]) -> str:
    if not parts:
        return "n.d."
    after = [MONTHS[parts[1] - 1]] if len(parts) > 1 else []
    after += [str(part) for part in parts[2:]]
    return ", ".join(filter(None, (str(parts[0]), " ".join(after))))


def _day(day: datetime.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
