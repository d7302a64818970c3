"""What lists of speeches, places and passages understand: facets, dates, orders, pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from archive.forms.fields import ManyQueries, ManyTexts, ManyYears, NumberField, PartialDateField, sort_field
from archive.models import Alias


class ListForm(forms.Form):
    """What every list of speeches understands: the four facets and a page, counted from 1.

    A bad value is a named error and 400; only a bad ``page`` (abc, 0, -1) is 404, as one past the last is.
    """

    FACETS = ("speaker", "year", "kind", "event")

    speaker = ManyTexts(label=_("讲话人"))
    year = ManyYears(label=_("年份"))
    kind = ManyTexts(label=_("类型"))
    event = ManyTexts(label=_("场合"))
    page = NumberField(
        label=_("页"),
        min_value=1,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value"), _("页码应为 1 以上的整数。")),
    )

    def clean_speaker(self) -> tuple[str, ...]:
        """Speakers by their present names: a link to a name that has been merged away still answers."""
        names: tuple[str, ...] = self.cleaned_data["speaker"]
        aliases = Alias.objects.filter(name__in=names).values_list("name", "speaker__name")
        now = dict(aliases) if any(names) else {}
        return tuple(dict.fromkeys(now.get(name, name) for name in names))

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
            f"{self.fields[name].label}{_('：')}{message}"
            for name, messages in self.errors.items()
            for message in messages
        ]


class DatedForm(ListForm):
    """``from`` and ``to`` are dates as precise as the reader likes, both inclusive."""

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

    @property
    def span(self) -> tuple[str, str]:
        """The bounds of the date; "" is none."""
        return self.cleaned_data["from"], self.cleaned_data["to"]


class BrowseForm(DatedForm):
    """/speeches/"""

    sort = sort_field("newest", "oldest", "title", "length")


class SearchForm(DatedForm):
    """/search/"""

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


class ComposeForm(SearchForm):
    """The search by fields, 按条件组合: each becomes a part of the query."""

    PARTS = ("every", "phrase", "some", "none", "title", "by")
    every, phrase, some, none, title, by = (
        forms.CharField(label=label, required=False, max_length=200, error_messages=said)  # as q
        for label in (_("都要有"), _("一字不差"), _("至少有一个"), _("都不要"), _("标题里有"), _("讲话人"))
        for said in [SearchForm.base_fields["q"].error_messages]
    )


class ConcordanceForm(SearchForm):
    """/concordance/"""

    sort = sort_field("date", "left", "right")


class TrendsForm(SearchForm):
    """/trends/"""

    q = ManyQueries(label=_("查询"))  # type: ignore[assignment]  # several where a search has one
    sort = None  # type: ignore[assignment]  # years have their own order


class PagedForm(ListForm):
    """A list in pages that is not narrowed by facets."""

    FACETS = ()  # type: ignore[assignment]
    speaker = year = kind = event = None  # type: ignore[assignment]


class ChronicleForm(PagedForm):
    """The speeches of a person, an occasion or a year, one after the other."""

    sort = sort_field("oldest", "newest")


class SharedForm(PagedForm):
    """/speeches/<id>/shared/; ``p`` is the number of a paragraph, when only that one is asked for."""

    sort = sort_field("rarity", "reading")
    p = NumberField(label=_("段落"), required=False, error_messages={"invalid": _("段落编号应为数字。")})

    def __init__(self, asked: QueryDict | None = None, paragraphs: Iterable[int] = ()) -> None:
        super().__init__(asked)
        self.paragraphs = paragraphs

    def clean_p(self) -> int | None:
        number: int | None = self.cleaned_data["p"]
        if number is not None and number not in self.paragraphs:
            raise forms.ValidationError(
                _("本篇没有第 %(n)s 段，请在讲话页上重新点选。"), params={"n": number}
            )
        return number


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
        label=_("位置"),
        choices=[(name, name) for name in ("within", "start")],
        required=False,
        error_messages={"invalid_choice": _("没有这种找法，可用的有：within、start。")},
    )
