"""The promise: a run of letters from a sentence is found wherever it stands, and nowhere else.

The oracle below knows nothing of the search room: it cuts texts into sentences, keeps their letters, and
asks whether one string stands in another.
"""

from __future__ import annotations

import os
import random
import re
import unicodedata
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive import search
from archive.models import Speech
from archive.search import Query
from archive.search.counting import counted
from archive.search.engine import Store
from archive.search.engine.fields import Document
from archive.search.query import parse
from archive.search.selecting import choose
from archive.text import fold, fold_apart


@cache
def sentences(text: str) -> list[str]:
    """The letters of each sentence, as written."""
    return [
        "".join(char for char in sentence if unicodedata.category(fold(char))[0] in "LN")
        for sentence in re.split(r"[。！？!?｡\n]|[*＊]+|××+", text)
    ]


@dataclass(frozen=True)
class Truth:
    """A text's sentences, one a line, in both readings: what the index is judged by."""

    folded: str
    apart: str

    @staticmethod
    @cache
    def of(text: str) -> Truth:
        lines = "\n".join(sentences(text))
        folded = fold(lines)
        return Truth(folded, fold_apart(lines) or folded)

    def readings(self, run: str) -> list[tuple[str, str]]:
        """What to look for, and where. 乾 cut out of 乾隆 is found there, 干 is not: letters read alone count
        only for a run with a letter whose reading hangs on its neighbours.
        """
        apart = fold_apart(run)
        return [(fold(run), self.folded), *([] if apart is None else [(apart, self.apart)])]

    def places(self, run: str) -> set[int]:
        """Where the run begins, in one of its readings."""
        return {
            match.start()
            for piece, whole in self.readings(run)
            for match in re.finditer(f"(?={re.escape(piece)})", whole)
        }

    def holds(self, run: str) -> bool:
        return any(piece in whole for piece, whole in self.readings(run))


@st.composite
def runs(draw: st.DrawFn, texts: list[str]) -> str:
    """1 to 16 letters out of a sentence of one of the texts."""
    sentence = draw(st.sampled_from([s for text in texts for s in sentences(text) if s]))
    start = draw(st.integers(0, len(sentence) - 1))
    return sentence[start : start + draw(st.integers(1, 16))]


SEEDS = Path(__file__).parents[2] / "seeds"
# Folders of texts of one's own to hold the promise against: ARCHIVE_TEST_CORPUS=folder, several with a colon.
CORPORA = [Path(name) for name in os.environ.get("ARCHIVE_TEST_CORPUS", "").split(os.pathsep) if name]
PHRASES = 2000


