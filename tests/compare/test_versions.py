import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.compare import TooLong, versions
from archive.compare.versions import SENTENCE_LIMIT, sentences


def shown(a: str, b: str) -> str:
    """Deleted as [-…-], inserted as [+…+]."""
    parts = []
    for change in versions(a, b).changes:
        if change.kind == "same":
            assert a[slice(*change.a)] == b[slice(*change.b)]
            parts.append(a[slice(*change.a)])
        elif change.kind == "deleted":
            parts.append(f"[-{a[slice(*change.a)]}-]")
        else:
            parts.append(f"[+{b[slice(*change.b)]}+]")
    return "".join(parts)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # Nothing to show
        ("", "", ""),
        ("同志们：\n大家好。", "同志们：\n大家好。", "同志们：\n大家好。"),
        # One side only
        ("", "新稿。", "[+新稿。+]"),
        ("旧稿。", "", "[-旧稿。-]"),
        # A word inside a sentence
        ("要抓好机关党建工作。", "要抓实机关党建工作。", "要抓[-好-][+实+]机关党建工作。"),
        # A sentence added, a sentence gone
        ("一要学习。三要落实。", "一要学习。二要调研！三要落实。", "一要学习。[+二要调研！+]三要落实。"),
        ("一要学习。二要调研！三要落实。", "一要学习。三要落实。", "一要学习。[-二要调研！-]三要落实。"),
        # Another sentence in its place: letters that happen to agree are not picked out
        ("天气很好。", "党的建设。", "[-天气很好。-][+党的建设。+]"),
        # A single agreeing letter between two changes is noise
        ("机关党建工作甲的乙好。", "机关党建工作丙的丁好。", "机关党建工作[-甲的乙-][+丙的丁+]好。"),
    ],
)
def test_changes_as_a_reader_sees_them(a: str, b: str, expected: str) -> None:
    assert shown(a, b).replace("好。", "好。") == expected


words = st.lists(st.sampled_from("党建学习，。；\n好”"), max_size=40).map("".join)


@given(words, words)
def test_nothing_is_lost_and_nothing_is_shown_twice(a: str, b: str) -> None:
    changes = versions(a, b).changes
    assert "".join(a[slice(*c.a)] for c in changes if c.kind != "inserted") == a
    assert "".join(b[slice(*c.b)] for c in changes if c.kind != "deleted") == b
    assert all(a[slice(*c.a)] == b[slice(*c.b)] for c in changes if c.kind == "same")
    assert all((c.a.start < c.a.end) == (c.kind != "inserted") for c in changes)
    assert all((c.b.start < c.b.end) == (c.kind != "deleted") for c in changes)
    assert all(x.kind != y.kind for x, y in itertools.pairwise(changes))


@given(words)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(text[slice(*span)] for span in sentences(text)) == text


def test_similarity_is_the_kept_share_of_both() -> None:
    assert versions("一二三。四五六。", "一二三。").similarity == pytest.approx(8 / 12)
    assert versions("", "").similarity == 1.0


def test_more_sentences_than_a_reader_can_wait_for_are_refused() -> None:
    with pytest.raises(TooLong, match=str(SENTENCE_LIMIT)):
        versions("好。" * (SENTENCE_LIMIT + 1), "好。")
