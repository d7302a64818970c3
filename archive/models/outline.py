"""The outline of a speech: sections, and the paragraphs in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.models.speeches import Speech
from archive.text import headed


class Section(models.Model):
    """A heading with its own paragraphs; the spans of a speech's sections, joined, are its text.

    ``position`` orders the sections; ``number`` names the section in links (#s3) and outlives edits.
    """

    class Kind(models.TextChoices):
        FRONT = "front", _("开头")
        BODY = "body", _("正文")
        BACK = "back", _("结尾")

    speech = models.ForeignKey(Speech, models.CASCADE, related_name="sections")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    depth = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind.choices)
    num = models.CharField(_("序号"), max_length=40, blank=True)
    heading = models.TextField(_("标题"), blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    heading_start = models.PositiveIntegerField()
    heading_end = models.PositiveIntegerField()

    class Meta:
        ordering = ["speech", "position"]
        constraints = [
            models.UniqueConstraint(fields=["speech", "position"], name="section_position"),
            models.UniqueConstraint(fields=["speech", "number"], name="section_number"),
        ]
        verbose_name = _("章节")
        verbose_name_plural = _("章节")

    def __str__(self) -> str:
        return headed(self.num, self.heading)

    @property
    def anchor(self) -> str:
        return f"s{self.number}"


class Paragraph(models.Model):
    """One line of running text. ``items`` holds its run-in enumeration: num, lead, start, end."""

    class Kind(models.TextChoices):
        SALUTATION = "salutation", _("称谓")
        TEXT = "text", _("段落")
        CLOSING = "closing", _("结束语")

    speech = models.ForeignKey(Speech, models.CASCADE, related_name="paragraphs")
    section = models.ForeignKey(Section, models.CASCADE, related_name="paragraphs")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TEXT)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    items = models.JSONField(default=list)

    class Meta:
        ordering = ["speech", "position"]
        constraints = [
            models.UniqueConstraint(fields=["speech", "position"], name="paragraph_position"),
            models.UniqueConstraint(fields=["speech", "number"], name="paragraph_number"),
        ]
        verbose_name = _("段落")
        verbose_name_plural = _("段落")

    def __str__(self) -> str:
        return self.anchor

    @property
    def anchor(self) -> str:
        return f"p{self.number}"
