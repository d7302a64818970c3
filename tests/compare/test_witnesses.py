from collections.abc import Iterator
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Span, Text, compare
from archive.compare import witnesses as witnesses_of
from archive.compare.exact import exact_matches
from archive.compare.normalise import normalise
from archive.compare.reaching import Budget
from archive.compare.witnesses import Common, Witnesses
from archive.text import fold
from tests.compare.oracle import shared_rows

LEADING, CORE, TAIL = "坚定不移", "全面从严治党", "向纵深发展"


def letters_of(text: Text) -> dict[int, str]:
    """The compared letters of a text by their offset."""
    letters = normalise(text, "a")
    return {
        place: char
        for char, place in zip(letters.string, letters.places, strict=True)
        if char != letters.string[0]
    }


def by_letter(text: Text, found: Witnesses) -> dict[int, tuple[int, ...]]:
    """For each letter of the base its witnesses."""
    letters = letters_of(text)
    return {
        at: segment.witnesses for segment in found.segments for at in range(*segment.span) if at in letters
    }


def every(found: Witnesses) -> Iterator[Common]:
    for passage in found.passages:
        yield passage
        yield from passage.longer


def only_letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


# Must not match first.
def test_what_only_looks_shared_has_no_witness() -> None:
    for base, others in [
        ("", ["", "党的建设"]),
        ("，。！", ["，。！"]),
        ("党的建设", ["党的建没", "的建设党"]),
        ("落实\n党建", ["落实党建"]),
        ("党的建设", []),
    ]:
        found = witnesses_of(Text(base), [Text(other) for other in others], 4)
        assert found.passages == ()
        assert all(segment.witnesses == () for segment in found.segments), base
        assert found.counts[0] == found.letters


def test_no_passage_runs_over_a_redaction() -> None:
    hidden = Text("现代化**作出部署", (Span(3, 5),))
    found = witnesses_of(hidden, [Text("现代化作出部署"), hidden], 4)
    assert [(p.letters, p.witnesses) for p in found.passages] == [("作出部署", (0, 1))]
    assert found.counts == (3, 0, 4)


def test_a_passage_is_as_long_as_its_witnesses_have_it() -> None:
    base = Text(f"要{LEADING}{CORE}{TAIL}。")
    others = [Text(f"{LEADING}{CORE}，"), Text(f"{CORE}{TAIL}"), Text("别的话。")]
    found = witnesses_of(base, others, 4)
    assert [(p.letters, p.witnesses) for p in every(found)] == [
        (CORE, (0, 1)),
        (f"{CORE}{TAIL}", (1,)),
        (f"{LEADING}{CORE}", (0,)),
    ]
    assert [(base.text[slice(*s.span)], s.witnesses) for s in found.segments] == [
        ("要", ()),
        (LEADING, (0,)),
        (CORE, (0, 1)),
        (TAIL, (1,)),
    ]
    assert found.counts == (1, 9, 6, 0)
    assert [c.covered for c in found.exact] == [10, 11, 0]


def test_a_long_passage_is_not_hidden_behind_a_few_letters_of_it() -> None:
    long = "抓好机关党建是本职不抓机关党建是失职"
    found = witnesses_of(Text(long), [Text(long), Text("他说机关党建嘛")], 4)
    assert [(p.letters, p.witnesses, p.longer) for p in found.passages] == [
        ("机关党建", (0, 1), ()),
        (long, (0,), ()),
    ]


def test_what_most_share_comes_first_then_the_longest_and_formulas_last() -> None:
    formula, long = "习近平新时代中国特色社会主义思想", "牢记初心使命勇于担当作为"
    base = Text("\n".join([formula, formula, formula, long, CORE + TAIL, LEADING]))
    others = [Text("\n".join([formula, formula, CORE + TAIL])), Text("\n".join([formula, long, CORE + TAIL]))]
    found = witnesses_of(base, others, 4)
    assert [(p.letters, p.recurring) for p in found.passages] == [
        (f"{CORE}{TAIL}", False),
        (long, False),
        (formula, True),
    ]
    assert [len(p.places) for p in found.passages] == [1, 1, 3]
    assert [len(places) for places in found.passages[2].found] == [2, 1]


def test_a_passage_that_is_known_as_a_formula_goes_last() -> None:
    base = Text(f"{CORE}{TAIL}\n{LEADING}")
    found = witnesses_of(base, [base], 4, formulas={CORE + TAIL})
    assert [(p.letters, p.recurring) for p in found.passages] == [(LEADING, False), (CORE + TAIL, True)]


def test_a_part_of_a_known_formula_is_one_as_it_is_to_readers_of_the_pair() -> None:
    base, other = Text(f"要{CORE}{TAIL}。"), Text(f"说{CORE}{TAIL}吧。")
    formulas = {LEADING + CORE + TAIL}
    (family,) = compare(base, other, 4, formulas).families
    (passage,) = witnesses_of(base, [other], 4, formulas=formulas).passages
    assert (passage.letters, passage.known) == (family.letters, family.known) == (CORE + TAIL, True)


