"""Fields: dates as exactly as known, numbers in plain digits, parameters that may be repeated, what was seen."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

# What Django says of a field that people fill in speaks of variables.
SAID = {
    "required": _("不能为空，请填写。"),
    "max_length": _("最多 %(limit_value)d 个字，现在有 %(show_value)d 个，请删短一些。"),
    "null_characters_not_allowed": _("文字里混有不可见的控制字符，请重新复制。"),
}
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


class PartialDateField(forms.CharField):
    """A date as precisely as it is known: 2022-11-20, 2022-11 or 2022. Cleans to ISO 8601, or ""."""

    default_error_messages = {
        "invalid": _("请写成 2022-11-20、2022-11 或 2022；不知道就留空。"),
        "impossible": _("没有这一天，请核对。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        value = super().clean(value).strip().replace("/", "-").replace(".", "-")
        if not value:
            return ""
        match = PARTIAL_DATE.fullmatch(value)
        if not match:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        parts = [int(part) for part in match.groups() if part]
        try:
            datetime.date(*(*parts, 1, 1)[:3])
        except ValueError:
            raise forms.ValidationError(self.error_messages["impossible"], code="impossible") from None
        return "-".join(match.group(i).zfill(2) for i in range(1, len(parts) + 1))


class NumberField(forms.IntegerField):
    """A whole number in plain digits: IntegerField also takes 1.0, +1 and other scripts' digits."""

    re_decimal = re.compile(r"(?!)")

    def to_python(self, value: Any) -> int | None:
        if value not in self.empty_values and not re.fullmatch(r"-?[0-9]{1,100}", str(value).strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class SeenField(forms.CharField):
    """Which state of a speech the editor has looked at. It travels with the form and is never a change."""

    default_error_messages = {"required": _("表单不完整，请重新打开这一页。")}

    def __init__(self) -> None:
        state = RegexValidator(r"\A[0-9a-f]{16}\Z", self.default_error_messages["required"])
        super().__init__(widget=forms.HiddenInput, validators=[state])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class ManyTexts(forms.Field):
    """Every value of a repeated parameter, once and in order. An empty value is a value: it means unknown."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "too_many": _("一次最多选 50 项，请删去一些。"),
        "invalid": _("“%(value)s”不是可用的值，请从列表中选择。"),
    }
    MOST, LONGEST = 50, 200  # values, characters

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        given = value or ()
        if len(given) > self.MOST:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
        values = tuple(dict.fromkeys(str(each).strip() for each in given))
        for each in values:
            if not self.acceptable(each):
                raise forms.ValidationError(
                    self.error_messages["invalid"],
                    code="invalid",
                    params={"value": each[:20].replace("\0", "")},
                )
        return values

    def acceptable(self, value: str) -> bool:
        return len(value) <= self.LONGEST and "\0" not in value


class ManyYears(ManyTexts):
    default_error_messages = {"invalid": _("“%(value)s”不是年份，请写成四位数字，如 2022。")}

    def acceptable(self, value: str) -> bool:
        return re.fullmatch(r"[0-9]{4}|", value) is not None


class ManyQueries(ManyTexts):
    """Several queries, those left empty passed over."""

    default_error_messages = {
        "too_many": _("查询太多，请删去一些。"),
        "invalid": _("“%(value)s…”不能作查询：最多 200 个字，不能有看不见的控制字符。"),
    }

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(query for query in super().clean(value) if query)


def naming(sentence: Any, names: Sequence[str]) -> Any:
    """The sentence with the ``names``, filled in when it is said: % would say it now, in no reader's language."""
    return lazy(lambda: sentence % {"names": _("、").join(filter(None, names))}, str)()


def sort_field(*values: str) -> forms.ChoiceField:
    """A choice of orders; the first is the default."""
    return forms.ChoiceField(
        label=_("排序"),
        choices=[(value, value) for value in values],
        required=False,
        error_messages={"invalid_choice": naming(_("没有这种排序，可用的有：%(names)s。"), values)},
    )
