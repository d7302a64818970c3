"""What a speech was before each change: nothing that an editor or a new import replaces is lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.speeches import SourceFile, Speech


class Revision(models.Model):
    """A speech as it was until ``replaced_at``; the speech itself is its newest version.

    ``number`` counts the versions of a speech from 1. ``facts`` are its metadata by name (speaker and event by
    theirs), ``decisions`` those about its headings. ``gone`` are the anchors that it was the last to have, each
    with a digest of its words: when these come back, the anchor is theirs again.
    """

    class Reason(models.TextChoices):
        IMPORT = "import", _("重新导入")
        TEXT = "text", _("修改正文")
        STRUCTURE = "structure", _("修改结构")
        METADATA = "metadata", _("修改信息")
        RESTORE = "restore", _("恢复旧版")

    speech = models.ForeignKey(Speech, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    reason = models.CharField(_("原因"), max_length=10, choices=Reason.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("操作人"), related_name="+"
    )
    replaced_at = models.DateTimeField(_("替换时间"), auto_now_add=True)
    text = models.TextField(_("正文"))
    decisions = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    gone = models.JSONField(default=dict)
    source = models.ForeignKey(SourceFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["speech", "-number"]
        constraints = [models.UniqueConstraint(fields=["speech", "number"], name="revision_number")]
        verbose_name = _("旧版")
        verbose_name_plural = _("旧版")

    def __str__(self) -> str:
        return f"{self.speech} #{self.number}"
