"""The letters of an OFD page: what its text objects say and where (GB/T 33190-2016 chapters 8 to 11).

A text object has a place on the page (``Boundary``), perhaps a matrix (``CTM``), and pieces of text with
the step from each letter to the next (``DeltaX``, where ``g 3 5`` is 5 5 5). Graphic units are drawn by
reference, each with a place and a matrix of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot

from archive.readers.elements import Element
from archive.readers.pages import MAX_LETTERS, Glyph, Page, is_unmapped, is_wide, too_large

Matrix = tuple[float, float, float, float, float, float]

AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
LEANS = 0.17
"""Tangent of ten degrees."""
NARROW = 0.5
"""Letters that a Latin one is wide where no step is given."""
DEEP = 20
OBJECTS = 200_000
"""On one page; units within units could multiply without end."""
GROUPS = ("Content", "Layer", "PageBlock")


def local(element: Element) -> str:
    """The element's name without its namespace, in which programs differ."""
    return element.tag.rpartition(":")[2]


def children(element: Element, tag: str) -> Iterator[Element]:
    """The children named ``tag``."""
    return (child for child in element if local(child) == tag)


def numbers(text: str) -> list[float]:
    """The numbers of a list; what is none is left out."""
    found = []
    for word in text.split():
        try:
            found.append(float(word))
        except ValueError:
            continue
    return found


class Canvas:
    """A page while its letters are collected."""

    def __init__(self, units: dict[str, Element]) -> None:
        self.units = units
        self.glyphs: list[Glyph] = []
        self.objects = 0
        self.turned = 0
        self.unmapped = 0
        self.pictures = False

    def page(self, width: float, height: float) -> Page:
        """What was drawn, as a page of this size (millimetres)."""
        return Page(
            width,
            height,
            tuple(self.glyphs),
            turned=self.turned,
            unmapped=self.unmapped,
            pictures=self.pictures,
        )

    def draw(self, element: Element, matrix: Matrix = AS_IT_IS, depth: int = 0) -> None:
        """Everything in ``element``, in the coordinates of ``matrix``. Raises Unreadable when it is too much."""
        for child in element:
            self.objects += 1
            if self.objects > OBJECTS or len(self.glyphs) > MAX_LETTERS or depth > DEEP:
                raise too_large("OFD")
            tag = local(child)
            if child.get("Visible") == "false":
                continue
            if tag in GROUPS:
                self.draw(child, matrix, depth + 1)
            elif tag == "TextObject":
                self._write(child, _placed(child, matrix))
            elif tag == "CompositeObject" and child.get("ResourceID") in self.units:
                self.draw(self.units[child.get("ResourceID")], _placed(child, matrix), depth + 1)
            self.pictures |= tag == "ImageObject"

    def _write(self, element: Element, matrix: Matrix) -> None:
        a, b, c, d, e, f = matrix
        size = (numbers(element.get("Size")) or [0.0])[0]
        across = hypot(a, b) * ((numbers(element.get("HScale")) or [1.0])[0] or 1.0)
        for char, x, y in _letters(element, size):
            if abs(b) > LEANS * abs(a) or a < 0:
                self.turned += not char.isspace()
                continue
            if is_unmapped(char):
                self.unmapped += 1
                continue
            left = a * x + c * y + e
            width = size * across * (1 if is_wide(char) else NARROW)
            self.glyphs.append(Glyph(char, left, left + width, b * x + d * y + f, size * hypot(c, d)))


def _placed(element: Element, outer: Matrix) -> Matrix:
    """The matrix inside of ``element``: first its own one, then its place, then what is around."""
    own = numbers(element.get("CTM"))
    a, b, c, d, e, f = own if len(own) == 6 else AS_IT_IS
    left, top, *_ = (*numbers(element.get("Boundary")), 0.0, 0.0)
    e, f = e + left, f + top
    oa, ob, oc, od, oe, of = outer
    return (
        oa * a + oc * b,
        ob * a + od * b,
        oa * c + oc * d,
        ob * c + od * d,
        oa * e + oc * f + oe,
        ob * e + od * f + of,
    )


def _letters(element: Element, size: float) -> Iterator[tuple[str, float, float]]:
    """Each letter of a text object, and where its baseline begins."""
    x = y = 0.0
    for code in children(element, "TextCode"):
        # A piece without a place of its own goes on where the first one began.
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        text = "".join(child for child in code.children if isinstance(child, str))
        along, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        here, base = x, y
        for place, char in enumerate(text):
            if char not in "\r\n":
                yield char, here, base
            usual = 0.0 if down else size * (1 if is_wide(char) else NARROW)
            here += along[place] if place < len(along) else usual
            base += down[place] if place < len(down) else 0.0


def _steps(text: str, limit: int) -> list[float]:
    """The steps that ``text`` lists, ``limit`` at most."""
    steps: list[float] = []
    words = iter(text.split())
    for word in words:
        if word == "g":
            times, step = numbers(next(words, "")), numbers(next(words, ""))
            if times and step and times[0] < limit + 1:
                steps += step * int(times[0])
        else:
            steps += numbers(word)
        if len(steps) >= limit:
            break
    return steps[:limit]
