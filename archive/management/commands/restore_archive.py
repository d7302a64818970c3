"""restore_archive: an exported archive, back in the database."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive import backup, search
from archive.management.tables import demand_tables

WORDS = {
    "speeches": "篇讲话",
    "originals": "个原始文件",
    "speakers": "位讲话人",
    "aliases": "个别名",
    "events": "个场合",
    "deeds": "条操作记录",
}


class Command(BaseCommand):
    help = "Bring back an archive that export_archive wrote: all of it or, when anything is wrong, nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip", help="what export_archive wrote")
        parser.add_argument(
            "--check", action="store_true", help="only verify the file; exit 0 only when it is whole"
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="put it in the place of everything that the archive holds now",
        )
        parser.add_argument(
            "--noinput", "--no-input", action="store_false", dest="interactive", help="do not ask before"
        )
        parser.add_argument(
            "--max-gb",
            type=float,
            default=backup.DEFAULT_GB,
            metavar="N",
            help="how large it may be unpacked (default %(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = options["verbosity"] == 0
        try:
            if options["check"]:
                counts = self.verify(options)
            else:
                counts = self.restore(options)
        except (backup.Damaged, backup.NotEmpty) as error:
            raise CommandError(str(error), returncode=1) from error
        except OSError as error:
            raise CommandError(
                f"读 {options['file']} 时出错（{error.strerror or error}），请检查路径和权限。", returncode=1
            ) from error
        if not self.quiet:
            self.stdout.write(f"{'备份完好' if options['check'] else '已恢复'}：{said(counts)}。")

    def verify(self, options: dict[str, Any]) -> dict[str, int]:
        with backup.opened(options["file"], options["max_gb"]) as package:
            backup.verify(package, self.bar)
            return package.manifest.counts

    def restore(self, options: dict[str, Any]) -> dict[str, int]:
        demand_tables()
        if options["replace"] and options["interactive"]:
            self.ask()
        counts = backup.restore(
            options["file"], replace=options["replace"], max_gb=options["max_gb"], watch=self.bar
        )
        try:
            backup.complete(self.bar, self.bar)
        except search.IndexUnavailable as error:
            raise CommandError(
                f"讲话已恢复，但索引没有建好：{error}之后请运行 manage.py rebuild_index。", returncode=1
            ) from error
        return counts

    def ask(self) -> None:
        now = backup.holdings()
        if not any(now.values()):
            return
        try:
            answer = input(f"现有的{said(now)}将被备份替换，不能撤销。输入“替换”继续：")
        except EOFError:
            answer = ""
        if answer.strip() != "替换":
            raise CommandError("没有恢复，什么也没有改动。不想被问，请加 --noinput。", returncode=1)

    def bar(self, things: Iterable[Any], total: int | None = None) -> Iterable[Any]:
        # disable=None draws the bar on a terminal only.
        bar: Iterable[Any] = tqdm(things, total=total, unit="篇", leave=False, disable=self.quiet or None)
        return bar


def said(counts: dict[str, int]) -> str:
    return "、".join(f"{counts[name]} {word}" for name, word in WORDS.items() if name in counts)
