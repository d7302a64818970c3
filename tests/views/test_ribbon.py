import pytest

from archive.compare import Text, compare
from archive.views import columns, ribbon


def drawn(a: str, b: str) -> ribbon.Ribbon:
    families = compare(Text(a), Text(b), 4).families
    return ribbon.ribbon(len(a), len(b), *columns.places(families))


def test_a_band_spans_the_passage_on_both_bars() -> None:
    [band] = drawn("甲乙丙丁子丑寅卯辰巳", "天地玄黄甲乙丙丁").bands
    corners = [tuple(map(float, point.split(","))) for point in band.points.split()]
    assert {x for x, y in corners if y <= ribbon.BAR} == {0.0, 400.0}
    assert {x for x, y in corners if y >= ribbon.HEIGHT - ribbon.BAR} == {500.0, 1000.0}
    assert band.anchor == "a1"


def test_every_place_of_both_sides_has_a_band() -> None:
    found = drawn("甲乙丙丁。天。甲乙丙丁。地。甲乙丙丁", "甲乙丙丁，子丑寅卯")
    assert len(found.bands) == 3
    mirrored = drawn("甲乙丙丁，子丑寅卯", "甲乙丙丁。天。甲乙丙丁。地。甲乙丙丁")
    assert len(mirrored.bands) == 3
    assert {band.anchor for band in mirrored.bands} == {"a1"}


def test_formulas_are_drawn_below_and_a_hair_stays_visible() -> None:
    long = "甲乙丙丁。" * 5
    found = drawn(long + "子丑寅卯" + "，" * 9000, long + "辰巳子丑寅卯" + "，" * 9000)
    assert [band.recurring for band in found.bands][-1] is False
    xs = sorted({float(point.split(",")[0]) for point in found.bands[-1].points.split()})
    assert xs[-1] - xs[0] >= ribbon.NARROWEST


def test_no_passages_no_bands() -> None:
    assert drawn("", "").bands == ()


def test_a_near_passage_has_a_band_of_its_own_kind_below_the_exact_ones() -> None:
    a, b = "切实承担起全面从严治党主体责任", "切实担负起全面从严治党主体责任"
    found = compare(Text(a), Text(b))
    families = (*found.families, *found.near_families)
    bands = ribbon.ribbon(len(a), len(b), *columns.places(families)).bands
    assert [band.near for band in bands] == [True, False]


def test_the_best_lie_on_top_and_ticks_show_where_sections_begin() -> None:
    a, b = "甲乙丙丁子丑寅卯辰巳", "子丑寅卯。甲乙丙丁。"
    families = compare(Text(a), Text(b), 4).families
    found = ribbon.ribbon(
        10, 10, *columns.places(families, (7, 3)), best_first=(7, 3), sections=((0, 4), (0, 5, 9))
    )
    assert [band.family for band in found.bands] == [3, 7]
    assert found.ticks == ((400.0,), (500.0, 900.0))


@pytest.mark.parametrize("alike", [True, False])
def test_formulas_are_hairlines_unless_they_count_like_any_other(alike: bool) -> None:
    text = "甲乙丙丁。" * 5
    families = compare(Text(text), Text("甲乙丙丁"), 4).families
    found = ribbon.ribbon(len(text), 4, *columns.places(families, alike=alike))
    assert {band.recurring for band in found.bands} == {not alike}
