"""XML piece by piece: what is asked for, as soon as it ends, and nothing that is not safe."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers.expat import ExpatError

import pytest

from archive.readers import Unreadable, elements
from archive.readers.elements import Element, inside, judged, outermost, tree, whole
from tests.readers.wordfile import STRICT, W


def xml(body: str, space: str = W) -> list[bytes]:
    return [f'<x:doc xmlns:x="{space}">{body}</x:doc>'.encode()]


def test_names_are_short_whatever_the_file_calls_them() -> None:
    for space in (W, STRICT):
        (found,) = outermost(xml('<x:p x:val="1" y="2">甲<x:r/>乙</x:p>', space), {"w:p"})
        assert found.element == Element("w:p", {"w:val": "1", "y": "2"}, ["甲", Element("w:r", {}), "乙"])
        assert [each.tag for each in found.around] == ["w:doc"]
    (found,) = outermost(xml("<x:p/>", "urn:other"), {"?:p"})
    assert found.element.tag == "?:p"


def test_only_the_outermost_are_found_and_properties_are_left_to_those_around() -> None:
    body = "<x:tr><x:trPr><x:del/></x:trPr><x:p><x:p/></x:p><x:other/></x:tr>"
    (found,) = outermost(xml(body), {"w:p"}, {"w:trPr"})
    row = found.around[-1]
    assert [child.tag for child in row] == ["w:trPr"]
    assert row.find("w:trPr", "w:del") is not None
    assert [each.element.tag for each in inside(found.element, {"w:p"})] == ["w:p"]


def test_each_is_handed_on_as_soon_as_it_ends() -> None:
    read: list[int] = []

    def chunks() -> Iterator[bytes]:
        yield f'<x:doc xmlns:x="{W}">'.encode()
        for n in range(100):
            read.append(n)
            yield b"<x:p/>"
        yield b"</x:doc>"

    found = outermost(chunks(), {"w:p"})
    next(found)
    assert read == [0]
    assert sum(1 for _each in found) == 99


def test_what_is_found_is_not_kept_by_what_is_around_it() -> None:
    *_others, last = outermost(xml("<x:p/>" * 50), {"w:p"})
    assert last.around[-1].children == []


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">',
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_every_encoding(declaration: str, codec: str) -> None:
    with pytest.raises(Unreadable) as caught:
        tree([f"{declaration}<a>&x;</a>".encode(codec)], "a")
    assert caught.value.code == "unsafe_xml"


def test_each_element_is_judged_once_for_all_that_is_in_it() -> None:
    asked: list[str] = []

    def judge(element: Element) -> str:
        asked.append(element.tag)
        return "deleted" if element.tag == "w:del" else ""

    body = "<x:tbl>" + "<x:p/>" * 5 + "<x:del><x:tc>" + "<x:p/>" * 5 + "</x:tc></x:del><x:p/></x:tbl>"
    verdicts = [judged(found.around, judge) for found in outermost(xml(body), {"w:p"})]
    assert verdicts == [""] * 5 + ["deleted"] * 5 + [""]
    assert asked == ["w:doc", "w:tbl", "w:del"]
    assert judged((), judge) == ""


def test_too_deep_and_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="过于复杂"):
        list(outermost([b"<a>" * 301], {"p"}))
    monkeypatch.setattr(elements, "ELEMENTS", 10)
    assert len(list(outermost(xml("<x:p/>" * 50), {"w:p"}))) == 50
    with pytest.raises(Unreadable, match="过于复杂"):
        list(outermost(xml(f"<x:p>{'<x:r/>' * 20}</x:p>"), {"w:p"}))


def test_what_is_no_xml_is_an_error_of_the_parser() -> None:
    for data in (b"", b"<a>", b"<a></b>", b"\xff"):
        with pytest.raises(ExpatError):
            tree([data], "a")


@pytest.mark.parametrize("encoding", ["UTG-8", "big5", "hex", "undefined", "idna", "utf-7", "x" * 2000])
def test_an_encoding_that_no_document_has_is_an_error_of_the_parser(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>甲</a>'.encode()
    with pytest.raises(ExpatError):
        tree([data], "a")


def test_another_root_is_not_found() -> None:
    assert tree(xml("<x:p/>"), "w:numbering") is None


@pytest.mark.parametrize(
    ("value", "number"),
    [(None, None), ("", None), ("x", None), ("1.5", None), ("9" * 5000, None), ("-3", -3), ("7", 7)],
)
def test_whole_numbers(value: str | None, number: int | None) -> None:
    assert whole(value) == number
