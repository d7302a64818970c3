"""Two speeches and what they share, computed once: what every view of /compare/ begins with."""

from __future__ import annotations

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from archive import reuse, search
from archive.compare import ALGORITHM, MIN_LETTERS, Comparison, Span, Text, compare
from archive.models import Speech
from archive.views import units

BIG = 100_000  # characters of all texts together: more take seconds and some 100 MB
MOST_BYTES = 64_000_000  # of all answers kept; that of two seeds has some 60 kB
MOST_ANSWERS = 500

turns = search.Slots(waiting=3)  # what is big is worked out one at a time; the other pages need the threads

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a reader may set; all of it is in the address."""

    min_letters: int = MIN_LETTERS
    near: bool = True
    formulas: str = "dim"
    depth: str = ""
    sa: str = ""
    sb: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two speeches fetched ``with_outline()``, compared; what a view is built from."""

    a: Speech
    b: Speech
    found: Comparison
    settings: Settings = Settings()


class Answers:
    """The answers asked for last, in this process: never more than so many, and so many bytes.

    They are kept pickled: a third of the memory, and it is known how much that is.
    """

    def __init__(self, most: int = MOST_ANSWERS, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Any:
        """The answer, or None."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            pickled = self._kept[key]
        return pickle.loads(pickled)  # noqa: S301  (what this process has put there itself)

    def put(self, key: str, answer: Any) -> None:
        pickled = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        if len(pickled) > self._most_bytes // 4:
            return  # one giant must not drive out everything else
        with self._lock:
            self._size += len(pickled) - len(self._kept.pop(key, b""))
            self._kept[key] = pickled
            while self._size > self._most_bytes or len(self._kept) > self._most:
                self._size -= len(self._kept.popitem(last=False)[1])

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self._size = 0


answers = Answers()


def compared(a: Speech, b: Speech, min_letters: int = MIN_LETTERS) -> Comparison:
    """The comparison, kept until a text or an outline has changed, or what is a formula in the archive."""
    texts = as_text(a), as_text(b)
    formulas = reuse.formulas_in(*texts)
    outlines = repr([(text.redactions, text.sections) for text in texts])
    return kept(
        f"{a.digest}:{b.digest}:{min_letters}:{outlines}:{sorted(formulas)}",
        lambda: compare(*texts, min_letters=min_letters, formulas=formulas),
        turn_for(a, b),
    )


def turn_for(*speeches: Speech) -> AbstractContextManager[None]:
    """What work on these speeches has to wait for: a turn if they are long. Entering it may raise ``search.Busy``."""
    return turns.turn() if sum(len(speech.text) for speech in speeches) > BIG else nullcontext()


def kept(key: str, make: Callable[[], Kept], turn: AbstractContextManager[None]) -> Kept:
    """What ``make`` makes, or has made for this key before; it is made inside ``turn``."""
    digest = hashlib.sha256(f"{ALGORITHM}:{key}".encode()).hexdigest()
    found: Kept | None = answers.get(digest)
    if found is None:
        with turn:
            found = answers.get(digest)  # another request may have made it meanwhile
            if found is None:
                found = make()
                answers.put(digest, found)
    return found


def as_text(speech: Speech) -> Text:
    return Text(
        speech.text,
        tuple(Span(span["start"], span["end"]) for span in speech.redactions),
        units.as_read(units.of(speech, "sections")),
    )