def test_letters_that_agree_in_a_near_passage_have_a_near_witness() -> None:
    base, other = Text("要切实承担起全面从严治党主体责任。"), Text("切实担负起全面从严治党主体责任。")
    near = compare(base, other).near
    assert len(near) == 1
    found = witnesses_of(base, [Text("无关"), other], 8, [(), near])
    shown = [(base.text[slice(*s.span)], s.witnesses, s.nearly) for s in found.segments]
    assert shown == [
        ("要", (), ()),
        ("切实", (), (1,)),
        ("承", (), ()),
        ("担", (), (1,)),
        ("起全面从严治党主体责任", (1,), ()),
    ]
    assert found.exact[1].covered == 11
    assert found.both[1].covered == near[0].length == 14
    assert found.counts == (2, 14, 0)


def test_a_shortest_length_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1 letter"):
        witnesses_of(Text("甲"), [Text("甲")], 0)


# Invariants
small = st.text(alphabet="甲乙丙，\n*", max_size=24)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Few letters, so that much is shared; stars are redacted."""
    text = draw(small)
    return Text(text, tuple(Span(i, i + 1) for i, char in enumerate(text) if char == "*"))


several = st.lists(texts(), max_size=4)


@given(texts(), several, st.integers(1, 4))
def test_the_witnesses_of_a_letter_are_those_of_the_definition(
    base: Text, others: list[Text], least: int
) -> None:
    rows = [shared_rows(base, other, least) for other in others]
    wanted = {
        at: tuple(n for n, each in enumerate(rows) if any(a.start <= at < a.end for a, _b, _n in each))
        for at in letters_of(base)
    }
    assert by_letter(base, witnesses_of(base, others, least)) == wanted


@given(texts(), several, st.integers(1, 4))
def test_each_witness_covers_what_the_pair_says(base: Text, others: list[Text], least: int) -> None:
    found = witnesses_of(base, others, least)
    for n, other in enumerate(others):
        runs = exact_matches(normalise(base, "a"), normalise(other, "b"), least).runs_a
        assert found.exact[n].covered == sum(end - start for start, end in runs)


@given(texts(), several, st.integers(1, 4))
def test_segments_partition_the_letters(base: Text, others: list[Text], least: int) -> None:
    found = witnesses_of(base, others, least)
    covered = [at for segment in found.segments for at in range(*segment.span) if at in letters_of(base)]
    assert covered == sorted(letters_of(base))
    assert sum(segment.letters for segment in found.segments) == found.letters == sum(found.counts)


@given(texts(), several, st.integers(1, 4))
def test_passages_are_those_of_the_definition(base: Text, others: list[Text], least: int) -> None:
    """Every stretch of letters, looked for in every text; kept when no longer one has the same witnesses."""
    strings = [normalise(other, "b").string for other in others]
    string = normalise(base, "a").string
    having = {
        (start, end): tuple(n for n, other in enumerate(strings) if string[start:end] in other)
        for start in range(len(string))
        for end in range(start + least, len(string) + 1)
    }
    wanted = {
        (string[start:end], who)
        for (start, end), who in having.items()
        if who and who != having.get((start - 1, end)) and who != having.get((start, end + 1))
    }
    found = list(every(witnesses_of(base, others, least)))
    assert {(passage.letters, passage.witnesses) for passage in found} == wanted
    assert len(found) == len(wanted)


@given(texts(), several, st.integers(1, 4))
def test_all_places_of_a_passage_read_the_same(base: Text, others: list[Text], least: int) -> None:
    for passage in every(witnesses_of(base, others, least)):
        for span in passage.places:
            assert only_letters(base.text[slice(*span)]) == passage.letters
        for n, spans in zip(passage.witnesses, passage.found, strict=True):
            assert spans
            for span in spans:
                assert only_letters(others[n].text[slice(*span)]) == passage.letters


@given(texts(), st.lists(texts(), max_size=3), st.integers(1, 4), st.data())
def test_permuting_the_others_permutes_the_witnesses(
    base: Text, others: list[Text], least: int, data: st.DataObject
) -> None:
    order = data.draw(st.sampled_from(list(permutations(range(len(others))))))
    found = witnesses_of(base, others, least)
    moved = witnesses_of(base, [others[n] for n in order], least)
    back = {at: tuple(sorted(order[n] for n in who)) for at, who in by_letter(base, moved).items()}
    assert back == by_letter(base, found)
    assert moved.counts == found.counts
    assert sorted((p.letters, tuple(sorted(order[n] for n in p.witnesses))) for p in every(moved)) == sorted(
        (p.letters, p.witnesses) for p in every(found)
    )


# What is bounded


def test_when_the_budget_is_spent_the_witnesses_are_right_and_it_is_said() -> None:
    base, others = Text("哈" * 50 + "。坚定不移"), [Text("哈" * 40), Text("哈" * 30 + "坚定不移")]
    whole = witnesses_of(base, others, 4)
    assert whole.complete
    cut = witnesses_of(base, others, 4, budget=Budget(0))
    assert not cut.complete
    assert by_letter(base, cut) == by_letter(base, whole)


def test_too_many_passages_are_cut_and_it_is_said() -> None:
    base = Text("坚定不移\n全面从严\n治党方略")
    found = witnesses_of(base, [base], 4, passage_limit=2)
    assert (len(found.passages), found.complete) == (2, False)
    assert found.counts == (0, 12)


def test_a_passage_tells_its_first_places_only() -> None:
    base = Text("坚定不移\n" * 60)
    (passage,) = witnesses_of(base, [base], 4).passages
    assert (len(passage.places), [len(places) for places in passage.found]) == (50, [50])
