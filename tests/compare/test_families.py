from archive.compare import Family, Passage, Span
from archive.compare.families import families, near_families


def passage(a: int, b: int, length: int) -> Passage:
    return Passage("exact", Span(a, a + length), Span(b, b + length), length, 1.0)


def test_the_same_letters_are_one_family_with_every_place_once() -> None:
    found = families([passage(0, 0, 8), passage(0, 50, 8), passage(30, 0, 8), passage(30, 50, 8)], ["同"] * 4)
    assert [(f.letters, f.a, f.b) for f in found] == [
        ("同", (Span(0, 8), Span(30, 38)), (Span(0, 8), Span(50, 58)))
    ]


def test_the_longest_comes_first_and_of_equals_the_rarer() -> None:
    rows = [(passage(0, 0, 3), "甲甲甲"), (passage(9, 0, 3), "甲甲甲"), (passage(5, 5, 3), "乙乙乙")]
    rows.append((passage(20, 20, 5), "丙丙丙丙丙"))
    found = families([p for p, _ in rows], [letters for _, letters in rows])
    assert [f.letters for f in found] == ["丙丙丙丙丙", "乙乙乙", "甲甲甲"]


def test_a_formula_goes_behind_everything_however_long() -> None:
    formula = [passage(at, 0, 9) for at in range(0, 90, 10)]
    found = families([*formula, passage(95, 95, 2)], ["套话套话套话套话套"] * 9 + ["独到"])
    assert [(f.letters, f.recurring) for f in found] == [("独到", False), ("套话套话套话套话套", True)]


def test_a_formula_may_be_named_by_who_knows_it() -> None:
    rows = [passage(0, 0, 3), passage(5, 5, 2)]
    found = families(rows, ["套话儿", "独到"], formulas={"套话儿"})
    assert [(f.letters, f.recurring, f.known) for f in found] == [
        ("独到", False, False),
        ("套话儿", True, True),
    ]


def near(a: tuple[int, int], b: tuple[int, int], length: int = 9) -> Passage:
    return Passage("near", Span(*a), Span(*b), length, 0.9)


def grouped(*rows: Passage) -> tuple[Family, ...]:
    return near_families(rows, [str(n) * row.length for n, row in enumerate(rows)])


def test_near_passages_that_only_touch_or_overlap_a_little_stay_apart() -> None:
    assert len(grouped(near((0, 10), (0, 10)), near((10, 20), (20, 30)), near((17, 27), (50, 60)))) == 3
    assert len(grouped(near((0, 90), (0, 90), 80), near((10, 20), (100, 110)), near((12, 22), (10, 20)))) == 2


def test_variants_that_overlap_on_either_side_are_one_family_the_best_first() -> None:
    one, longer, same_b = near((0, 10), (0, 10)), near((2, 14), (50, 60), 10), near((90, 99), (1, 10), 8)
    [family] = grouped(one, longer, same_b)
    assert (family.kind, family.letters, family.similarity) == ("near", "1" * 10, 0.9)
    assert family.a == (Span(0, 14), Span(90, 99))
    assert family.b == (Span(0, 10), Span(50, 60))
    assert family.variants == (longer, one, same_b)


def test_a_near_passage_with_five_places_is_a_formula_too() -> None:
    rows = [near((0, 10), (at, at + 10)) for at in range(0, 80, 20)]
    rare = near((500, 510), (500, 510), 8)
    assert [(len(f.b), f.recurring) for f in grouped(*rows, rare)] == [(1, False), (4, True)]
