"""The formulas that most published speeches have, for a page that has no time to check the whole ledger."""

from __future__ import annotations

from collections.abc import Iterable

from archive.models import Formula, Speech
from archive.reuse.entries import recurring
from archive.reuse.ledger import formulas_are_current

LOOKED_AT = 400  # formulas; most of them are variants of each other
SPARE = 10  # checked besides, for what was withdrawn since may leave some with too few
ALIKE = 6  # letters in a row: formulas that share so many are variants


def commonest(most: int) -> list[tuple[str, int]]:
    """So many formulas with the number of published speeches that have each, commonest first, no two alike.

    Members that are no longer published are not counted, and what is left too rare is none.
    """
    rows = Formula.objects.values_list("pk", "letters", "text", "speeches")[:LOOKED_AT]
    if formulas_are_current():
        return [(text, n) for _pk, _letters, text, n in unlike(rows)][:most]
    chosen = [pk for pk, _letters, _text, _n in unlike(rows)][: most + SPARE]
    published = set(Speech.objects.published().order_by().values_list("pk", flat=True))
    members = Formula.objects.filter(pk__in=chosen).values_list("text", "members")
    found = [(text, len(published.intersection(pks))) for text, pks in members]
    least = recurring(len(published))
    return sorted(((text, n) for text, n in found if n >= least), key=lambda pair: -pair[1])[:most]


def unlike(rows: Iterable[tuple[int, str, str, int]]) -> list[tuple[int, str, str, int]]:
    """Those of the formulas that share no run of letters with a commoner one."""
    seen: set[str] = set()
    found = []
    for row in rows:
        letters = row[1]
        runs = {letters[at : at + ALIKE] for at in range(max(1, len(letters) - ALIKE + 1))}
        if seen.isdisjoint(runs):
            found.append(row)
        seen |= runs
    return found
