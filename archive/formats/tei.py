"""A speech as TEI P5 in the manner of ParlaMint, valid under the schema of Parla-CLARIN, which ParlaMint narrows.

One ``div`` of type debateSection a section, with its heading in ``head`` and what is said in a ``u`` whose ``seg`` are
the paragraphs; utterances of one speech are linked by ``prev`` and ``next``. A redaction is a ``gap`` with the signs
that stand for it in ``desc``, applause is a ``kinesic``. ParlaMint's own schema wants a sitting of a named
parliament, a closed list of countries and a licence that we cannot give for others: that is not claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive.formats.blocks import Block, blocks
from archive.formats.inline import Piece, runs
from archive.formats.record import Record
from archive.formats.xml import Writer, element, words

NAMESPACE = "http://www.tei-c.org/ns/1.0"
KINDS = (
    ("掌声 掌聲 鼓掌 applause", "kinesic", "applause"),
    ("笑 laugh", "vocal", "laughter"),
    ("欢呼 歡呼 高呼 cheer", "vocal", "shouting"),
)
"""Words of a remark, and what ParlaMint calls it; what is left is an incident."""


def tei(record: Record) -> bytes:
    """The document, UTF-8; the same record gives the same bytes."""
    out = Writer()
    identity = f"speech-{record.digest[:16]}"
    with out.inside("TEI", {"xmlns": NAMESPACE, "xml:id": identity, "xml:lang": record.language}):
        _header(out, record)
        with out.inside("text"), out.inside("body"):
            _Body(out, record).write(blocks(record))
    return out.document()


def _header(out: Writer, record: Record) -> None:
    with out.inside("teiHeader"):
        _file(out, record)
        with out.inside("encodingDesc"), out.inside("projectDesc"):
            out.text(
                "p",
                "讲话库导出。seg 的 xml:id 即网页上段落的锚点；gap 是原文隐去之处，desc 是原文所用的符号。",
            )
        with out.inside("profileDesc"):
            _profile(out, record)


def _file(out: Writer, record: Record) -> None:
    with out.inside("fileDesc"):
        with out.inside("titleStmt"):
            out.text("title", record.title, {"type": "main"})
            if record.subtitle:
                out.text("title", record.subtitle, {"type": "sub"})
            if record.speaker:
                out.text("author", record.speaker)
            if record.event:
                out.text("meeting", record.event)
            with out.inside("respStmt"):
                out.text("resp", "编码")
                out.text("orgName", "讲话库")
        with out.inside("extent"):
            out.empty("measure", {"unit": "characters", "quantity": str(len(record.text))})
        with out.inside("publicationStmt"):
            out.text("publisher", "讲话库")
            if record.url:
                out.text("idno", record.url, {"type": "URI"})
            out.text("idno", record.digest, {"type": "SHA-256"})
        with out.inside("sourceDesc"), out.inside("bibl"):
            out.text("title", record.title)
            if record.speaker:
                out.text("author", record.speaker)
            _date(out, record)


def _profile(out: Writer, record: Record) -> None:
    with out.inside("langUsage"):
        out.text("language", record.language, {"ident": record.language})
    if record.kind:
        with out.inside("textClass"), out.inside("keywords", {"scheme": "#kind"}):
            out.text("term", record.kind)
    with out.inside("particDesc"), out.inside("listPerson"), out.inside("person", {"xml:id": "speaker"}):
        out.text("persName", record.speaker or "讲话人不详")
        if record.role:
            out.text("occupation", record.role)
    if record.venue or record.event or record.date:
        with out.inside("settingDesc"), out.inside("setting"):
            for name, said in (("event", record.event), ("place", record.venue)):
                if said:
                    out.text("name", said, {"type": name})
            _date(out, record)


def _date(out: Writer, record: Record) -> None:
    if record.date:
        out.text("date", record.date, {"when": record.date})


class _Body:
    """The text being written: which divs are open, and whether an utterance is."""

    def __init__(self, out: Writer, record: Record) -> None:
        self.out, self.record = out, record
        self.open: list[int] = []  # depths
        self.section = -1
        self.speaking = False
        self.bare = False  # the innermost div has at most its heading
        self.spoken: list[str] = []  # the ids of all utterances, for their links
        self.said = 0  # of them
        self.named: set[str] = set()  # ids that are given already

    def write(self, lines: Sequence[Block]) -> None:
        spoken = dict.fromkeys(block.section for block in lines if block.paragraph)
        self.spoken = [f"{self.record.sections[index].anchor}.u" for index in spoken]
        for block in lines:
            if block.section != self.section and self.record.sections:
                self._enter(block.section)
            if block.paragraph:
                self._said(block, block.paragraph.anchor)
            else:
                self._unsaid(block)
        self._close(0)

    def _enter(self, index: int) -> None:
        section = self.record.sections[index]
        self.section = index
        self._close(section.depth)
        self.out.start("div", {"type": "debateSection", "xml:id": section.anchor})
        self.open.append(section.depth)
        self.bare = True

    def _close(self, depth: int) -> None:
        """End the divs that are not above this depth; nothing is inside the front."""
        self._silence()
        while self.open and (self.open[-1] >= depth or self.open[-1] == 0):
            if self.bare:
                self.out.empty("u", {"who": "#speaker"})  # a div must have more than its heading
            self.out.end()
            self.open.pop()
            self.bare = False

    def _silence(self) -> None:
        if self.speaking:
            self.out.end()
            self.speaking = False

    def _unsaid(self, block: Block) -> None:
        """Title, heading and lines about the speech."""
        text = words(self.record.text[block.start : block.end])
        if block.role in ("title", "heading"):
            self.out.put(element("head", text, {"type": block.role}))
            return
        self._silence()
        self.out.put(element("note", text, {"type": block.role}))
        self.bare = False

    def _said(self, block: Block, anchor: str) -> None:
        """A line of a paragraph; its first one has the anchor."""
        if not self.speaking:
            self._speak(f"{self.record.sections[block.section].anchor}.u")
        attributes = {} if anchor in self.named else {"xml:id": anchor}
        self.named.add(anchor)
        pieces = [piece for run in runs(self.record, block) for piece in run.pieces]
        self.out.put(element("seg", "".join(map(_piece, pieces)), attributes))

    def _speak(self, identity: str) -> None:
        """Open an utterance, the first one of a section with its name and its links."""
        attributes = {"who": "#speaker"}
        if identity not in self.named:
            at = self.said
            attributes["xml:id"] = identity
            if at:
                attributes["prev"] = f"#{self.spoken[at - 1]}"
            if at + 1 < len(self.spoken):
                attributes["next"] = f"#{self.spoken[at + 1]}"
            self.named.add(identity)
            self.said += 1
        self.out.start("u", attributes)
        self.speaking, self.bare = True, False


def _piece(piece: Piece) -> str:
    text = words(piece.text)
    if piece.kind == "redaction":
        return element("gap", element("desc", text), {"reason": "editorial"})
    if piece.kind == "plain":
        return text
    for cues, name, kind in KINDS:
        if any(cue in piece.text.lower() for cue in cues.split()):
            return element(name, element("desc", text), {"type": kind})
    return element("incident", element("desc", text))
