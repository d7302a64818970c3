"""What editors may send in the admin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.forms.fields import SAID, PartialDateField
from archive.forms.seen import SeenForm
from archive.models import Speech

METADATA = ["title", "subtitle", "speaker", "role", "event", "venue", "kind", "published"]


# Fields that a speech's form sets besides those it shows.
FOLLOWING = ("title_source", "date", "date_precision", "edited", "updated_at")


class SpeechForm(SeenForm):
    """A speech's metadata in the admin. The text is not edited here."""

    LATE = _("您打开这一页以后，别人改动了这篇讲话，所以没有保存。您填的都还在，"
             "与库中不同的几项已标出；核对后再保存，就以您填的为准。")  # fmt: skip

    date_iso = PartialDateField(label=_("日期"), help_text=_("2022-11-20、2022-11 或 2022；不详留空。"))

    class Meta:
        model = Speech
        fields = METADATA

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date_iso"].initial = self.instance.date_iso or ""
        for name, line in self.instance.origins.items():
            shown = self.fields.get("date_iso" if name == "date" else name)
            if shown and name not in self.instance.edited:
                said = gettext("来自正文第 %(line)s 行") % {"line": line}
                shown.help_text = " ".join(filter(None, (said + gettext("。"), str(shown.help_text or ""))))

    def stored_values(self) -> dict[str, Any]:
        speech = self.instance
        return {**{name: getattr(speech, name) for name in METADATA}, "date_iso": speech.date_iso or ""}

    def save(self, commit: bool = True) -> Speech:
        speech: Speech = self.instance
        changed = {"date" if name == "date_iso" else name for name in self.changed_data} - {"published"}
        speech.edited = sorted({*speech.edited, *changed})
        speech.date_iso = self.cleaned_data["date_iso"] or None
        if "title" in changed:
            speech.title_source = Speech.TitleSource.EDITED
        super().save(commit)
        return speech


REVIEWED = ("title", "speaker", "date", "subtitle", "role", "event", "venue", "kind")
"""What of a speech an editor may correct before it is saved."""


class ReviewForm(forms.Form):
    """What an editor may correct in an uploaded transcript before it is saved.

    ``replaceable`` are the speeches that it may become the new text of; ``encodings`` those that may be tried,
    empty for what is no plain text.
    """

    SAVE, REPLACE, SKIP = "save", "replace", "skip"

    title = forms.CharField(label=_("标题"), max_length=300, error_messages=SAID)
    speaker = forms.CharField(label=_("讲话人"), max_length=100, required=False, error_messages=SAID)
    date = PartialDateField(label=_("日期"))
    subtitle = forms.CharField(label=_("副标题"), max_length=300, required=False, error_messages=SAID)
    role = forms.CharField(label=_("职务"), max_length=200, required=False, error_messages=SAID)
    event = forms.CharField(label=_("场合"), max_length=200, required=False, error_messages=SAID)
    venue = forms.CharField(label=_("地点"), max_length=200, required=False, error_messages=SAID)
    kind = forms.CharField(
        label=_("类型"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"list": "kinds"}),
        error_messages=SAID,
    )
    choice = forms.ChoiceField(label=_("处理"), widget=forms.RadioSelect)
    draft = forms.BooleanField(label=_("存为草稿，暂不公开"), required=False)
    encoding = forms.ChoiceField(label=_("文字编码"), required=False)

    def __init__(
        self,
        *args: Any,
        replaceable: Iterable[Speech] = (),
        encodings: Iterable[tuple[str, str]] = (),
        may_publish: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(replaceable)
        self.fields["choice"].error_messages["invalid_choice"] = _("没有这种处理方式，请重新选择。")
        if offered := list(encodings):
            self.fields["encoding"].choices = offered  # type: ignore[attr-defined]
            self.fields["encoding"].error_messages["invalid_choice"] = _("没有这种编码，请从列表中选择。")
        else:
            del self.fields["encoding"]
        self.may_publish = may_publish

    def offer(self, replaceable: Iterable[Speech]) -> None:
        """Let the file replace one of these speeches, too."""
        self.replaceable = {f"{self.REPLACE}-{speech.pk}": speech for speech in replaceable}
        replacing = [
            (name, _("替换《%(title)s》（作为修订）") % {"title": speech.title})
            for name, speech in self.replaceable.items()
        ]
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            (self.SAVE, _("存为新讲话")), *replacing, (self.SKIP, _("跳过")),
        ]  # fmt: skip

    @property
    def replaces(self) -> bool:
        """Whether the editor wants it to, whatever the speech."""
        return str(self.data.get(self.add_prefix("choice"), "")).startswith(self.REPLACE)

    @property
    def skipped(self) -> bool:
        """Whether the editor does not want the file: then nothing else in the row matters."""
        return self.data.get(self.add_prefix("choice")) == self.SKIP

    @property
    def replaced(self) -> Speech | None:
        """The speech that it becomes the new text of."""
        return self.replaceable.get(self.cleaned_data["choice"])

    @property
    def is_draft(self) -> bool:
        return self.cleaned_data["draft"] or not self.may_publish

    def typed(self, read: Mapping[str, str]) -> dict[str, Any]:
        """What was sent otherwise than it was ``read``, right or wrong, by field: to be shown again."""
        sent = {name: self.data.get(self.add_prefix(name)) for name in (*REVIEWED, "choice", "draft")}
        plain = {**read, "choice": self.SAVE, "draft": None}
        longest = {name: getattr(self.fields[name], "max_length", None) or 100 for name in sent}
        return {
            name: value[: 2 * longest[name]].replace("\0", "")
            for name, value in sent.items()
            if value is not None and value.strip() != plain[name]
        }
