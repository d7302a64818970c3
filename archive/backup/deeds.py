"""The log of who did what: out a year a member, and back beside the log that is there, never in its place.

Entries have no numbers in the file: what makes one is who did what, to what, and when. So an entry that is there
already is not written twice, and the order is the same wherever it was restored. Of what is no part of the file,
accounts above all, only the name is kept: elsewhere the number would be somebody else's.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from archive.backup.members import encoded_lines
from archive.backup.tables import DEEDS, Names, Record, as_record
from archive.models import Deed, Speech

OURS = Speech._meta.app_label + "."
KIND = re.compile(r"[a-z0-9_]{1,100}\.[a-z0-9_]{1,100}")


def member_of(year: int) -> str:
    """What the entries of a year are called in the file."""
    return f"deeds/{year:04}.jsonl"


def kinds() -> dict[int, str]:
    """What each kind of object is called in the file, by its key."""
    return {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}


class Kinds(dict[str, int]):
    """The key of each kind of object by what it is called; one that only another version has is told apart, too."""

    def __init__(self) -> None:
        super().__init__((name, pk) for pk, name in kinds().items())

    def __missing__(self, name: str) -> int:
        if not KIND.fullmatch(name):
            raise ValueError(name)
        label, _dot, model = name.partition(".")
        self[name] = ContentType.objects.get_or_create(app_label=label, model=model)[0].pk
        return self[name]


def years() -> list[int]:
    """In which of them, by UTC, somebody did something."""
    found = Deed.objects.datetimes("action_time", "year", tzinfo=datetime.UTC)
    return [each.year for each in found]


def lines(year: int, names: Names) -> tuple[int, bytes]:
    """How many entries a year has, and their lines, in an order that does not depend on their keys."""
    first = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
    deeds = Deed.objects.filter(action_time__gte=first)
    if year < datetime.MAXYEAR:
        deeds = deeds.filter(action_time__lt=first.replace(year=year + 1))
    found = sorted(encoded_lines([_as_record(deed, names)]) for deed in deeds.iterator())
    return len(found), b"".join(found)


def _as_record(deed: LogEntry, names: Names) -> Record:
    record = as_record(DEEDS, deed, names)
    return record if _is_ours(record["content_type"]) else {**record, "object_id": None}


def _is_ours(kind: str | None) -> bool:
    return kind is not None and kind.startswith(OURS)


class Known:
    """The entries that were here before a file was restored."""

    def __init__(self) -> None:
        self._ours = {pk for pk, kind in kinds().items() if _is_ours(kind)}
        self._counts = Counter(map(self._digest, Deed.objects.iterator()))

    def without(self, deeds: Iterable[Deed]) -> Iterator[Deed]:
        """Those that are not here yet; who did the same twice at once did it twice."""
        for deed in deeds:
            digest = self._digest(deed)
            if self._counts[digest]:
                self._counts[digest] -= 1
            else:
                yield deed

    def _digest(self, deed: LogEntry) -> bytes:
        told: tuple[Any, ...] = (
            deed.action_time.astimezone(datetime.UTC).isoformat(),
            deed.user_id,
            deed.content_type_id,
            deed.object_id if deed.content_type_id in self._ours else None,
            deed.object_repr,
            deed.action_flag,
            deed.change_message,
        )
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).digest()
