"""Which rows are kept, and how a row is written as a record: a JSON object by the names of its fields.

The fields come from the models, so a new field is kept without a word here. A foreign key is written as the name
that a person would use for its target: a speaker's name, an original's SHA-256, a section's number. Accounts are
no part of the file, but the names of those who did something are.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from archive.models import (
    Alias,
    Clause,
    Deed,
    Event,
    Fingerprint,
    Formula,
    IndexChange,
    LedgerCount,
    Paragraph,
    Printed,
    Revision,
    Section,
    SourceFile,
    Speaker,
    Speech,
    StagedSheet,
    StagedUpload,
)

Model = type[models.Model]
Record = dict[str, Any]
Names = Mapping[Model, Mapping[Any, Any]]  # of each model that is referred to: key -> name, or name -> key


class Unreadable(ValueError):
    """A record that is none; ``unknown`` names a field that only a later version can have written."""

    def __init__(self, message: str, unknown: str = "") -> None:
        super().__init__(message)
        self.unknown = unknown


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a model. ``key``: the field by which others refer to a row. ``beside``: fields kept otherwise.

    ``since``: the format of the file that has it first; a new table raises members.FORMAT.
    """

    name: str
    model: Any
    key: str = "id"
    order: str = "pk"
    beside: frozenset[str] = frozenset()
    since: int = 1

    @property
    def fields(self) -> list[Any]:
        return [field for field in self.model._meta.concrete_fields if field.name not in self.beside]


SPEAKERS = Table("speakers", Speaker, key="name")
EVENTS = Table("events", Event, key="name")
ORIGINALS = Table("originals", SourceFile, key="sha256", beside=frozenset({"content"}))
ALIASES = Table("aliases", Alias)
# The order of titles follows from them.
SPEECHES = Table("speeches", Speech, beside=frozenset({"text", "title_order"}))
# Rows that belong to one speech stand in its file; they are written in this order.
PARTS = (
    Table("sections", Section, key="number", order="position", beside=frozenset({"speech"})),
    Table("paragraphs", Paragraph, key="number", order="position", beside=frozenset({"speech"})),
    Table("revisions", Revision, key="number", order="number", beside=frozenset({"speech"})),
)
LISTS = (
    EVENTS,
    ORIGINALS,
    SPEAKERS,
    ALIASES,
)  # one file each, a record a line; each refers to those before it
TABLES = (*LISTS, SPEECHES, *PARTS)
# The log. What is restored is added to it, so it is none of those that are replaced (see deeds).
DEEDS = Table("deeds", Deed, beside=frozenset({"id"}), since=2)

REMADE: tuple[Model, ...] = (Clause, Fingerprint, Printed, Formula, LedgerCount)  # follows from the texts
# What people do here, as their accounts and sessions.
LEFT_OUT: tuple[Model, ...] = (IndexChange, StagedSheet, StagedUpload)


def accounts() -> dict[int, str]:
    """The name of each account, by its key."""
    return dict(get_user_model().objects.values_list("pk", "username"))


def as_record(table: Table, row: models.Model, names: Names) -> Record:
    record = {}
    for field in table.fields:
        value = getattr(row, field.attname)
        if field.is_relation and value is not None:
            value = names[field.related_model][value]
        record[field.name] = _plain(value)
    return record


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else value


def as_row(table: Table, record: Any, keys: Names, **beside: Any) -> Any:
    """The row that ``record`` was written from, not saved; ``beside`` holds the fields kept otherwise.

    Unreadable when it is no such record. What the database allowed once comes back as it was: neither lengths
    nor choices are looked at, a backup is no time for that.
    """
    if not isinstance(record, dict):
        raise Unreadable(_("不是一条记录"))
    fields = table.fields
    for name in sorted(record.keys() - {field.name for field in fields}):
        raise Unreadable(_("有不认识的字段 %(name)s") % {"name": name}, unknown=name)
    values = {field.attname: _value(field, record, keys) for field in fields}
    return table.model(**values, **beside)


def _value(field: Any, record: Record, keys: Names) -> Any:
    if field.name not in record:
        return _default(field)
    value = record[field.name]
    if value is None and field.null:
        return None
    try:
        if field.is_relation:
            return keys[field.related_model][value]
        return READ[field.get_internal_type()](field, value)
    except (KeyError, TypeError, ValueError, ValidationError) as error:
        raise Unreadable(_("字段 %(name)s 的值不对") % {"name": field.name}) from error


def _default(field: Any) -> Any:
    """What a file that is older than the field means by not having it."""
    if field.has_default() or field.null or (field.blank and field.empty_strings_allowed):
        return field.get_default()
    raise Unreadable(_("缺少字段 %(name)s") % {"name": field.name})


def _exactly(kind: type) -> Callable[[Any, Any], Any]:
    def read(field: Any, value: Any) -> Any:
        if type(value) is not kind:  # True is an int, and 1 no bool
            raise TypeError(field.name)
        return value

    return read


def _number(field: Any, value: Any) -> int:
    number: int = _exactly(int)(field, value)
    field.run_validators(number)  # what the column can hold
    return number


def _date(field: Any, value: Any) -> datetime.date:
    return datetime.date.fromisoformat(value)


def _time(field: Any, value: Any) -> datetime.datetime:
    time = datetime.datetime.fromisoformat(value)
    if time.tzinfo is None:
        raise ValueError(field.name)
    return time


# By the internal type of a field; a field of another kind needs a line here.
READ: dict[str, Callable[[Any, Any], Any]] = {
    "BigAutoField": _number,
    "PositiveIntegerField": _number,
    "PositiveSmallIntegerField": _number,
    "BooleanField": _exactly(bool),
    "CharField": _exactly(str),
    "TextField": _exactly(str),
    "DateField": _date,
    "DateTimeField": _time,
    "JSONField": lambda field, value: value,
}
