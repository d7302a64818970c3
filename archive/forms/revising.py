"""What editors send when they change a text or its outline, or look at versions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.forms.fields import NumberField, SeenField
from archive.parsing import Decision

LONGEST_TEXT = 500_000  # characters; 1.5 MB of a request, which may have 2.5
MOST_DECISIONS = 2_000  # as many as a speech may have headings
LONGEST_DECISIONS = 400_000  # characters
DEEPEST = 9


class DecisionsField(forms.CharField):
    """Decisions about headings that are not saved yet, as JSON; cleans to a tuple of Decision."""

    default_error_messages = {"invalid": _("表单不完整，请重新打开这一页。")}

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, max_length=LONGEST_DECISIONS)

    def clean(self, value: Any) -> Any:
        try:
            found = json.loads(super().clean(value))
            decisions = tuple(_decision(**each) for each in found)
        except (ValueError, TypeError, RecursionError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if not isinstance(found, list) or len(decisions) > MOST_DECISIONS:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return decisions


def _decision(line: Any, level: Any, nth: Any) -> Decision:
    if not (isinstance(line, str) and line and type(level) is int and type(nth) is int):
        raise TypeError
    if "\0" in line or not (0 <= level <= DEEPEST and 1 <= nth <= 100_000):
        raise ValueError
    return Decision(line, level, nth)


def written(decisions: Iterable[Decision]) -> str:
    """Decisions as the field takes them."""
    return json.dumps([asdict(decision) for decision in decisions], ensure_ascii=False)


class TextForm(forms.Form):
    """The whole text of a speech."""

    text = forms.CharField(
        label=_("正文"),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        error_messages={
            "required": _("正文是空的。要让读者看不到这篇讲话，请撤下它。"),
            "max_length": _("正文超过 %(limit_value)d 字，不能在这里修改；请上传新文件，选择替换这篇讲话。"),
            "null_characters_not_allowed": _("文字里混有不可见的控制字符，请重新复制。"),
        },
        help_text=_("一行一段。标题、落款、小标题也各占一行；小标题的级别在“结构”页修改。"),
    )
    seen = SeenField()


class StructureForm(forms.Form):
    """Decisions about headings."""

    decisions = DecisionsField()
    seen = SeenField()
    start = NumberField(required=False, min_value=0, max_value=10_000_000)


class RestoreForm(forms.Form):
    seen = SeenField()


class VersionsForm(forms.Form):
    """Which two versions are compared."""

    a = NumberField(min_value=1, max_value=1_000_000, error_messages={"required": _("请选两个版本。")})
    b = NumberField(min_value=1, max_value=1_000_000, error_messages={"required": _("请选两个版本。")})
