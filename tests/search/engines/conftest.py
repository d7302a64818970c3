"""The engines that can answer a search, behind one fixture.

Another engine joins by one line in ENGINES: a name, and a function that opens a ``Reading`` (the protocol in
archive.search.asking) of the speeches that are published in the database when it is called. Every test of this
folder then runs on it too. Where an engine may be less exact than the index of the house, the protocol says so
and the tests here ask for no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import SimpleNamespace

import pytest

from archive import search
from archive.models import Speech
from archive.search import asking, indexing
from archive.search.asking import Reading
from archive.search.scanning import Scan

from ..conftest import Make


@contextmanager
def embedded() -> Iterator[Reading]:
    """The index on disk, as Whoosh keeps it, in two commits and with a deleted document in it."""
    search.rebuild()
    search.mark(Speech.objects.values_list("pk", flat=True)[:2])
    search.drain()
    with indexing.store().view() as view:
        yield view


@contextmanager
def texts() -> Iterator[Reading]:
    """The texts themselves, read from the database."""
    yield Scan()


ENGINES: dict[str, Callable[[], AbstractContextManager[Reading]]] = {"embedded": embedded, "texts": texts}

Opened = Callable[[], AbstractContextManager[Reading]]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, make: Make, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Opens a Reading of the speeches made so far; ``search.find`` asks the same engine."""
    opened = ENGINES[request.param]
    monkeypatch.setattr(asking, "store", lambda: SimpleNamespace(view=opened))
    return opened
