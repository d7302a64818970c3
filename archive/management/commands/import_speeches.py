"""The command's door into the archive: files and folders, one transaction a file."""

from __future__ import annotations

import json
import os
import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from tqdm import tqdm

from archive import importing, readers, reuse, search
from archive.importing import Imported, Refused
from archive.management.tables import demand_tables
from archive.text import DecodingError, decode

STATUSES = ("imported", "updated", "unchanged", "duplicate", "failed")
WORDS = {"imported": "导入", "updated": "更新", "unchanged": "未变", "duplicate": "重复", "failed": "失败"}
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What a name may have in it that moves the cursor or turns the line."""


class Command(BaseCommand):
    help = "Import transcripts from files and folders."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=Path,
            metavar="PATH",
            help="A file, a .zip of files, or a folder to walk through.",
        )
        parser.add_argument(
            "-n",
            "--dry-run",
            action="store_true",
            help="Say what would be imported without writing anything.",
        )
        parser.add_argument(
            "--skip-known",
            action="store_true",
            help="Pass over files received before, also when an editor has deleted the speech since.",
        )
        parser.add_argument("--draft", action="store_true", help="Keep new speeches hidden from readers.")
        parser.add_argument("--encoding", help="Read every file in this encoding instead of detecting it.")
        parser.add_argument(
            "--format", choices=["text", "json"], default="text", help="json: one object a line."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        demand_tables()
        if options["encoding"]:
            self.check_encoding(options["encoding"])
        counts: Counter[str] = Counter(dict.fromkeys(STATUSES, 0))
        passed: list[str] = []
        files = finished(list(walk(options["paths"], passed)), options["paths"], passed)
        quiet = options["format"] == "json" or options["verbosity"] == 0
        with search.batch(patient=True):
            # disable=None draws the bar on a terminal only.
            for path, result in imported(
                tqdm(files, unit="篇", leave=False, disable=quiet or None), options, passed
            ):
                counts[result.status] += 1
                self.report(path, result, options)
        if not options["dry_run"] and not reuse.formulas_are_current():
            reuse.count_formulas()
        self.sum_up(counts, passed, options)
        if counts["failed"]:
            raise CommandError(f"{counts['failed']} 个文件没有导入，其余已处理。", returncode=1)

    def sum_up(self, counts: Counter[str], passed: list[str], options: dict[str, Any]) -> None:
        if options["verbosity"] > 0:
            for sentence in passed:
                self.stderr.write(self.style.WARNING(sentence))
        if options["format"] == "json":
            self.stdout.write(json.dumps({"summary": counts}, ensure_ascii=False))
        elif options["verbosity"] > 0:
            self.stdout.write("，".join(f"{WORDS[status]} {counts[status]} 篇" for status in STATUSES) + "。")

    def check_encoding(self, name: str) -> None:
        try:
            decode(b"", name)
        except DecodingError as error:
            raise CommandError(error.message, returncode=2) from None

    def report(self, path: Path, result: Imported, options: dict[str, Any]) -> None:
        shown = printable(path)
        if options["format"] == "json":
            self.stdout.write(json.dumps(as_json(shown, result), ensure_ascii=False))
            return
        verbosity = options["verbosity"]
        if result.status == "failed" and verbosity > 0:
            self.say(self.style.ERROR(f"{shown}：{result.error}"), self.stderr)
        elif verbosity > 1:
            title = result.speech.title if result.speech else result.outline and result.outline.title
            self.say(f"{shown}：{WORDS[result.status]} {title}（{result.encoding}）", self.stdout)
        kept = [note.message for note in result.notes if note.kind == "text_kept" and verbosity > 0]
        for message in kept:  # the file is not in the archive, and only the editor can change that
            self.say(self.style.WARNING(f"{shown}：{message}"), self.stderr)
        if verbosity > 2:
            for note in result.notes:
                self.say(f"  第 {note.line} 行 {note.kind}：{note.message}", self.stdout)

    def say(self, line: str, stream: OutputWrapper) -> None:
        """Write a line without tearing the progress bar."""
        with tqdm.external_write_mode():
            stream.write(line)


def walk(paths: list[Path], passed: list[str]) -> Iterator[Path]:
    """Every file named or found below a folder, in order, but hidden ones.

    Links inside folders may lead out of them or round in circles: ``passed`` tells of them instead. A folder
    that cannot be opened comes itself, to be refused like a file.
    """
    for path in paths:
        if not os.path.isdir(path):  # that of Path raises for what it may not look at
            yield path
            continue
        shut: list[OSError] = []
        for folder, names, files in os.walk(path, onerror=shut.append):
            found = [Path(folder, name) for name in sorted(names + files) if not readers.is_left_lying(name)]
            passed += [f"跳过链接：{printable(each)}" for each in found if each.is_symlink()]
            wanted = {each.name for each in found if not each.is_symlink()}
            names[:] = sorted(wanted.intersection(names))
            yield from (Path(folder, name) for name in sorted(wanted.intersection(files)))
        yield from (Path(error.filename) for error in shut)


def finished(files: list[Path], named: list[Path], passed: list[str]) -> list[Path]:
    """Without the files of a folder that are still being written; what is named itself is read as it is."""
    writing = importing.unfinished(set(files).difference(named))
    passed += [f"还没有写完，下次再导入：{printable(path)}" for path in files if path in writing]
    return [path for path in files if path not in writing]


def imported(
    files: Iterable[Path], options: dict[str, Any], passed: list[str]
) -> Iterator[tuple[Path, Imported]]:
    """Each file with what became of it; a dry run remembers what it has seen, for nothing is written."""
    seen: set[str] = set()
    for file in files:
        for path, result in import_file(file, options, passed):
            if options["dry_run"] and result.outline and result.status == "imported":
                text = result.outline.text
                result = replace(result, status="duplicate") if text in seen else result
                seen.add(text)
            yield path, result


def import_file(path: Path, options: dict[str, Any], passed: list[str]) -> Iterator[tuple[Path, Imported]]:
    """Read one file and import it, or each file in it if it is a .zip: ``a.zip/讲话.docx``."""
    try:
        data = read_file(path)
        pack = importing.unpack(data, path.name)
    except Refused as refused:
        yield path, Imported(path.name, "failed", code=refused.code, error=refused.message)
        return
    if pack is None:
        yield path, import_data(data, path, options)
        return
    if pack.passed_over:
        passed.append(f"{printable(path)}：跳过系统文件 {pack.passed_over} 个")
    for member in pack.members:
        inside = path / member.path
        if error := member.refusal:
            yield inside, Imported(member.name, "failed", code=error.code, error=error.message)
        else:
            yield inside, import_data(member.data, inside, options)


def read_file(path: Path) -> bytes:
    """The bytes of a file. A file that cannot be read is refused like one that cannot be parsed."""
    try:
        if path.is_dir():
            raise Refused("unreadable", "文件夹打不开，里面的文件没有导入，请检查权限。")
        if path.exists() and not path.is_file():
            raise Refused("not_a_file", "不是普通文件，请检查路径。")
        # One byte more than is allowed, so that the importer sees that it is too much.
        with path.open("rb") as file:
            return file.read(settings.ARCHIVE_MAX_UPLOAD_MB * 2**20 + 1)
    except FileNotFoundError:
        raise Refused("vanished", "文件不存在，请检查路径。") from None
    except OSError as error:
        raise Refused("unreadable", f"文件无法读取（{error.strerror}），请检查权限。") from None


def import_data(data: bytes, path: Path, options: dict[str, Any]) -> Imported:
    """Import the bytes that came from ``path``."""
    if options["skip_known"] and (known := importing.received_before(data)):
        return Imported(path.name, "unchanged", speech=known.speeches.first(), encoding=known.encoding)
    return importing.import_bytes(
        data,
        path.name,
        encoding=options["encoding"],
        path=printable(path.resolve()),
        draft=options["draft"],
        dry_run=options["dry_run"],
    )


def printable(path: Path) -> str:
    """The path as one line that can be printed and stored, also when its bytes are no UTF-8."""
    text = str(path).encode("utf-8", "backslashreplace").decode()
    return CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def as_json(path: str, result: Imported) -> dict[str, Any]:
    speech, outline = result.speech, result.outline
    return {
        "path": path,
        "status": result.status,
        "id": speech.pk if speech else None,
        "title": speech.title if speech else outline.title if outline else None,
        "sections": len(outline.sections) if outline else speech.sections.count() if speech else 0,
        "characters": len(outline.text) if outline else speech.characters if speech else 0,
        "encoding": result.encoding,
        "notes": [{"line": n.line, "kind": n.kind, "message": n.message} for n in result.notes],
        "error": result.error or None,
    }
