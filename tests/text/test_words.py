"""Words and where they stand."""

import os
import subprocess
import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.text import words

SEEDS = Path(__file__).parents[2] / "seeds"


def test_words_carry_their_offsets() -> None:
    assert [(word.text, word.start, word.end) for word in words.words("全面从严治党，GDP")] == [
        ("全面", 0, 2),
        ("从严治党", 2, 6),
        ("，", 6, 7),
        ("GDP", 7, 10),
    ]


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("全面从严治党的二十大，。 a1𠮷\n黨"), st.characters(codec="utf-8"))
    )
)
def test_words_joined_are_the_text(text: str) -> None:
    found = words.words(text)
    assert "".join(word.text for word in found) == text
    assert all(text[word.start : word.end] == word.text for word in found)


def test_a_word_is_cut_the_same_wherever_it_stands() -> None:
    alone = [word.text for word in words.words("党办")]
    assert [word.text for word in words.words("全市党办系统")] == ["全市", *alone, "系统"]


def test_counts_are_of_words_of_two_letters_or_more() -> None:
    assert words.counts("党建工作，党建 的 工作x党建。") == {"党建": 3, "工作": 2}


def test_the_compiled_dictionary_is_kept_in_the_folder_given_and_nowhere_else(tmp_path: Path) -> None:
    cache, temp = tmp_path / "cache", tmp_path / "temp"
    temp.mkdir()
    script = (
        "import sys; from archive.text import words; words.prepare(sys.argv[1]);"
        "assert 'jieba.analyse' not in sys.modules; assert words.words('党建')[0].text == '党建'"
    )
    env = {**os.environ, "TMPDIR": str(temp)}
    subprocess.run([sys.executable, "-W", "ignore", "-c", script, str(cache)], check=True, env=env)
    assert [path.name for path in cache.iterdir()] == ["jieba.cache"]
    assert list(temp.iterdir()) == []
    assert cache.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("run", ["a" * 300_000, "7" * 300_000, "党建" * 150_000, "机关党建工作" * 50_000])
def test_a_run_without_an_end_is_cut_in_pieces_and_nothing_is_lost(run: str) -> None:
    """As one run, 300,000 letters would keep jieba busy for half a minute and fill a gigabyte."""
    text = f"我们要{run}，抓好落实。"
    found = [word.text for word in words.words(text)]
    assert "".join(found) == text
    assert max(map(len, found)) <= 1000


def test_words_are_the_same_with_and_without_an_overlong_run_beside_them() -> None:
    plain = "全面从严治党，要抓好 GDP 2.5% 的落实。\r\n第二行 e-mail"
    alone = [word.text for word in words.words(plain)]
    beside = [word.text for word in words.words(f"{plain}\n{'a' * 1000}")]
    assert beside[: len(alone)] == alone


def ways(of: type[jieba.Tokenizer], sentence: str) -> dict[int, tuple[float, int]]:
    """For each letter how likely the likeliest way on from it is, and where its word ends."""
    segmenter, route = words._segmenter(), {}
    of.calc(segmenter, sentence, of.get_DAG(segmenter, sentence), route)
    return {at: way for at, way in route.items() if at < len(sentence)}


@given(st.text("全面从严治党的二十大党建工作机关事务管理局a1T恤𠮷黨，", min_size=1))
@example("".join(path.read_text("utf-8")[:3_000] for path in sorted(SEEDS.glob("*.txt"))))
def test_the_words_are_those_of_jieba_to_the_last_digit(sentence: str) -> None:
    assert ways(type(words._segmenter()), sentence) == ways(jieba.Tokenizer, sentence)
