"""What is asked about quoting a speech: a style, the words, and links to words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.citing import STYLES, Chosen, read
from archive.forms.fields import NumberField, naming

FILES = ("bibtex", "ris", "csl")  # styles for programs


class CiteForm(forms.Form):
    """/speeches/<id>/cite/: ``p`` is a paragraph by its number, ``text`` are words to be found in the speech;
    ``start`` and ``end`` (p7.12: the anchor, and characters from its beginning) are what is selected on the page.
    """

    MOST = 2_000  # characters that are looked for
    PLACE = r"\A[ps][0-9]{1,9}\.[0-9]{1,7}\Z"
    _no_place = {"invalid": _("位置应写成 p7.12 这样：段落编号，点，段内第几个字。请在讲话页上重新选字。")}
    _names = (*STYLES, *FILES)

    style = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in (*STYLES, *FILES)],
        error_messages={"invalid_choice": naming(_("没有这种格式，可用的有：%(names)s。"), _names)},
    )
    p = NumberField(required=False, error_messages={"invalid": _("段落编号应为数字。")})
    start = forms.RegexField(PLACE, required=False, error_messages=_no_place)
    end = forms.RegexField(PLACE, required=False, error_messages=_no_place)
    text = forms.CharField(
        required=False,
        max_length=MOST,
        error_messages={
            "max_length": _("要链接的话最多 2,000 个字，现在有 %(show_value)d 个，请删短一些。"),
            "null_characters_not_allowed": _("文字里混有不可见的控制字符，请重新复制。"),
        },
    )

    @property
    def style_name(self) -> str:
        return self.cleaned_data.get("style") or next(iter(STYLES))

    @property
    def named_errors(self) -> list[str]:
        """Every mistake as a sentence; each names what is wrong."""
        return [str(message) for messages in self.errors.values() for message in messages]


class WordsForm(forms.Form):
    """?words=&at=&sum= on the page of a speech: a link to words, made by the archive itself."""

    words = forms.CharField(required=False, max_length=CiteForm.MOST, strip=False)
    at = forms.CharField(required=False, max_length=40)
    sum = forms.CharField(required=False, max_length=40)

    @property
    def is_asked(self) -> bool:
        return any(name in self.data for name in self.fields)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        chosen = read(*(found.get(name, "") for name in ("words", "at", "sum"))) if self.is_asked else None
        if self.is_asked and chosen is None:
            self.errors.clear()
            self.add_error(None, _("指向文字的链接不完整。请向给您链接的人再要一次；全文见下。"))
        return {**found, "chosen": chosen}

    @property
    def chosen(self) -> Chosen | None:
        """The words that the link means."""
        found: Chosen | None = self.cleaned_data.get("chosen")
        return found
