"""Whether the database is that of this version: asked by the commands that would else end in a traceback."""

from __future__ import annotations

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def demand_tables() -> None:
    """CommandError when the database is not, or not yet, that of this version."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("数据库还不是这一版程序的，请先运行 manage.py migrate。", returncode=1)
