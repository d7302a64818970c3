"""A speech laid out for reading: from offsets to headings, paragraphs and contents.

Everything of the text is shown: what the outline calls neither heading, line of the front nor
paragraph still gets its place, so that a gap in an outline never hides words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from archive.models import Paragraph, Section, Speech
from archive.reuse import Note
from archive.text import TAGS, Script, converted, script_of, words
from archive.views.marking import Layer, Mark, marked, redacted, trimmed
from archive.views.moved import Moved, moved

Span = tuple[int, int]
MARKED = 3_000  # hits; more would be slower to draw than to read
OPENING = 100  # characters
_LEAD = (("class", "lead"),)
LONGEST_WORD = 8  # characters; a longer one may have to break on a narrow screen


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the text; ``kind`` is its class: salutation, text, closing, remark-line, loose …

    ``note`` says where else words of a paragraph stand; ``moved`` are the anchors that lead to it.
    """

    kind: str
    html: SafeString
    number: int | None = None
    note: Note | None = None
    moved: Sequence[Moved] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it stands on the page; ``level`` is that of its heading (h2 … h6)."""

    anchor: str
    level: int
    heading: SafeString
    blocks: tuple[Block, ...]
    moved: Sequence[Moved] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents, with how many hits its section and what is below it hold."""

    anchor: str
    label: str
    depth: int
    own_hits: int
    children: list[Entry] = field(default_factory=list)

    @property
    def hits(self) -> int:
        return self.own_hits + sum(child.hits for child in self.children)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page of a speech shows of its text.

    ``bylines`` are the front's lines below the title, ``opening`` the first words for whoever lists the page.
    ``name`` is the title as plain text, ``script`` the text's own, ``language`` the tag of what is shown. Of the
    ``hits`` the first ``marked`` are marked.
    """

    name: str
    title: SafeString
    bylines: tuple[Block, ...]
    parts: tuple[Part, ...]
    contents: list[Entry]
    opening: str
    script: str
    language: str
    hits: int
    marked: int

    @property
    def converted(self) -> bool:
        return self.language != TAGS[self.script]


def lay_out(
    speech: Speech,
    hits: Sequence[Span],
    notes: Mapping[int, Note] | None = None,
    script: Script | None = None,
    chosen: Span | None = None,
) -> Reading:
    """The reading of a speech fetched ``with_outline()``, with ``hits`` (in order) marked and numbered.

    ``notes`` stand beside the paragraphs of these numbers. ``script`` is the one to show a Chinese text in, its own
    if None. ``chosen`` are the words that the address is a link to.
    """
    shown = hits[:MARKED]
    sections = list(speech.sections.all())
    paragraphs: dict[int, list[Paragraph]] = {}
    for paragraph in speech.paragraphs.all():
        paragraphs.setdefault(paragraph.section_id, []).append(paragraph)
    own = script_of(speech.text)
    other = script if script and own not in (script, "latn") else None
    page = _Page(speech, [*_linked(chosen), *_layers(speech, shown)], notes or {}, other)
    return Reading(
        name=page.name,
        title=page.title(),
        bylines=tuple(page.bylines()),
        parts=tuple(page.part(section, paragraphs.get(section.pk, [])) for section in sections),
        contents=contents(sections, hits, other),
        opening=_opening(speech, page.text),
        script=own,
        language=TAGS[other or own],
        hits=len(hits),
        marked=len(shown),
    )


def _opening(speech: Speech, text: str) -> str:
    spoken = (p for p in speech.paragraphs.all() if p.kind == Paragraph.Kind.TEXT)
    return next((text[p.start : p.end].strip()[:OPENING] for p in spoken), "")


def contents(
    sections: Iterable[Section], hits: Sequence[Span] = (), script: Script | None = None
) -> list[Entry]:
    """The headings, in ``script`` or their own, as a tree by depth, with the hits of each."""
    starts = [start for start, _end in hits]
    top: list[Entry] = []
    path: list[Entry] = []
    for section in sections:
        if section.heading_start == section.heading_end:
            continue
        own = bisect_left(starts, section.end) - bisect_left(starts, section.start)
        label = converted(str(section), script) if script else str(section)
        entry = Entry(section.anchor, label, section.depth, own)
        while path and path[-1].depth >= entry.depth:
            path.pop()
        (path[-1].children if path else top).append(entry)
        path.append(entry)
    return top


def _layers(speech: Speech, hits: Sequence[Span]) -> list[Layer]:
    """Hits outermost, so that a hit stays one element as far as possible; each leads to the next one."""
    return [
        Layer(
            Mark(start, end, "mark", id=f"hit-{n}", href=f"#hit-{n % len(hits) + 1}")
            for n, (start, end) in enumerate(hits, start=1)
        ),
        Layer(
            Mark(item["start"], item["start"] + len(item["lead"]), "b", _LEAD, id=f"{paragraph.anchor}-{n}")
            for paragraph in speech.paragraphs.all()
            for n, item in enumerate(paragraph.items, start=1)
        ),
        Layer(Mark(span["start"], span["end"], "span", (("class", "remark"),)) for span in speech.remarks),
        redacted(speech.redactions),
    ]


def _linked(chosen: Span | None) -> list[Layer]:
    """Outside everything else, so that the words stay one element as far as possible."""
    return [Layer([Mark(*chosen, "mark", (("class", "chosen"),), id="words")])] if chosen else []


class _Page:
    """One speech being laid out, in another script if asked to: what is shown is ``text``, what is known ``speech``."""

    def __init__(
        self, speech: Speech, layers: Sequence[Layer], notes: Mapping[int, Note], script: Script | None
    ) -> None:
        self.speech = speech
        self.text = converted(speech.text, script) if script else speech.text
        self.name = converted(speech.title, script) if script else speech.title
        self.layers = [layer for layer in layers if layer.marks]  # most speeches have few kinds of marks
        self.notes = notes
        self.moved = moved(speech)
        self.remarks = {(span["start"], span["end"]) for span in speech.remarks}

    def html(self, start: int, end: int) -> SafeString:
        return marked(self.text, start, end, self.layers)

    def title(self) -> SafeString:
        """The title from the text, so that hits in it are marked; an edited or derived one as it is."""
        lines = self._lines("title")
        # In another script too: a word that a line's end divides may be converted otherwise than the whole word.
        if lines and _joined(self.text, lines) == _squeezed(self.name):
            return titled(self.text, lines[0][0], lines[-1][1], self.layers)
        for span in lines:  # an edited title may be one of them
            if _joined(self.text, [span]) == _squeezed(self.name):
                return titled(self.text, *span, self.layers)
        return titled(self.name, 0, len(self.name), [])

    def bylines(self) -> Iterator[Block]:
        title, text, lines = _squeezed(self.speech.title), self.speech.text, self._lines("title")
        if _joined(text, lines) != title:
            others = [span for span in lines if _joined(text, [span]) != title]
            yield from (Block("title", self.html(*span)) for span in others)
        for role in ("subtitle", "byline"):
            yield from (Block(role, self.html(*span)) for span in self._lines(role))

    def part(self, section: Section, paragraphs: Sequence[Paragraph]) -> Part:
        shown = [(p.start, p.end) for p in paragraphs]
        shown += [(line["start"], line["end"]) for line in self.speech.lines]
        shown.append((section.heading_start, section.heading_end))
        blocks = [(p.start, self._paragraph(p)) for p in paragraphs]
        for start, end in left_over(self.text, section, shown):
            blocks.append((start, Block("loose", self.html(start, end))))
        return Part(
            anchor=section.anchor,
            level=min(section.depth + 1, 6) if section.depth else 2,
            heading=self.html(section.heading_start, section.heading_end),
            blocks=tuple(block for _start, block in sorted(blocks, key=lambda pair: pair[0])),
            moved=self.moved.get(section.anchor, ()),
        )

    def _paragraph(self, paragraph: Paragraph) -> Block:
        start, end = trimmed(self.text, paragraph.start, paragraph.end)
        kind = "remark-line" if (start, end) in self.remarks else paragraph.kind
        lost = self.moved.get(paragraph.anchor, ())
        return Block(kind, self.html(start, end), paragraph.number, self.notes.get(paragraph.number), lost)

    def _lines(self, role: str) -> list[Span]:
        return [(line["start"], line["end"]) for line in self.speech.lines if line["role"] == role]


def _joined(text: str, lines: Sequence[Span]) -> str:
    return _squeezed("".join(text[start:end] for start, end in lines))


def titled(text: str, start: int, end: int, layers: Sequence[Layer]) -> SafeString:
    """A title whose words stay whole where a line has to break."""
    whole = Layer(
        Mark(start + word.start, start + word.end, "span", (("class", "word"),))
        for word in words.words(text[start:end])
        if 1 < len(word.text) <= LONGEST_WORD
    )
    return marked(text, start, end, [*layers, whole])


def _squeezed(written: str) -> str:
    return "".join(written.split())


def left_over(text: str, section: Section, shown: Iterable[Span]) -> Iterator[Span]:
    """The lines of the section that no span of ``shown`` covers, white space apart."""
    done = section.start
    for start, end in [*sorted(shown), (section.end, section.end)]:
        if start > done:
            place = done
            for line in text[done : min(start, section.end)].splitlines(keepends=True):
                if line.strip():
                    yield trimmed(text, place, place + len(line))
                place += len(line)
        done = max(done, end)
