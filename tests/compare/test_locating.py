"""Where in a text a quotation stands, or what is nearest."""

from __future__ import annotations

import pytest

from archive.compare import find_stretch, likeness, most_wrong, place_stretch
from archive.compare.locating import MOST_HERE, MOST_THERE

NOISE = "".join(chr(0x5000 + n * 7 % 3000) for n in range(3000))
SAID = "把党的政治建设摆在首位"
TEXT = NOISE[:1500] + SAID + NOISE[1500:]


def seeds(quoted: str) -> list[tuple[str, float]]:
    return [(quoted[at : at + 2], 1.0) for at in range(len(quoted) - 1)]


@pytest.mark.parametrize(("size", "most"), [(1, 0), (4, 0), (5, 1), (8, 2), (12, 3), (20, 6), (200, 60)])
def test_how_much_may_be_wrong(size: int, most: int) -> None:
    assert most_wrong(size) == most


@pytest.mark.parametrize(
    ("quoted", "differences"),
    [
        (SAID, 0),
        ("把党的政治建设放在首位", 1),
        ("把党政治建设摆在首位", 1),
        ("把党的政治的建设摆在首位", 1),
        ("把党的治政建设摆在首位", 1),
        ("把党的思想建设放在首位", 3),
    ],
)
def test_the_place_is_found_with_its_differences(quoted: str, differences: int) -> None:
    placed = place_stretch(quoted, TEXT, seeds(quoted))
    assert placed is not None
    assert placed.differences == differences
    assert (placed.edits[0].source.start, placed.end) == (1500, 1500 + len(SAID))


@pytest.mark.parametrize("quoted", ["今天天气不错适合出门", "把党甲乙丙丁戊己庚首位", "首位在摆设建"])
def test_what_is_too_far_away_is_not_found(quoted: str) -> None:
    assert place_stretch(quoted, TEXT, seeds(quoted)) is None


def test_nothing_before_a_given_place_is_found() -> None:
    assert place_stretch(SAID, TEXT, seeds(SAID), after=1506) is None
    assert find_stretch(SAID, TEXT + SAID, 1501).edits[0].source.start == len(TEXT)
    wrong = SAID.replace("摆", "放")
    assert place_stretch(wrong, TEXT + SAID, seeds(wrong), after=1501).edits[0].source.start == len(TEXT)


def test_a_text_that_holds_the_quotation_is_more_like_it_than_one_that_holds_its_pairs() -> None:
    apart = "".join(SAID[at : at + 2] + NOISE[at * 200 : at * 200 + 200] for at in range(0, 10, 2))
    assert likeness(SAID, TEXT, seeds(SAID)) > likeness(SAID, apart, seeds(SAID))
    assert likeness(SAID, NOISE, seeds(SAID)) == 0


def test_repetitive_letters_cost_no_more_than_their_places_that_are_looked_at() -> None:
    class Counted(str):
        finds = 0

        def find(self, *arguments: object) -> int:
            Counted.finds += 1
            return super().find(*arguments)  # type: ignore[arg-type]

    text = Counted("国家" * 5000)
    quoted = Counted("国家" * 800 + "民")
    likeness(quoted, text, [("国家", 1.0), ("家国", 1.0)])
    assert Counted.finds <= 2 * (MOST_HERE + MOST_THERE + 2)


def test_nothing_stands_nowhere() -> None:
    assert find_stretch("", TEXT) is None
    assert place_stretch("不在", TEXT, seeds("不在")) is None
