"""What the pages of editing have in common: whose they are, the tabs between them, the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from archive.importing import Duplicate, Refused
from archive.models import Revision, Speech

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

PLACE = "admin/archive/speech/editing/"
LARGEST_KEY = 2**63 - 1  # what a database can look for


def changeable(request: HttpRequest, pk: int, model_admin: ModelAdmin[Speech]) -> Speech:
    """The speech, if the user may change it."""
    speech = _found(pk)
    if not model_admin.has_change_permission(request, speech):
        raise PermissionDenied
    return speech


def viewable(request: HttpRequest, pk: int, model_admin: ModelAdmin[Speech]) -> Speech:
    """The speech, if the user may see it here."""
    speech = _found(pk)
    if not model_admin.has_view_or_change_permission(request, speech):
        raise PermissionDenied
    return speech


def _found(pk: int) -> Speech:
    speeches = Speech.objects.select_related("speaker", "event", "source").defer("source__content")
    speech = speeches.filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if speech is None:
        raise Http404(_("没有这篇讲话，可能已被删除。"))
    return speech


def render(
    request: HttpRequest,
    model_admin: ModelAdmin[Speech],
    speech: Speech,
    name: str,
    context: dict[str, Any],
    status: int = 200,
) -> TemplateResponse:
    may_change = model_admin.has_change_permission(request, speech)
    shared = {
        **model_admin.admin_site.each_context(request),
        "opts": Speech._meta,
        "speech": speech,
        "tabs": _tabs(speech, name, may_change),
        "may_change": may_change,
    }
    return TemplateResponse(request, f"{PLACE}{name}.html", {**shared, **context}, status=status)


def _tabs(speech: Speech, name: str, may_change: bool) -> list[tuple[str, str, bool]]:
    """Label, address, and whether that is where one is."""
    tabs = {"change": _("信息"), "text": _("正文"), "structure": _("结构"), "versions": _("版本")}
    if not may_change:
        del tabs["text"], tabs["structure"]
    here = name if name in tabs else "versions"
    return [
        (label, reverse(f"admin:archive_speech_{tab}", args=[speech.pk]), tab == here)
        for tab, label in tabs.items()
    ]


def tell_saved(request: HttpRequest, revision: Revision | None, unchanged: str) -> None:
    """Say which version the speech is now and which one is kept, or that it is ``unchanged``."""
    if revision is None:
        messages.info(request, unchanged)
        return
    told = _("已保存为第 %(new)d 版；第 %(old)d 版留在“版本”里，可以恢复。")
    messages.success(request, told % {"new": revision.number + 1, "old": revision.number})


def sentence(refused: Refused) -> SafeString:
    """Why it was refused, with a link to the speech that has the text already."""
    if not isinstance(refused, Duplicate):
        return format_html("{}", refused.message)
    address = reverse("admin:archive_speech_change", args=[refused.twin.pk])
    said = _("与《{}》文字完全相同，没有保存。")
    return format_html(said, format_html('<a href="{}">{}</a>', address, refused.twin.title))
