"""Making one of several speakers, or events: one name stays, the speeches of the others move to it.

The others' names become aliases of a speaker, so that what is imported under them later is the speaker's too.
Events have no aliases: that a speech belongs to the event is from then on its editor's word, which a later
import leaves alone. What each speech was is kept as a version of it, and the log names them all: what was merged by
mistake is found again and, once the alias is gone, brought back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.admin.utils import model_ngettext
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import importing, search
from archive.admin import lagging
from archive.models import Alias, Speaker, Speech

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

MOST = 50  # rows at once; more are rather a slip of the hand
BATCH = 100  # speeches at a time, whose texts memory has room for


def page(request: HttpRequest, model_admin: ModelAdmin[Any], chosen: QuerySet[Any]) -> HttpResponse | None:
    """Ask which name stays, then merge; None leads back to the list."""
    rows = list(chosen.order_by("-speech_total", "name")[: MOST + 1])
    if not 2 <= len(rows) <= MOST:
        said = _("请选中 2 到 %(most)d 项再合并。") % {"most": MOST}
        model_admin.message_user(request, said, messages.WARNING)
        return None
    kept = next((row for row in rows if str(row.pk) == request.POST.get("keep")), None)
    if "post" not in request.POST or kept is None:
        return _ask(request, model_admin, rows, unanswered="post" in request.POST)
    moved = merge(request, model_admin, kept, [row for row in rows if row != kept])
    said = _("已合并为“%(name)s”，移来 %(n)d 篇讲话。") % {"name": kept, "n": moved}
    model_admin.message_user(request, said, messages.SUCCESS)
    lagging.tell(request)
    return None


def _ask(
    request: HttpRequest, model_admin: ModelAdmin[Any], rows: list[Any], unanswered: bool
) -> TemplateResponse:
    kind = model_ngettext(model_admin.opts, len(rows))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("合并%(kind)s") % {"kind": kind},
        "opts": model_admin.opts,
        "kind": kind,
        "rows": rows,
        "unanswered": unanswered,
        "is_speaker": model_admin.model is Speaker,
    }
    status = 400 if unanswered else 200
    return TemplateResponse(request, "admin/archive/merge.html", context, status=status)


@transaction.atomic
def merge(request: HttpRequest, model_admin: ModelAdmin[Any], kept: Any, others: list[Any]) -> int:
    """Let ``kept`` take the place of ``others``; how many speeches moved. All of it, or nothing."""
    model = model_admin.model
    pks = [row.pk for row in others]
    list(model.objects.select_for_update().filter(pk__in=[kept.pk, *pks]))
    gone = model.objects.filter(pk__in=pks)
    moved = sum(_move(model, kept, other, request, model_admin) for other in others)
    said = _("并入“%(name)s”") % {"name": kept}
    LogEntry.objects.log_actions(request.user.pk or 0, gone, DELETION, said)
    if model is Speaker:
        Alias.objects.filter(speaker__in=pks).update(speaker=kept)
    gone.delete()
    if model is Speaker:
        Alias.objects.bulk_create(Alias(name=row.name, speaker=kept) for row in others)
    return moved


def _move(model: type[Any], kept: Any, other: Any, request: HttpRequest, model_admin: ModelAdmin[Any]) -> int:
    """Give the speeches of ``other`` to ``kept``: each keeps what it was, and is marked for the index."""
    field = "speaker" if model is Speaker else "event"
    pks = list(Speech.objects.filter(**{field: other}).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(pks), BATCH):
        _move_some(pks[first : first + BATCH], field, kept, other, request)
    search.mark(pks)
    said = _("“%(name)s”并入，移来 %(n)d 篇讲话。") % {"name": other, "n": len(pks)}
    if pks:
        said += _("编号：%(numbers)s") % {"numbers": "、".join(map(str, pks))}
    model_admin.log_change(request, kept, said)
    return len(pks)


def _move_some(pks: list[int], field: str, kept: Any, other: Any, request: HttpRequest) -> None:
    speeches = Speech.objects.filter(pk__in=pks).order_by("pk")
    # Locked: what another editor saves meanwhile waits, and is not written over.
    held = list(speeches.select_for_update(of=("self",)).select_related("speaker", "event"))
    importing.keep_all(held, request.user)  # type: ignore[arg-type]  # somebody who is logged in
    for speech in held:
        setattr(speech, field, kept)
        speech.updated_at = timezone.now()
        if field == "event":
            speech.edited = sorted({*speech.edited, field})
    Speech.objects.bulk_update(held, [field, "edited", "updated_at"])
    said = _("“%(old)s”并入“%(new)s”。") % {"old": other, "new": kept}
    LogEntry.objects.log_actions(request.user.pk or 0, speeches.only("title"), CHANGE, said)
