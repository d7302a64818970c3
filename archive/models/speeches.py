"""Speeches, and the files they came from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.models.dates import iso_date
from archive.models.people import Event, Speaker
from archive.models.questions import SpeechQuerySet
from archive.text.collation import title_key

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

    from archive.models.outline import Paragraph, Section


class SourceFile(models.Model):
    """A file as it arrived, byte for byte."""

    sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    name = models.CharField(_("文件名"), max_length=255)
    size = models.PositiveIntegerField(_("字节数"), editable=False)
    encoding = models.CharField(_("编码"), max_length=40, blank=True)
    content = models.BinaryField(_("内容"), editable=False)
    created_at = models.DateTimeField(_("收到时间"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("原始文件")
        verbose_name_plural = pgettext_lazy("plural", "原始文件")

    def __str__(self) -> str:
        return self.name


class TitleOrderField(models.BinaryField):  # type: ignore[type-arg]
    """What the title is sorted by. It follows from the title whenever that is written; no database knows pinyin."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes:
        value = title_key(model_instance.title)  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, value)
        return value


class Speech(models.Model):
    """One transcript: its canonical text, what is known about it, and its outline."""

    class TitleSource(models.TextChoices):
        TEXT = "text", _("正文")
        DERIVED = "derived", _("推断")
        EDITED = "edited", _("编辑")

    class DatePrecision(models.TextChoices):
        DAY = "day", _("日")
        MONTH = "month", _("月")
        YEAR = "year", _("年")

    title = models.CharField(_("标题"), max_length=300)
    title_source = models.CharField(
        _("标题来源"), max_length=10, choices=TitleSource.choices, default=TitleSource.TEXT, editable=False
    )
    title_order = TitleOrderField(null=True, editable=False)
    subtitle = models.CharField(_("副标题"), max_length=300, blank=True)
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name=_("讲话人")
    )
    role = models.CharField(_("职务"), max_length=200, blank=True)
    date = models.DateField(_("日期"), null=True, blank=True, db_index=True)
    date_precision = models.CharField(
        _("日期精度"), max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name=_("场合")
    )
    venue = models.CharField(_("地点"), max_length=200, blank=True)
    kind = models.CharField(_("类型"), max_length=40, blank=True, db_index=True)
    salutation = models.CharField(_("称谓"), max_length=300, blank=True)
    closing = models.TextField(_("结束语"), blank=True)
    published = models.BooleanField(
        _("已发布"), default=True, db_index=True, help_text=_("未发布的讲话（草稿）读者看不到。")
    )
    text = models.TextField(_("正文"))
    characters = models.PositiveIntegerField(_("字数"), editable=False)
    digest = models.CharField(
        _("正文摘要"),
        max_length=64,
        unique=True,
        editable=False,
        error_messages={"unique": _("这份文稿已经入库。")},
        help_text=_("正文的 SHA-256。"),
    )
    source = models.ForeignKey(
        SourceFile,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="speeches",
        verbose_name=_("原始文件"),
    )
    imported_from = models.CharField(
        _("导入路径"),
        max_length=1000,
        blank=True,
        db_index=True,
        editable=False,
        help_text=_("再次导入同一路径时更新这篇讲话；经网页上传的为空。"),
    )
    edited = models.JSONField(
        default=list, editable=False, help_text=_("编辑改过的字段名；再次导入不会覆盖它们。")
    )
    origins = models.JSONField(default=dict, editable=False, help_text=_("各项信息取自正文第几行。"))
    decisions = models.JSONField(
        default=list, editable=False, help_text=_("编辑对标题层级的决定：行、层级、第几次出现。")
    )
    moved = models.JSONField(
        default=dict, editable=False, help_text=_("已不存在的锚点，以及离它最近的锚点。")
    )
    lines = models.JSONField(default=list, editable=False)
    redactions = models.JSONField(default=list, editable=False)
    remarks = models.JSONField(default=list, editable=False)
    notes = models.JSONField(_("解析提示"), default=list, editable=False)
    created_at = models.DateTimeField(_("入库时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)
    published_at = models.DateTimeField(null=True, editable=False)  # for the first time

    sections: RelatedManager[Section]
    paragraphs: RelatedManager[Paragraph]

    objects = SpeechQuerySet.as_manager()

    class Meta:
        ordering = [F("date").desc(nulls_last=True), "-pk"]
        permissions = [
            ("publish_speech", _("发布和撤下讲话")),
            ("sheet_speech", _("用表格批量修改讲话信息")),
        ]
        indexes = [
            # All that lists count and sort by: read from here, ten thousand speeches take no look at a text.
            models.Index(
                fields=["published", "date", "speaker", "event", "kind", "characters", "title_order"],
                name="speech_lists",
            ),
            # What changed and what was published last, asked by harvesters and feeds without a look at a text either.
            models.Index(fields=["published", "updated_at"], name="speech_changes"),
            models.Index(fields=["published", "published_at"], name="speech_news"),
        ]
        verbose_name = _("讲话")
        verbose_name_plural = pgettext_lazy("plural", "讲话")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Whoever saves the title saves its place among the titles too, and who publishes saves when."""
        if self.published and self.published_at is None:
            self.published_at = timezone.now()
        if update_fields is not None:
            also = {"title": "title_order", "published": "published_at"}
            update_fields = {*update_fields, *(also[name] for name in update_fields if name in also)}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("speech", args=[self.pk])

    @property
    def date_iso(self) -> str | None:
        """The date in the precision that is known: "2022-11-20", "2022-11", "2022" or None."""
        return iso_date(self.date, self.date_precision)

    @date_iso.setter
    def date_iso(self, value: str | None) -> None:
        if not value:
            self.date, self.date_precision = None, self.DatePrecision.DAY
            return
        parts = [int(part) for part in value.split("-")]
        year, month, day = (*parts, 1, 1)[:3]
        self.date = datetime.date(year, month, day)
        self.date_precision = (self.DatePrecision.YEAR, self.DatePrecision.MONTH, self.DatePrecision.DAY)[
            len(parts) - 1
        ]
