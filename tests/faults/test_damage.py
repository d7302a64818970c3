"""C1–C5: damaged, lost, outdated and hostile files. Found out, never served, never run; readers get answers."""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from archive import search
from archive.models import Speech
from archive.search import Query, indexing
from archive.search.engine import disk, record
from archive.search.engine.fields import schema
from archive.search.engine.record import Record

from .conftest import TRIALS, Make

Damage = Callable[[bytes, random.Random], bytes | None]
DAMAGES: dict[str, Damage] = {
    "one bit": lambda data, chance: _at(data, chance, lambda old: bytes([old[0] ^ 1 << chance.randrange(8)])),
    "twenty bytes": lambda data, chance: _at(data, chance, lambda old: chance.randbytes(20)),
    "cut": lambda data, chance: data[: chance.randrange(len(data) or 1)],
    "empty": lambda data, chance: b"",
    "gone": lambda data, chance: None,
    "junk behind": lambda data, chance: data + chance.randbytes(100),
    "zeros": lambda data, chance: _at(data, chance, lambda old: b"\0" * len(old[:4096])),
}


def _at(data: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    if not data:
        return change(b"\1")
    start = chance.randrange(len(data))
    new = change(data[start:])
    return data[:start] + new + data[start + len(new) :]


def files(index_path: Path) -> list[Path]:
    current = indexing.store().checked()
    return [index_path / "CURRENT", *sorted(path for path in current.iterdir() if path.is_file())]


def spoiled(path: Path, damage: Damage, chance: random.Random) -> Iterator[None]:
    """The file spoiled in place, without its time being changed back afterwards."""
    whole = path.read_bytes()
    spoilt = damage(whole, chance)
    if spoilt == whole:
        return
    if spoilt is None:
        path.unlink()
    else:
        path.write_bytes(spoilt)
    yield
    path.write_bytes(whole)


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_always_found_and_never_served(
    archive: list[Speech], index_path: Path, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    chance = random.Random(kind)
    trials = 0
    for path in files(index_path) * TRIALS:
        for _ in spoiled(path, DAMAGES[kind], chance):
            results = search.find(Query("党建"))
            assert {hit.title for hit in results.hits} == {"甲", "乙", "丙"}, path.name
            assert results.degraded == (path.name != "CURRENT"), path.name
            assert any(path.name in problem for problem in search.problems()), path.name
            trials += 1
        assert not search.find(Query("党建")).degraded, path.name
    assert trials >= 15 * TRIALS
    assert search.problems() == []


@pytest.mark.parametrize("name", ["COMMIT", "_MAIN_1.toc"])
def test_what_goes_after_a_rebuild_is_missed_at_once(
    archive: list[Speech], index_path: Path, name: str
) -> None:
    """The rebuilt index is opened by a process that had the older one open."""
    assert not search.find(Query("党建")).degraded
    search.rebuild()
    assert not search.find(Query("党建")).degraded
    (index_path / "g000002" / name).unlink()
    results = search.find(Query("党建"))
    assert (results.total, results.degraded) == (3, True)
    assert not search.status().ok


def test_check_index_reads_every_byte_again(
    archive: list[Speech], index_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bit that rots leaves the file's times as they were; this process has seen the file whole before."""
    for module in (disk, record):
        monkeypatch.setattr(module, "signature", lambda file: (0, 0, 0, 0))
    assert not search.find(Query("党建")).degraded
    path = files(index_path)[3]
    for _ in spoiled(path, DAMAGES["one bit"], random.Random(1)):
        assert search.problems() == [
            f"索引文件 g000001/{path.name} 已损坏。请运行 manage.py check_index --repair 重建索引。"
        ]


def test_check_index_names_damaged_files_and_repairs_them(
    archive: list[Speech], index_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = [path for path in files(index_path) if path.suffix == ".pst"]
    for path in damaged:
        path.write_bytes(b"")
    with pytest.raises(CommandError) as refused:
        call_command("check_index")
    assert refused.value.returncode == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == len(damaged) == 2
    assert all(path.name in said for path in damaged)
    call_command("check_index", "--repair", verbosity=0)
    assert search.problems() == []


POINTERS = [None, b"", b"\xff\xfe\0", b"g999999\n", b"g000001", b"../../etc\n", b"g000001\ng000001\n"]


@pytest.mark.parametrize("content", POINTERS)
def test_a_lost_pointer_is_found_again(
    archive: list[Speech], index_path: Path, content: bytes | None
) -> None:
    """C2: the newest generation that was live is read, and the next writer lets CURRENT name it."""
    point(index_path, content)
    for _ in range(2):
        results = search.find(Query("党建"))
        assert (results.total, results.degraded) == (3, False)
        assert search.problems() == ["索引的 CURRENT 文件已损坏或不见了，暂用 g000001。"]
        indexing.store().close()
    search.mark([archive[0].pk])
    search.drain()
    assert (index_path / "CURRENT").read_text() == "g000001\n"
    assert search.problems() == []


def point(index_path: Path, content: bytes | None) -> None:
    if content is None:
        (index_path / "CURRENT").unlink()
    else:
        (index_path / "CURRENT").write_bytes(content)


@pytest.mark.parametrize("content", [None, b"g000002\n"])
def test_a_lost_pointer_never_leads_to_an_index_that_was_not_live(
    archive: list[Speech], index_path: Path, content: bytes | None
) -> None:
    """C2: half a rebuild lies beside; it is newer, whole, and empty."""
    indexing.store().create()
    point(index_path, content)
    results = search.find(Query("党建"))
    assert (results.total, results.degraded) == (3, False)


def test_a_lost_pointer_never_leads_to_an_outdated_index(archive: list[Speech], index_path: Path) -> None:
    """C2: the newest cannot be read, and the one before it is still there."""
    shutil.copytree(index_path / "g000001", index_path / "kept")
    Speech.objects.all().update(title="改")
    search.rebuild()
    (index_path / "kept").rename(index_path / "g000001")
    (index_path / "CURRENT").unlink()
    (index_path / "g000002" / "COMMIT").unlink()
    results = search.find(Query("党建"))
    assert (results.degraded, {hit.title for hit in results.hits}) == (True, {"改"})
    assert search.repair() == []
    assert not search.find(Query("党建")).degraded


@pytest.mark.parametrize("running", [True, False])
def test_an_index_removed_is_no_empty_index(archive: list[Speech], index_path: Path, running: bool) -> None:
    """C3: at the start, or under a server that has it open."""
    assert not search.find(Query("党建")).degraded
    if not running:
        indexing.store().close()
    shutil.rmtree(index_path)
    results = search.find(Query("党建"))
    assert (results.total, results.degraded) == (3, True)
    search.mark([archive[0].pk])
    with pytest.raises(search.IndexUnavailable, match="check_index --repair"):
        search.drain()
    assert search.find(Query("党建")).degraded
    assert search.repair() == []
    results = search.find(Query("党建"))
    assert (results.total, results.degraded) == (3, False)


@pytest.mark.parametrize("version", [("SCHEMA_VERSION", 999), ("WORDS", "another dictionary")])
def test_an_index_of_another_version_is_refused_and_kept_until_a_new_one_is_there(
    make: Make, index_path: Path, version: tuple[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """C4."""
    speech = make("甲\n党建工作。", title="甲")
    with monkeypatch.context() as patch:
        patch.setattr(record, *version)
        search.rebuild()
    outdated = "索引属于另一个版本。请运行 manage.py check_index --repair 重建索引。"
    assert search.find(Query("党建")).degraded
    assert search.status().message == outdated
    assert search.problems() == [outdated]
    search.mark([speech.pk])
    with pytest.raises(search.IndexUnavailable):
        search.drain()
    assert (index_path / "g000001" / "COMMIT").exists()
    assert search.repair() == []
    assert not search.find(Query("党建")).degraded
    assert [path.name for path in index_path.glob("g*")] == ["g000002"]


def test_an_index_from_before_there_were_records_is_of_another_version(
    archive: list[Speech], index_path: Path
) -> None:
    (index_path / "g000001" / "COMMIT").unlink()
    (index_path / "g000001" / "manifest.json").write_text('{"schema": 2}')
    assert search.find(Query("党建")).degraded
    assert search.status().message.startswith("索引属于另一个版本")
    assert search.repair() == []


class Bomb:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Any, tuple[str, int]]:
        return os.mkdir, (str(self.marker), 0o700)


def test_a_pickle_that_somebody_put_there_is_never_loaded(
    archive: list[Speech], index_path: Path, tmp_path: Path
) -> None:
    """C5: in every file, alone and where Whoosh would look for one."""
    marker = tmp_path / "marker"
    generation = indexing.store().checked()
    table = Record.read(generation).table
    toc = TOC(schema(), [], Record.read(generation).toc)
    toc.segments = [Bomb(marker)]
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    toc.write(FileStorage(str(hostile)), "MAIN")
    for path in files(index_path)[1:]:
        for bomb in ((hostile / table).read_bytes(), pickle.dumps(Bomb(marker))):
            for _ in spoiled(path, lambda data, chance, bomb=bomb: bomb, random.Random(1)):  # type: ignore[misc]
                assert search.find(Query("党建")).total == 3
                assert search.problems()
                search.mark([archive[0].pk])
                with pytest.raises(search.IndexUnavailable):
                    search.drain()
    assert not marker.exists()
    with pytest.raises(AttributeError):  # such a file does go off where nobody looks
        TOC.read(FileStorage(str(hostile)), "MAIN", gen=toc.generation, schema=schema()).segments[
            0
        ].segment_id()
    assert marker.exists()
