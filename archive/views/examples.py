"""Three queries for whoever does not know what to ask: words, exact words, one or the other. Each has an answer.

They are made of what stands in this archive: its formulas, and the headings of its latest speeches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.models import Section, Speech

LOOKED_AT = 20  # speeches whose headings are looked at
_SHORT = re.compile("[\u4e00-\u9fff]{4,13}")
_JOINED = re.compile("[或与和非]")  # reads as if it were part of the query language


def examples(formulas: Iterable[str]) -> list[str]:
    """At most three queries; none in an archive without short formulas and headings."""
    said = [text for text in formulas if _fits(text)]
    headed = [heading for heading in headings() if heading not in said]
    words = said[:1] or headed[:1]
    exact = [each for each in headed if each not in words][:1]
    others = [each for each in (*said, *headed) if each not in (*words, *exact)][:2]
    queries = [*words, *(f"“{each}”" for each in exact)]
    return [*queries, " OR ".join(others)] if len(others) == 2 else queries


def _fits(text: str) -> bool:
    return bool(_SHORT.fullmatch(text)) and not _JOINED.search(text)


def headings() -> list[str]:
    """Short headings of the latest speeches, the shortest first."""
    latest = list(Speech.objects.published().newest().values_list("pk", flat=True)[:LOOKED_AT])
    rows = Section.objects.filter(speech__in=latest, kind=Section.Kind.BODY, depth__lte=2).order_by()
    found = {heading for heading in rows.values_list("heading", flat=True) if _fits(heading)}
    return sorted(found, key=lambda heading: (len(heading), heading))
