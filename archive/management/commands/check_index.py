"""check_index: does the search index agree with the database?"""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import search
from archive.management.tables import demand_tables


class Command(BaseCommand):
    help = "Compare the search index with the database; exit 0 only when they agree."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="index what is missing; rebuild if need be")

    def handle(self, *args: Any, **options: Any) -> None:
        demand_tables()
        try:
            found = search.repair() if options["repair"] else search.problems()
        except search.IndexUnavailable as error:
            raise CommandError(str(error), returncode=1) from error
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"索引与数据库不一致：{len(found)} 处。", returncode=1)
        if options["verbosity"]:
            self.stdout.write(f"索引与数据库一致：{search.status().documents} 篇。")
