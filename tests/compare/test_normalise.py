from hypothesis import given
from hypothesis import strategies as st

from archive.compare import Span, Text
from archive.compare.normalise import BARRIER, normalise


def letters(text: str, *redactions: tuple[int, int]) -> str:
    """The letters as side a sees them, with | for a barrier."""
    spans = tuple(Span(*span) for span in redactions)
    return normalise(Text(text, spans), "a").string.replace(BARRIER["a"], "|")


def test_punctuation_and_spaces_do_not_count() -> None:
    assert letters("对“从严治党，深入推进”作出 部署。") == "|对从严治党深入推进作出部署|"


def test_width_case_and_script_are_folded_letter_by_letter() -> None:
    assert letters("黨的建設ＡＢc２０") == "|党的建设abc20|"


def test_a_paragraph_end_is_a_barrier() -> None:
    assert letters("讲话\n\n同志们：\r\n大家好") == "|讲话|同志们|大家好|"


def test_a_redaction_is_a_barrier_whatever_stands_there() -> None:
    assert letters("学习***次，到XXX去", (2, 5), (8, 11)) == "|学习|次到|去|"


def test_a_text_without_letters_is_only_barriers() -> None:
    for text in ("", "。。。", "\n", "***"):
        assert set(letters(text)) == {"|"}
        assert normalise(Text(text), "a").count == 0


def test_the_two_sides_never_share_a_barrier() -> None:
    """Not even when the text itself contains the control characters that barriers are made of."""
    text = "".join(BARRIER.values()) + "党\n建"
    a, b = normalise(Text(text), "a"), normalise(Text(text), "b")
    assert set(a.string) & set(b.string) == {"党", "建"}
    assert (a.string, b.string) == ("\x00党\x00建\x00", "\x01党\x01建\x01")


@given(st.text(alphabet="党建黨ＡaⅣ①é\u0301，。 \n*𠮷"))
def test_every_letter_leads_back_to_its_place(text: str) -> None:
    found = normalise(Text(text), "a")
    assert len(found.places) == len(found.string)
    assert list(found.places) == sorted(found.places)
    kept = [place for char, place in zip(found.string, found.places, strict=True) if char != BARRIER["a"]]
    assert [text[place] for place in kept] == [char for char in text if char.isalnum()]
    assert found.count == len(kept)


def test_edges_say_what_stands_before_a_letter() -> None:
    found = normalise(Text("党“建”、强，基\n固***本", (Span(10, 13),)), "a")
    assert found.string.replace(BARRIER["a"], "|") == "|党建强基|固|本|"
    assert list(found.edges) == [2, 2, 1, 1, 2, 2, 2, 2, 2, 2, 2]
    assert len(found.edges) == len(found.string) + 1
