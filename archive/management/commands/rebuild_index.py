"""rebuild_index: a new search index, built beside the one in use.

In place of Haystack's command of this name, which deletes the index first; takes the same options.
"""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from archive import search


class Command(BaseCommand):
    help = "Build the search index anew from the database; readers keep the old one until it is done."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        same = parser.add_argument_group(
            "as in Haystack's command", "accepted, so that scripts need not change; none has an effect here"
        )
        same.add_argument("--noinput", "--no-input", action="store_false", dest="interactive")
        same.add_argument("--nocommit", action="store_false", dest="commit")
        same.add_argument("-u", "--using", action="append", default=[])
        same.add_argument("-k", "--workers", type=int, default=0)
        same.add_argument("-b", "--batch-size", type=int, dest="batchsize")
        same.add_argument("-t", "--max-retries", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        try:
            count = search.rebuild(lambda speeches: tqdm(speeches, unit="篇", disable=quiet or None))
        except search.IndexUnavailable as error:
            raise CommandError(str(error), returncode=1) from error
        if not quiet:
            self.stdout.write(f"索引已重建：{count} 篇。")
