"""Telling an editor that readers' searches do not know yet what has just been changed.

A save waits for so much of the index and no more (see archive.search); the rest is worked off by the server.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from archive.models import IndexChange


def tell(request: HttpRequest) -> None:
    """Say how many speeches are still to be indexed, if there are any."""
    if n := IndexChange.objects.values("speech_id").distinct().count():
        said = _("检索正在后台更新，还有 %d 篇；更新完之前，读者仍按原来的内容搜到它们。")
        messages.info(request, said % n)
