"""Files, the members of a .zip and pasted text: each waits in the database, or is refused with a sentence."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive import importing
from archive.admin.upload.rows import read_values
from archive.admin.upload.telling import Refusal
from archive.importing import Prepared, Refused
from archive.models import StagedUpload
from archive.readers import Document
from archive.text import readings

FILE_FIELD, PASTED_FIELD = "file", "pasted"
PASTED_NAME = "粘贴的文稿.txt"

Found = tuple[str, bytes, Refusal | None]  # the name of a file, its bytes, and why it cannot be had
logger = logging.getLogger(__name__)


def take(request: HttpRequest) -> tuple[list[StagedUpload], list[Refusal]]:
    """Stage every file that can become a speech; tell of every other one why not."""
    files = request.FILES.getlist(FILE_FIELD)
    pasted = request.POST.get(PASTED_FIELD, "").strip()
    if wrong := _wrong_with(len(files) + bool(pasted)):
        return [], [Refusal("", wrong, "number")]
    outcomes = [_stage(request, *found) for file in files for found in _files_in(file)]
    if pasted:
        outcomes.append(_stage(request, PASTED_NAME, pasted.encode("utf-8", "replace"), None, "utf-8"))
    refusals = [each for each in outcomes if isinstance(each, Refusal)]
    for refusal in refusals:
        logger.info("Refused %r from %r: %s", refusal.name, request.user.get_username(), refusal.code)
    return [each for each in outcomes if isinstance(each, StagedUpload)], refusals


def _wrong_with(n: int) -> str:
    most = settings.ARCHIVE_MAX_UPLOAD_FILES
    if not n:
        return _("请选择文件。可以一次选择多份文稿，也可以粘贴文字。")
    if n > most:
        said = _("一次最多上传 %(most)d 份，这次有 %(n)d 份；请分几次上传。")
        return said % {"most": most, "n": n}
    return ""


def _files_in(file: UploadedFile[bytes]) -> Iterator[Found]:
    """The file, or each file in it if it is a .zip."""
    name = file.name or ""
    # One byte more than is allowed, so that the importer sees that it is too much.
    data = file.read(settings.ARCHIVE_MAX_UPLOAD_MB * 2**20 + 1)
    most = settings.ARCHIVE_MAX_UPLOAD_FILES
    try:
        pack = importing.unpack(data, name)
    except Refused as refused:
        yield name, b"", Refusal(name, refused.message, refused.code)
        return
    if pack is None:
        yield name, data, None
    elif pack.count > most:
        said = _("压缩包里有 %(n)d 份文件，一次最多上传 %(most)d 份；请分几次上传。")
        yield name, b"", Refusal(name, said % {"most": most, "n": pack.count}, "number")
    else:
        for member in pack.members:
            error = member.refusal
            wrong = Refusal(member.name, error.message, error.code) if error else None
            yield member.name, member.data, wrong


def _stage(
    request: HttpRequest, name: str, data: bytes, wrong: Refusal | None, encoding: str | None = None
) -> StagedUpload | Refusal:
    """Keep one file for review, or say why not: what is ``wrong`` with it already, or with its content."""
    if wrong:
        return wrong
    limit = settings.ARCHIVE_MAX_UPLOAD_FILES
    waiting = StagedUpload.objects.filter(user=request.user)  # type: ignore[misc]
    if waiting.count() >= limit:
        return Refusal(name, _("已有 %(n)d 份文稿等待确认，请先保存或丢弃它们。") % {"n": limit}, "number")
    encoding = encoding or request.POST.get("encoding") or None
    # The name as it came: it is cleaned, and that is noted, each time the file is parsed.
    found: dict[str, object] = {"name": name[:255], "content": data}
    try:
        document = importing.read(data, name, encoding)
        prepared = importing.prepare(data, name, document=document)
    except Refused as refused:
        if refused.code != "bad_encoding" or encoding or not readings(data):
            return Refusal(name, refused.message, refused.code)
        digest = hashlib.sha256(data).hexdigest()  # nobody knows yet of what text
    else:
        if twin := prepared.twin():
            return Refusal(name, _("这份文稿已经入库。"), "duplicate", 409, twin.pk)
        digest = prepared.digest
        found |= as_read(document, prepared)
    staged, created = waiting.get_or_create(user=request.user, digest=digest, defaults=found)  # type: ignore[misc]
    return staged if created else Refusal(name, already_waiting(staged.name), "duplicate", 409)


def as_read(document: Document, prepared: Prepared) -> dict[str, object]:
    """What is kept of a file that was read."""
    return {
        "encoding": document.encoding,
        "digest": prepared.digest,
        "text": document.text,
        "notes": [asdict(note) for note in document.notes],
        **_told(document, prepared),
    }


def _told(document: Document, prepared: Prepared) -> dict[str, object]:
    """What an export of ours tells otherwise than the parser: as if the editor had filled it in, who sees it."""
    if not document.told:
        return {}
    read = read_values(prepared)
    typed = {name: said for name, said in document.told.facts if said != read[name]}
    return {"typed": typed, "decisions": [asdict(each) for each in prepared.decisions]}


def already_waiting(name: str) -> str:
    return _("与等待确认的“%s”文字完全相同，已跳过。") % name
