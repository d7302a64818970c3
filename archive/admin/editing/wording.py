"""The whole text in one field. What a change would do is shown before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import importing
from archive.admin.editing import pages
from archive.admin.editing.effects import difference, effects
from archive.forms import LONGEST_TEXT, TextForm
from archive.importing import Refused
from archive.models import Speech

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, pk: int, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """Show the text to be edited, what would become of it, or save it."""
    speech = pages.changeable(request, pk, model_admin)
    if request.method != "POST":
        return _page(request, model_admin, speech, _form(speech, speech.text))
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, model_admin, speech, form, status=400)
    typed, seen = form.cleaned_data["text"], form.cleaned_data["seen"]
    if seen != importing.state_of(speech):
        return _too_late(request, model_admin, speech, typed)
    try:
        if request.POST.get("action") == "save":
            return _save(request, model_admin, speech, typed, seen)
        proposal = importing.propose(speech, text=typed)
    except Refused as refused:
        if refused.code == "changed_meanwhile":
            return _too_late(request, model_admin, pages.changeable(request, pk, model_admin), typed)
        return _page(request, model_admin, speech, form, {"refused": pages.sentence(refused)}, status=400)
    preview = {"preview": effects(speech, proposal), "unchanged": proposal.outline.text == speech.text}
    return _page(request, model_admin, speech, form, preview)


def _save(
    request: HttpRequest, model_admin: ModelAdmin[Speech], speech: Speech, typed: str, seen: str
) -> HttpResponse:
    with transaction.atomic():
        revision = importing.revise(speech, text=typed, user=request.user, seen=seen)  # type: ignore[arg-type]
        if revision:
            said = _("修改了正文（第 %d 版）。") % (revision.number + 1)
            model_admin.log_change(request, speech, said)
    pages.tell_saved(request, revision, _("文字没有改动，没有存新版。"))
    return HttpResponseRedirect(request.path)


def _too_late(
    request: HttpRequest, model_admin: ModelAdmin[Speech], speech: Speech, typed: str
) -> HttpResponse:
    """Somebody else has changed the speech: both texts are shown, and the next save counts from here."""
    theirs = {"theirs": difference(speech.text, typed), "present": speech.text}
    return _page(request, model_admin, speech, _form(speech, typed), theirs, status=409)


def _form(speech: Speech, typed: str) -> TextForm:
    return TextForm(initial={"text": typed, "seen": importing.state_of(speech)})


def _page(
    request: HttpRequest,
    model_admin: ModelAdmin[Speech],
    speech: Speech,
    form: TextForm,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "title": _("修改正文"),
        "form": form,
        "too_long": len(speech.text) > LONGEST_TEXT,
        "longest": LONGEST_TEXT,
        **(more or {}),
    }
    return pages.render(request, model_admin, speech, "text", context, status)
