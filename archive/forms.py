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


class NumberField(forms.IntegerField):
    """A whole number in plain digits: IntegerField also takes 1.0, +1 and other scripts' digits."""

    re_decimal = re.compile(r"(?!)")

    def to_python(self, value: Any) -> int | None:
        if value not in self.empty_values and not re.fullmatch(r"-?[0-9]{1,100}", str(value).strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


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
        values = tuple(dict.fromkeys(str(each).strip() for each in value or ()))
        if len(values) > self.MOST:
            raise forms.ValidationError(self.error_messages["too_many"], code="too_many")
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


class ListForm(forms.Form):
    """What every list of speeches understands: the four facets and a page, counted from 1.

    A bad value is a named error and 400; only a bad ``page`` (abc, 0, -1) is 404, as one past the last is.
    """

    FACETS = ("speaker", "year", "kind", "event")

    speaker = ManyTexts(label=_("讲话人"))
    year = ManyYears(label=_("年份"))
    kind = ManyTexts(label=_("类型"))
    event = ManyTexts(label=_("场合"))
    page = NumberField(label=_("页"), min_value=1, required=False)

    @property
    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The values chosen in each facet."""
        return {name: self.cleaned_data[name] for name in self.FACETS}

    @property
    def page_number(self) -> int:
        return self.cleaned_data["page"] or 1

    @property
    def only_page_is_wrong(self) -> bool:
        return set(self.errors) == {"page"}

    @property
    def named_errors(self) -> list[str]:
        """Every mistake as a sentence that begins with the field it is in."""
        return [
            f"{self.fields[name].label}：{message}"
            for name, messages in self.errors.items()
            for message in messages
        ]


def sort_field(*values: str) -> forms.ChoiceField:
    """A choice of orders; the first is the default."""
    names = "、".join(values)
    return forms.ChoiceField(
        label=_("排序"),
        choices=[(value, value) for value in values],
        required=False,
        error_messages={"invalid_choice": _("没有这种排序，可用的有：%(names)s。") % {"names": names}},
    )


class BrowseForm(ListForm):
    """/speeches/"""

    sort = sort_field("newest", "oldest", "title", "length")


class SearchForm(ListForm):
    """/search/; ``from`` and ``to`` are dates as precise as the reader likes, both inclusive."""

    q = forms.CharField(
        label=_("查询"),
        required=False,
        max_length=200,  # characters
        error_messages={
            "max_length": _("查询最多 200 个字，现在有 %(show_value)d 个，请删短一些。"),
            "null_characters_not_allowed": _("查询里混有不可见的控制字符，请重新输入。"),
        },
    )
    sort = sort_field("relevance", "newest", "oldest", "hits")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = PartialDateField(label=_("起始日期"))  # no Python name can be "from"
        self.fields["to"] = PartialDateField(label=_("截止日期"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        start, end = found.get("from", ""), found.get("to", "")
        if start and end and start[: len(end)] > end:
            self.add_error("to", _("结束日期早于开始日期，请对调。"))
        return found


class ComposeForm(SearchForm):
    """The search by fields, 按条件组合: each becomes a part of the query."""

    PARTS = ("every", "phrase", "some", "none", "title", "by")
    every, phrase, some, none, title, by = (
        forms.CharField(label=label, required=False, max_length=200, error_messages=said)  # as q
        for label in (_("都要有"), _("一字不差"), _("至少有一个"), _("都不要"), _("标题里有"), _("讲话人"))
        for said in [SearchForm.base_fields["q"].error_messages]
    )


class MarkForm(forms.Form):
    """?q= on the page of a speech: the query whose hits are marked."""

    q = SearchForm.base_fields["q"]


class CompareForm(forms.Form):
    """/compare/: two speeches by their numbers, the shortest passage in letters, and a view.

    ``title`` narrows the lists to choose from when the archive has too many speeches for a list.
    """

    SHORTEST, LONGEST = 8, 64  # letters: below 8 chance phrases drown the page, above 64 nothing is left
    VIEWS = ("side", "inline", "common")
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
    view = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in VIEWS],
        error_messages={"invalid_choice": _("没有这种对比方式，可用的有：side、inline、common。")},
    )
    title = forms.CharField(
        required=False,
        max_length=100,  # characters
        error_messages={"max_length": _("标题中的字最多 100 个，请删短一些。")},
    )

    @property
    def min_letters(self) -> int:
        return self.cleaned_data["min"] or self.SHORTEST

    @property
    def shown_as(self) -> str:
        return self.cleaned_data["view"] or self.VIEWS[0]


class ConcordanceForm(SearchForm):
    """/concordance/"""

    sort = sort_field("date", "left", "right")


class ManyQueries(ManyTexts):
    """Several queries, those left empty passed over."""

    default_error_messages = {
        "too_many": _("查询太多，请删去一些。"),
        "invalid": _("“%(value)s…”不能作查询：最多 200 个字，不能有看不见的控制字符。"),
    }

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(query for query in super().clean(value) if query)


class TrendsForm(SearchForm):
    """/trends/"""

    q = ManyQueries(label=_("查询"))  # type: ignore[assignment]  # several where a search has one
    sort = None  # type: ignore[assignment]  # years have their own order


class PagedForm(ListForm):
    """A list in pages that is not narrowed by facets."""

    FACETS = ()  # type: ignore[assignment]
    speaker = year = kind = event = None  # type: ignore[assignment]


class SharedForm(PagedForm):
    """/speeches/<id>/shared/"""

    sort = sort_field("rarity", "reading")


class LedgerForm(PagedForm):
    """/ledger/: formulas that hold, or begin with, some letters."""

    q = forms.CharField(
        label=_("字词"),
        required=False,
        max_length=60,  # characters
        error_messages={
            "max_length": _("要找的字最多 60 个，现在有 %(show_value)d 个，请删短一些。"),
            "null_characters_not_allowed": _("要找的字里混有不可见的控制字符，请重新输入。"),
        },
    )
    at = forms.ChoiceField(
        choices=[(name, name) for name in ("within", "start")],
        required=False,
        error_messages={"invalid_choice": _("没有这种找法，可用的有：within、start。")},
    )


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
