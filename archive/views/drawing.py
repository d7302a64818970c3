"""The text of a speech and its contents as HTML, made here and by no template.

A long speech has thousands of paragraphs. A template looks into its context some thirty times for each of them, which
took longer than all the rest of the page; what is written here takes a tenth of that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Speech
from archive.reuse import Note
from archive.templatetags.reading import written_date
from archive.views.moved import Moved
from archive.views.reading import Block, Entry, Part


def text(speech: Speech, parts: Iterable[Part]) -> SafeString:
    """The sections of a speech, each with its heading and its paragraphs."""
    pen = _Pen(speech)
    return mark_safe("".join(map(pen.part, parts)))  # noqa: S308  (what readers and editors write is escaped below)


class _Pen:
    """Draws the parts of one speech in the language of the page; what they all say is asked for once."""

    def __init__(self, speech: Speech) -> None:
        self._shared = reverse("shared", args=[speech.pk])
        self._section = _("本节链接")
        self._paragraph = _("第 %(n)s 段")

    def part(self, part: Part) -> str:
        heading = ""
        if part.heading:
            link = f'<a class="no" href="#{part.anchor}" aria-label="{self._section}">§</a>'
            heading = f"<h{part.level}>{part.heading}{link}</h{part.level}>\n"
        blocks = "".join(map(self._block, part.blocks))
        return f'<section id="{part.anchor}">\n{_moved(part.moved)}{heading}{blocks}</section>\n'

    def _block(self, block: Block) -> str:
        before = _moved(block.moved) if block.moved else ""
        n = block.number
        if not n:
            return f'{before}<p class="{block.kind}">{block.html}</p>\n'
        kind = "" if block.kind == "text" else f' class="{block.kind}"'
        link = f'<a class="no" href="#p{n}" aria-label="{self._paragraph % {"n": n}}">{n}</a>'
        note = self._note(n, block.note) if block.note else ""
        return f'{before}<p id="p{n}"{kind}>{link}{block.html}{note}</p>\n'

    def _note(self, number: int, note: Note) -> str:
        said = ngettext("此段亦见于 %(n)s 篇", "此段亦见于 %(n)s 篇", note.speeches) % {"n": note.speeches}
        link = f'<a href="{self._shared}?p={number}" rel="nofollow">{said}</a> '
        first = f"<cite>《{escape(note.first.title)}》</cite>"
        date = f"{written_date(note.first.date_iso)} " if note.first.date_iso else ""
        return f'<span class="also" role="note">{link}{_when(note)}{date}{first}</span>'


def _when(note: Note) -> str:
    if note.earlier is False:
        return _("后见") + " "
    return _("最早") + " " if note.earlier and note.speeches > 1 else ""


def _moved(gone: Iterable[Moved]) -> str:
    return "".join(f'<p class="moved" id="{each.anchor}">{escape(each.sentence)}</p>\n' for each in gone)


def contents(entries: Sequence[Entry]) -> SafeString:
    """The contents as lists in lists; nothing where there is no heading."""
    return mark_safe(_list(entries, _("处命中")) if entries else "")  # noqa: S308  (labels are escaped)


def _list(entries: Iterable[Entry], said: str) -> str:
    return f"<ol>{''.join(_line(entry, said) for entry in entries)}</ol>\n"


def _line(entry: Entry, said: str) -> str:
    hits = ""
    if number := entry.hits:
        hits = f' <span class="count number">{number}<span class="visually-hidden">{said}</span></span>'
    below = _list(entry.children, said) if entry.children else ""
    return f'<li><a href="#{entry.anchor}">{escape(entry.label)}{hits}</a>{below}</li>'
