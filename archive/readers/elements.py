"""XML of office documents as small elements, read piece by piece and never whole.

Expat of the standard library, with what a document has no need of refused: a DTD, and with it every
entity, external or not (OWASP ASVS 5.0 section 1.5.1). Names are short, ``w:p``, with the prefixes
of PREFIXES, whatever the file calls them; the strict and the transitional namespaces of ECMA-376 are one.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from archive.readers.document import Unreadable

DEPTH = 300
"""Nested elements. Sixty tables inside one another do not come to it."""
ELEMENTS = 500_000
"""Elements held at a time, some 150 MB; the styles of a real document are a hundredth of it."""

PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


@dataclass(slots=True)
class Element:
    """An element: its short name, its attributes by short name, and its children and text in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)
    verdict: str | None = field(default=None, compare=False, repr=False)
    """What ``judged`` has found out about an element with all that is around it."""

    def __iter__(self) -> Iterator[Element]:
        return (child for child in self.children if isinstance(child, Element))

    def find(self, *path: str) -> Element | None:
        """The first child of the first name, its first child of the second name, and so on."""
        found: Element | None = self
        for tag in path:
            found = next((child for child in found if child.tag == tag), None) if found else None
        return found

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def value(self, *path: str) -> str | None:
        """``w:val`` of the element at ``path``; "" when it has none, None when there is no such element."""
        found = self.find(*path)
        return None if found is None else found.get("w:val")


@dataclass(frozen=True, slots=True)
class Found:
    """An element that was asked for, and the open elements around it, outermost first.

    Those around it have only those children that were asked to be kept.
    """

    element: Element
    around: tuple[Element, ...]


class _Builder:
    """Handlers of expat: ``ready`` fills with the outermost elements of the wanted names."""

    def __init__(self, wanted: Container[str], kept: Container[str]) -> None:
        self.wanted, self.kept = wanted, kept
        self.ready: list[Found] = []
        self.open: list[Element] = []
        self.inside = 0
        """How many of the open elements, the last ones, are whole: a wanted or kept one, and all in it."""
        self.held = 0
        self.short: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.shortened(name)
        element = Element(tag, {self.shortened(key): value for key, value in attributes.items()})
        if self.inside or tag in self.wanted or tag in self.kept:
            if self.open and (self.inside or tag in self.kept):
                self.open[-1].children.append(element)
            self.inside += 1
            self.held += 1
        self.open.append(element)
        if len(self.open) > DEPTH or self.held > ELEMENTS:
            raise Unreadable("unsafe_xml", "文档的结构过于复杂，请另存为纯文本（.txt）后再上传。")

    def end(self, _name: str) -> None:
        element = self.open.pop()
        if not self.inside:
            return
        self.inside -= 1
        if not self.inside and element.tag in self.wanted:
            self.held = 0
            self.ready.append(Found(element, tuple(self.open)))

    def text(self, text: str) -> None:
        if self.inside:
            self.open[-1].children.append(text)

    def shortened(self, name: str) -> str:
        if name not in self.short:
            space, _, local = name.rpartition(" ")
            self.short[name] = f"{PREFIXES.get(space, '?')}:{local}" if space else local
        return self.short[name]

    def refuse(self, *_declaration: object) -> None:
        raise Unreadable("unsafe_xml", "文档含有 DTD/外部实体。请用原来的软件打开，另存一份后再上传。")


def outermost(chunks: Iterable[bytes], wanted: Container[str], kept: Container[str] = ()) -> Iterator[Found]:
    """Each element named in ``wanted`` that is in no other such, as soon as it ends.

    Elements named in ``kept``, which are properties, are left to those around. Raises Unreadable for
    what is unsafe, and expat.ExpatError for what is no XML.
    """
    builder = _Builder(wanted, kept)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = builder.refuse
    parser.EntityDeclHandler = builder.refuse
    for chunk in chunks:
        _parse(parser, chunk)
        yield from builder.ready
        builder.ready.clear()
    _parse(parser, b"", last=True)
    yield from builder.ready


def _parse(parser: expat.XMLParserType, chunk: bytes, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except Unreadable:
        raise
    except (LookupError, ValueError) as error:
        # The file names an encoding that Python does not know, or has no such XML in.
        raise expat.ExpatError(str(error)) from error


def inside(block: Element, wanted: Container[str]) -> Iterator[Found]:
    """The same as ``outermost`` of an element that is held whole."""
    todo = [Found(child, (block,)) for child in reversed(list(block))]
    while todo:
        found = todo.pop()
        if found.element.tag in wanted:
            yield found
        else:
            around = (*found.around, found.element)
            todo.extend(Found(child, around) for child in reversed(list(found.element)))


def judged(around: tuple[Element, ...], judge: Callable[[Element], str]) -> str:
    """What ``judge`` says of the outermost of those around of which it says anything; else "".

    Each is judged once, and remembers it for all that is in it: a document may nest deep and long.
    """
    known = len(around)
    while known and around[known - 1].verdict is None:
        known -= 1
    verdict = (around[known - 1].verdict if known else "") or ""
    for element in around[known:]:
        verdict = element.verdict = verdict or judge(element)
    return verdict


def tree(chunks: Iterable[bytes], root: str) -> Element | None:
    """The whole element ``root``, or None when the file is of something else. For small parts only."""
    return next((found.element for found in outermost(chunks, {root})), None)


def whole(value: str | None) -> int | None:
    """A whole number written in a file, or None."""
    try:
        return int(value) if value and len(value) < 10 else None
    except ValueError:
        return None
