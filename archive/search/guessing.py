"""Did you mean: a query that finds something, close to one that finds nothing.

A term that stands nowhere is changed in one place, and only what stands in a published speech is offered.
First what sounds the same or nearly so (most typing is by pinyin), two neighbours swapped and a letter typed
twice: these are few, and the index says of each at once whether it can stand. Only then is one place left open:
the letters around it are looked up, and what stands in the gap is read from the texts. Such a find must also
make a word where there was none, for many phrases differ in one letter and are both right. And where every word
typed is one of the archive's, nothing but a word of the same sound or a set phrase is offered for it.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archive.search.asking import Reading
from archive.search.engine import View
from archive.search.letters import BARRIERS, Needle, needle
from archive.search.lexicon import lexicon
from archive.search.query import Parsed, Term, parse
from archive.search.results import QueryError
from archive.search.selecting import choose
from archive.search.wording import cut, fillers
from archive.text import pinyin, words
from archive.text.formulas import formula_spans, formulas

MOST_LETTERS = 24  # of a term; a longer one is a sentence, and a mistake in it no reason to find nothing
SHORT = 3  # letters: of so few, one changed is nearly anything, so it has to make a word
MOST_TERMS = 4  # that are corrected in one query
MOST_READ = 10_000_000  # letters looked through for what stands in a gap: some 20 ms
FINALISTS = 5  # corrections of a term that are tried in the whole query

_SAME, _NEAR, _OPEN = range(3)  # how a correction was found, the best first


def guess(reading: Reading, published: set[int], parsed: Parsed) -> str | None:
    """A query like ``parsed`` that literally stands in a published speech, or None.

    None, too, when each of its terms stands somewhere: then nothing is misspelled. ``published`` are the
    keys of the speeches that may answer: no others are looked at, so a reader's filters narrow them first.
    """
    archive = _Archive(reading, published)
    unknown = [term for term in dict.fromkeys(parsed.terms) if not archive.holds(term.needle)]
    if not 0 < len(unknown) <= MOST_TERMS:
        return None
    written = parsed.written
    for term in unknown[:-1]:
        best = next(iter(corrections(archive, term)), "")
        if not best:
            return None
        written = written.replace(term.text, best, 1)
    for better in corrections(archive, unknown[-1])[:FINALISTS]:
        query = written.replace(unknown[-1].text, better, 1)
        if archive.answers(query):
            return query
    return None


@dataclass(frozen=True, slots=True)
class _Found:
    """A correction: how it was found, and in how many published speeches it stands."""

    letters: str
    way: int
    speeches: int


def corrections(archive: _Archive, term: Term) -> list[str]:
    """What stands in the archive and differs from the term in one place, the likeliest first."""
    run = term.needle.letters
    if not 2 <= len(run) <= MOST_LETTERS or not set(run).isdisjoint(BARRIERS):
        return []
    found = [*_spelled_alike(archive, run), *_by_sound(archive, run), *_rearranged(archive, run)]
    if not found and len(run) > 3:
        found = [*_set_phrases(archive, run), *_in_gaps(archive, run)]
    if not run.isascii():  # pinyin is written anew as a whole
        judge = _Judge(archive, run)
        found = [one for one in found if judge.accepts(one)]
    return [one.letters for one in sorted(found, key=lambda one: (one.way, -one.speeches, one.letters))]


class _Judge:
    """Tells corrections of a run from other phrases that are just as right."""

    def __init__(self, archive: _Archive, run: str) -> None:
        self._run = run
        self._fillers = fillers(run)
        self._familiar = all(archive.holds(needle(word)) for word in cut(run))

    def accepts(self, found: _Found) -> bool:
        run, better = self._run, found.letters
        first = _alike(run, better)
        last = _alike(run[first:][::-1], better[first:][::-1])  # counted from the end
        removed, added = run[first : len(run) - last], better[first : len(better) - last]
        if len(run) == len(added) == 2 and set(removed).isdisjoint(added):
            return False  # nothing is left of what was typed
        phrase = _in_phrase(better, first, len(better) - last)
        if not phrase and not fillers(better).isdisjoint(range(first, len(better) - last)):
            return False
        if not self._fillers.isdisjoint(range(first, len(run) - last)):
            twice = not added and removed == run[first - 1 : first]
            return twice or (phrase and bool(added))
        if not self._familiar or phrase:
            return True
        return found.way == _SAME and len(removed) == len(added) and _is_word(better, first)


def _alike(one: str, other: str) -> int:
    """How many letters at the beginning are the same."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _in_phrase(run: str, first: int, last: int) -> bool:
    """Whether a set phrase holds these letters, or spans the place between two letters when there are none."""
    return any(
        start <= first and last <= end and (first < last or start < first < end)
        for start, end in formula_spans(run)
    )


