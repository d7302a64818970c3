"""/healthz: one word for the machine that watches over the archive."""

from __future__ import annotations

import logging
import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive import search

logger = logging.getLogger(__name__)

MIN_FREE = 64 * 2**20  # bytes; below it, writing a speech and its index entry is no longer sure to work


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """200 ``ok``, else 503 and the code of the first thing that is wrong; the log says more."""
    code = trouble()
    return HttpResponse(
        f"{code or 'ok'}\n", content_type="text/plain; charset=utf-8", status=503 if code else 200
    )


def trouble() -> str:
    """What keeps the archive from doing its work, as a code; "" when nothing does."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        status = search.status()
    except DatabaseError:
        logger.exception("The database does not answer")
        return "database_unavailable"
    if not status.ok:
        logger.error("The index is not usable: %s", status.message)
        return "index_unavailable"
    if shutil.disk_usage(settings.ARCHIVE_DATA_DIR).free < MIN_FREE:
        return "disk_full"
    return ""
