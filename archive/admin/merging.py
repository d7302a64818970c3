"""Making one of several speakers, or events: one name stays, the speeches of the others move to it.

The others' names become aliases of a speaker, so that what is imported under them later is the speaker's too.
Events have no aliases: that a speech belongs to the event is from then on its editor's word, which a later
import leaves alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import model_ngettext
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from archive import search
from archive.models import Alias, Speaker, Speech

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

MOST = 50  # rows at once; more are rather a slip of the hand
TOLD = 100  # speeches whose numbers the log names
BATCH = 500  # speeches a statement


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
    """Give the speeches of ``other`` to ``kept``, marked for the index, and write down which they were."""
    field = "speaker" if model is Speaker else "event"
    speeches = list(Speech.objects.only("pk", "edited").filter(**{field: other}).order_by("pk"))
    for speech in speeches:
        setattr(speech, field, kept)
        speech.updated_at = timezone.now()
        if model is not Speaker:
            speech.edited = sorted({*speech.edited, field})
    Speech.objects.bulk_update(speeches, [field, "edited", "updated_at"], batch_size=BATCH)
    search.mark(speech.pk for speech in speeches)
    numbers = "、".join(str(speech.pk) for speech in speeches[:TOLD]) + "……" * (len(speeches) > TOLD)
    said = _("“%(name)s”并入，移来 %(n)d 篇讲话。") % {"name": other, "n": len(speeches)}
    if speeches:
        said += _("编号：%(numbers)s") % {"numbers": numbers}
    model_admin.log_change(request, kept, said)
    return len(speeches)
