"""The texts made up for measuring comparison are what they say they are."""

from __future__ import annotations

from itertools import islice

from archive.compare import Text, clauses, compare
from tests.bench.repeating import SENTENCES, archive, fresh, seeds, worst


def test_the_same_speeches_are_made_up_every_time() -> None:
    made = list(islice(archive(50), 12))
    assert made == list(archive(12))
    assert len(set(made)) == 12
    assert all(4_000 < len(text) < 7_000 for text in made)


def test_speeches_copy_from_each_other_and_repeat_formulas() -> None:
    *earlier, last = archive(30)
    sentences = {s for text in earlier for line in text.splitlines() for s in line.split("。") if len(s) > 20}
    copied = sum(s in sentences for line in last.splitlines() for s in line.split("。"))
    assert 0.05 * SENTENCES < copied < 0.3 * SENTENCES
    known = {clause.hash for text in seeds() for clause in clauses(Text(text))}
    assert known & {clause.hash for clause in clauses(Text(last))}


def test_long_texts_are_as_long_as_asked_and_share_much_or_little() -> None:
    a, b = worst(20_000, 1), worst(20_000, 2)
    assert (len(a), len(b), a == b) == (20_000, 20_000, False)
    assert compare(Text(a), Text(b)).coverage_a.share > 0.9
    a, b = fresh(20_000, 1), fresh(20_000, 2)
    assert (len(a), len(b)) == (20_000, 20_000)
    assert compare(Text(a), Text(b)).coverage_a.share < 0.2
