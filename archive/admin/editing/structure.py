"""Headings line by line: higher, deeper, part of the section above, or one more. Saved when all is right.

What has been decided and not saved travels with the form, so each button works without JavaScript and a
half-finished outline is never seen by readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import importing
from archive.admin.editing import pages
from archive.admin.editing.effects import effects
from archive.admin.upload.structuring import Line, decide, lines_of
from archive.forms import StructureForm, written
from archive.importing import Refused
from archive.models import Speech
from archive.parsing import Decision, Outline, parse

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

LONG = 60  # characters; hardly a heading
WARNINGS = 5  # of headings that long
LINES = 300  # a page, each with its buttons; a speech has some sixty

Decisions = Sequence[Decision]


@require_http_methods(["GET", "HEAD", "POST"])
def structure(request: HttpRequest, pk: int, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """Show the lines, take one more decision, or save them all."""
    speech = pages.changeable(request, pk, model_admin)
    saved = importing.decisions_of(speech)
    if request.method != "POST":
        return _page(request, model_admin, speech, saved)
    form = StructureForm(request.POST)
    if not form.is_valid():
        refused = {"refused": " ".join(str(each[0]) for each in form.errors.values())}
        return _page(request, model_admin, speech, saved, refused, status=400)
    decisions, seen = form.cleaned_data["decisions"], form.cleaned_data["seen"]
    start = {"start": form.cleaned_data["start"] or 0}
    if seen != importing.state_of(speech):
        return _page(request, model_admin, speech, decisions, {"late": True, **start}, status=409)
    if request.POST.get("action") == "save":
        return _save(request, model_admin, speech, decisions, seen)
    after, wrong = _ordered(request, speech, decisions)
    more = {**start, "refused": wrong} if wrong else start
    if (page := request.POST.get("page", "")).isdecimal():
        more["start"] = int(page[:8])
    return _page(request, model_admin, speech, after, more, status=400 if wrong else 200)


def _ordered(request: HttpRequest, speech: Speech, decisions: Decisions) -> tuple[Decisions, str]:
    """The decisions after the button that was pressed; why not."""
    if request.POST.get("action") == "automatic":
        return (), ""
    order = request.POST.get("do")
    if order is None:
        return decisions, ""
    action, _colon, index = order.partition(":")
    at = int(index[:8]) if index.isdecimal() else -1
    after = decide(_outline(speech, decisions), decisions, action, at)
    if after is None:
        return decisions, _("这一行不能这样改。")
    return after, ""


def _outline(speech: Speech, decisions: Decisions) -> Outline:
    return parse(speech.text, decisions=decisions)


def _save(
    request: HttpRequest, model_admin: ModelAdmin[Speech], speech: Speech, decisions: Decisions, seen: str
) -> HttpResponse:
    try:
        with transaction.atomic():
            revision = importing.revise(speech, decisions=decisions, user=request.user, seen=seen)  # type: ignore[arg-type]
            if revision:
                said = _("修改了结构（第 %d 版）。") % (revision.number + 1)
                model_admin.log_change(request, speech, said)
    except Refused as refused:
        late = refused.code == "changed_meanwhile"
        more = {"late": True} if late else {"refused": pages.sentence(refused)}
        again = pages.changeable(request, speech.pk, model_admin)
        return _page(request, model_admin, again, decisions, more, status=409 if late else 400)
    pages.tell_saved(request, revision, _("结构没有改动，没有存新版。"))
    return HttpResponseRedirect(request.path)


def _page(
    request: HttpRequest,
    model_admin: ModelAdmin[Speech],
    speech: Speech,
    decisions: Decisions,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    more = more or {}
    lines = lines_of(_outline(speech, decisions))
    context: dict[str, Any] = {
        "title": _("修改结构"),
        "decisions": written(decisions),
        "seen": importing.state_of(speech),
        "decided": bool(decisions),
        **_part(lines, more.get("start", 0)),
    }
    pending = list(decisions) != list(importing.decisions_of(speech))
    if pending:
        try:
            context["preview"] = effects(speech, importing.propose(speech, decisions=decisions))
            before = lines_of(_outline(speech, importing.decisions_of(speech)))
            context["was"] = was = _changed(before, lines)
            long = [
                line
                for line in lines
                if line.level and len(line.text) > LONG and (line.text, line.nth) in was
            ]
            context["overlong"] = long[:WARNINGS]
        except Refused as refused:
            more, status = {"refused": pages.sentence(refused), **more}, max(status, 400)
    return pages.render(
        request, model_admin, speech, "structure", {**context, **more, "pending": pending}, status
    )


def _changed(before: Sequence[Line], after: Sequence[Line]) -> set[tuple[str, int]]:
    """The lines whose level is another one now."""
    was = {(line.text, line.nth): line.level for line in before}
    return {(line.text, line.nth) for line in after if was.get((line.text, line.nth)) != line.level}


def _part(lines: Sequence[Line], start: int) -> dict[str, Any]:
    """The lines that one page shows, and where the pages before and after it begin."""
    start = min(start, max(0, len(lines) - 1)) // LINES * LINES
    return {
        "lines": lines[start : start + LINES],
        "start": start,
        "first": start + 1,
        "last": min(start + LINES, len(lines)),
        "total": len(lines),
        "previous": start - LINES if start else None,
        "following": start + LINES if start + LINES < len(lines) else None,
    }
