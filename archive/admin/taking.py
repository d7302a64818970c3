"""The whole archive as one file, for who has the role 管理: what export_archive writes, over the web.

The file is built on the disk before the first byte is sent, with the memory that export_archive takes, and is gone
from there as soon as it is open: nothing is left behind, also not by a browser that gives up. One is built at a
time, in all processes, for it holds a thread of the server and a view of the database.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive import backup
from archive.admin import roles
from archive.admin.audit import TAKING
from archive.models import SourceFile, Speech

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

logger = logging.getLogger(__name__)


class Busy(Exception):
    """Somebody else's file is being built."""


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, model_admin: ModelAdmin[Speech]) -> HttpResponseBase:
    """Say what there is to take; with POST, give it."""
    if not roles.may_take_all(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, model_admin)
    try:
        file, exported = _built()
    except Busy:
        said = _("正在为另一个人打包，一次只能打包一份。请过几分钟再试。")
        return _show(request, model_admin, said, 409)
    except OSError:
        logger.exception("Building the file of the whole archive failed")
        said = _("打包时写磁盘出错，没有下载。请检查服务器的磁盘空间后重试，详情见日志。")
        return _show(request, model_admin, said, 503)
    _log(request, exported)
    # A zip is not to be compressed again; and waitress can send a file without one of our threads.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    name = _("讲话库") + f"_{timezone.localdate().isoformat()}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Content-Length"] = exported.size  # the name that it could be asked of is gone
    response["Cache-Control"] = "no-store"
    return response


def _built() -> tuple[BinaryIO, backup.Exported]:
    """The file, open and already without a name. Raises Busy, and OSError when the disk refuses."""
    folder = Path(settings.ARCHIVE_DATA_DIR) / "taking"
    with _alone(folder.with_suffix(".lock")):
        shutil.rmtree(folder, ignore_errors=True)  # of a process that was killed
        folder.mkdir(mode=0o700)
        try:
            exported = backup.export(folder / "archive.zip")
            return (folder / "archive.zip").open("rb"), exported
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock that processes share; raises Busy when another one has it."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy from None
        yield


def _log(request: HttpRequest, exported: backup.Exported) -> None:
    said = _("下载了全部文稿：%(speeches)d 篇讲话，清单 SHA-256：%(digest)s")
    message = said % {"speeches": exported.counts["speeches"], "digest": exported.digest}
    LogEntry.objects.create(
        user=request.user,  # type: ignore[misc]
        content_type=ContentType.objects.get_for_model(Speech),
        object_repr=_("全部文稿"),
        action_flag=TAKING,
        change_message="\n".join([message, *exported.problems]),
    )


def _show(
    request: HttpRequest, model_admin: ModelAdmin[Speech], wrong: str = "", status: int = 200
) -> TemplateResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("下载全部文稿"),
        "opts": Speech._meta,
        "wrong": wrong,
        "speeches": Speech.objects.count(),
        "originals": SourceFile.objects.count(),
    }
    return TemplateResponse(request, "admin/archive/speech/take.html", context, status=status)
