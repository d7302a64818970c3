"""What has been found of a speech elsewhere: kept for other orders and pages, and told beside the speech itself."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

from archive import reuse, search
from archive.models import Speech

Found = TypeVar("Found")


class Kept(Generic[Found]):
    """What was found last of ``most`` speeches, for as long as ``search.state()`` says that nothing has changed."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[tuple[str, int], Found] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, state: str, pk: int) -> Found | None:
        with self._lock:
            found = self._found.get((state, pk)) if state else None
            if found is not None:
                self._found.move_to_end((state, pk))
            return found

    def put(self, state: str, pk: int, found: Found) -> None:
        """Keep what was found in ``state``, unless the archive has changed meanwhile."""
        if state and search.state() == state:
            with self._lock:
                self._found[state, pk] = found
                while len(self._found) > self._most:
                    self._found.popitem(last=False)


turns = search.Slots(waiting=3)  # a long speech that repeats many others takes a second or two
answers: Kept[reuse.Shared] = Kept(8)  # some 600 kB each
margins: Kept[reuse.Margin] = Kept(1_000)  # some 5 kB each


def shared(speech: Speech) -> reuse.Shared:
    """Every passage of a speech that stands elsewhere. Raises ``search.Busy`` when too many are being looked for."""
    state = _state()
    found = answers.get(state, speech.pk)
    if found is None:
        with turns.turn():
            found = answers.get(state, speech.pk)  # who waited before may have asked the same
            if found is None:
                found = reuse.shared(speech)
                answers.put(state, speech.pk, found)
    return found


def beside(speech: Speech) -> reuse.Margin:
    """The margin of a speech fetched ``with_outline()``."""
    state = _state()
    found = margins.get(state, speech.pk)
    if found is None:
        found = reuse.margin(speech, list(speech.paragraphs.all()))
        margins.put(state, speech.pk, found)
    return found


def _state() -> str:
    """Filling in fingerprints changes what is found, and no state of the search."""
    return search.state() if reuse.complete() else ""
