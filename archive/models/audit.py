"""Who did what, and when."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Deed(LogEntry):
    """An entry of Django's own log, to look at. It stays when the object it tells of is deleted."""

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("操作记录")
        verbose_name_plural = pgettext_lazy("plural", "操作记录")
