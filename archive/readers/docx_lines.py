"""Paragraphs of a .docx to lines, as a reader of the final version sees them.

ECMA-376 part 1 sections 17.3 (paragraphs), 17.13.5 (revisions), 17.16 (fields). Insertions are text and
deletions are not; a field shows its result; a text box is read once, after the paragraph that it hangs on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.readers.docx_lists import Lists
from archive.readers.docx_styles import OFF, Styles, switched_on
from archive.readers.elements import Element
from archive.readers.numerals import joined
from archive.readers.omissions import gathers
from archive.readers.symbols import character

TEXTS = {"w:t", "m:t"}
SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
WORD_ART = "v:textpath"
"""Lettering drawn as a picture, as the red head of an official paper often is (part 4 section 19.1.2.23)."""
COUNTED = {
    "w:del": "revisions_accepted",
    "w:ins": "revisions_accepted",
    "w:moveFrom": "revisions_accepted",
    "w:footnoteReference": "footnotes_removed",
    "w:endnoteReference": "footnotes_removed",
    "w:commentReference": "comments_removed",
    "w:rt": "ruby_removed",
}
UNSEEN = {"w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:rt", "w:sdtPr", "w:instrText", "w:delText"}

NESTED = 30
"""Fields inside one another."""
INSTRUCTION = 100
"""Characters of a field's instruction that are looked at."""


@dataclass(slots=True)
class _Field:
    """An open field: first its instruction, then its result."""

    instruction: str = ""
    in_result: bool = False

    def learn(self, pieces: Iterable[Element | str]) -> None:
        """Take more of the instruction; it begins with what the field does."""
        if len(self.instruction) < INSTRUCTION:
            self.instruction += "".join(piece for piece in pieces if isinstance(piece, str))[:INSTRUCTION]

    @property
    def shown(self) -> bool:
        return self.in_result and not gathers(self.instruction)


class Lines:
    """Takes paragraphs, gives ``lines``; ``omitted`` counts what was left out, by kind."""

    def __init__(self, styles: Styles, lists: Lists, *, with_contents: bool = False) -> None:
        self._styles, self._lists, self._with_contents = styles, lists, with_contents
        self._fields: list[_Field] = []
        self._open: tuple[Element | None, str] | None = None
        self.lines: list[str] = []
        self.omitted: Counter[str] = Counter()

    @property
    def within_field(self) -> bool:
        """Whether a table of contents has begun and not ended: then the rest of the text was left out."""
        return any(gathers(field.instruction) for field in self._fields)

    def take(self, paragraph: Element) -> None:
        """Add the lines of ``paragraph`` and of the text boxes that hang on it."""
        properties = paragraph.find("w:pPr")
        boxes: list[Element] = []
        gathered = self.within_field
        text = "".join(self._pieces(paragraph, boxes))
        self._fields = [field for field in self._fields if field.in_result]
        if self._open and self._open[1].strip():
            properties, text = self._open[0], self._open[1] + text
        self._open = None
        if joins_next(paragraph):
            self.omitted["revisions_accepted"] += paragraph.find("w:pPr", "w:rPr", "w:del") is not None
            self._open = properties, text
        elif text.strip() or not (gathered or self.within_field or has_hidden_mark(properties)):
            number, gap = self._lists.next_number(properties)
            self.lines.append(joined(number, text.lstrip(), gap) if text.strip() else "")
        for box in boxes:
            self._take_box(box)

    def finish(self) -> None:
        """Add what still waits for a next paragraph."""
        if self._open:
            self.lines.append(self._open[1])
            self._open = None

    def _take_box(self, box: Element) -> None:
        waiting, self._open = self._open, None
        for paragraph in paragraphs(box):
            self.take(paragraph)
        self.finish()
        self._open = waiting

    def _pieces(self, paragraph: Element, boxes: list[Element]) -> Iterator[str]:
        """The text of ``paragraph`` in order; text boxes go to ``boxes``."""
        hidden = self._styles.hides(style_of(paragraph.find("w:pPr"), "w:pStyle"))
        todo = [*reversed(list(paragraph))]
        while todo:
            element = todo.pop()
            if kind := COUNTED.get(element.tag):
                self.omitted[kind] += 1
            if element.tag == "w:txbxContent":
                boxes.append(element)
            elif element.tag == "w:r" and self._is_hidden(element, hidden):
                self.omitted["hidden_removed"] += 1
                self._follow_fields(element)
            elif element.tag in SIGNS or element.tag in TEXTS or element.tag in {"w:sym", WORD_ART}:
                yield self._sign(element)
            else:
                self._follow_field(element)
                todo.extend(reversed(self._within(element)))

    def _within(self, element: Element) -> list[Element]:
        """The children that are read on."""
        if element.tag in UNSEEN:
            return []
        if is_placeholder(element):
            self.omitted["placeholders_removed"] += 1
            return []
        if element.tag == "mc:AlternateContent":
            return next(([child] for child in element), [])
        if element.tag == "w:fldSimple" and gathers(element.get("w:instr")) and not self._with_contents:
            self.omitted["contents_removed"] += 1
            return []
        return list(element)

    def _sign(self, element: Element) -> str:
        if not (self._with_contents or all(field.shown for field in self._fields)):
            return ""
        if element.tag in SIGNS:
            return SIGNS[element.tag]
        if element.tag in TEXTS:
            return "".join(child for child in element.children if isinstance(child, str))
        return element.get("string") if element.tag == WORD_ART else self._symbol(element)

    def _symbol(self, element: Element) -> str:
        try:
            code = int(element.get("w:char"), 16)
        except ValueError:
            code = 0
        drawn = character(code, element.get("w:font"))
        self.omitted["symbols_lost"] += not drawn
        return drawn

    def _is_hidden(self, run: Element, by_paragraph: bool) -> bool:
        properties = run.find("w:rPr")
        own = properties.value("w:vanish") if properties else None
        if own is not None:
            return own not in OFF
        return by_paragraph or self._styles.hides(style_of(properties, "w:rStyle"))

    def _follow_fields(self, run: Element) -> None:
        """Marks of fields count in hidden text too: Word hides those of index entries."""
        for element in run:
            self._follow_field(element)

    def _follow_field(self, element: Element) -> None:
        if element.tag == "w:instrText" and self._fields and not self._fields[-1].in_result:
            self._fields[-1].learn(element.children)
        if element.tag != "w:fldChar":
            return
        mark = element.get("w:fldCharType")
        if mark == "begin":
            # Fields that were never ended are forgotten.
            self._fields = [*self._fields[-NESTED:], _Field()]
        elif mark == "separate" and self._fields:
            self._fields[-1].in_result = True
            self.omitted["contents_removed"] += gathers(self._fields[-1].instruction)
        elif mark == "end" and self._fields:
            self._fields.pop()


