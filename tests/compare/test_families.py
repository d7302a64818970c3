from archive.compare import Passage, Span
from archive.compare.families import families


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
