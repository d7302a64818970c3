"""A text as numbers that can be looked up: where else in a thousand texts does something of it stand?

Fingerprints are winnowed (Schleimer, Wilkerson & Aiken 2003): of every ``WINDOW`` neighbouring grams of ``GRAM``
letters the smallest hash is kept. What is kept follows from the letters of the window alone, so two texts that
share ``SHORTEST`` letters and more keep the same gram of them, at the same letter: no longer run is ever missed.
The hashes are polynomials modulo 2^61 - 1, the same in every process and on every machine, and fit the signed 64 bits
of a database.

Clauses, what stands between two marks like ， and 。, are hashed whole: they are what recurs as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive.compare.normalise import BARRIER, LINE_ENDS, Letters, Span, Text, normalise
from archive.text import fold

FINGERPRINTS = 1  # counts up whenever the same text may give other hashes: what is stored is then made anew
GRAM = 8  # letters
WINDOW = 5  # grams
SHORTEST = GRAM + WINDOW - 1  # letters of a run that is surely found
SHORTEST_CLAUSE = 8  # Chinese characters, Latin words or numbers
LONGEST_CLAUSE = 60  # letters; longer ones do not recur, and a table is no place for them

_PRIME = 2**61 - 1
_BASE = 0x1F3D_5B79_A2C4_E6F1 % _PRIME  # any large number: the code points are far smaller
_LEAD = pow(_BASE, GRAM, _PRIME)
_unit = re.compile(r"[a-z0-9]+|[^\W_]")
_clause = re.compile(f"[^，。；：！？…—,;:!?{LINE_ENDS}]+")


class Fingerprint(NamedTuple):
    """``hash`` of the ``GRAM`` letters from ``at``, an index into ``Letters.string``."""

    hash: int
    at: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as it stands in the text, and what it is known by."""

    hash: int
    span: Span


@dataclass(frozen=True, slots=True)
class Prints:
    """A text made ready to be looked up; ``digest`` is that of its letters, in hexadecimal."""

    letters: Letters
    fingerprints: tuple[Fingerprint, ...]
    digest: str


def prints(text: Text) -> Prints:
    """The letters of a text and their fingerprints, in the order of the text."""
    letters = normalise(text, "a")
    digest = hashlib.sha256(letters.string.encode("utf-8", "surrogatepass")).hexdigest()
    return Prints(letters, tuple(fingerprints(letters)), digest)


def fingerprints(letters: Letters) -> Iterator[Fingerprint]:
    """Those of each stretch between barriers, in order; a stretch shorter than ``SHORTEST`` has none."""
    start = 0
    for stretch in re.split(f"[{''.join(BARRIER.values())}]", letters.string):
        if len(stretch) >= SHORTEST:
            hashes = gram_hashes(stretch)
            for at in _winnowed(hashes):
                yield Fingerprint(hashes[at], start + at)
        start += len(stretch) + 1


def gram_hashes(stretch: str) -> list[int]:
    """The hash of every gram of ``GRAM`` letters and more; each follows from the one before (Karp & Rabin 1987)."""
    codes = [ord(letter) for letter in stretch]
    value = 0
    for code in codes[:GRAM]:
        value = (value * _BASE + code) % _PRIME
    hashes = [value]
    for new, old in zip(codes[GRAM:], codes, strict=False):
        value = (value * _BASE + new - old * _LEAD) % _PRIME
        hashes.append(value)
    return hashes


def _winnowed(hashes: list[int]) -> Iterator[int]:
    """The place of the smallest hash of each window, of equal ones the last; each place once."""
    kept, smallest = -1, 0
    for last in range(WINDOW - 1, len(hashes)):
        if kept > last - WINDOW:
            if hashes[last] > smallest:
                continue
            kept, smallest = last, hashes[last]
        else:
            window = hashes[last - WINDOW + 1 : last + 1]
            smallest = min(window)
            kept = last - window[::-1].index(smallest)
        yield kept


def clauses(text: Text) -> Iterator[Clause]:
    """The clauses neither too short nor too long to be a formula; none runs over a redaction."""
    ends = [0, *(at for span in sorted(text.redactions) for at in span), len(text.text)]
    for start, end in zip(ends[::2], ends[1::2], strict=True):
        for found in _clause.finditer(text.text, start, max(start, end)):
            if clause := _trimmed(found):
                yield clause


def clause_at(text: str, position: int) -> Clause | None:
    """The clause whose first letter stands at ``position``; redactions are not looked at, so compare the hash."""
    found = _clause.match(text, position)
    return _trimmed(found) if found else None


def _trimmed(found: re.Match[str]) -> Clause | None:
    """The clause from its first letter to its last, when it is neither too short nor too long."""
    if len(found[0]) < SHORTEST_CLAUSE:
        return None
    folded = fold(found[0])
    places = [at for at, letter in enumerate(folded) if letter.isalnum()]
    if len(places) > LONGEST_CLAUSE or len(_unit.findall(folded)) < SHORTEST_CLAUSE:
        return None
    letters = "".join(folded[at] for at in places)
    start = found.start() + places[0]
    return Clause(clause_hash(letters), Span(start, found.start() + places[-1] + 1))


def clause_hash(letters: str) -> int:
    """63 bits of BLAKE2b (RFC 7693)."""
    digest = hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
