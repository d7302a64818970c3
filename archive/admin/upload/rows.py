"""One waiting file as the page shows it: what was read out of it, what is odd, and the form that corrects it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import importing, reuse
from archive.admin import roles
from archive.admin.upload.resembling import Batch, Neighbour
from archive.admin.upload.structuring import Group, Line, grouped, lines_of
from archive.forms import REVIEWED, ReviewForm
from archive.importing import Prepared, Refused
from archive.models import Speech, StagedUpload
from archive.parsing import Decision
from archive.readers import Document, Told
from archive.text import Note, readings

ENCODINGS = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030（GBK、GB2312）",
    "cp950": "Big5",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "big5hkscs": "Big5-HKSCS",
    "cp1252": "Windows-1252",
}
OFFERED = ("utf-8", "gb18030", "cp950", "utf-16")
OPENING = 160  # characters of the text that are shown at once
MOST_SHOWN = (
    200  # lines of outlines on the page, each with its buttons; the others come when they are asked for
)
SEEN = 40  # characters of a reading among several


@dataclass
class Row:
    """A waiting file. ``prepared`` is None while nobody knows its encoding."""

    staged: StagedUpload
    form: ReviewForm
    prepared: Prepared | None = None
    batch: Batch | None = None
    wrong: str = ""
    unfolded: bool = True
    opened: bool = False

    @cached_property
    def twin(self) -> Speech | None:
        return self.batch.twin(self.prepared) if self.prepared and self.batch else None

    @cached_property
    def alike(self) -> list[reuse.Likeness]:
        """Speeches, drafts too, that may be the same one; looked up when the row is shown."""
        return self.batch.resembling(self.prepared) if self.prepared and self.batch and not self.twin else []

    @cached_property
    def neighbours(self) -> list[Neighbour]:
        """Files that wait beside it and may be the same one."""
        return self.batch.alike(self.staged.pk) if self.batch else []

    @cached_property
    def lines(self) -> list[Line]:
        return lines_of(self.prepared.outline) if self.prepared else []

    @property
    def groups(self) -> list[Group]:
        return grouped(self.lines)

    @property
    def hidden_lines(self) -> int:
        return len(self.lines) - sum(len(g.paragraphs) + bool(g.heading) for g in self.groups)

    @property
    def sections(self) -> int:
        outline = self.prepared.outline if self.prepared else None
        return sum(each.heading_start < each.heading_end for each in outline.sections) if outline else 0

    @property
    def paragraphs(self) -> int:
        outline = self.prepared.outline if self.prepared else None
        return sum(len(section.paragraphs) for section in outline.sections) if outline else 0

    @property
    def opening(self) -> str:
        return self.prepared.outline.text[:OPENING] if self.prepared else ""

    @property
    def notes(self) -> list[Note]:
        found = list(self.prepared.notes) if self.prepared else []
        if self.prepared and self.sections == 0:
            found.append(Note(0, "no_sections", _("没有找到小标题，全文作一节。")))
        if self.prepared and not self.prepared.outline.date:
            found.append(Note(0, "no_date", _("没有找到日期，请补上；不知道就留空。")))
        return found

    @property
    def encoding_name(self) -> str:
        return ENCODINGS.get(self.staged.encoding, self.staged.encoding.upper())

    @property
    def is_text(self) -> bool:
        """Whether another encoding can be tried."""
        return self.staged.encoding in ENCODINGS

    @property
    def readings(self) -> list[tuple[str, str, str]]:
        """Of a doubtful file: each encoding, its name, and how the text begins in it."""
        found = readings(bytes(self.staged.content))
        return [
            (each.encoding, ENCODINGS[each.encoding], " ".join(each.text.split())[:SEEN]) for each in found
        ]

    @property
    def mark(self) -> str:
        """The beginning of the digest: an order about a line counts only for the text it was given for."""
        return self.staged.digest[:8]

    @property
    def origins(self) -> dict[str, str]:
        """For each field where its value comes from."""
        if self.prepared is None:
            return {}
        told = dict(self.prepared.outline.origins)
        guessed = {"title"} if self.prepared.outline.title_source == "derived" else set()
        if any(note.kind == "date_from_title" for note in self.prepared.notes):
            guessed.add("date")
        found = {name: _("来自正文第 %d 行") % line for name, line in told.items()}
        found |= {name: _("推断，请核对") for name in guessed}
        found |= {name: _("已改") for name in self.staged.typed}
        return {name: origin for name, origin in found.items() if name in REVIEWED}


def rows(request: HttpRequest, *, bound: bool = False, asked: str = "") -> list[Row]:
    """This editor's files. When ``bound``, only those whose fields came with the request: others may have
    arrived meanwhile. Outlines are shown of the first files, and of the one whose number is ``asked``."""
    batch = Batch(request)
    found, lines = [], 0
    for staged in StagedUpload.objects.filter(user=request.user).defer("content"):  # type: ignore[misc]
        if bound and not is_posted(request, staged):
            continue
        row = row_of(request, staged, batch, bound=bound)
        if row is None:
            continue
        found.append(row)
        if not bound:
            lines += row.sections + row.paragraphs  # not row.lines, which takes longer than all the rest
            row.opened = str(staged.pk) == asked
            row.unfolded = row.opened or lines <= MOST_SHOWN
    return found


def is_posted(request: HttpRequest, staged: StagedUpload) -> bool:
    return f"{prefix_of(staged)}-choice" in request.POST


def prefix_of(staged: StagedUpload) -> str:
    return f"f{staged.pk}"


def row_of(
    request: HttpRequest, staged: StagedUpload, batch: Batch | None = None, *, bound: bool = False
) -> Row | None:
    """The row of one file; None when it can no longer be saved, which is told."""
    if not staged.text:
        return Row(staged, ReviewForm(prefix=prefix_of(staged)))
    try:
        prepared = parsed(staged)
    except Refused as refused:
        # It was fine when it came; a newer parser thinks otherwise, and nobody could save it any more.
        messages.error(request, f"{staged.name}：{refused.message}")
        staged.delete()
        return None
    row = Row(staged, ReviewForm(), prepared, batch or Batch(request))
    row.form = _form(request, row, bound)
    return row


def parsed(staged: StagedUpload, data: bytes = b"") -> Prepared:
    """The file as it was read, with the editor's decisions. ``data`` is needed only by who saves it.

    Parsing takes a hundred times as long as finding it done already, and every answer needs all files.
    """

    def found() -> Prepared:
        document = Document(staged.text, staged.encoding, tuple(Note(**note) for note in staged.notes))
        decisions = [Decision(**each) for each in staged.decisions]
        return importing.prepare(b"", staged.name, document=document, decisions=decisions)

    told = (staged.text, staged.encoding, staged.notes, staged.decisions, staged.name, timezone.localdate())
    key = hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()
    prepared = cache.get_or_set(f"upload-parsed-{key}", found, 3600) or found()
    return replace(prepared, data=data, told=_numbers(staged, data))


def _numbers(staged: StagedUpload, data: bytes) -> Told | None:
    """The anchors that an export of ours tells. What else it tells the editor has seen, and may have changed."""
    if not data or PurePath(staged.name).suffix.lower() not in (".md", ".xml"):
        return None
    told = importing.read(data, staged.name, staged.encoding).told
    return replace(told, facts=(), decisions=()) if told else None


def read_values(prepared: Prepared) -> dict[str, str]:
    """What the parser makes of the fields that an editor may correct."""
    outline = prepared.outline
    return {
        "title": outline.title[:300],
        "subtitle": outline.subtitle[:300],
        "speaker": outline.speaker[:100],
        "role": outline.role[:200],
        "date": outline.date or "",
        "event": outline.event[:200],
        "venue": outline.venue[:200],
        "kind": outline.kind[:40],
    }


def _form(request: HttpRequest, row: Row, bound: bool) -> ReviewForm:
    if row.prepared is None:
        return row.form
    user = request.user
    form = ReviewForm(
        request.POST if bound else None,
        prefix=prefix_of(row.staged),
        initial={
            "choice": ReviewForm.SKIP if row.twin else ReviewForm.SAVE,
            "encoding": row.staged.encoding,
            **read_values(row.prepared),
            **row.staged.typed,
        },
        encodings=list(_offered(row.staged.encoding)) if row.is_text else [],
        may_publish=roles.may_publish(user),
    )
    for name, origin in row.origins.items():
        form.fields[name].help_text = origin
    if not bound or form.replaces:  # looking for what is alike takes longer than all the rest
        form.offer(_replaceable(row, user))
    return form


def _replaceable(row: Row, user: roles.Person) -> list[Speech]:
    return [like.speech for like in row.alike if roles.may_change(user, like.speech)]


def shown_bound(row: Row, user: roles.Person) -> Row:
    """A row that was sent, with all that it has when it is shown."""
    row.form.offer(_replaceable(row, user))
    return row


def _offered(current: str) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys([*OFFERED, current]):
        yield name, ENCODINGS[name]
