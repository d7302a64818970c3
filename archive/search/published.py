"""Which speeches the database shows: asked at every search, so it is asked in SQL that is written once.

Django takes longer to write these two questions than the database to answer them.
"""

from __future__ import annotations

import functools

from django.db import connection
from django.db.models import CharField, Count, F, Sum, Value
from django.db.models.functions import Cast

from archive.models import Alias, Speech

Sql = tuple[str, tuple[str | int, ...]]
Aliases = tuple[tuple[str, str], ...]


def keys() -> set[int]:
    """The keys of the published speeches."""
    with connection.cursor() as cursor:
        cursor.execute(*_keys())
        return {key for (key,) in cursor.fetchall()}


def tally() -> str:
    """Another text whenever the keys or the aliases are others, without reading every key.

    Two sets of the same size and the same sums of keys and of their squares would be taken for one.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_tally())
        return repr(sorted(cursor.fetchall()))


def aliases() -> Aliases:
    """The other names of speakers, each with the name that the index knows them by."""
    with connection.cursor() as cursor:
        cursor.execute(*_aliases())
        return tuple((alias, name) for alias, name in cursor.fetchall())


@functools.cache
def _keys() -> Sql:
    return Speech.objects.published().order_by().values_list("pk").query.sql_with_params()


@functools.cache
def _tally() -> Sql:
    """One row of the published speeches, and one of each alias: one question, since it is asked so often."""
    shown = Speech.objects.published().order_by().values("published")
    counted = shown.annotate(
        n=Cast(Count("pk"), CharField()),
        keys=Cast(Sum("pk"), CharField()),
        squares=Cast(Sum(F("pk") * F("pk")), CharField()),
    )
    called = Alias.objects.order_by().values_list("name", "speaker__name", Value(""))
    both = counted.values_list("n", "keys", "squares").union(called, all=True)
    return both.query.sql_with_params()


@functools.cache
def _aliases() -> Sql:
    return Alias.objects.order_by("name").values_list("name", "speaker__name").query.sql_with_params()


def latest() -> list[int]:
    """The keys of the published speeches, those published last first."""
    return list(Speech.objects.published().latest_published().values_list("pk", flat=True))
