from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Passage, Span, Text, compare
from archive.views.differing import differing, likeness, parted, words
from archive.views.marking import Mark

A, B = "切实承担起全面从严治党主体责任", "切实担负起全面从严治党主体责任"


def test_only_the_letters_of_one_side_are_set_apart() -> None:
    found = compare(Text(A), Text(B))
    both = (*found.families, *found.near_families)
    assert [A[slice(*span)] for span in differing(both, "a")] == ["承"]
    assert [B[slice(*span)] for span in differing(both, "b")] == ["负"]


def test_what_is_shared_letter_by_letter_elsewhere_is_not_set_apart() -> None:
    a = "切实承担起全面从严治党主体责任"
    b = "切实担负起全面从严治党主体责任，我们承担起全面从严治党"
    found = compare(Text(a), Text(b))
    assert [a[slice(*span)] for span in differing(found.near_families, "a")] == ["承"]
    assert differing((*found.families, *found.near_families), "a") == []


def test_a_near_passage_in_words_is_escaped_and_cut_when_long() -> None:
    passage = Passage("near", Span(0, 4), Span(0, 2), 2, 0.7, ((Span(1, 3), Span(1, 1)),))
    assert words("甲<&乙", passage, "a") == (
        '<span class="near">甲</span><span class="near odd">&lt;&amp;</span><span class="near">乙</span>'
    )
    long = Passage("near", Span(0, 900), Span(0, 900), 900, 0.9)
    assert words("字" * 900, long, "a").endswith("字</span>…")


def test_likeness_is_never_rounded_up_to_the_same() -> None:
    [family] = compare(Text(A), Text(B)).near_families
    assert likeness(family) == "近似，14 字相同，相似 93 %"


spans = st.lists(st.integers(0, 20), unique=True, max_size=8).map(
    lambda ends: [Span(*pair) for pair in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)]
)


@given(spans, st.integers(0, 20), st.integers(1, 20))
def test_the_pieces_of_a_mark_are_the_mark(differ: list[Span], start: int, size: int) -> None:
    mark = Mark(start, start + size, "mark", (("class", "near"),), "a1", "#b1")
    pieces = list(parted(mark, differ))
    assert [i for piece in pieces for i in range(piece.start, piece.end)] == list(range(start, start + size))
    assert [piece.id for piece in pieces] == ["a1"] + [""] * (len(pieces) - 1)
    odd = {i for span in differ for i in range(*span)}
    for piece in pieces:
        apart = dict(piece.attributes)["class"] == "near odd"
        assert all((i in odd) == apart for i in range(piece.start, piece.end))
