"""Who speaks, under which names, and on what occasion."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Speaker(models.Model):
    """A person who speaks."""

    name = models.CharField(_("姓名"), max_length=100, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("讲话人")
        verbose_name_plural = pgettext_lazy("plural", "讲话人")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """One name is one person's: a speaker is not called what another one is also called."""
        if alias := Alias.objects.filter(name=self.name).select_related("speaker").first():
            said = _("“%(name)s”已是“%(speaker)s”的别名。要让两人分开，请先删去那个别名。")
            raise ValidationError({"name": said % {"name": self.name, "speaker": alias.speaker}})


class Alias(models.Model):
    """Another name of a speaker: what comes in under it is the speaker's. No speaker has it as their own."""

    name = models.CharField(_("别名"), max_length=100, unique=True)
    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="aliases", verbose_name=_("讲话人"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("别名")
        verbose_name_plural = _("别名")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The reverse of Speaker.clean: who has speeches under a name is merged, not called by it."""
        mine = getattr(self, "speaker", None)  # perhaps renamed in the same form
        others = Speaker.objects.exclude(pk=mine.pk) if mine else Speaker.objects.all()
        if mine and mine.name == self.name:
            raise ValidationError({"name": _("别名与讲话人的姓名相同，不用填写。")})
        if others.filter(name=self.name).exists():
            said = _("已有讲话人叫“%(name)s”。若是同一人，请在讲话人列表里选中两人，用“合并所选讲话人”。")
            raise ValidationError({"name": said % {"name": self.name}})


class Event(models.Model):
    """The occasion of a speech: 机关党建工作座谈会."""

    name = models.CharField(_("名称"), max_length=200, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("场合")
        verbose_name_plural = pgettext_lazy("plural", "场合")

    def __str__(self) -> str:
        return self.name
