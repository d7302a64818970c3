"""The record of a commit: which files make up the index, and what is in them.

Written last, in one step: before it is there the commit has not happened, and what it does not name is litter.
Whoever opens the index opens what the record names and nothing else, and each file only after its SHA-256 has
been seen to agree. Files of an index never change once written, so a process hashes each of them once, and
again when its signature (archive.search.engine.disk) is another.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from archive.search.engine.disk import Signature, damaged, missing, put, sha256, signature, unreadable
from archive.search.engine.fields import SCHEMA_VERSION
from archive.search.engine.view import CURE
from archive.search.results import IndexUnavailable

NAME = "COMMIT"
WORDS = "jieba 0.42.1, stock dictionary, no HMM"

Seen = tuple[Signature, str]  # a file's signature, and the SHA-256 of what was behind it


@dataclass(frozen=True, slots=True)
class Record:
    """One commit. ``files``: size and SHA-256 by name; ``toc`` is the number of Whoosh's table of contents.

    ``ready`` tells an index that has been live from one that is still being filled.
    """

    toc: int
    documents: int
    files: dict[str, list[int | str]]
    ready: bool
    schema: int
    words: str
    digest: str = field(default="", compare=False)

    @property
    def table(self) -> str:
        """The file that holds the table of contents."""
        return f"_MAIN_{self.toc}.toc"

    @classmethod
    def of_nothing(cls) -> Record:
        """What a first commit follows."""
        return cls(-1, 0, {}, False, SCHEMA_VERSION, WORDS)

    @classmethod
    def read(cls, generation: Path) -> Record:
        """IndexUnavailable when there is none, or it is not as it was written."""
        try:
            lines = (generation / NAME).read_bytes().split(b"\n")
        except OSError as error:
            if (generation / "manifest.json").exists():  # the first version kept no records
                raise IndexUnavailable(f"索引属于另一个版本。{CURE}") from None
            name = f"{generation.name}/{NAME}"
            gone = isinstance(error, FileNotFoundError | NotADirectoryError)
            raise IndexUnavailable(missing(name) if gone else unreadable(name, error)) from error
        if len(lines) != 3 or lines[2] or hashlib.sha256(lines[0]).hexdigest().encode() != lines[1]:
            raise IndexUnavailable(damaged(f"{generation.name}/{NAME}"))
        try:
            record = cls(**json.loads(lines[0]), digest=lines[1].decode())
        except (TypeError, ValueError):  # a later version knows other facts
            raise IndexUnavailable(f"索引属于另一个版本。{CURE}") from None
        return record

    def write(self, generation: Path) -> Record:
        """Make this the commit that counts; what it names must be durable already."""
        facts = asdict(self)
        del facts["digest"]
        line = json.dumps(facts)
        digest = hashlib.sha256(line.encode()).hexdigest()
        put(generation / NAME, f"{line}\n{digest}\n")
        return replace(self, digest=digest)

    def check_version(self) -> None:
        """IndexUnavailable when code of another version wrote the index."""
        if (self.schema, self.words) != (SCHEMA_VERSION, WORDS):
            raise IndexUnavailable(f"索引属于另一个版本。{CURE}")


class Verified:
    """What one process knows of the files of a generation: which content was seen behind which signature.

    Threads share it without a lock: what one of them forgets of another's is hashed once more.
    """

    def __init__(self, generation: Path) -> None:
        self._path = generation
        self._known: dict[str, Seen] = {}

    def signatures(self, record: Record) -> dict[str, Signature]:
        """The files of a commit, each as it was when its hash agreed. IndexUnavailable when one does not."""
        seen = self._look_into(record)
        for problem in self._problems(record, seen):
            raise IndexUnavailable(problem)
        return {name: mark for name, (mark, _) in seen.items()}

    def problems(self, record: Record) -> list[str]:
        """A sentence for each file that is not as the record says."""
        return list(self._problems(record, self._look_into(record)))

    def _look_into(self, record: Record) -> dict[str, Seen]:
        known, seen = self._known, {}
        for name in record.files:
            if found := self._hashed(name, known.get(name)):
                seen[name] = found
        self._known = seen
        return seen

    def _problems(self, record: Record, seen: dict[str, Seen]) -> Iterator[str]:
        for name, (_, digest) in record.files.items():
            shown = f"{self._path.name}/{name}"
            if name not in seen:
                yield missing(shown)
            elif seen[name][1] != digest:
                yield damaged(shown)

    def _hashed(self, name: str, known: Seen | None) -> Seen | None:
        """The signature and SHA-256 of a file, None when it is gone; hashed again only when it has changed."""
        path = self._path / name
        for _ in range(3):
            mark = signature(path)
            if mark is None:
                break
            if known and known[0] == mark:
                return known
            try:
                known = (mark, sha256(path))
            except FileNotFoundError:
                break
            except OSError as error:
                raise IndexUnavailable(unreadable(f"{self._path.name}/{name}", error)) from error
        return None

    def changed(self, record: Record) -> bool:
        """Whether a file is not the one that was hashed. A look at each, not into it."""
        known, folder = self._known, f"{self._path}{os.sep}"
        return any(name not in known or signature(folder + name) != known[name][0] for name in record.files)

    def commit(self, names: list[str], old: Record) -> dict[str, list[int | str]]:
        """Size and SHA-256 of the files of a new commit; of those that ``old`` has, as it has them.

        What has been damaged in the meantime must not be recorded as right.
        """
        entries: dict[str, list[int | str]] = {}
        new: dict[str, Seen] = {}
        for name in names:
            if name in old.files:
                entries[name] = old.files[name]
                continue
            found = self._hashed(name, None)
            if found is None:
                raise IndexUnavailable(missing(f"{self._path.name}/{name}"))
            new[name] = found
            entries[name] = [found[0][1], found[1]]
        self._known = {**self._known, **new}
        return entries
