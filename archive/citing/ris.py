"""RIS, as EndNote, Zotero and NoteExpress read it: a web page (ELEC).

After the specification of Research Information Systems (2001): a tag of two letters, two blanks, a hyphen, a
blank; lines end with CR LF; TY comes first and ER last; dates are YYYY/MM/DD/ with what is not known left empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.citing.reference import Reference, one_line


def ris(references: Iterable[Reference]) -> str:
    return "".join(
        f"{tag}  - {one_line(value)}\r\n" for reference in references for tag, value in _fields(reference)
    )


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC"
    yield "TI", reference.whole_title
    if reference.date:
        year, month, day = (*reference.date.split("-"), "", "")[:3]
        yield "PY", year
        yield "DA", f"{year}/{month}/{day}/"
    given = (
        ("AU", reference.speaker),
        ("T2", reference.site),
        ("CY", reference.venue),
        ("LA", reference.language),
        ("UR", reference.url),
    )
    yield from ((tag, value) for tag, value in given if value)
    yield "Y2", reference.accessed.strftime("%Y/%m/%d/")
    if reference.event:
        yield "N1", reference.event
    if reference.paragraph is not None:
        yield "N1", f"第 {reference.paragraph} 段" + (f"：{reference.quote}" if reference.quote else "")
    yield "ER", ""
