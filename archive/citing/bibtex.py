r"""BibTeX, for BibTeX and biblatex alike: @online with year and month for the one, date for the other.

Titles stand in double braces, which keeps their capitals. ``url`` is verbatim in both (biblatex manual 3.15, 2.2.1,
and \url), so there braces and backslashes are percent-encoded instead of escaped. A Chinese name stands in braces
too: it is one name, not a first and a last one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.citing.reference import Reference, is_chinese, one_line

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ESCAPES = str.maketrans(
    {
        **{char: f"\\{char}" for char in "%&#$_"},
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",  # \{ would still count where braces are paired
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        '"': "{''}",
    }
)
LINK = str.maketrans({char: f"%{ord(char):02X}" for char in '{}\\ "<>^`|'})


def bibtex(references: Iterable[Reference]) -> str:
    """The entries, apart by an empty line, each field on a line of its own."""
    return "\n".join(_entry(reference) for reference in references)


def _entry(reference: Reference) -> str:
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(reference))
    return f"@online{{{reference.key},\n{fields}}}\n"


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "title", f"{{{{{_escaped(reference.whole_title)}}}}}"
    if reference.speaker:
        name = _escaped(reference.speaker)
        whole = is_chinese(name) or " and " in name.lower()
        yield "author", f"{{{{{name}}}}}" if whole else f"{{{name}}}"
    if reference.date:
        yield "date", f"{{{reference.date}}}"
        yield "year", f"{{{reference.date[:4]}}}"
        for month in reference.date_parts[1:2]:
            yield "month", MONTHS[month - 1]
    for name, value in (
        ("organization", reference.site),
        ("eventtitle", reference.event),
        ("venue", reference.venue),
    ):
        if value:
            yield name, f"{{{_escaped(value)}}}"
    yield "url", f"{{{reference.url.translate(LINK)}}}"
    yield "urldate", f"{{{reference.accessed.isoformat()}}}"
    yield "langid", "{chinese}" if reference.language.startswith("zh") else "{english}"
    if reference.paragraph is not None:
        yield "note", f"{{第 {reference.paragraph} 段}}"


def _escaped(text: str) -> str:
    return one_line(text).translate(ESCAPES)
