"""What pages of one or two texts understand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.forms.fields import NumberField, naming
from archive.forms.lists import SearchForm
from archive.text import SCRIPTS


def _one_of(names: Sequence[str], sentence: Any) -> forms.ChoiceField:
    """A choice of ``names``; the first is the default. ``sentence`` says which there are."""
    wrong = {"invalid_choice": naming(sentence, names)}
    return forms.ChoiceField(required=False, choices=[(name, name) for name in names], error_messages=wrong)


def _an_anchor() -> forms.CharField:
    """A section or a paragraph of a speech by its anchor: s2, p17."""
    wrong = _("章节以 s 或 p 加数字表示，例如 s1，请从章节表中点选。")
    return forms.RegexField(r"\A[sp][0-9]{1,9}\Z", required=False, error_messages={"invalid": wrong})


class MarkForm(forms.Form):
    """On the page of a speech ?q= is the query whose hits are marked, ?script= the script that its text is shown in."""

    q = SearchForm.base_fields["q"]
    script = _one_of(("", *SCRIPTS), _("script 只能是下列之一：%(names)s（简体、繁体）。"))


class CompareForm(forms.Form):
    """/compare/: two speeches by their numbers, a view, and what is shown: the shortest passage in letters, whether
    what is nearly the same is, and what becomes of formulas.

    ``depth`` is how fine the outlines are, ``sa`` and ``sb`` are the anchors of two sections to be seen alone.
    ``title`` narrows the lists to choose from when the archive has too many speeches for a list.
    """

    SHORTEST, LONGEST = 8, 64  # letters: below 8 chance phrases drown the page, above 64 nothing is left
    VIEWS = ("side", "inline", "common", "unique", "matrix", "sections")
    DEPTHS = ("", "chapters", "sections", "points")
    NEAR = ("on", "off")
    FORMULAS = ("dim", "hide", "show")
    _no_number = {"invalid": _("讲话编号应为数字。")}
    _no_length = _("最短字数应为 8 到 64 之间的整数。")

    a = NumberField(required=False, error_messages=_no_number)
    b = NumberField(required=False, error_messages=_no_number)
    min = NumberField(
        required=False,
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _no_length),
    )
    view = _one_of(VIEWS, _("没有这种对比方式，可用的有：%(names)s。"))
    near = _one_of(NEAR, _("near 只能是下列之一：%(names)s。"))
    formulas = _one_of(FORMULAS, _("formulas 只能是下列之一：%(names)s。"))
    depth = _one_of(DEPTHS, _("depth 只能是下列之一：%(names)s。"))
    sa, sb = _an_anchor(), _an_anchor()
    title = forms.CharField(
        required=False,
        max_length=100,  # characters
        error_messages={
            "max_length": _("标题中的字最多 100 个，请删短一些。"),
            "null_characters_not_allowed": _("标题中混有不可见的控制字符，请重新输入。"),
        },
    )

    def clean(self) -> dict[str, Any]:
        """Each side is one speech: of several none is picked in silence."""
        for side in ("a", "b") if "a" in self.fields else ():
            given = self.data.getlist(side) if isinstance(self.data, QueryDict) else []
            if len(set(filter(None, given))) > 1 and side not in self.errors:
                self.add_error(
                    side, _("%(side)s 只能给一篇；要比三篇以上，请用 s=编号&s=编号。") % {"side": side}
                )
        return self.cleaned_data

    @property
    def min_letters(self) -> int:
        return self.cleaned_data["min"] or self.SHORTEST

    @property
    def shown_as(self) -> str:
        return self.cleaned_data["view"] or self.VIEWS[0]

    @property
    def shows_near(self) -> bool:
        return bool(self.cleaned_data["near"] != "off")

    @property
    def formulas_are(self) -> str:
        return self.cleaned_data["formulas"] or self.FORMULAS[0]


class QuoteForm(forms.Form):
    """/quote/: the quotation to be checked. A line's end counts one character, whatever browsers send."""

    MOST = 2_000  # characters

    text = forms.CharField(
        label=_("引文"),
        required=False,
        max_length=MOST,
        error_messages={
            "max_length": _("引文最多 2,000 个字，现在有 %(show_value)d 个，请分段核对。"),
            "null_characters_not_allowed": _("引文里混有不可见的控制字符，请重新输入。"),
        },
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        given = (data or {}).get("text", "")
        super().__init__({"text": given.replace("\r\n", "\n")}, **kwargs)

    @property
    def named_errors(self) -> list[str]:
        """Every mistake as a sentence; each names the field."""
        return [str(message) for messages in self.errors.values() for message in messages]
