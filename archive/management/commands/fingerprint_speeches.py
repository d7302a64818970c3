"""fingerprint_speeches: what finds the same words elsewhere, for every speech; and the ledger of formulas."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive import reuse
from archive.management.tables import demand_tables


class Command(BaseCommand):
    help = (
        "Store the fingerprints that are missing and count the formulas anew; safe to break off and repeat."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--check", action="store_true", help="only compare; exit 0 only when all is well")
        how.add_argument(
            "--repair", action="store_true", help="compare every row, and put right what differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demand_tables()
        if options["check"] or options["repair"]:
            self.compare(repair=options["repair"])
            return
        quiet = options["verbosity"] == 0
        # disable=None draws the bar on a terminal only.
        done = reuse.fill(lambda pks: tqdm(pks, unit="篇", leave=False, disable=quiet or None))
        formulas = None if reuse.formulas_are_current() else reuse.count_formulas()
        if not quiet:
            self.stdout.write(f"补建指纹 {done} 篇。")
            if formulas is not None:
                self.stdout.write(f"常用语已重新统计：{formulas} 条。")

    def compare(self, *, repair: bool) -> None:
        found = reuse.repair() if repair else reuse.problems()
        for problem in found:
            self.stderr.write(problem)
        if found:
            cure = "" if repair else "请运行 manage.py fingerprint_speeches --repair。"
            raise CommandError(f"指纹与讲话不一致：{len(found)} 处。{cure}", returncode=1)
        if repair:
            reuse.count_formulas()
        self.stdout.write("指纹与讲话一致。")
