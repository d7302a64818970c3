"""An untrusted file -> members that are what the manifest says, or a sentence with the cure.

Nothing is ever unpacked to the disk, and nothing is read that the manifest does not vouch for. What a file can
cost is bounded before it is read: its members, the size of each, and of all together.
"""

from __future__ import annotations

import errno
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from archive.backup.members import FORMAT, MANIFEST, NAME, Manifest, Member, app_version, member

MOST_MEMBERS = 2_000_000
MOST_MANIFEST = 400 * 2**20  # bytes; a member takes some 150
LARGEST = (
    256 * 2**20
)  # bytes of a member, at least; a speech's outline is a few times as large as its original
DEFAULT_GB = 20  # of all members together

# What zipfile raises for damaged files, beside OSError for a disk that cannot be read.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Damaged(ValueError):
    """The file cannot be restored: a sentence that contains the cure."""


@contextmanager
def _broken_is(damaged: Damaged) -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise damaged from error
    except OSError as error:
        if error.errno == errno.EINVAL:  # led to a place before the beginning
            raise damaged from error
        raise


class Package:
    """An open backup. ``read`` gives a member's bytes, each time checked against the manifest."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, max_gb: float) -> None:
        self._path, self._zip = path, archive
        names = archive.namelist()
        if len(names) > MOST_MEMBERS:
            raise Damaged(_("压缩包里有 %d 个文件，多得不像备份；没有读取。请核对文件来源。") % len(names))
        self.manifest = self._manifest()  # first: another version may have other members
        for name in names:
            if name != MANIFEST and not NAME.fullmatch(name):
                raise Damaged(
                    _("压缩包里有不属于备份的文件：%s。请用 export_archive 导出的原文件，不要重新打包。")
                    % printable(name)
                )
        if len(set(names)) != len(names):
            raise Damaged(_("压缩包里有重名的文件。请用 export_archive 导出的原文件，不要重新打包。"))
        self._check_names(set(names) - {MANIFEST})
        self._check_sizes(max_gb)

    def read(self, name: str) -> bytes:
        expected = self.manifest.members.get(name)
        if expected is None:
            raise Damaged(_("备份不完整：缺少 %s。请用另一份备份。") % name)
        data = self._bytes(name, expected.size)
        if member(data) != expected:
            raise self._spoilt(name)
        return data

    def _bytes(self, name: str, most: int) -> bytes:
        """At most one byte more than ``most``."""
        info = self._zip.getinfo(name)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self._spoilt(name)
        with _broken_is(self._spoilt(name)), self._zip.open(info) as file:
            return file.read(most + 1)

    def _spoilt(self, name: str) -> Damaged:
        return Damaged(_("备份已损坏：%s 与清单不符。请重新复制这份备份，或用另一份。") % name)

    def _manifest(self) -> Manifest:
        if MANIFEST not in self._zip.namelist():
            raise Damaged(_("压缩包里没有 %s，不是 export_archive 导出的备份。请核对文件。") % MANIFEST)
        data = self._bytes(MANIFEST, MOST_MANIFEST)
        try:
            if len(data) > MOST_MANIFEST:
                raise ValueError("too large")
            said = json.loads(data)
            _check_format(said["format"], str(said["app"]))
            return _as_manifest(said)
        except Damaged:
            raise
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self._spoilt(MANIFEST) from error

    def _check_names(self, names: set[str]) -> None:
        listed = set(self.manifest.members)
        if missing := sorted(listed - names):
            raise Damaged(_("备份不完整：缺少 %s。请用另一份备份。") % _some(missing))
        if extra := sorted(names - listed):
            raise Damaged(
                _("压缩包里有清单没有列出的文件：%s。请用 export_archive 导出的原文件，不要重新打包。")
                % _some(extra)
            )

    def _check_sizes(self, max_gb: float) -> None:
        sizes = {name: each.size for name, each in self.manifest.members.items()}
        largest = max(LARGEST, 8 * settings.ARCHIVE_MAX_UPLOAD_MB * 2**20)
        for name, size in sizes.items():
            if size > largest:
                raise Damaged(
                    _(
                        "%(name)s 解开后有 %(n)d MB，超过上限。如确认来源可靠，请调大 ARCHIVE_MAX_UPLOAD_MB 再恢复。"
                    )
                    % {"name": name, "n": size // 2**20}
                )
        if sum(sizes.values()) > max_gb * 2**30:
            raise Damaged(
                _("备份解开后有 %(n).1f GB，超过 %(most)g GB 的上限。如确认来源可靠，请加 --max-gb 调大。")
                % {"n": sum(sizes.values()) / 2**30, "most": max_gb}
            )


def _check_format(number: Any, app: str) -> None:
    if type(number) is not int or number < 1:
        raise ValueError(number)
    if number > FORMAT:
        raise Damaged(
            _("备份是第 %(format)d 版格式（由程序 %(app)s 版导出），本程序（%(own)s 版）只认识到第 %(known)d 版。"
              "请先升级程序再恢复。")
            % {"format": number, "app": printable(app), "own": app_version(), "known": FORMAT}
        )  # fmt: skip


def _as_manifest(said: dict[str, Any]) -> Manifest:
    members = {name: Member(each["size"], each["sha256"]) for name, each in said["members"].items()}
    counts, last = said["counts"], said["last_speech"]
    numbers = [last, *counts.values(), *(each.size for each in members.values())]
    if not all(type(number) is int and 0 <= number < 2**63 for number in numbers):
        raise ValueError("a number is none")
    return Manifest(said["format"], str(said["app"]), dict(counts), last, members)


def _some(names: list[str]) -> str:
    shown = "、".join(printable(name) for name in names[:3])
    return _("%(names)s 等 %(n)d 个") % {"names": shown, "n": len(names)} if len(names) > 3 else shown


def printable(name: str) -> str:
    """A name that somebody else chose, without what a terminal would obey."""
    return ascii(name)[1:-1] if not name.isprintable() else name[:200]


@contextmanager
def opened(path: Path, max_gb: float = DEFAULT_GB) -> Iterator[Package]:
    """Damaged when it is no backup, or not a whole one; OSError when it cannot be read."""
    none = Damaged(
        _("%s 不是备份，或者不完整（复制时中断？）。请重新复制，或用另一份备份。") % printable(path.name)
    )
    with _broken_is(none):
        archive = zipfile.ZipFile(path)
    with archive:
        yield Package(path, archive, max_gb)
