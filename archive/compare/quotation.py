"""A quotation as people paste it: its stretches between ellipses, and their sentences.

Footnote marks and invisible characters are blanked, one for one, so every offset is one into the text given.
An ellipsis says that something was left out (GB/T 15834—2011, 4.11): what stands before and behind it must
come in that order. A line's end ends no sentence, for pasted lines are often broken anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive.compare.normalise import Span
from archive.text import fold

ELLIPSIS = re.compile(
    r"[\[［（(【]?\s*(?:[…⋯]+|[.．]{3,}|[。·•]{3,}|[（(\[［【](?:中|下|以下)?略[)）\]］】])\s*[\]］）)】]?"
)
FOOTNOTE = re.compile(
    r"[\[［〔【]\s*(?:注|註)?\s*\d{1,3}\s*[\]］〕】]"  # [1] 〔注2〕
    r"|[¹²³⁰⁴-⁹]+"
    r"|(?<=\S)[①-⑳㉑-㊿❶-❿]+(?![^\W_])"  # 理念①。 but not ①加强
    r"|[\u00ad\u200b-\u200f\u2060\ufeff]+"
)
SENTENCE = re.compile(r"(?:(?!\n\s*\n)[^。！？!?；;｡])*(?:[。！？!?；;｡]+[”’」』）)\"']*|\n\s*\n|\Z)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two ellipses, and its sentences, end marks included; joined they are the stretch."""

    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """``text`` is what was pasted, what does not belong to it blanked. Spans are characters, half-open."""

    text: str
    stretches: tuple[Stretch, ...]


def read_quotation(pasted: str) -> Quotation:
    """The quotation in ``pasted``; stretches and sentences without a letter or redaction are left out."""
    text = FOOTNOTE.sub(lambda found: " " * len(found.group()), pasted)
    folded = fold(text)  # some letters are none before: the radical ⽂ is a symbol
    spans = (span for span in _between(text) if _says(folded[slice(*span)]))
    return Quotation(text, tuple(Stretch(span, tuple(_sentences(folded, span))) for span in spans))


def _between(text: str) -> Iterator[Span]:
    start = 0
    for found in ELLIPSIS.finditer(text):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, len(text))


def _sentences(text: str, stretch: Span) -> Iterator[Span]:
    """Marks without a letter belong to the sentence before them, or else to the one behind."""
    start = done = stretch.start
    for found in SENTENCE.finditer(text, stretch.start, stretch.end):
        if start < done and _says(text[start:done]) and _says(found.group()):
            yield Span(start, done)
            start = done
        done = found.end()
    yield Span(start, stretch.end)


def _says(text: str) -> bool:
    return "*" in text or any(char.isalnum() for char in text)
