import pytest

from archive.compare import Span, Text
from archive.compare.distinctive import distinctive, log_likelihood


def own(a: Text, b: Text) -> tuple[list[str], list[str]]:
    scored_a, scored_b = distinctive(a, b)
    return [word for word, _ in scored_a], [word for word, _ in scored_b]


def test_the_figure_is_that_of_the_paper() -> None:
    """Rayson & Garside's own calculator gives 41.59 for 30 of 1,000 against none of 1,000."""
    assert log_likelihood(30, 0, 1000, 1000) == pytest.approx(41.589, abs=0.001)
    assert log_likelihood(10, 20, 1000, 2000) == pytest.approx(0.0)
    assert log_likelihood(20, 5, 1000, 1000) == pytest.approx(9.637, abs=0.001)


def test_each_side_gets_the_words_that_it_uses_more() -> None:
    a, b = own(Text("机关党建工作，" + "学习理论，" * 9), Text("机关党建工作，" + "反对腐败，" * 9))
    assert "理论" in a
    assert "腐败" in b
    assert not set(a) & set(b)
    assert "机关" not in [*a, *b]


def test_equal_texts_have_nothing_of_their_own() -> None:
    text = Text("学习理论，" * 9)
    assert distinctive(text, text) == ((), ())


def test_empty_texts_have_no_words() -> None:
    assert distinctive(Text(""), Text("，。")) == ((), ())


def test_redacted_words_and_numbers_say_nothing() -> None:
    hidden = "XXX" + "，2022年" * 9
    text = hidden * 9
    spans = tuple(Span(i, i + 3) for i in range(0, len(text), len(hidden)))
    assert own(Text(text, spans), Text("反对腐败，" * 9))[0] == []


def test_traditional_and_simplified_are_one_word() -> None:
    assert own(Text("理論學習。" * 9), Text("理论学习。" * 9)) == ([], [])
