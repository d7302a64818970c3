"""What has been found of a speech elsewhere: kept for other orders and pages, and told on the speech's own page."""

from __future__ import annotations

import threading
from collections import OrderedDict

from archive import reuse, search
from archive.models import Speech

MOST = 8  # answers, some 600 kB each


class Answers:
    """The answers found last, for as long as ``search.state()`` says that nothing has changed."""

    def __init__(self) -> None:
        self._found: OrderedDict[tuple[str, int], reuse.Shared] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, speech: Speech) -> reuse.Shared | None:
        """The answer if it has been found already; nothing is asked when it has not."""
        with self._lock:
            if not any(pk == speech.pk for _state, pk in self._found):
                return None
        state = _state()
        with self._lock:
            return self._found.get((state, speech.pk))

    def shared(self, speech: Speech) -> reuse.Shared:
        state = _state()
        key = (state, speech.pk)
        with self._lock:
            if state and key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = reuse.shared(speech)
        if state and search.state() == state:
            with self._lock:
                self._found[key] = found
                while len(self._found) > MOST:
                    self._found.popitem(last=False)
        return found


def _state() -> str:
    """Filling in fingerprints changes what is found, and no state of the search."""
    return search.state() if reuse.complete() else ""


answers = Answers()
