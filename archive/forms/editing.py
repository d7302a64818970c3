"""What editors may send in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.forms.fields import PartialDateField
from archive.models import Speech

METADATA = ["title", "subtitle", "speaker", "role", "event", "venue", "kind", "published"]


# Fields that a speech's form sets besides those it shows.
FOLLOWING = ("title_source", "date", "date_precision", "edited", "updated_at")


class SpeechForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """A speech's metadata in the admin. The text is not edited here."""

    date_iso = PartialDateField(label=_("日期"), help_text=_("2022-11-20、2022-11 或 2022；不详留空。"))

    class Meta:
        model = Speech
        fields = METADATA

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date_iso"].initial = self.instance.date_iso or ""

    def save(self, commit: bool = True) -> Speech:
        speech: Speech = self.instance
        changed = {"date" if name == "date_iso" else name for name in self.changed_data} - {"published"}
        speech.edited = sorted({*speech.edited, *changed})
        speech.date_iso = self.cleaned_data["date_iso"] or None
        if "title" in changed:
            speech.title_source = Speech.TitleSource.EDITED
        super().save(commit)
        return speech


class ReviewForm(forms.Form):
    """What an editor may correct in an uploaded transcript before it is saved."""

    SAVE, DISCARD = "save", "discard"

    choice = forms.ChoiceField(
        label=_("处理"),
        choices=[(SAVE, _("保存")), (DISCARD, _("不要这份"))],
        initial=SAVE,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=_("标题"), max_length=300)
    speaker = forms.CharField(label=_("讲话人"), max_length=100, required=False)
    date = PartialDateField(label=_("日期"), help_text=_("2022-11-20、2022-11 或 2022"))
    draft = forms.BooleanField(label=_("存为草稿，暂不公开"), required=False)

    @property
    def discarded(self) -> bool:
        """Whether the editor threw the file away: then nothing else in the row matters."""
        return self.data.get(self.add_prefix("choice")) == self.DISCARD
