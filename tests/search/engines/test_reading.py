"""What a Reading answers, whoever answers."""

from __future__ import annotations

import unicodedata

import pytest

from archive.models import Speech
from archive.search.asking import Reading
from archive.search.index import fingerprint
from archive.search.letters import Letters, needle, stands
from archive.text import fold

from ..conftest import Make
from .conftest import Opened

TEXTS = {
    "甲": "甲\n同志们，抓好党建工作；机关党建，要抓实。学习。",
    "乙": "乙\n黨的建設，乾隆與乾燥。7·9重要讲话，增长7.5%。",
    "丙": "丙\nＧＤＰ与***次会议，２０１９年。𠮷野家。",
    "丁": "丁\n一二三四五六七八九十。",
}


@pytest.fixture
def texts(make: Make) -> dict[str, Speech]:
    """Four speeches that readers see, one that they do not."""
    make("草稿\n党建工作。", title="草稿", published=False)
    return {title: make(text, title=title, speaker="王某", event="会议") for title, text in TEXTS.items()}


def titles(reading: Reading, docs: object, texts: dict[str, Speech]) -> str:
    known = {speech.pk: title for title, speech in texts.items()}
    return "".join(sorted(known[reading.entries[doc].pk] for doc in docs))  # type: ignore[attr-defined]


def test_every_published_speech_is_one_document(engine: Opened, texts: dict[str, Speech]) -> None:
    with engine() as reading:
        assert sorted(reading.entries[doc].pk for doc in reading.docs) == sorted(s.pk for s in texts.values())


def test_entries_say_what_the_speech_says(engine: Opened, texts: dict[str, Speech]) -> None:
    with engine() as reading:
        for doc in reading.docs:
            entry = reading.entries[doc]
            speech = Speech.objects.get(pk=entry.pk)
            assert entry.fingerprint == fingerprint(speech)
            assert (entry.speaker, entry.event, entry.kind) == ("王某", "会议", speech.kind)
            assert entry.size == len(reading.text(doc)[0])
            assert entry.own == len(Letters.of(speech.text).letters)
        sizes = [reading.entries[doc].size for doc in reading.docs]
        assert reading.average == pytest.approx(sum(sizes) / len(sizes), rel=0.5)


def test_letters_are_those_of_the_text_and_lead_back_to_it(engine: Opened, texts: dict[str, Speech]) -> None:
    with engine() as reading:
        for doc in reading.docs:
            text = Speech.objects.get(pk=reading.entries[doc].pk).text
            letters = reading.letters(doc)
            assert letters == Letters.of(text)
            assert reading.text(doc) == (letters.letters, letters.apart)
            for first, letter in enumerate(letters.letters):
                start, end = letters.span(first, 1)
                if unicodedata.category(letter)[0] in "LN":
                    assert fold(text)[start:end] == letter


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        ("党建", "甲"),
        ("抓好党建工作机关党建", "甲"),
        ("抓实学习", ""),  # a sentence ends between them
        ("党的建设", "乙"),
        ("乾隆", "乙"),
        ("干燥", "乙"),
        ("79重要", "乙"),
        ("75", "乙"),
        ("gdp", "丙"),
        ("2019", "丙"),
        ("𠮷", "丙"),
        ("与次", ""),  # a redaction stands between them
        ("与***次", "丙"),
        ("四五六七", "丁"),
        ("五", "丁"),
        ("没有", ""),
    ],
)
def test_standing_is_exact(engine: Opened, texts: dict[str, Speech], sought: str, expected: str) -> None:
    with engine() as reading:
        assert titles(reading, reading.standing(needle(sought)), texts) == expected


def test_standing_agrees_with_the_letters_for_every_pair(engine: Opened, texts: dict[str, Speech]) -> None:
    with engine() as reading:
        joined = "".join(Letters.of(text).letters for text in TEXTS.values())
        for pair in {joined[i : i + 2] for i in range(len(joined) - 1)}:
            if sought := needle(pair):
                expected = {doc for doc in reading.docs if stands(sought, *reading.text(doc))}
                assert reading.standing(sought) == expected, pair


def test_postings_of_pairs_are_counted_in_the_letters(engine: Opened, texts: dict[str, Speech]) -> None:
    with engine() as reading:
        for pair in ("党建", "建工", "工作", "讲话", "没有"):
            docs, counts = reading.postings("pairs", pair)
            expected = {doc: n for doc in reading.docs if (n := reading.text(doc)[0].count(pair))}
            assert docs == sorted(expected)
            assert dict(zip(docs, counts, strict=True)) == expected


@pytest.mark.parametrize("field", ["pairs", "head", "words"])
def test_postings_are_documents_in_order_each_with_a_count(
    engine: Opened, texts: dict[str, Speech], field: str
) -> None:
    with engine() as reading:
        for term in ("党建", "工作", "没有", ""):
            docs, counts = reading.postings(field, term)
            assert docs == sorted(set(docs))
            assert set(docs) <= reading.docs
            assert len(counts) == len(docs)
            assert all(count > 0 for count in counts)


def test_frequency_is_an_estimate_that_knows_what_is_not_there(
    engine: Opened, texts: dict[str, Speech]
) -> None:
    with engine() as reading:
        assert reading.frequency("pairs", "没有") == 0
        assert 0 <= reading.frequency("pairs", "党建") <= len(reading.entries)


def test_heads_are_title_and_headings(engine: Opened, make: Make) -> None:
    make(
        "题目\n一、抓好党建\n内容甲。\n二、抓实学习\n内容乙。",
        title="题目",
        headings={"一、抓好党建": "1", "二、抓实学习": "2"},
    )
    with engine() as reading:
        (doc,) = reading.docs
        (title, _), (headings, _) = reading.heads(doc)
        assert "题目" in title
        assert "抓好党建" in headings
        assert "抓实学习" in headings
        assert "内容" not in title + headings


def test_a_title_that_the_text_lacks_is_searched_behind_it(engine: Opened, make: Make) -> None:
    make("同志们，抓好党建。", title="另有标题")
    with engine() as reading:
        (doc,) = reading.docs
        assert reading.standing(needle("另有标题")) == {doc}
        own = reading.entries[doc].own
        assert reading.text(doc)[0][:own] == Letters.of("同志们，抓好党建。").letters
        assert "另有标题" in reading.text(doc)[0][own:]


def test_an_archive_may_be_empty(engine: Opened, make: Make) -> None:
    with engine() as reading:
        assert (reading.docs, reading.standing(needle("党建"))) == (set(), set())
        assert reading.postings("pairs", "党建") == ([], [])
