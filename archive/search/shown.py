"""The speeches of one page of answers as the database has them: rows, which cost half of what objects do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from archive.models import Speech, iso_date
from archive.search.index import stamp

_FIELDS = (
    "pk", "digest", "title", "subtitle", "text", "kind", "characters", "speaker__name", "event__name",
    "date", "date_precision",
)  # fmt: skip


class Shown(NamedTuple):
    """A published speech without its outline; ``date`` is ISO in the precision that is known."""

    pk: int
    digest: str
    title: str
    subtitle: str
    text: str
    kind: str
    characters: int
    speaker: str | None
    event: str | None
    date: str | None

    @property
    def searched(self) -> str:
        """What offsets of hits refer to: the text, and the title after it (see index.missing_title)."""
        return f"{self.text}\n{self.title}"

    @property
    def fingerprint(self) -> str:
        """As index.fingerprint."""
        return stamp(self.digest, self.title, self.subtitle, self.date, self.kind, self.speaker, self.event)


def shown(pks: Iterable[int]) -> dict[int, Shown]:
    """Those of the speeches that are published, by key: one query."""
    rows = Speech.objects.published().filter(pk__in=list(pks)).order_by().values_list(*_FIELDS)
    found = {}
    for *facts, day, precision in rows:
        speech = Shown._make([*facts, iso_date(day, precision)])
        found[speech.pk] = speech
    return found
