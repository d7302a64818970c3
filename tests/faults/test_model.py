"""Any history of an archive, held against a dict: edits, deletions, crashes, damage, rebuilds, restarts.

As Tantivy tests its index writer. Nothing here runs after a commit by itself (the test's transaction is never
committed), so every change is a crash before the index heard of it, until a step drains the marks.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from archive import search
from archive.models import IndexChange, Speech
from archive.search import Query, indexing

from .conftest import TRIALS, Make, litter
from .test_damage import DAMAGES, files

WORDS = ("党建", "学习", "作风")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True)


class Archive(RuleBasedStateMachine):
    """``model``: key -> words of the text, None while withdrawn; ``known`` is the model of the last drain."""

    make: Make
    path: Path
    speeches = Bundle("speeches")

    def __init__(self) -> None:
        super().__init__()
        Speech.objects.all().delete()
        IndexChange.objects.all().delete()
        indexing.store().close()
        shutil.rmtree(self.path, ignore_errors=True)
        self.model: dict[int, tuple[str, ...] | None] = {}
        self.known: dict[int, tuple[str, ...] | None] = {}
        self.broken = False
        self.number = 0

    def text(self, words: list[str]) -> str:
        self.number += 1
        return f"第{self.number}篇\n" + "。".join(words)

    @rule(target=speeches, words=texts)
    def add(self, words: list[str]) -> int:
        speech = self.make(self.text(words))
        self.model[speech.pk] = tuple(words)
        return int(speech.pk)

    @rule(pk=speeches, words=texts)
    def edit(self, pk: int, words: list[str]) -> None:
        speech = Speech.objects.get(pk=pk)
        speech.text = self.text(words)
        speech.digest = hashlib.sha256(speech.text.encode()).hexdigest()
        speech.published = True
        speech.save()
        self.model[pk] = tuple(words)

    @rule(pk=speeches)
    def withdraw(self, pk: int) -> None:
        speech = Speech.objects.get(pk=pk)
        speech.published = False
        speech.save()
        self.model[pk] = None

    @rule(pk=consumes(speeches))
    def delete(self, pk: int) -> None:
        Speech.objects.get(pk=pk).delete()
        del self.model[pk]

    @rule()
    def drain(self) -> None:
        """A writer verifies what it adds to; an archive without a speech may also begin anew."""
        try:
            wrote = search.drain()
        except search.IndexUnavailable:
            assert self.broken
            return
        self.broken = self.broken and not wrote
        self.known = dict(self.model)

    @rule()
    def rebuild(self) -> None:
        assert search.rebuild() == sum(words is not None for words in self.model.values())
        self.broken, self.known = False, dict(self.model)

    @rule()
    def restart(self) -> None:
        indexing.store().close()
        indexing.store()._verified.clear()

    @rule(seed=st.integers(0, 10**6), kind=st.sampled_from(sorted(DAMAGES)))
    def damage(self, seed: int, kind: str) -> None:
        """CURRENT heals; anything else stays broken until the next repair."""
        if not self.path.exists() or self.broken:
            return
        chance = random.Random(seed)
        path = chance.choice([path for path in files(self.path) if path.exists()])
        whole = path.read_bytes()
        spoilt = DAMAGES[kind](whole, chance)
        if spoilt is None:
            path.unlink()
        else:
            path.write_bytes(spoilt)
        self.broken = spoilt != whole and path.name != "CURRENT"

    @rule()
    def repair(self) -> None:
        assert search.repair() == []
        assert not (self.path / "CURRENT").exists() or litter(self.path) == []
        self.broken, self.known = False, dict(self.model)

    @invariant()
    def every_word_is_found_where_the_model_has_it(self) -> None:
        for word in WORDS:
            results = search.find(Query(word))
            found = {hit.id for hit in results.hits}
            expected = {pk for pk, words in self.model.items() if words and word in words}
            if results.degraded or self.known == self.model:
                assert found == expected, word
            else:
                shown = {pk for pk, words in self.model.items() if words is not None}
                settled = {pk for pk in shown if self.known.get(pk) == self.model[pk]}
                assert expected & settled <= found <= shown, word

    @invariant()
    def damage_is_told(self) -> None:
        """But for an archive without a published speech, which needs no index."""
        if self.broken and any(self.model.values()):
            assert not search.status().ok
            assert search.problems()


def test_any_history_of_an_archive_keeps_index_and_database_together(make: Make, index_path: Path) -> None:
    machine: Any = type("Machine", (Archive,), {"make": staticmethod(make), "path": index_path})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=15 * TRIALS, stateful_step_count=15, deadline=None)
    )


@pytest.mark.parametrize("kind", DAMAGES)
def test_the_damages_do_damage(kind: str) -> None:
    whole = bytes(range(1, 200))
    assert DAMAGES[kind](whole, random.Random(1)) != whole
