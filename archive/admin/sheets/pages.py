"""The addresses: download, upload, what would change, confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.admin import lagging
from archive.admin.sheets import writing
from archive.admin.sheets.applying import MOST, apply
from archive.admin.sheets.columns import speeches
from archive.admin.sheets.planning import headed, plan
from archive.models import Speech, StagedSheet
from archive.readers import ROWS, Unreadable, read_table
from archive.text import clean_name

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

KINDS = ("xlsx", "csv")
SHOWN = 100  # rows a page
ENCODINGS = ("", "utf-8", "gb18030", "big5", "utf-16")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponseBase:
    """Show what the waiting sheet would change; take another one; write it or throw it away."""
    if request.method != "POST" and (kind := request.GET.get("download")) in KINDS:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        return download(str(kind), request.GET.get("part", "1"))
    if not request.user.has_perm("archive.sheet_speech"):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, model_admin)
    action = request.POST.get("action")
    if action == "confirm":
        return _confirm(request, model_admin)
    if action == "discard":
        StagedSheet.objects.filter(user=request.user).delete()  # type: ignore[misc]
        return HttpResponseRedirect(request.path)
    return _take(request, model_admin)


def download(kind: str, part: str) -> HttpResponseBase:
    """All speeches, ten thousand at a time: no sheet with more rows is read back."""
    pages = Paginator(Speech.objects.order_by("pk").values_list("pk", flat=True), ROWS)
    return writing.answer(speeches(pages.get_page(part).object_list), kind)


def download_chosen(chosen: QuerySet[Speech]) -> HttpResponseBase:
    return writing.answer(speeches(chosen.values_list("pk", flat=True)[:ROWS]), "xlsx")


def _take(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponseBase:
    """Keep the rows of a file for review, or say why not."""
    file = request.FILES.get("file")
    if file is None:
        return _show(request, model_admin, _("请选择表格文件（.xlsx 或 .csv）。"))
    most = settings.ARCHIVE_MAX_UPLOAD_MB
    if (file.size or 0) > most * 2**20:
        return _show(request, model_admin, _("表格超过 %d MB 的上限，请分成几份上传。") % most)
    try:
        lines = read_table(file.read(), request.POST.get("encoding") or None)
        columns, warnings = headed(lines[0][1])
    except Unreadable as error:
        return _show(request, model_admin, error.message)
    if len(lines) == 1:
        return _show(
            request, model_admin, _("表格只有第一行，没有讲话。请在它下面填上要修改的讲话，再上传一次。")
        )
    rows = [(line, _by_column(columns, cells)) for line, cells in lines[1:]]
    staged = {"name": clean_name(file.name or "")[:255], "columns": columns, "rows": rows}
    StagedSheet.objects.update_or_create(
        user=request.user,  # type: ignore[misc]
        defaults={**staged, "warnings": warnings},
    )
    return HttpResponseRedirect(request.path)


def _by_column(columns: list[str], cells: list[str]) -> dict[str, str]:
    """A row may be shorter than the header: what is not there is empty."""
    padded = cells + [""] * (len(columns) - len(cells))
    return {name: cell.replace("\0", "") for name, cell in zip(columns, padded, strict=False) if name}


def _confirm(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponseBase:
    """Write the rows that are right, if they are those that the editor has seen."""
    staged = StagedSheet.objects.filter(user=request.user).first()  # type: ignore[misc]
    if staged is None:
        messages.warning(request, _("这份表格已经处理过了，没有再写入。"))
        return HttpResponseRedirect(request.path)
    planned = plan(staged, request.user)
    if planned.digest != request.POST.get("plan"):
        said = _("您核对期间，讲话或表格有了变化，还没有写入。请按下面的新内容再核对一次。")
        return _show(request, model_admin, said, status=409)
    written = apply(request, model_admin, planned, staged.name)
    messages.success(request, _("已修改 %d 篇讲话。") % written)
    lagging.tell(request)
    if planned.ready[MOST:]:
        said = _("一次写入 %(most)d 行，还有 %(n)d 行没有写：请接着按下面的按钮。")
        messages.warning(request, said % {"most": MOST, "n": len(planned.ready[MOST:])})
    elif planned.wrong or written < len(planned.ready):
        messages.warning(request, _("有几行没有写入，原因见下。改好后再上传一次即可，已写入的行不会重复。"))
    else:
        staged.delete()
    return HttpResponseRedirect(request.path)


def _show(
    request: HttpRequest, model_admin: ModelAdmin[Speech], wrong: str = "", status: int = 400
) -> TemplateResponse:
    staged = StagedSheet.objects.filter(user=request.user).first()  # type: ignore[misc]
    planned = plan(staged, request.user) if staged else None
    total = Speech.objects.count()
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "title": _("用表格修改讲话信息"),
        "opts": Speech._meta,
        "wrong": wrong,
        "staged": staged,
        "plan": planned,
        "shown": Paginator(planned.rows, SHOWN).get_page(request.GET.get("page")) if planned else None,
        "total": total,
        "parts": range(1, max(1, -(-total // ROWS)) + 1),
        "kinds": KINDS,
        "encodings": ENCODINGS,
        "max_mb": settings.ARCHIVE_MAX_UPLOAD_MB,
        "max_rows": ROWS,
        "at_once": min(MOST, len(planned.ready)) if planned else 0,
    }
    template = "admin/archive/speech/sheet.html"
    return TemplateResponse(request, template, context, status=status if wrong else 200)
