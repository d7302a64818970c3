"""What a sheet has columns for. A header may be the Chinese word or the name of the field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.forms import SAID, PartialDateField
from archive.models import Event, Speaker, Speech

ID, PUBLISHED, VERSION = "id", "published", "version"
LABELS: dict[str, Any] = {
    ID: gettext_lazy("编号"),
    "title": gettext_lazy("标题"),
    "subtitle": gettext_lazy("副标题"),
    "speaker": gettext_lazy("讲话人"),
    "role": gettext_lazy("职务"),
    "date": gettext_lazy("日期"),
    "event": gettext_lazy("场合"),
    "venue": gettext_lazy("地点"),
    "kind": gettext_lazy("类型"),
    PUBLISHED: gettext_lazy("已发布"),
    VERSION: gettext_lazy("版本（请勿改动）"),
}
FACTS = [name for name in LABELS if name not in (ID, VERSION)]
YES, NO = gettext_lazy("是"), gettext_lazy("否")
WORDS = {
    **dict.fromkeys(("是", "yes", "y", "true", "1", "已发布", "√"), True),
    **dict.fromkeys(("否", "no", "n", "false", "0", "未发布", "草稿", "×"), False),
}
MISTAKES = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"))
"""What a spreadsheet shows of a formula that went wrong."""
FETCH = 500  # speeches a query

Facts = dict[str, str]
"""A speech as its row reads: the text of each cell by column."""


def facts_of(speech: Speech) -> Facts:
    """The cells of a speech, but for its number and version."""
    return {
        "title": speech.title,
        "subtitle": speech.subtitle,
        "speaker": speech.speaker.name if speech.speaker else "",
        "role": speech.role,
        "date": speech.date_iso or "",
        "event": speech.event.name if speech.event else "",
        "venue": speech.venue,
        "kind": speech.kind,
        PUBLISHED: str(YES if speech.published else NO),
    }


def version_of(facts: Facts) -> str:
    """Differs when any cell does. It begins with a letter, or a spreadsheet might take it for a number."""
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return "v" + hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def speeches(pks: Iterable[int]) -> Iterator[Speech]:
    """These speeches, without their texts, in the order of their numbers."""
    left = iter(sorted(set(pks)))
    while some := list(islice(left, FETCH)):
        yield from Speech.objects.for_lists().filter(pk__in=some).order_by("pk")


def _field(name: str) -> forms.Field:
    """What cleans a cell of this column."""
    if name == "date":
        return PartialDateField()
    owner: Any = {"speaker": Speaker, "event": Event}.get(name, Speech)
    stored = owner._meta.get_field("name" if owner is not Speech else name)
    return forms.CharField(max_length=stored.max_length, required=name == "title", error_messages=SAID)


FIELDS = {name: _field(name) for name in FACTS if name != PUBLISHED}


def cleaned(name: str, cell: str) -> str:
    """The value that a cell stands for. Raises ValidationError."""
    if cell in MISTAKES:
        raise forms.ValidationError(_("“%s”是公式出错的结果，请改成文字。") % cell)
    if name != PUBLISHED:
        return str(FIELDS[name].clean(cell))
    if cell.lower() not in WORDS:
        raise forms.ValidationError(_("请写“是”或“否”。"))
    return str(YES if WORDS[cell.lower()] else NO)
