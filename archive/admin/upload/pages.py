"""The addresses: the upload page, the text of one waiting file, and what it changes in a speech."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from archive import readers
from archive.admin.upload import telling
from archive.admin.upload.rows import Row, row_of, rows, shown_bound
from archive.admin.upload.saving import confirm
from archive.admin.upload.taking import FILE_FIELD, PASTED_FIELD, take
from archive.admin.upload.telling import Refusal
from archive.admin.upload.working import keep_typed, work
from archive.compare import TooLong, Versions, versions
from archive.models import Speech, StagedUpload

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

SENT = re.compile(r"f([1-9][0-9]{0,17})-choice")  # of each row that is sent, see rows.prefix_of
BESIDE = 80  # characters that are shown before and behind a change
PLACE = "admin/archive/speech/"


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """Show what waits, take new files, work on a row, or save what an editor has confirmed."""
    _check(request)
    old = StagedUpload.objects.filter(created_at__lt=timezone.now() - StagedUpload.KEPT_FOR)
    if old.exists():  # deleting nothing waits for other writers too
        old.delete()
    if request.method != "POST":
        asked = request.GET.get("outline", "")
        if asked and telling.as_json_fits(request):
            return _as_json(
                request, [row for row in rows(request, asked=asked) if str(row.staged.pk) == asked], [], 200
            )
        return _render(request, model_admin, rows(request, asked=asked), telling.refused(request))
    action = request.POST.get("action")
    if action == "confirm":
        return _confirmed(request, model_admin)
    if action == "clear":
        telling.forget(request)
        return HttpResponseRedirect(request.path)
    if order := request.POST.get("do"):
        return _worked(request, model_admin, order)
    if action == "keep":
        return _kept(request)
    return _taken(request, model_admin)


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("archive.add_speech"):
        raise PermissionDenied


def _taken(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    telling.forget(request)
    staged, refusals = take(request)
    if telling.as_json_fits(request):
        found = [row_of(request, each) for each in staged]
        status = 200 if staged else telling.answer_status(refusals)
        return _as_json(request, [row for row in found if row], refusals, status)
    if not staged:
        return _render(request, model_admin, rows(request), refusals, telling.answer_status(refusals))
    telling.remember(request, refused=refusals)
    return HttpResponseRedirect(request.path)


def _worked(request: HttpRequest, model_admin: ModelAdmin[Speech], order: str) -> HttpResponse:
    _keep(request)
    pk, row = work(request, order)
    if telling.as_json_fits(request):
        return _as_json(request, [row] if row else [], [], 400 if row and row.wrong else 200)
    if row and row.wrong:
        found = [row if each.staged.pk == pk else each for each in rows(request, asked=str(pk))]
        return _render(request, model_admin, found, status=400)
    return HttpResponseRedirect(f"{request.path}?outline={pk}#file-{pk}" if row else request.path)


def _kept(request: HttpRequest) -> HttpResponse:
    _keep(request)
    if telling.as_json_fits(request):
        return HttpResponse(status=204)
    return HttpResponseRedirect(request.path)


def _keep(request: HttpRequest) -> None:
    """Store what came of each row that came."""
    for row in rows(request, bound=True):
        keep_typed(row)


def _confirmed(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    _tell_of_gone(request)
    done, wrong = confirm(request, model_admin)
    if done or wrong:  # else the button was pressed twice, and what the first press did is still to be told
        telling.remember(request, refused=[], done=done)
    if not wrong:
        return HttpResponseRedirect(request.path)
    shown = {row.staged.pk: _shown_again(request, row) for row in wrong}
    return _render(
        request, model_admin, [shown.get(each.staged.pk) or each for each in rows(request)], status=400
    )


def _tell_of_gone(request: HttpRequest) -> None:
    """Say of files that were sent to be saved and wait no longer that nobody saves them now."""
    sent = [int(found[1]) for name in request.POST if (found := SENT.fullmatch(name))]
    waiting = StagedUpload.objects.filter(user=request.user, pk__in=sent).count()  # type: ignore[misc]
    if gone := len(sent) - waiting:
        said = _("有 %(n)d 份文稿已不在待确认之列，这次没有保存：可能刚才已经保存或丢弃，也可能放了 %(days)d 天以上；"
                 "库里没有的，请重新上传。")  # fmt: skip
        messages.warning(request, said % {"n": gone, "days": StagedUpload.KEPT_FOR.days})


def _shown_again(request: HttpRequest, row: Row) -> Row | None:
    """The row with its errors; one that was read anew is shown as it is now."""
    if not row.wrong:
        return shown_bound(row, request.user)
    staged = StagedUpload.objects.filter(pk=row.staged.pk).first()
    again = row_of(request, staged) if staged else None
    if again:
        again.wrong = row.wrong
    return again


def _as_json(request: HttpRequest, found: list[Row], refusals: list[Refusal], status: int) -> JsonResponse:
    """The rows and the refused files as they stand on the page."""
    html = [render_to_string(f"{PLACE}upload_row.html", {"row": row}, request) for row in found]
    html += [render_to_string(f"{PLACE}upload_failed.html", {"refusal": each}, request) for each in refusals]
    answer = {"html": "".join(html), "rows": len(found), "failed": len(refusals)}
    return JsonResponse(answer, status=status)


def _render(
    request: HttpRequest,
    model_admin: ModelAdmin[Speech],
    waiting: list[Row],
    refusals: list[Refusal] | None = None,
    status: int = 200,
) -> TemplateResponse:
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": _("上传文稿"),
        "opts": Speech._meta,
        "rows": waiting,
        "ready": sum(row.prepared is not None for row in waiting),
        "wrong_rows": [row for row in waiting if row.wrong or row.form.errors],
        "refusals": refusals or [],
        "summary": telling.summary(request),
        "max_mb": settings.ARCHIVE_MAX_UPLOAD_MB,
        "max_files": settings.ARCHIVE_MAX_UPLOAD_FILES,
        "file_field": FILE_FIELD,
        "pasted_field": PASTED_FIELD,
        "pasted": request.POST.get(PASTED_FIELD, "") if status == 400 else "",
        "accepted": ",".join([*readers.SUFFIXES, ".zip"]),
        "kinds": Speech.objects.exclude(kind="")
        .order_by("kind")
        .values_list("kind", flat=True)
        .distinct()[:50],
    }
    return TemplateResponse(request, f"{PLACE}upload.html", context, status=status)


@require_safe
def text(request: HttpRequest, model_admin: ModelAdmin[Speech], pk: int) -> HttpResponse:
    """The whole text of a waiting file, as plain text."""
    _check(request)
    staged = get_object_or_404(StagedUpload, pk=pk, user=request.user)
    return HttpResponse(staged.text, content_type="text/plain; charset=utf-8")


@require_safe
def difference(
    request: HttpRequest, model_admin: ModelAdmin[Speech], pk: int, speech_pk: int
) -> HttpResponse:
    """What a waiting file changes in a speech that is much like it."""
    _check(request)
    staged = get_object_or_404(StagedUpload, pk=pk, user=request.user)
    speech = get_object_or_404(Speech, pk=speech_pk)
    try:
        found = versions(speech.text, staged.text)
    except TooLong:
        messages.error(request, _("文稿太长，不能逐句对比。请打开两边的全文核对。"))
        return HttpResponseRedirect(reverse("admin:archive_speech_upload"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("与《%s》对比") % speech.title,
        "opts": Speech._meta,
        "staged": staged,
        "speech": speech,
        "changes": list(_shown(found, speech.text, staged.text)),
        "percent": int(100 * found.similarity),
    }
    return TemplateResponse(request, f"{PLACE}upload_difference.html", context)


def _shown(found: Versions, old: str, new: str) -> Iterator[tuple[str, str]]:
    """What went, what came and what stayed, in words; of long stretches that stayed only the ends."""
    last = len(found.changes) - 1
    for number, change in enumerate(found.changes):
        words = new[slice(*change.b)] if change.kind == "inserted" else old[slice(*change.a)]
        if change.kind != "same" or len(words) <= 3 * BESIDE:
            yield change.kind, words
            continue
        if number:
            yield "same", words[:BESIDE]
        yield "left out", str(len(words) - BESIDE * (bool(number) + (number < last)))
        if number < last:
            yield "same", words[-BESIDE:]
