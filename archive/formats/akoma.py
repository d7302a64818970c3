"""A speech as Akoma Ntoso 3.0 (OASIS LegalDocML, akn-core v1.0 part 2), valid under its schema.

A ``debate`` with one ``speech``: what stands above the spoken words is its ``preface`` (a last line that names the
speaker is the speech's ``from``), every section is a ``tblock`` with ``num`` and ``heading``, every line a ``p``, and
the text is in the document in its order, letter by letter. ``omissis`` marks a redaction, ``remark`` a stage remark,
``inline`` the lead of a point. What is known beside the text is in ``references``. ``proprietary`` keeps what Akoma
Ntoso has no place for: the blank lines, and what an editor has decided.

eIds are the anchors of the pages (s3, p7, p7-1), which keep for good. The naming convention (akn-nc v1.0, 5.3)
wants a path of abbreviations (dbsect_1__p_7); that would change whenever a heading moves, so it is not followed.
The work's IRI is made of the date and of the digest of the text, the country is "zz" (unknown in CLDR): nothing is
invented, and nothing tells of the archive that the file comes from, so export, import, export gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from archive.formats.blocks import Block, blocks
from archive.formats.inline import Piece, Run, runs
from archive.formats.layout import layout, numbers
from archive.formats.record import Record
from archive.formats.xml import Writer, element, words

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:speech-archive:layout:1"

_LANGUAGES = {"zh": "zho", "en": "eng"}  # ISO 639-2, as FRBRlanguage wants them
_TLC = {
    "speaker": ("TLCPerson", "person"),
    "role": ("TLCRole", "role"),
    "event": ("TLCEvent", "event"),
    "venue": ("TLCLocation", "location"),
    "kind": ("TLCConcept", "concept"),
}


def akoma_ntoso(record: Record) -> bytes:
    """The document, UTF-8; the same record gives the same bytes."""
    out = Writer()
    lines = blocks(record)
    preface, said = _parted(record, lines)
    with out.inside("akomaNtoso", {"xmlns": NAMESPACE}), out.inside("debate", {"name": "speech"}):
        _meta(out, record, lines)
        if preface:
            with out.inside("preface"):
                for block in preface:
                    out.put(_line(record, block))
        with out.inside("debateBody"), out.inside("debateSection", {"name": "speech"}):
            _Speech(out, record).write(said)
    return out.document()


def _parted(record: Record, lines: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """What stands above the speech, and the speech; it begins with the line that names the speaker, if that is last."""
    above = {"title", "subtitle", "byline", "loose"}
    end = next((n for n, block in enumerate(lines) if block.role not in above), len(lines))
    last = lines[end - 1] if end else None
    if last and last.role == "byline" and record.speaker and record.speaker in _text(record, last):
        end -= 1
    return list(lines[:end]), list(lines[end:])


def _text(record: Record, block: Block) -> str:
    return record.text[block.start : block.end]


def _meta(out: Writer, record: Record, lines: Sequence[Block]) -> None:
    with out.inside("meta"):
        with out.inside("identification", {"source": "#archive"}):
            _identification(out, record)
        with out.inside("references", {"source": "#archive"}):
            _references(out, record)
        with out.inside("proprietary", {"source": "#archive"}):
            _proprietary(out, record, lines)


def _identification(out: Writer, record: Record) -> None:
    date, precision = {
        10: (record.date, "delivered"),
        7: (f"{record.date}-01", "delivered in this month"),
        4: (f"{record.date}-01-01", "delivered in this year"),
    }.get(len(record.date), ("0001-01-01", "unknown"))

    def identify(this: str, uri: str, author: str) -> None:
        out.empty("FRBRthis", {"value": this})
        out.empty("FRBRuri", {"value": uri})
        out.empty("FRBRdate", {"date": date, "name": precision})
        out.empty("FRBRauthor", {"href": author})

    work = f"/akn/zz/debate/{record.date or 'undated'}/{record.digest[:16]}"
    with out.inside("FRBRWork"):
        identify(f"{work}/!main", work, "#speaker")
        out.empty("FRBRcountry", {"value": "zz"})
        if record.title:
            out.empty("FRBRname", {"value": record.title})
    language = _LANGUAGES.get(record.language[:2], "und")
    expression = f"{work}/{language}@"
    with out.inside("FRBRExpression"):
        identify(f"{expression}/!main", expression, "#speaker")
        out.empty("FRBRlanguage", {"language": language})
    manifestation = f"{expression}.xml"
    with out.inside("FRBRManifestation"):
        identify(manifestation, manifestation, "#archive")
        out.empty("FRBRformat", {"value": "application/akn+xml"})


def _references(out: Writer, record: Record) -> None:
    """What is known beside the text, each as an entity of its kind; nobody's speech has an unknown speaker."""
    href = "/akn/ontology/organization/speech-archive"
    out.empty("TLCOrganization", {"eId": "archive", "href": href, "showAs": "讲话库"})
    if not record.speaker:
        href = "/akn/ontology/person/unknown"
        out.empty("TLCPerson", {"eId": "speaker", "href": href, "showAs": "讲话人不详"})
    for name, (tlc, sort) in _TLC.items():
        if said := record.about[name]:
            href = f"/akn/ontology/{sort}/{quote(said, safe='', errors='replace')}"
            out.empty(tlc, {"eId": name, "href": href, "showAs": said})


