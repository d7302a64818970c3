"""Searching without an index: every text is read and looked into. Slow and bounded, but never wrong.

A Scan answers the same questions as a View of the index, so that nothing
else has to know.
"""

from __future__ import annotations

from archive.search.engine import Entry, Heads
from archive.search.index import fingerprint, heads_of, indexable, letters_of
from archive.search.letters import Letters, Needle, stands

MAX_SCANNED = 6_000_000  # characters, newest speeches first: about two seconds


class Scan:
    """The newest published speeches in memory."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._letters: list[Letters] = []
        self._heads: list[Heads] = []
        self.complete = True
        left = MAX_SCANNED
        for speech in indexable().newest().iterator(chunk_size=100):
            if left < speech.characters:
                self.complete = False
                break
            left -= speech.characters
            letters, own = letters_of(speech.title, speech.text)
            self._letters.append(letters)
            self._heads.append(heads_of(speech))
            self.entries.append(
                Entry(
                    speech.pk, fingerprint(speech), speech.date_iso or "",
                    speech.speaker.name if speech.speaker else "", speech.kind,
                    speech.event.name if speech.event else "", len(letters.letters), own,
                )
            )  # fmt: skip
        self.docs = set(range(len(self.entries)))
        self.average = sum(entry.size for entry in self.entries) / max(1, len(self.entries))

    def standing(self, sought: Needle) -> set[int]:
        return {doc for doc in self.docs if stands(sought, *self.text(doc))}

    def text(self, doc: int) -> tuple[str, str | None]:
        return self._letters[doc].letters, self._letters[doc].apart

    def letters(self, doc: int) -> Letters:
        return self._letters[doc]

    def heads(self, doc: int) -> Heads:
        return self._heads[doc]

    def postings(self, field: str, term: str) -> tuple[list[int], list[int]]:
        """Counted in the text; title and headings are not known apart, and words are letters here."""
        if field != "pairs":
            return [], []
        counts = [(doc, self.text(doc)[0].count(term)) for doc in sorted(self.docs)]
        held = [(doc, n) for doc, n in counts if n]
        return [doc for doc, _ in held], [n for _, n in held]

    def frequency(self, field: str, term: str) -> int:
        return 0
