"""Keeping the rows in step with the texts: which speeches lack theirs, and what no speech has any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from archive.compare import FINGERPRINTS
from archive.models import Clause, Fingerprint, Printed, Speech, SpeechQuerySet
from archive.reuse.entries import batches, forget, write

BATCH = 100  # speeches a transaction: one alone touches as many pages of the table


def missing() -> SpeechQuerySet:
    """The speeches whose fingerprints are not stored, or are those of another text or version."""
    current = Q(printed__digest=F("digest"), printed__version=FINGERPRINTS)
    return Speech.objects.exclude(pk__in=Speech.objects.filter(current).order_by().values("pk")).order_by(
        "pk"
    )


def complete() -> bool:
    """Whether as many speeches have fingerprints as there are: the quick question, asked for every page."""
    return Printed.objects.filter(version=FINGERPRINTS).count() >= Speech.objects.count()


def fill(watch: Callable[[list[int]], Iterable[int]] = iter) -> int:
    """Store what is missing, some speeches a transaction; how many that were.

    It can be broken off and begun again at any time. ``watch`` sees the keys pass: a progress bar.
    """
    if Printed.objects.exclude(version=FINGERPRINTS).exists():
        clear()
    done = 0
    for pks in batches(watch(list(missing().values_list("pk", flat=True))), BATCH):
        with transaction.atomic():
            speeches = list(Speech.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
            write(*speeches)
        done += len(speeches)
    return done


def clear() -> None:
    """Forget everything: what is stored was made another way."""
    with transaction.atomic():
        Printed.objects.all().delete()
        for model in (Fingerprint, Clause):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def problems() -> list[str]:
    """Every difference between the speeches and their fingerprints, a sentence each; every row is read."""
    found = [
        f"讲话 {pk} 没有指纹，或者指纹不是现在的正文的。" for pk in missing().values_list("pk", flat=True)
    ]
    expected = dict(Printed.objects.values_list("speech_id", "count"))
    counts = dict(_counts())
    found += [f"讲话 {pk} 的指纹不全。" for pk, count in expected.items() if counts.get(pk, 0) != count]
    found += [
        f"有 {count} 个指纹属于已经不在的讲话 {pk}。" for pk, count in counts.items() if pk not in expected
    ]
    return found


def repair() -> list[str]:
    """Make rows and speeches agree; what is still wrong afterwards."""
    fill()
    if problems():
        clear()
        fill()
    return problems()


def _counts() -> Iterator[tuple[int, int]]:
    table = connection.ops.quote_name(Fingerprint._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT speech_id, COUNT(*) FROM {table} GROUP BY speech_id")  # noqa: S608
        yield from cursor.fetchall()


def before_delete(sender: type[Speech], instance: Speech, **kwargs: Any) -> None:
    """A speech that goes takes its rows along, in the transaction that deletes it."""
    forget(instance.pk)
