import tracemalloc
from collections.abc import Iterator
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Span, Text
from archive.compare import exact as module
from archive.compare.exact import Matches, exact_matches
from archive.compare.normalise import Letters, normalise
from tests.compare.oracle import Row, shared_rows


def both(a: Text, b: Text) -> tuple[Letters, Letters]:
    return normalise(a, "a"), normalise(b, "b")


def rows(a: Text, b: Text, min_letters: int) -> set[Row]:
    letters_a, letters_b = both(a, b)
    found = exact_matches(letters_a, letters_b, min_letters)
    assert not found.limited
    spans = [(letters_a.span(m.a, m.length), letters_b.span(m.b, m.length), m.length) for m in found.matches]
    assert len(spans) == len(set(spans))
    return set(spans)


def shared(a: str, b: str, min_letters: int = 4) -> set[str]:
    return {a[slice(*span)] for span, _, _ in rows(Text(a), Text(b), min_letters)}


# Must not match first.
def test_what_only_looks_shared_is_not() -> None:
    for a, b in [
        ("", ""),
        ("，。，。，。，。", "，。，。，。，。"),
        ("党的建设", "党的建没"),
        ("全面从严", "全面从"),
        ("落实\n党建", "落实党建"),
        ("党的\n建设", "党的\n建设"),
    ]:
        assert shared(a, b) == set(), (a, b)


def test_no_passage_runs_over_a_redaction_on_either_side() -> None:
    hidden = Text("现代化**作出部署", (Span(3, 5),))
    plain = Text("现代化作出部署")
    assert rows(hidden, plain, 4) == {(Span(5, 9), Span(3, 7), 4)}
    assert rows(hidden, hidden, 4) == {(Span(5, 9), Span(5, 9), 4)}
    named = Text("市委XXX同志讲话", (Span(2, 5),))
    assert rows(named, named, 6) == set()


def test_punctuation_inside_a_passage_is_shown_and_around_it_is_not() -> None:
    a = "“坚定不移全面从严治党，深入推进新时代”。"
    assert shared(a, "坚定不移全面从严治党、深入推进新时代") == {"坚定不移全面从严治党，深入推进新时代"}


def test_every_pair_of_places_counts_also_in_another_order() -> None:
    found = rows(Text("不忘初心。牢记使命。从严治党，不忘初心"), Text("牢记使命；敢于斗争，不忘初心"), 4)
    assert {(a.start, b.start) for a, b, _ in found} == {(0, 10), (5, 0), (15, 10)}


small = st.text(alphabet="甲乙丙，\n*", max_size=30)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    """Few letters, so that much is shared; stars are redacted, and anything else may be."""
    text = draw(small)
    stars = [Span(i, i + 1) for i, char in enumerate(text) if char == "*"]
    more = draw(st.lists(st.integers(0, 29).map(lambda i: Span(i, i + 2)), max_size=1))
    return Text(text, (*stars, *more))


@given(texts(), texts(), st.integers(1, 5))
def test_the_rows_are_those_of_the_definition(a: Text, b: Text, min_letters: int) -> None:
    assert rows(a, b, min_letters) == shared_rows(a, b, min_letters)


@given(texts(), texts(), st.integers(1, 5))
def test_swapping_the_sides_mirrors_the_rows(a: Text, b: Text, min_letters: int) -> None:
    assert rows(b, a, min_letters) == {(y, x, n) for x, y, n in rows(a, b, min_letters)}


@given(texts(), texts(), st.integers(1, 5))
def test_letters_agree_and_cannot_agree_longer(a: Text, b: Text, min_letters: int) -> None:
    letters_a, letters_b = both(a, b)
    for m in exact_matches(letters_a, letters_b, min_letters).matches:
        x = letters_a.string[m.a - 1 : m.a + m.length + 1]
        y = letters_b.string[m.b - 1 : m.b + m.length + 1]
        assert x[1:-1] == y[1:-1]
        assert x[0] != y[0]
        assert x[-1] != y[-1]
        assert x[1:-1].isalnum()


@given(texts(), texts(), st.integers(1, 5))
def test_the_runs_cover_what_the_matches_cover(a: Text, b: Text, min_letters: int) -> None:
    found = exact_matches(*both(a, b), min_letters)
    for runs, starts in (
        (found.runs_a, [(m.a, m.length) for m in found.matches]),
        (found.runs_b, [(m.b, m.length) for m in found.matches]),
    ):
        assert [i for run in runs for i in range(*run)] == sorted(
            {i for start, n in starts for i in range(start, start + n)}
        )


def limited(a: str, b: str, min_letters: int, row_limit: int) -> Matches:
    return exact_matches(*both(Text(a), Text(b)), min_letters, row_limit=row_limit)


def test_too_many_rows_leave_the_short_ones_out_and_say_so() -> None:
    a, b = "党的建设。" * 9 + "全面从严治党向纵深发展", "党的建设，\n" * 9 + "全面从严治党向纵深发展"
    assert not limited(a, b, 4, row_limit=100).limited
    found = limited(a, b, 4, row_limit=50)
    assert (found.limited, found.listed_min, [m.length for m in found.matches]) == (True, 8, [11])
    assert sum(end - start for start, end in found.runs_a) == 4 * 9 + 11


def test_when_length_does_not_help_the_list_is_cut() -> None:
    found = limited("哈" * 2000, "哈" * 1999, 8, row_limit=100)
    assert (found.limited, found.listed_min, len(found.matches)) == (True, 512, 100)
    assert found.matches[0].length == 1999


def test_one_syllable_for_ever_touches_only_pairs_that_begin_a_match() -> None:
    """20,000 × 20,000 places agree here; only the 40,000 on the edges may be looked at."""
    looked_at = 0

    def counted(pairs: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        nonlocal looked_at
        for pair in pairs:
            looked_at += 1
            yield pair

    begins = module._begins
    with mock.patch.object(module, "_begins", lambda *args: counted(begins(*args))):
        found = exact_matches(*both(Text("哈" * 2000), Text("哈" * 1999)), 8)
    assert looked_at == len(found.matches) == 2000 - 7 + 1999 - 7 - 1


def test_a_text_that_only_repeats_itself_stays_within_its_memory() -> None:
    """Every place agrees with every other there, and each pair is as long as the text."""
    a, b = both(Text("坚持全面从严治党" * 2_500), Text("他说" + "坚持全面从严治党" * 2_500))
    tracemalloc.start()
    try:
        found = exact_matches(a, b, 8)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (found.limited, found.matches[0].length) == (True, 20_000)
    assert sum(match.length for match in found.matches) <= module.LETTER_LIMIT + 20_000
    assert peak < 400 * (len(a.string) + len(b.string))  # bytes
