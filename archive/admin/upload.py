"""/admin/archive/speech/upload/: files in, a preview of each outline, confirm, saved and searchable.

Works in two steps without JavaScript. What has been uploaded and not confirmed waits in the database,
so a reload loses nothing; each file is handled alone, and one that fails does not stop the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import importing, readers
from archive.forms import ReviewForm
from archive.importing import Metadata, Prepared, Refused
from archive.models import Speech, StagedUpload

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

FILE_FIELD = "file"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not taken, with the sentence that says why; ``status`` is the answer's HTTP status."""

    name: str
    message: str | SafeString
    status: int = 400


@dataclass(frozen=True, slots=True)
class Row:
    """One uploaded file on the page: what was read out of it, and the form to correct it."""

    staged: StagedUpload
    prepared: Prepared
    form: ReviewForm

    @property
    def alike(self) -> list[SafeString]:
        """A warning for each speech, drafts too, that may be the same one; looked up when it is shown."""
        said = _("与《{}》有 {}% 相同，可能是同一篇，请核对是否重复。")
        return [format_html(said, link_to(like.speech), like.percent) for like in self.prepared.alike()]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """Show what waits, take new files, or save what an editor has confirmed."""
    if not request.user.has_perm("archive.add_speech"):
        raise PermissionDenied
    old = StagedUpload.objects.filter(created_at__lt=timezone.now() - StagedUpload.KEPT_FOR)
    if old.exists():  # deleting nothing waits for other writers too
        old.delete()
    if request.method != "POST":
        return render(request, model_admin, rows(request))
    if request.POST.get("action") == "confirm":
        return confirm(request, model_admin)
    return take(request, model_admin)


