"""From shared fingerprints to shared letters: nothing missed, nothing added, and passages that read well."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.compare import GRAM, SHORTEST, Lines, Place, Span, Text, covered, grouped, places, prints, runs
from archive.compare.exact import exact_matches
from archive.compare.normalise import normalise

LINES = st.lists(st.text("党建治国，。“", max_size=60), max_size=6).map("\n".join)


def seeds(a: Text, b: Text) -> list[tuple[int, int]]:
    """What the table of fingerprints would answer."""
    own, other = prints(a), prints(b)
    return [
        (one.at, other.letters.places[two.at])
        for one in own.fingerprints
        for two in other.fingerprints
        if one.hash == two.hash
    ]


def found(a: str, b: str, *redactions: tuple[int, int]) -> list[Place]:
    """The places of a's passages in b; ``redactions`` are b's."""
    one, other = Text(a), Text(b, tuple(Span(*span) for span in redactions))
    own, lines = prints(one).letters, Lines(other)
    return places(own, lines, runs(own, lines, seeds(one, other)))


def said(a: str, b: str, *redactions: tuple[int, int]) -> list[str]:
    return [b[slice(*place.span)] for place in found(a, b, *redactions)]


@given(a=LINES, b=LINES)
def test_every_long_run_is_found_and_none_besides(a: str, b: str) -> None:
    one, other = Text(a), Text(b)
    own, lines = prints(one).letters, Lines(other)
    grown = runs(own, lines, seeds(one, other))
    mine = {(run.a, lines.span(run)) for run in grown if run.length >= SHORTEST}
    letters = normalise(other, "b")
    matches = exact_matches(own, letters, SHORTEST, row_limit=10**6).matches
    assert mine == {(match.a, letters.span(match.b, match.length)) for match in matches}
    assert len({(run.a, run.line, run.b) for run in grown}) == len(grown)
    assert all(run.length >= GRAM for run in grown)


@given(a=LINES, b=LINES)
def test_the_letters_of_every_piece_stand_in_both(a: str, b: str) -> None:
    own = normalise(Text(a), "a").string
    for place in found(a, b):
        for piece in place.pieces:
            assert normalise(Text(b[slice(*piece)]), "b").string.strip("\x01") in own
        assert place.span == Span(place.pieces[0].start, place.pieces[-1].end)
        assert place.exact == (len(place.pieces) == 1)


def test_marks_and_script_do_not_part_a_passage() -> None:
    assert said("要坚持党要管党、全面从严治党，永远在路上", "他说：“堅持黨要管黨全面從嚴治黨。") == [
        "堅持黨要管黨全面從嚴治黨"
    ]


def test_no_passage_runs_over_a_line_end_or_a_redaction() -> None:
    text = "坚持党要管党全面从严治党永远在路上"
    assert said(text, "坚持党要管党全面从\n严治党永远在路上") == []
    assert said(text, "坚持党要管党全面从**严治党永远在路上", (9, 11)) == []
    assert said(text, "**坚持党要管党全面从严治党**", (0, 2), (14, 16)) == ["坚持党要管党全面从严治党"]


def test_a_changed_word_leaves_one_place_with_two_pieces() -> None:
    (place,) = found(
        "把抓好机关党的建设作为本职抓不好机关党建是失职的表现",
        "把抓好机关党的建设作为天职抓不好机关党建是失职的表现",
    )
    assert not place.exact
    assert [span.end - span.start for span in place.pieces] == [11, 14]
    assert (place.start, place.same) == (1, 25)


def test_passages_far_apart_stay_apart() -> None:
    one, other = "坚持党要管党全面从严治党", "不忘初心牢记使命砥砺前行"
    assert said(f"{one}，{other}", f"{one}。这里还有别的话要说清楚，{other}") == [one, other]


def test_places_on_the_same_letters_are_one_passage_and_the_longest_names_it() -> None:
    a = "坚持党要管党全面从严治党永远在路上，我们一定要深入推进反腐败斗争绝不松懈"
    others = {
        1: "坚持党要管党全面从严治党",
        2: "坚持党要管党全面从严治党永远在路上",
        3: "深入推进反腐败斗争绝不松懈",
    }
    own = prints(Text(a)).letters
    groups = grouped(len(own.string), {key: found(a, other) for key, other in others.items()})
    assert [[key for key, _place in group.places] for group in groups] == [[2, 1], [3]]
    assert [a[slice(*own.span(group.start, group.end - group.start))] for group in groups] == [
        others[2],
        others[3],
    ]


def test_letters_are_covered_once() -> None:
    piece = (Span(0, 1),)
    spans = [(1, 20), (5, 15), (20, 30), (40, 52)]
    assert covered(Place(start, end, Span(0, 1), piece, end - start, True) for start, end in spans) == 41
    assert covered([]) == 0


def test_a_place_that_is_no_longer_there_is_no_match() -> None:
    own = prints(Text("坚持党要管党全面从严治党永远在路上")).letters
    for text in ("", "甲乙", "别的话\n别的话"):
        assert runs(own, Lines(Text(text)), [(1, 0), (3, 2), (4, 99)]) == []
