"""What people may send: every parameter and field passes through a form before anything else sees it."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.models import Speech

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


class SpeechForm(forms.ModelForm[Speech]):
    """A speech's metadata in the admin. The text is not edited here."""

    date_iso = PartialDateField(label=_("日期"), help_text=_("2022-11-20、2022-11 或 2022；不详留空。"))

    class Meta:
        model = Speech
        fields = ["title", "subtitle", "speaker", "role", "event", "venue", "kind", "published"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date_iso"].initial = self.instance.date_iso or ""

    def save(self, commit: bool = True) -> Speech:
        speech = self.instance
        changed = {"date" if name == "date_iso" else name for name in self.changed_data} - {"published"}
        speech.edited = sorted({*speech.edited, *changed})
        speech.date_iso = self.cleaned_data["date_iso"] or None
        if "title" in changed:
            speech.title_source = Speech.TitleSource.EDITED
        return super().save(commit)


class ReviewForm(forms.Form):
    """What an editor may correct in an uploaded transcript before it is saved."""

    SAVE, DISCARD = "save", "discard"

    choice = forms.ChoiceField(
        label=_("处理"), choices=[(SAVE, _("保存")), (DISCARD, _("不要这份"))], initial=SAVE, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("标题"), max_length=300)
    speaker = forms.CharField(label=_("讲话人"), max_length=100, required=False)
    date = PartialDateField(label=_("日期"), help_text=_("2022-11-20、2022-11 或 2022"))
    draft = forms.BooleanField(label=_("存为草稿，暂不公开"), required=False)

    @property
    def discarded(self) -> bool:
        """Whether the editor threw the file away: then nothing else in the row matters."""
        return self.data.get(self.add_prefix("choice")) == self.DISCARD
