"""Speeches through the importer, which stores their fingerprints."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.importing import Metadata, prepare, store
from archive.models import Speech

Speak = Callable[..., Speech]
CREED = "坚持党要管党、全面从严治党，永远在路上，没有休止符"
_serial = itertools.count(1)


@pytest.fixture
def speak(db: None, index_path: Path) -> Speak:
    """``speak("……", date="2019", draft=True)``: a speech of these words, under a title of its own."""

    def make(words: str, date: str = "", draft: bool = False, title: str = "", path: str = "") -> Speech:
        title = title or f"第{next(_serial)}次讲话"
        prepared = prepare(f"{title}\n同志们：\n{words}\n".encode(), f"{title}.txt")
        metadata = Metadata(title=title, date=date)
        speech = store(prepared, draft=draft, metadata=metadata, path=path).speech
        assert speech is not None
        return speech

    return make