def texts_of(folder: Path) -> list[str]:
    """All texts with a letter in them."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.txt"))]
    return [text for text in texts if any(sentences(text))]


def phrases(texts: list[str], many: int) -> list[str]:
    """Runs of 1 to 16 letters out of sentences, always the same; long texts give more of them."""
    dice = random.Random(1949)
    known = {text: list(filter(None, sentences(text))) for text in texts}
    found = []
    for text in dice.choices(texts, [len(text) for text in texts], k=many):
        sentence = dice.choice(known[text])
        start = dice.randrange(len(sentence))
        found.append(sentence[start : start + dice.randint(1, 16)])
    return found


@pytest.mark.parametrize("folder", [SEEDS, *CORPORA], ids=lambda folder: folder.name)
def test_thousands_of_phrases_are_found_and_counted_exactly(folder: Path, tmp_path: Path) -> None:
    """Plain and in quotes; the places are counted as the concordance and the trends count them."""
    texts = texts_of(folder)
    truths = [Truth.of(text) for text in texts]
    wrong = []
    with closing(archive_of(texts, tmp_path)) as store, store.view() as view:
        for run in phrases(texts, PHRASES):
            places = {
                number: len(truth.places(run)) for number, truth in enumerate(truths) if truth.holds(run)
            }
            docs = counted(view, set(range(len(texts))), parse(f"“{run}”"))
            found = {view.entries[doc].pk: many for doc, many in docs.items()}
            plain = {view.entries[doc].pk for doc in choose(view, parse(run)).literal}
            if found != places:
                wrong.append((run, "places, and places found", sorted(places.items() ^ found.items())[:9]))
            if plain != places.keys():
                wrong.append((run, "found without quotes, or not", sorted(places.keys() ^ plain)[:9]))
    assert not wrong


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=runs(texts_of(SEEDS)))
@example("或")
@example("XX")
@example("79")
@example("2019")
@example("三基建设")
@example("不忘初心牢记使命")
def test_every_run_of_the_seeds_is_found_exactly_where_it_stands(seeds: list[Speech], run: str) -> None:
    expected = {speech.pk for speech in seeds if Truth.of(speech.text).holds(run)}
    quoted = search.find(Query(f"“{run}”"))
    assert not quoted.degraded
    assert {hit.id for hit in quoted.hits} == expected
    plain = search.find(Query(run))
    assert plain.exact == len(expected)
    assert {hit.id for hit in plain.hits[: plain.exact]} == expected


# Letters that fold by their neighbours, width, redactions, sentence ends, astral and decomposed letters.
LETTERS = "黨党建設设乾隆燥干著名顯瞭解了覆蓋答面俱到傢工作的aＡ1１Xé𠮷⽂文"
MARKS = "，、；。！？!?“”《》·—\n *＊×e\u0301"
archives = st.lists(
    st.text(alphabet=LETTERS * 3 + MARKS, min_size=1, max_size=60), min_size=1, max_size=5
).filter(lambda texts: any(any(sentences(text)) for text in texts))


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_every_run_of_any_archive_is_found_exactly_where_it_stands(data: st.DataObject) -> None:
    texts = data.draw(archives)
    sought = data.draw(st.lists(runs(texts), min_size=1, max_size=12))
    truths = [Truth.of(text) for text in texts]
    with TemporaryDirectory() as folder:
        store = archive_of(texts, Path(folder))
        with store.view() as view:
            for run in sought:
                expected = {number for number, truth in enumerate(truths) if truth.holds(run)}
                found = choose(view, parse(f"“{run}”")).loose
                assert {view.entries[doc].pk for doc in found} == expected, run
                assert {view.entries[doc].pk for doc in choose(view, parse(run)).literal} == expected, run
        store.close()


def archive_of(texts: list[str], folder: Path) -> Store:
    """An index of texts, numbered, written in two commits."""
    store = Store(folder / "index")
    generation = store.create()
    documents = [Document(n, "", text, "", "", "", "", "", "") for n, text in enumerate(texts)]
    store.write(generation, [], documents[::2])
    store.write(generation, [], documents[1::2])
    store.publish(generation)
    return store


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("学习。同志们", "“学习同志”"),
        ("学习！同志们", "“学习同志”"),
        ("学习\n同志们", "“学习同志”"),
        ("学习***同志们", "“学习同志”"),
        ("学习××同志们", "“学习同志”"),
        ("学习***同志们", "“学习。同志”"),
        ("学习。同志们", "“学习***同志”"),
        ("乾隆皇帝", "“干隆”"),
        ("乾隆皇帝", "干"),
        ("傢俱", "具体"),
        ("面面俱到", "具"),
    ],
)
def test_must_not_be_found(text: str, query: str, tmp_path: Path) -> None:
    assert not answers(text, query, tmp_path)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("学习，同志们", "“学习同志”"),
        ("学习；同志们", "“学习同志”"),
        ("学习。”\n同志们", "“学习。同志”"),
        ("学习***次", "“学习***次”"),
        ("学习***次", "“学习＊次”"),
        ("乾隆皇帝", "乾"),
        ("乾隆皇帝", "乾隆"),
        ("乾燥", "乾"),
        ("乾燥", "干燥"),
        ("傢俱", "家具"),
        ("傢俱", "俱"),
        ("傢俱到了", "“俱到”"),
        ("乾隆府", "“乾隆府”"),
        ("土坯房", "土坯房"),
        ("面面俱到", "面俱"),
        ("答覆", "覆"),
        ("答覆", "答复"),
        ("cafe\u0301 noir", "“café noir”"),
        ("CAFÉ", "café"),
        ("7·9", "7·9"),
        ("7·9", "79"),
        ("两个“维护”", "两个维护"),
        ("𠮷野家", "𠮷"),
        ("增长7.5%，GDP达", "7.5"),
        ("增长7.5%，GDP达", "dp"),
    ],
)
def test_must_be_found(text: str, query: str, tmp_path: Path) -> None:
    assert answers(text, query, tmp_path)


def answers(text: str, query: str, folder: Path) -> bool:
    store = archive_of([text], folder)
    try:
        with store.view() as view:
            return bool(choose(view, parse(query)).loose)
    finally:
        store.close()
