"""styles.xml of a .docx: what a paragraph gets from its style, as far as it shows in the text.

ECMA-376 part 1 section 17.7: a style may be based on another, and a paragraph without a style has the default one.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.readers.elements import Element, whole

CHAIN = 20
"""Styles based on one another; a circle ends here too."""
OFF = {"0", "false", "off"}


def switched_on(properties: Element | None, *path: str) -> bool:
    """Whether a switch such as ``w:vanish`` is there and not off (section 17.17.4)."""
    value = properties.value(*path) if properties else None
    return value is not None and value not in OFF


@dataclass(frozen=True, slots=True)
class Listed:
    """A paragraph's place in a list: ``w:numId`` and ``w:ilvl``, either of which may be left open."""

    number: str | None
    level: int | None


@dataclass(frozen=True, slots=True)
class Style:
    """A style, with what is of use here."""

    parent: str
    listed: Listed
    hidden: bool


class Styles:
    """The styles of a document by id."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in root or ():
            if element.tag != "w:style":
                continue
            name = element.get("w:styleId")
            self._styles[name] = Style(
                element.value("w:basedOn") or "",
                listed(element.find("w:pPr")),
                switched_on(element.find("w:rPr"), "w:vanish"),
            )
            if element.get("w:type") == "paragraph" and element.get("w:default") in {"1", "true", "on"}:
                self.default = name

    def listed(self, name: str) -> tuple[Listed, str]:
        """The place in a list that the style ``name`` gives, and the style that gives it, which may be a parent."""
        for each, style in self._chain(name):
            if style.listed.number is not None:
                return style.listed, each
        return Listed(None, None), ""

    def hides(self, name: str) -> bool:
        """Whether text in the style ``name`` is hidden."""
        return any(style.hidden for _name, style in self._chain(name))

    def _chain(self, name: str) -> list[tuple[str, Style]]:
        chain: list[tuple[str, Style]] = []
        while name in self._styles and len(chain) < CHAIN:
            chain.append((name, self._styles[name]))
            name = self._styles[name].parent
        return chain


def listed(properties: Element | None) -> Listed:
    """What ``w:numPr`` of a paragraph's or style's properties says."""
    numbering = properties.find("w:numPr") if properties else None
    if numbering is None:
        return Listed(None, None)
    level = numbering.value("w:ilvl")
    return Listed(numbering.value("w:numId"), whole(level))