class _Archive:
    """What stands in the published speeches, each question asked once."""

    def __init__(self, reading: Reading, published: set[int]) -> None:
        self._reading = reading
        self._published = published
        self._live = {doc for doc in reading.docs if reading.entries[doc].pk in published}
        self._frequency: dict[str, int] = {}
        self._docs: dict[str, set[int]] = {}
        self._left = MOST_READ

    def holds(self, sought: Needle) -> int:
        """In how many published speeches it stands."""
        return len(self._reading.standing(sought) & self._live)

    def answers(self, query: str) -> bool:
        """Whether the whole query stands literally in some published speech."""
        try:
            found = choose(self._reading, parse(query).literal).literal
        except QueryError:
            return False
        return not found.isdisjoint(self._live)

    def may_stand(self, letters: str) -> bool:
        return all(map(self.known, pairs(letters)))

    def known(self, pair: str) -> bool:
        if pair not in self._frequency:
            self._frequency[pair] = self._reading.frequency("pairs", pair)
        return self._frequency[pair] > 0

    def sounding(self, sound: str) -> set[str]:
        """The letters of what is spelled like this in the lexicon; nothing without an index."""
        if not isinstance(self._reading, View):
            return set()
        return {item.letters for words in lexicon(self._reading) for item in words.sounding(sound)}

    def in_gap(self, left: str, right: str) -> Counter[str]:
        """Which letters stand between ``left`` and ``right``, and in how many published speeches."""
        found: Counter[str] = Counter()
        docs: set[int] | None = None
        for pair in sorted(
            {*pairs(left), *pairs(right)}, key=lambda pair: self._reading.frequency("pairs", pair)
        ):
            docs = self._holding(pair) if docs is None else docs & self._holding(pair)
        for doc in sorted(docs or ()):
            letters = self._reading.text(doc)[0]
            self._left -= len(letters)
            if self._left < 0:
                break
            found.update(set(_gaps(letters, left, right)))
        return found

    def _holding(self, pair: str) -> set[int]:
        if pair not in self._docs:
            self._docs[pair] = self._live.intersection(self._reading.postings("pairs", pair)[0])
        return self._docs[pair]


def pairs(letters: str) -> list[str]:
    return [letters[at : at + 2] for at in range(len(letters) - 1)]


def _gaps(letters: str, left: str, right: str) -> Iterator[str]:
    """The letter between each ``left`` and ``right``; never a barrier."""
    size = len(left)
    sought, back = (left, 0) if size >= len(right) else (right, size + 1)
    at = letters.find(sought)
    while at >= 0:
        first = at - back
        gap = letters[first + size : first + size + 1]
        around = (
            first >= 0 and letters.startswith(left, first) and letters.startswith(right, first + size + 1)
        )
        if around and gap and gap not in BARRIERS:
            yield gap
        at = letters.find(sought, at + 1)


def _spelled_alike(archive: _Archive, run: str) -> Iterator[_Found]:
    """Words and names of the same whole pinyin, or those whose pinyin this is: xijinping."""
    latin = run.isascii() and len(run) > 3
    for sound in (pinyin.typed(run),) if latin else pinyin.full(run):
        for letters in archive.sounding(sound):
            if letters != run and (speeches := _standing(archive, letters)):
                yield _Found(letters, _SAME, speeches)


