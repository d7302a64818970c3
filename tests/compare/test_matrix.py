from itertools import combinations
from pathlib import Path

import pytest

from archive.compare import Shared, Span, Text, TooMany, Unit, compare, matrix
from archive.compare.cells import agreeing, by_cell
from archive.compare.families import Passage
from archive.parsing import parse
from archive.text import fold

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def outlined(text: str) -> Text:
    outline = parse(text)
    return Text(
        text,
        tuple(Span(redaction.start, redaction.end) for redaction in outline.redactions),
        tuple(
            Unit(section.start, section.end, Span(section.heading_start, section.heading_end), section.kind)
            for section in outline.sections
        ),
    )


def stretches(text: Text, unit: Unit) -> list[str]:
    """The folded letters of a section between line ends and redactions, read off the text once more."""
    broken = list(fold(text.text))
    for start, end in text.redactions:
        broken[start:end] = "\n" * (end - start)
    lines = "".join(broken[unit.start : unit.end]).split("\n")
    return ["".join(char for char in line if char.isalnum()) for line in lines]


def common_letters(one: list[str], other: list[str], least: int) -> int:
    """How many letters of ``one`` stand in a run of at least so many that ``other`` has too."""
    known = {string[i : i + least] for string in other for i in range(len(string) - least + 1)}
    count = 0
    for string in one:
        runs = [i for i in range(len(string) - least + 1) if string[i : i + least] in known]
        count += len({place for i in runs for place in range(i, i + least)})
    return count


@pytest.mark.parametrize(("a", "b"), list(combinations(range(5), 2)))
def test_every_cell_counts_the_letters_that_both_sections_have(a: int, b: int) -> None:
    one, other = (outlined(SEEDS[n].read_text()) for n in (a, b))
    found = matrix(one, other, compare(one, other))
    for i, unit in enumerate(one.sections):
        assert found.letters[0][i] == sum(map(len, stretches(one, unit)))
        for j, answer in enumerate(other.sections):
            x, y = stretches(one, unit), stretches(other, answer)
            cell = found.cells.get((i, j))
            shared = (cell.a.exact, cell.b.exact) if cell else (0, 0)
            assert shared == (common_letters(x, y, 8), common_letters(y, x, 8)), (i, j)


def test_sides_swapped_the_matrix_is_turned() -> None:
    one, other = (outlined(SEEDS[n].read_text()) for n in (2, 3))
    found, back = matrix(one, other, compare(one, other)), matrix(other, one, compare(other, one))
    assert found.cells
    exact = {at: (cell.a.exact, cell.b.exact) for at, cell in found.cells.items() if cell.a.exact}
    assert exact == {(i, j): (c.b.exact, c.a.exact) for (j, i), c in back.cells.items() if c.a.exact}
    turned = {(i, j): round(value, 9) for j, row in enumerate(back.similarity) for i, value in enumerate(row)}
    assert turned == {
        (i, j): round(v, 9) for i, row in enumerate(found.similarity) for j, v in enumerate(row)
    }
    assert (found.forth, found.back) == (back.back, back.forth)
    assert found.pairs == sorted({(i, j) for j, i in back.pairs}, key=found.pairs.index)


A = "一、学习\n要坚定不移推进全面从严治党。\n二、作风\n要驰而不息纠正四风问题。\n"
B = "一、纪律\n必须驰而不息纠正四风问题。\n二、读书\n必须坚定不移推进全面从严治党。\n三、其他\n天气晴朗。\n"


def test_pairs_come_in_the_order_of_a_and_say_when_each_is_the_others_best() -> None:
    one, other = outlined(A), outlined(B)
    found = matrix(one, other, compare(one, other))
    bodies = [unit.start for unit in one.sections if unit.part == "body"]
    assert len(bodies) == 2
    assert found.pairs == [(1, 2), (2, 1)]
    assert all(found.is_mutual(at) for at in found.pairs)
    assert not found.is_mutual((1, 1))
    assert not found.is_suggested((1, 1))
    assert all(found.is_suggested(at) for at in found.pairs)
    assert {at: (cell.a.exact, cell.b.exact) for at, cell in found.cells.items()} == {
        (1, 2): (12, 12),
        (2, 1): (10, 10),
    }


def test_formulas_are_shared_but_not_plain_and_near_letters_are_counted_apart() -> None:
    formula = "习近平新时代中国特色社会主义思想"
    a = Text(f"用{formula}，学{formula}，讲{formula}。\n切实承担起全面从严治党主体责任。\n")
    b = Text(f"信{formula}，悟{formula}。\n切实担负起全面从严治党主体责任。\n")
    one, other = (
        Text(t.text, (), (Unit(0, t.text.index("\n") + 1), Unit(t.text.index("\n") + 1, len(t.text))))
        for t in (a, b)
    )
    cells = matrix(one, other, compare(one, other)).cells
    assert (cells[0, 0].a.exact, cells[0, 0].b.exact) == (48, 32)
    assert (cells[0, 0].a.plain, cells[0, 0].b.plain) == (0, 0)
    assert cells[1, 1].a == cells[1, 1].b == Shared(exact=11, plain=11, near=3)


def test_passages_outside_of_all_sections_are_in_no_cell() -> None:
    passage = Passage("exact", Span(5, 9), Span(0, 4), 4, 1.0)
    assert by_cell([Unit(0, 5)], [Unit(0, 9)], [passage]) == {}
    assert by_cell([Unit(6, 9)], [Unit(0, 9)], [passage]) == {}
    assert by_cell([Unit(0, 5), Unit(5, 9)], [Unit(0, 9)], [passage]) == {(1, 0): [passage]}


def test_only_what_agrees_of_a_passage_is_shared() -> None:
    differing = ((Span(2, 4), Span(2, 2)), (Span(6, 6), Span(4, 5)))
    passage = Passage("near", Span(0, 8), Span(0, 7), 6, 0.8, differing)
    assert list(agreeing(passage, "a")) == [Span(0, 2), Span(4, 6), Span(6, 8)]
    assert list(agreeing(passage, "b")) == [Span(0, 2), Span(2, 4), Span(5, 7)]


def test_texts_without_sections_make_an_empty_matrix() -> None:
    found = matrix(
        Text("坚定不移推进全面从严治党"), Text("坚定不移推进全面从严治党"), compare(Text("甲"), Text("乙"))
    )
    assert (found.similarity, found.cells, found.pairs) == ((), {}, [])


def test_too_many_sections_are_refused() -> None:
    text = Text("甲" * 150, (), tuple(Unit(n, n + 1) for n in range(150)))
    few = Text(text.text, (), text.sections[:2])
    assert len(matrix(text, few, compare(few, few)).similarity) == 150
    with pytest.raises(TooMany):
        matrix(text, text, compare(few, few))