def _proprietary(out: Writer, record: Record, lines: Sequence[Block]) -> None:
    """What makes the text whole again: see ``layout``. Pieces are counted as they come in the document."""
    found = layout(record.text, [piece for block in lines for piece in _pieces(record, block)])
    told = {"xmlns:own": OWN, "sha256": record.digest, "between": found.between}
    for name, given in zip(("sections", "paragraphs"), numbers(record), strict=True):
        if given:
            told[name] = " ".join(map(str, given))
    with out.inside("own:layout", told):
        for n, gap in found.gaps.items():
            out.empty("own:gap", {"before": str(n), "text": gap})
        out.empty("own:about", record.about)
        for each in record.decisions:
            decided = {"line": each.line, "level": str(each.level), "nth": str(each.nth)}
            out.empty("own:decision", decided)


def _pieces(record: Record, block: Block) -> list[tuple[int, int]]:
    """A heading is two pieces, its number and its words, or one of them."""
    if block.role != "heading":
        return [(block.start, block.end)]
    behind = record.text[block.num_end : block.end]
    start = block.num_end + len(behind) - len(behind.lstrip())
    return [place for place in ((block.start, block.num_end), (start, block.end)) if place[0] < place[1]]


class _Speech:
    """The speech being written: which tblocks are open, and whether the innermost has anything in it."""

    def __init__(self, out: Writer, record: Record) -> None:
        self.out, self.record = out, record
        self.open: list[int] = []  # depths
        self.section = -1
        self.bare = True
        self.named: set[str] = set()  # eIds that are given already

    def write(self, lines: Sequence[Block]) -> None:
        by = {"by": "#speaker", **({"as": "#role"} if self.record.role else {})}
        self.out.start("speech", by)
        if lines and lines[0].role == "byline":
            self.out.put(element("from", _inline(self.record, lines[0])))
            lines = lines[1:]
        for block in lines:
            if block.section != self.section:
                self._enter(block.section)
            if block.role == "heading":
                self._heading(block)
            else:
                self.out.put(_line(self.record, block, self.named))
                self.bare = False
        self._close(0)
        if self.bare:
            self.out.empty("p")
        self.out.end()

    def _enter(self, index: int) -> None:
        section = self.record.sections[index]
        self.section = index
        self._close(section.depth)
        if section.kind == "front":
            return
        attributes = {"eId": section.anchor, **({"class": "back"} if section.kind == "back" else {})}
        self.out.start("tblock", attributes)
        self.open.append(section.depth)
        self.bare = True

    def _close(self, depth: int) -> None:
        """End the tblocks that are not above this depth."""
        while self.open and self.open[-1] >= depth:
            if self.bare:
                self.out.empty("p")  # a tblock must have something under its heading
            self.out.end()
            self.open.pop()
            self.bare = False

    def _heading(self, block: Block) -> None:
        for start, end in _pieces(self.record, block):
            name = "num" if end <= block.num_end else "heading"
            piece = Block(block.role, start, end, block.section)
            self.out.put(element(name, _inline(self.record, piece)))


def _line(record: Record, block: Block, named: set[str] | None = None) -> str:
    """A line as ``p``. ``named``: the eIds that are given already."""
    attributes = {} if block.role == "text" else {"class": block.role}
    anchor = block.paragraph.anchor if block.paragraph else ""
    if anchor and named is not None and anchor not in named:
        attributes = {"eId": anchor, **attributes}
        named.add(anchor)
    content = _inline(record, block)
    return element("p", element("docTitle", content) if block.role == "title" else content, attributes)


def _inline(record: Record, block: Block) -> str:
    return "".join(map(_run, runs(record, block)))


def _run(run: Run) -> str:
    content = "".join(map(_piece, run.pieces))
    if run.item is None:
        return content
    return element("inline", content, {"name": "lead", "eId": run.item.anchor})


def _piece(piece: Piece) -> str:
    text = words(piece.text)
    if piece.kind == "redaction":
        return element("omissis", text)
    return element("remark", text, {"type": "phenomenon"}) if piece.kind == "remark" else text