def _set_phrases(archive: _Archive, run: str) -> Iterator[_Found]:
    """Set phrases that differ in one letter, whatever it sounds like."""
    for formula in formulas():
        alike = len(formula) == len(run) and sum(map(operator.ne, formula, run)) == 1
        if alike and (speeches := _standing(archive, formula)):
            yield _Found(formula, _OPEN, speeches)


def _by_sound(archive: _Archive, run: str) -> Iterator[_Found]:
    """One letter replaced by another that is read the same, or nearly."""
    unknown = _unknown(archive, run)
    for at, letter in enumerate(run):
        if not unknown <= {at - 1, at}:
            continue
        for way, others in zip((_SAME, _NEAR), pinyin.alike(letter), strict=True):
            for other in others:
                better = run[:at] + other + run[at + 1 :]
                if not archive.may_stand(better[max(0, at - 1) : at + 2]):
                    continue
                if (speeches := _standing(archive, better)) and (len(run) > SHORT or _is_word(better, at)):
                    yield _Found(better, way, speeches)


def _rearranged(archive: _Archive, run: str) -> Iterator[_Found]:
    """Two neighbours swapped, or a letter typed twice."""
    unknown = _unknown(archive, run)
    if unknown and max(unknown) - min(unknown) > 2:  # no one change mends them all
        return
    swapped = (run[:at] + run[at + 1] + run[at] + run[at + 2 :] for at in range(len(run) - 1))
    for better in dict.fromkeys(swapped):
        if (
            better != run
            and (len(run) > 2 or _is_word(better, 0))
            and (speeches := _standing(archive, better))
        ):
            yield _Found(better, _NEAR, speeches)
    doubled = (run[:at] + run[at + 1 :] for at in range(1, len(run)) if run[at] == run[at - 1])
    for better in dict.fromkeys(doubled):
        if len(run) > 3 and (speeches := _standing(archive, better)):
            yield _Found(better, _NEAR, speeches)


def _in_gaps(archive: _Archive, run: str) -> Iterator[_Found]:
    """One letter replaced by any other, one added where that makes a word, or a stray one left out."""
    unknown = _unknown(archive, run)
    for at in range(len(run)):
        if unknown <= {at - 1, at} and _is_stray(run, at):
            yield from _filled(archive, run[:at], run[at + 1 :])
    for at in range(1, len(run)):
        if unknown <= {at - 1} and (_is_stray(run, at) or _is_stray(run, at - 1)):
            yield from _filled(archive, run[:at], run[at:])
    for at in range(1, len(run) - 1):
        better = run[:at] + run[at + 1 :]
        if _is_stray(run, at) and (speeches := _standing(archive, better)):
            yield _Found(better, _OPEN, speeches)


def _filled(archive: _Archive, left: str, right: str) -> Iterator[_Found]:
    for letter, speeches in archive.in_gap(left, right).items():
        if _is_word(left + letter + right, len(left)):
            yield _Found(left + letter + right, _OPEN, speeches)


def _unknown(archive: _Archive, run: str) -> set[int]:
    """The numbers of the pairs that stand nowhere: whatever is corrected, they have to go."""
    return {at for at, pair in enumerate(pairs(run)) if not archive.known(pair)}


def _standing(archive: _Archive, letters: str) -> int:
    return archive.holds(needle(letters)) if archive.may_stand(letters) else 0


def _is_word(run: str, at: int) -> bool:
    """Whether letter number ``at`` is part of a word of two letters or more, or of a set phrase."""
    known = [(word.start, word.end) for word in words.words(run) if len(word.text) > 1]
    return any(start <= at < end for start, end in (*known, *formula_spans(run)))


def _is_stray(run: str, at: int) -> bool:
    """Whether letter number ``at`` belongs to no word."""
    return not _is_word(run, at)
