"""What is kept of a file name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.text import clean_name


@pytest.mark.parametrize(
    "name",
    ["讲话.txt", "a b（1）.docx", "在全市党办系统 推进会上的讲话 2022.txt", "no-suffix", "年度.总结.md"],
)
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\w\\讲话.txt", "讲话.txt"),
        ("讲\x00话\n.txt", "讲话.txt"),
        ("讲\u202egnp.txt", "讲gnp.txt"),
        ('<b>"a".txt', "ba.txt"),
        (".hidden.", "hidden"),
        ("...", ""),
        ("\udcd6\udcd0.txt", "\ufffd\ufffd.txt"),
        ("长" * 300 + ".txt", "长" * 196 + ".txt"),
        ("长" * 300, "长" * 200),
    ],
)
def test_what_misleads_or_breaks_is_taken_out(name: str, kept: str) -> None:
    assert clean_name(name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_short_printable_and_stable(name: str) -> None:
    kept = clean_name(name)
    assert len(kept) <= 200
    assert not set(kept) & set("/\\\x00\n\r")
    kept.encode()
    assert clean_name(kept) == kept
