"""What is under way: files waiting for an editor, speeches waiting for the index."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class StagedUpload(models.Model):
    """A file that an editor has uploaded and not yet confirmed. No speech, and no reader sees it.

    ``text`` and ``notes`` are what was read out of ``content``, so that a page of fifty files reads none of them;
    both and ``encoding`` are empty while nobody knows the encoding. ``typed`` is what the editor has filled in
    otherwise than the parser, by field; ``decisions`` are about its headings.
    """

    KEPT_FOR = datetime.timedelta(days=7)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="staged_uploads")
    name = models.CharField(_("文件名"), max_length=255)
    encoding = models.CharField(_("编码"), max_length=40, blank=True)
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    text = models.TextField(blank=True)
    notes = models.JSONField(default=list)
    typed = models.JSONField(default=dict)
    decisions = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="staged_once_per_user")]

    def __str__(self) -> str:
        return self.name


class IndexChange(models.Model):
    """A speech whose index entry is out of date: written in the transaction that changed it.

    The search room works these off after the commit; what a crash leaves is worked off at the next one.
    No foreign key, so that a deleted speech can leave its mark; not unique, so that no writer waits for
    another one's row.
    """

    speech_id = models.PositiveBigIntegerField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.speech_id)
