"""The last number given to a speech: the next one gets a higher one, also when the last has been deleted since.

Databases keep it beside the table; a link to a deleted speech must never lead to another one.
"""

from __future__ import annotations

from django.core.management.color import no_style
from django.db import connection

from archive.backup.tables import SPEECHES, TABLES
from archive.models import Speech


def last_speech() -> int:
    """The highest number that a speech ever had; 0 for none."""
    newest = Speech.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute(*_asked())
        row = cursor.fetchone()
    return max(newest, row[0] if row and row[0] else 0)


def _asked() -> tuple[str, list[str]]:
    table = SPEECHES.model._meta.db_table
    if connection.vendor == "sqlite":
        return "SELECT seq FROM sqlite_sequence WHERE name = %s", [table]
    sequence = f"pg_get_serial_sequence('{table}', 'id')"  # a name of ours
    return (
        f"SELECT last_value FROM pg_sequences WHERE format('%%I.%%I', schemaname, sequencename) = {sequence}",  # noqa: S608
        [],
    )


def go_on_after(last: int) -> None:
    """Let new rows of all tables get numbers of their own, and new speeches higher ones than ``last``."""
    table = SPEECHES.model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            return
        models = [each.model for each in TABLES]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if last:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [last])