def style_of(properties: Element | None, tag: str) -> str:
    return (properties.value(tag) if properties else None) or ""


def joins_next(paragraph: Element) -> bool:
    """Whether the mark at the end of ``paragraph`` was deleted or moved away, or is no end to see.

    A dropped initial is a paragraph of its own in a frame (section 17.3.1.11).
    """
    frame, mark = paragraph.find("w:pPr", "w:framePr"), paragraph.find("w:pPr", "w:rPr")
    if frame is not None and frame.get("w:dropCap") in {"drop", "margin"}:
        return True
    if mark is None:
        return False
    gone = mark.find("w:del") is not None or mark.find("w:moveFrom") is not None
    return gone or switched_on(mark, "w:specVanish")


def has_hidden_mark(properties: Element | None) -> bool:
    return properties is not None and switched_on(properties, "w:rPr", "w:vanish")


def paragraphs(block: Element) -> Iterable[Element]:
    """The outermost paragraphs in ``block``, in order, without those of deleted rows."""
    todo = [*reversed(list(block))]
    while todo:
        element = todo.pop()
        if element.tag == "w:p":
            yield element
        elif not is_left_out(element):
            todo.extend(reversed(list(element)))


def is_left_out(block: Element) -> bool:
    """Whether a block around paragraphs is deleted, hidden, or the twin of another."""
    if block.tag == "w:tr":
        return block.find("w:trPr", "w:del") is not None or switched_on(block, "w:trPr", "w:hidden")
    if block.tag == "w:tc":
        return block.find("w:tcPr", "w:cellDel") is not None
    return block.tag in {"w:del", "w:moveFrom", "mc:Fallback"}


def is_placeholder(block: Element) -> bool:
    """Whether a content control shows what should be filled in (section 17.5.2.39)."""
    return block.tag == "w:sdt" and switched_on(block, "w:sdtPr", "w:showingPlcHdr")


def is_contents(block: Element) -> bool:
    """Whether ``block`` is the gallery piece of a table of contents (section 17.5.2.12)."""
    gallery = block.value("w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery is not None and gallery.casefold() == "table of contents"
