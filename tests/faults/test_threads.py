"""W4 inside one process: threads read while another commits, merges and rebuilds."""

from __future__ import annotations

import threading
from pathlib import Path

from archive.search.engine import Store

from .conftest import TRIALS, document, held


def test_no_thread_reads_less_than_was_committed(tmp_path: Path) -> None:
    index = Store(tmp_path / "index")
    generation = index.create()
    index.write(generation, [], [document(0)])
    index.publish(generation)
    committed, wrong = [1], list[object]()
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                before = committed[0]
                if len(found := held(index)) < before:
                    wrong.append((before, found))
        except Exception as error:
            wrong.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for pk in range(1, 25 * TRIALS):
        commit(index, pk)
        committed[0] = pk + 1
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    index.close()


def commit(index: Store, pk: int) -> None:
    """One document more: added, added while all segments are merged, or with all others built anew."""
    with index.folder.lock():
        if pk % 8:
            index.write(index.checked(), [], [document(pk)], optimize=pk % 5 == 0)
        else:
            generation = index.create()
            index.write(generation, [], [document(number) for number in range(pk + 1)])
            index.publish(generation)