def take(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """Stage every file that can become a speech; tell of every other one why not."""
    files = request.FILES.getlist(FILE_FIELD)
    most = settings.ARCHIVE_MAX_UPLOAD_FILES
    wrong = ""
    if not files:
        wrong = _("请选择文件。可以一次选择多份文稿。")
    elif len(files) > most:
        wrong = _("一次最多上传 %(most)d 份，这次有 %(n)d 份；请分几次上传。") % {
            "most": most,
            "n": len(files),
        }
    if wrong:
        return render(request, model_admin, rows(request), [Refusal("", wrong)], status=400)
    outcomes = [stage(request, *found) for file in files for found in files_in(file)]
    refusals = [refusal for refusal in outcomes if refusal]
    if len(refusals) == len(outcomes):
        status = max(refusal.status for refusal in refusals)
        return render(request, model_admin, rows(request), refusals, status=status)
    for refusal in refusals:
        messages.error(request, format_html("“{}”：{}", refusal.name, refusal.message))
    return HttpResponseRedirect(request.path)


def files_in(file: UploadedFile[bytes]) -> Iterator[tuple[str, bytes, str]]:
    """Name and bytes of the file, or of each file in it if it is a .zip; and why one cannot be had."""
    name = file.name or ""
    # One byte more than is allowed, so that the importer sees that it is too much.
    data = file.read(settings.ARCHIVE_MAX_UPLOAD_MB * 2**20 + 1)
    most = settings.ARCHIVE_MAX_UPLOAD_FILES
    try:
        pack = importing.unpack(data, name)
    except Refused as refused:
        yield name, b"", refused.message
        return
    if pack is None:
        yield name, data, ""
    elif pack.count > most:
        said = _("压缩包里有 %(n)d 份文件，一次最多上传 %(most)d 份；请分几次上传。")
        yield name, b"", said % {"most": most, "n": pack.count}
    else:
        for member in pack.members:
            yield member.name, member.data, member.refusal.message if member.refusal else ""


def stage(request: HttpRequest, name: str, data: bytes, wrong: str) -> Refusal | None:
    """Keep one file for review, or say why not: what is ``wrong`` with it already, or with its content."""
    if wrong:
        return Refusal(name, wrong)
    limit = settings.ARCHIVE_MAX_UPLOAD_FILES
    waiting = StagedUpload.objects.filter(user=request.user)  # type: ignore[misc]
    if waiting.count() >= limit:
        return Refusal(name, _("已有 %(n)d 份文稿等待确认，请先保存或丢弃它们。") % {"n": limit})
    try:
        prepared = importing.prepare(data, name, request.POST.get("encoding") or None)
    except Refused as refused:
        return Refusal(name, refused.message)
    if twin := prepared.twin():
        return Refusal(name, duplicate_of(twin), status=409)
    _staged, created = waiting.get_or_create(
        user=request.user,  # type: ignore[misc]
        digest=prepared.digest,
        # The name as it came: it is cleaned, and that is noted, each time the file is read.
        defaults={"name": name[:255], "encoding": prepared.encoding, "content": data},
    )
    return None if created else Refusal(name, _("与本次上传的另一份文稿文字完全相同，已跳过。"), status=409)


def duplicate_of(twin: Speech) -> SafeString:
    """The sentence that refuses a text the archive has, with a link to it."""
    return format_html(_("这份文稿已经入库：与《{}》文字完全相同。"), link_to(twin))


def link_to(speech: Speech) -> SafeString:
    """A link to where an editor can see the speech: a draft has no page for readers."""
    url = speech.get_absolute_url()
    if not speech.published:
        url = reverse("admin:archive_speech_change", args=[speech.pk])
    return format_html('<a href="{}">{}</a>', url, speech.title)


def confirm(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponse:
    """Save the rows that are right, each in its own transaction; show the others again with what is wrong."""
    wrong = []
    for row in rows(request, bound=True):
        if row.form.discarded:
            row.staged.delete()
        elif row.form.is_valid():
            save(request, row)
        else:
            wrong.append(row)
    if wrong:
        return render(request, model_admin, wrong, status=400)
    return HttpResponseRedirect(request.path)


def save(request: HttpRequest, row: Row) -> None:
    """Make one reviewed file a speech and take it off the list, both or neither."""
    data = row.form.cleaned_data
    metadata = Metadata(title=data["title"], speaker=data["speaker"], date=data["date"])
    with transaction.atomic():
        imported = importing.store(row.prepared, draft=data["draft"], metadata=metadata)
        row.staged.delete()
    speech = imported.speech
    if speech is None:
        return
    if imported.status == "imported":
        said = _("已保存《{}》。") if speech.published else _("已存为草稿《{}》，读者还看不到。")
        messages.success(request, format_html(said, link_to(speech)))
    else:
        messages.warning(request, duplicate_of(speech))


def rows(request: HttpRequest, *, bound: bool = False) -> list[Row]:
    """This editor's files, read again from the bytes that were kept.

    When ``bound``, only the files whose fields came with the request: others may have arrived meanwhile.
    """
    found = []
    for staged in StagedUpload.objects.filter(user=request.user):  # type: ignore[misc]
        prefix = f"f{staged.pk}"
        if bound and f"{prefix}-choice" not in request.POST:
            continue
        try:
            prepared = importing.prepare(bytes(staged.content), staged.name, staged.encoding)
        except Refused as refused:
            # It was fine when it came; a newer parser thinks otherwise, and nobody could save it any more.
            messages.error(request, f"{staged.name}：{refused.message}")
            staged.delete()
            continue
        found.append(Row(staged, prepared, review_form(request, prefix, prepared, bound)))
    return found


def review_form(request: HttpRequest, prefix: str, prepared: Prepared, bound: bool) -> ReviewForm:
    outline = prepared.outline
    initial: dict[str, Any] = {"title": outline.title[:300], "speaker": outline.speaker, "date": outline.date}
    return ReviewForm(request.POST if bound else None, prefix=prefix, initial=initial)


def render(
    request: HttpRequest,
    model_admin: ModelAdmin[Speech],
    waiting: list[Row],
    refusals: list[Refusal] | None = None,
    status: int = 200,
) -> TemplateResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("上传文稿"),
        "opts": Speech._meta,
        "rows": waiting,
        "refusals": refusals or [],
        "max_mb": settings.ARCHIVE_MAX_UPLOAD_MB,
        "max_files": settings.ARCHIVE_MAX_UPLOAD_FILES,
        "file_field": FILE_FIELD,
        "accepted": ",".join([*readers.SUFFIXES, ".zip"]),
    }
    return TemplateResponse(request, "admin/archive/speech/upload.html", context, status=status)
