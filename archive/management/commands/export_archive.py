"""export_archive: the whole archive in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive import backup
from archive.management.tables import demand_tables


class Command(BaseCommand):
    help = (
        "Write every speech, original and all that is known of them to one file, while the archive is in use."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            metavar="FILE.zip",
            help="what to write; an older one is replaced at the end, in one step",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demand_tables()
        path, quiet = options["file"].absolute(), options["verbosity"] == 0
        if path.is_dir() or not path.parent.is_dir():
            raise CommandError(f"不能写到 {path}：请给出一个文件名，它所在的文件夹要先建好。", returncode=2)
        try:
            done = backup.export(
                # disable=None draws the bar on a terminal only.
                path,
                lambda members, total: tqdm(
                    members, total=total, unit="项", leave=False, disable=quiet or None
                ),
            )
        except OSError as error:
            raise CommandError(
                f"没有导出：写 {path} 时出错（{error.strerror or error}）。原有的文件没有改动；"
                "请检查磁盘空间和权限后重试。",
                returncode=1,
            ) from error
        if not quiet:
            self.stdout.write(
                f"已导出 {done.counts['speeches']} 篇讲话、{done.counts['originals']} 个原始文件"
                f"（{done.size / 1e6:.1f} MB）。清单 SHA-256：{done.digest}"
            )
        for problem in done.problems:
            self.stderr.write(problem)
        if done.problems:
            raise CommandError(
                f"已导出，但有 {len(done.problems)} 处与入库时不同：请保留旧的备份，从中找回。", returncode=1
            )
