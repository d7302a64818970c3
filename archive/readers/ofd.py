"""OFD (GB/T 33190-2016), the printed page of Chinese offices: a zip of XML, read as pages are read.

``OFD.xml`` names the documents, each names its pages; a page shows its templates, its own content, and
graphic units kept among the resources, where some programs put the whole text. Names are compared
without their namespace, because programs differ in it; paths without case and without what leads out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from archive.readers.document import Document, Unreadable
from archive.readers.elements import Element, outermost
from archive.readers.ofdtext import Canvas, children, numbers
from archive.readers.packages import Package, damaged
from archive.readers.pages import MAX_LETTERS, MAX_PAGES, Page, text_of, too_large
from archive.readers.settling import settle

A4 = [0.0, 0.0, 210.0, 297.0]
"""Millimetres, like all lengths here."""
KIND = "OFD 文件"
ENCRYPTED = ("decryptseed.dat", "encryptions.xml")
"""Members of a document behind a password or certificate (GM/T 0099-2020)."""


def read_ofd(data: bytes, encoding: str | None) -> Document:
    """Raises Unreadable. ``encoding`` means nothing here: XML says its own."""
    package = _Ofd(data)
    if any(name.endswith(ENCRYPTED) for name in package.names):
        raise Unreadable("encrypted_document", "OFD 文件有密码，请去掉密码后再上传。")
    try:
        pages = _pages(package)
    except (expat.ExpatError, ValueError) as error:
        raise error if isinstance(error, Unreadable) else damaged(KIND) from None
    text, notes = text_of(pages, "OFD")
    return settle(text, "ofd", notes)


class _Ofd:
    """The package's XML by path."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data, KIND)
        self.names = {info.filename.replace("\\", "/").lower(): info for info in self.package.members}

    def root(self, path: str, tag: str) -> Element | None:
        """The root element of the file at ``path``; None when there is none."""
        info = self.names.get(path.lower())
        if info is None:
            return None
        found = outermost(self.package.chunks(info), (f"?:{tag}", tag))
        return next((each.element for each in found), None)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the pages of a document share."""

    box: list[float]
    templates: dict[str, Element]
    units: dict[str, Element]


def _pages(package: _Ofd) -> list[Page]:
    start = package.root("OFD.xml", "OFD")
    if start is None:
        raise damaged(KIND)
    pages: list[Page] = []
    left = MAX_LETTERS
    for path in (joined("", root) for body in children(start, "DocBody") for root in texts(body, "DocRoot")):
        for page in _pages_of(package, path):
            left -= len(page.glyphs)
            pages.append(page)
            if left < 0 or len(pages) > MAX_PAGES:
                raise too_large("OFD", 0 if left < 0 else len(pages))
    return pages


def _pages_of(package: _Ofd, path: str) -> Iterator[Page]:
    document = package.root(path, "Document")
    if document is None:
        raise damaged(KIND)
    common = next(children(document, "CommonData"), Element("", {}))
    shared = _Shared(
        box_of(common, "PageArea") or A4,
        {each.get("ID"): root for each, root in _parts(package, path, common, "TemplatePage", "Page")},
        _units(package, path, common),
    )
    for pages in children(document, "Pages"):
        for _, root in _parts(package, path, pages, "Page", "Page"):
            yield _page(root, shared)


def _parts(
    package: _Ofd, path: str, element: Element, tag: str, root: str
) -> Iterator[tuple[Element, Element]]:
    """The children ``tag`` of ``element`` and the file that each of them names; a missing page is damage."""
    for child in children(element, tag):
        part = package.root(joined(path, child.get("BaseLoc")), root)
        if part is None:
            raise damaged(KIND)
        yield child, part


def _units(package: _Ofd, path: str, common: Element) -> dict[str, Element]:
    """The graphic units of the document's resources, by id."""
    units: dict[str, Element] = {}
    for tag in ("PublicRes", "DocumentRes"):
        for place in texts(common, tag):
            resources = package.root(joined(path, place), "Res")
            for group in children(resources, "CompositeGraphicUnits") if resources else ():
                units |= {unit.get("ID"): unit for unit in children(group, "CompositeGraphicUnit")}
    return units


def _page(root: Element, shared: _Shared) -> Page:
    """The page with its templates, as it looks."""
    canvas = Canvas(shared.units)
    for template in children(root, "Template"):
        if template.get("TemplateID") in shared.templates:
            canvas.draw(shared.templates[template.get("TemplateID")])
    canvas.draw(root)
    _, _, width, height = box_of(root, "Area") or shared.box
    return canvas.page(width, height)


def box_of(element: Element, tag: str) -> list[float]:
    """The physical box of the area ``tag``: left, top, width, height; empty without a sound one."""
    for area in children(element, tag):
        for text in texts(area, "PhysicalBox"):
            box = numbers(text)
            if len(box) == 4 and all(1 < side < 1e5 for side in box[2:]):
                return box
    return []


def texts(element: Element, tag: str) -> Iterator[str]:
    """What the children ``tag`` say."""
    for child in children(element, tag):
        yield "".join(each for each in child.children if isinstance(each, str)).strip()


def joined(path: str, more: str) -> str:
    """The path ``more`` as the file at ``path`` means it; from the root when it begins with a slash."""
    place = posixpath.join("/", posixpath.dirname(path), more.replace("\\", "/"))
    return posixpath.normpath(place).lstrip("/")
