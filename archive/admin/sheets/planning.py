"""What each row of a sheet would change: worked out, never written here."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from archive.admin import roles
from archive.admin.sheets.columns import (
    FACTS,
    ID,
    LABELS,
    PUBLISHED,
    VERSION,
    Facts,
    cleaned,
    facts_of,
    speeches,
    version_of,
)
from archive.models import Alias, Event, Speaker, Speech, StagedSheet
from archive.readers import Unreadable
from archive.views.tables import guarded

NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that says otherwise than the archive. ``is_new``: nobody of this name is in it yet."""

    column: str
    old: str
    new: str
    is_new: bool = False

    @property
    def label(self) -> str:
        return str(LABELS[self.column])


@dataclass(slots=True)
class Row:
    """A row of the sheet, the speech it is about and what it would change; nothing of it if there are errors."""

    line: int
    number: str
    speech: Speech | None = None
    version: str = ""
    changes: list[Change] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        return bool(self.changes) and not self.errors


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows of a sheet; ``digest`` differs when what would be written does."""

    wrong: list[Row]
    ready: list[Row]
    same: int

    @property
    def rows(self) -> list[Row]:
        """Those that an editor has to look at, what is wrong first."""
        return [*self.wrong, *self.ready]

    @property
    def digest(self) -> str:
        told = [(row.number, [(c.column, c.old, c.new) for c in row.changes]) for row in self.ready]
        return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def headed(header: Sequence[str]) -> tuple[list[str], list[str]]:
    """The column that each cell of the header names, "" for none, and warnings. Raises Unreadable."""
    known = {str(label).partition("（")[0]: name for name, label in LABELS.items()}
    known |= {name: name for name in LABELS}
    columns = [known.get(cell.partition("（")[0].partition("(")[0].strip().lower(), "") for cell in header]
    twice = [str(LABELS[name]) for name, n in Counter(columns).items() if name and n > 1]
    if twice:
        raise Unreadable("bad_header", _("“%s”一列出现了不止一次，请只留一列。") % "、".join(twice))
    if ID not in columns:
        said = _("第一行里没有“编号”一列，不知道各行是哪一篇讲话。请从下载的表格改起，保留第一行。")
        raise Unreadable("bad_header", said)
    if not set(columns) & set(FACTS):
        said = _("除编号外没有可以修改的列。可用的列：%s。") % "、".join(str(LABELS[name]) for name in FACTS)
        raise Unreadable("bad_header", said)
    unknown = [cell for cell, name in zip(header, columns, strict=True) if cell and not name]
    warnings = [_("没有“%s”这一列，已略过。") % cell[:40] for cell in unknown]
    if VERSION not in columns:
        warnings.append(_("表里没有“版本”一列，看不出下载之后是否有人改过；请仔细核对原值。"))
    return columns, warnings


def plan(staged: StagedSheet, user: roles.Person) -> Plan:
    """What the sheet would change in the archive as it is now."""
    rows = [(Row(line, _number(cells.get(ID, ""))), cells) for line, cells in staged.rows]
    counts = Counter(row.number for row, _cells in rows)
    pks = [int(number) for number in counts if NUMBER.fullmatch(number)]
    held = {speech.pk: speech for speech in speeches(pks)}
    names = Names()
    for row, cells in rows:
        row.speech = held.get(int(row.number)) if NUMBER.fullmatch(row.number) else None
        if said := _misnumbered(row, counts):
            row.errors.append(said)
        elif row.speech:
            _compare(row, row.speech, cells, names, user)
    wrong = [row for row, _cells in rows if row.errors]
    ready = [row for row, _cells in rows if row.is_ready]
    return Plan(wrong, ready, len(rows) - len(wrong) - len(ready))


def _number(cell: str) -> str:
    """The number as it is written here: a spreadsheet may have put noughts before it."""
    return str(int(cell)) if NUMBER.fullmatch(cell) else cell


class Names:
    """Who and what is in the archive, looked up once."""

    def __init__(self) -> None:
        self.aliases = dict(Alias.objects.values_list("name", "speaker__name"))
        self.known = {
            "speaker": set(Speaker.objects.values_list("name", flat=True)),
            "event": set(Event.objects.values_list("name", flat=True)),
        }


def _misnumbered(row: Row, counts: Counter[str]) -> str:
    if not row.number:
        return _("没有编号。新讲话请在上传页添加，这里只改已入库的。")
    if counts[row.number] > 1:
        return _("编号 %s 在表里出现了不止一次，请只留一行。") % row.number[:20]
    if row.speech is None:
        return _("没有编号为 %s 的讲话，可能已被删除；请核对编号。") % row.number[:20]
    return ""


def _compare(row: Row, speech: Speech, cells: Facts, names: Names, user: roles.Person) -> None:
    """Put into ``row`` what its cells would change, or what is wrong with them."""
    facts = facts_of(speech)
    row.version = version_of(facts)
    for name in (name for name in FACTS if name in cells):
        try:
            change = _change(name, facts[name], cells[name], names)
        except ValidationError as error:
            row.errors.append(f"{LABELS[name]}：{''.join(error.messages)}")
        else:
            row.changes += [change] if change else []
    if row.changes:
        row.errors += _hindrances(row, speech, cells, user)


def _hindrances(row: Row, speech: Speech, cells: Facts, user: roles.Person) -> list[str]:
    """Why a speech may not be changed by this row, whatever it says."""
    found = []
    if cells.get(VERSION, "") not in ("", row.version):
        found.append(_("下载之后有人改过这一篇。请重新下载表格，在新的一行上修改。"))
    publishes = any(change.column == PUBLISHED for change in row.changes)
    if not roles.may_change(user, speech) or (publishes and not roles.may_publish(user)):
        found.append(_("您没有发布权限，不能改已发布的讲话，也不能发布；请让审核人员来改。"))
    return found


def _change(name: str, old: str, cell: str, names: Names) -> Change | None:
    """None for a cell that says what the archive says. Raises ValidationError."""
    if cell in (old, old.strip()) or (name == PUBLISHED and not cell):
        return None
    plain = cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell
    new = cleaned(name, plain)
    if name == "speaker":
        new = names.aliases.get(new, new)
    if new in (old, old.strip()):
        return None
    return Change(name, old, new, bool(new) and name in names.known and new not in names.known[name])
