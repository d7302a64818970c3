"""A speech is the same speech whatever it was kept in: text and outline are those of the plain text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from archive import parsing
from archive.readers import read
from tests.readers import odtfile, wordfile
from tests.readers.test_rtf import hexed, rtf, u

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ONE = re.compile(r"^([一二三四五六七八九十]+、)(.*)$")


def as_docx(lines: list[str]) -> bytes:
    """With 一、 as an automatic number."""
    body = ""
    for line in lines:
        match = ONE.match(line)
        body += wordfile.p(escape(match[2]), level=0) if match else wordfile.p(escape(line))
    return wordfile.docx(body, numbering=wordfile.chinese())


def as_odt(lines: list[str]) -> bytes:
    body = "<text:sequence-decls/>"
    for line in lines:
        match = ONE.match(line)
        paragraph = odtfile.p(escape(match[2] if match else line))
        goes_on = 'xml:id="a"' if 'xml:id="a"' not in body else 'text:continue-list="a"'
        body += odtfile.listed(odtfile.item(paragraph), more=goes_on) if match else paragraph
    return odtfile.odt(body)


def as_rtf(lines: list[str]) -> bytes:
    """Half in the code page, half as Unicode, as writers of different ages do."""
    body = ""
    for place, line in enumerate(lines):
        match = ONE.match(line)
        number = rf"{{\listtext\f1 {hexed(match[1])}\tab}}" if match else ""
        text = match[2] if match else line
        body += number + (u(text) if place % 2 else hexed(text, "gb18030")) + "\\par\n"
    return rtf(body)


@pytest.mark.parametrize(
    ("form", "make"), [("docx", as_docx), ("odt", as_odt), ("rtf", as_rtf)], ids=["docx", "odt", "rtf"]
)
@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_text_and_outline_are_those_of_the_plain_text(
    form: str, make: Callable[[list[str]], bytes], seed: Path
) -> None:
    plain = read(seed.read_bytes(), seed.name)
    numbers = [match[1] for line in plain.text.split("\n") if (match := ONE.match(line))]
    document = read(make(plain.text.split("\n")), f"{seed.stem}.{form}")
    assert document.text == plain.text
    assert document.encoding == form
    found, expected = (parsing.parse(text, name=seed.name) for text in (document.text, plain.text))
    assert found.sections == expected.sections
    assert found.title == expected.title
    assert numbers == (["一、", "二、", "三、"] if seed.name[:3] in {"001", "002", "004"} else [])
