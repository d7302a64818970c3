"""Writing what an editor has confirmed: each row whole or not at all, whatever becomes of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive import importing, search
from archive.admin.sheets.columns import PUBLISHED, YES, facts_of, version_of
from archive.admin.sheets.planning import Plan, Row
from archive.forms import FOLLOWING, METADATA
from archive.importing import Metadata
from archive.models import Speech

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

MOST = 500  # rows that one press of the button writes: some seconds


def apply(request: HttpRequest, model_admin: ModelAdmin[Speech], planned: Plan, name: str) -> int:
    """Write the first rows that are ready; how many were. One that has changed meanwhile is left as it is."""
    with search.batch():
        return sum(_write(request, model_admin, row, name) for row in planned.ready[:MOST])


@transaction.atomic
def _write(request: HttpRequest, model_admin: ModelAdmin[Speech], row: Row, name: str) -> bool:
    speech = Speech.objects.select_for_update().filter(pk=row.number).first()
    if speech is None or version_of(facts_of(speech)) != row.version:
        return False
    said: dict[str, Any] = {change.column: change.new for change in row.changes}
    published = said.pop(PUBLISHED, None)
    importing.apply_metadata(speech, Metadata(**said))
    if published is not None:
        speech.published = published == str(YES)
    importing.keep(speech, request.user)  # type: ignore[arg-type]  # somebody who is logged in
    speech.save(update_fields=[*METADATA, *FOLLOWING])
    model_admin.log_change(request, speech, _told(row, name))
    return True


def _told(row: Row, name: str) -> str:
    """What the log says of a row."""
    changes = (
        _("%(label)s“%(old)s”改为“%(new)s”") % {"label": each.label, "old": each.old, "new": each.new}
        for each in row.changes
    )
    return _("表格“%(name)s”：%(changes)s。") % {"name": name, "changes": "，".join(changes)}
