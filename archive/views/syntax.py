"""The query language as the help shows it: a table of examples; those that find something here are links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from archive import search

Counts = Mapping[str, Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Row:
    """An example and what it finds. ``live``: it is a link, for it finds something."""

    example: str
    meaning: str
    live: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    rows: Sequence[Row]


def table(counts: Counts) -> list[Group]:
    """The examples in groups; those of a speaker and of years come from ``counts``, the facets at hand."""
    groups = _groups(counts)
    known = search.fruitful(row.example for group in groups for row in group.rows)
    return [
        replace(group, rows=[replace(row, live=row.example in known) for row in group.rows])
        for group in groups
    ]


def _groups(counts: Counts) -> list[Group]:
    return [
        Group(
            _("词语"),
            [
                Row(_("党的建设 座谈会"), _("空格：几个都要有")),
                Row(_("“两个维护”"), _('引号：一字不差；“”「」『』"" 都行')),
                Row(_("党建 OR 纪检"), _("OR、或、|：有一个就行")),
                Row(_("党建 -经费"), _("减号或 NOT：不要含有它的讲话")),
                Row(_("(党建 或 纪检) 责任"), _("括号：先合成一组")),
            ],
        ),
        Group(
            _("限定"),
            [
                Row(_("标题:座谈会"), _("只看标题；也写作 title:")),
                Row(_("章节:党建"), _("只看各级小标题；section:")),
                _speaker(counts),
                Row(_("场合:座谈会"), _("讲话的场合；event:")),
                Row(_("类型:讲话"), _("讲话、发言、报告等；kind:")),
                _years(counts),
            ],
        ),
        Group(
            _("变化"),
            [
                Row(_("全面*"), _("星号：以这两字以上开头的词")),
                Row(_("党建 NEAR/10 业务"), _("两词相距不超过十个字，不论先后")),
            ],
        ),
    ]


def _speaker(counts: Counts) -> Row:
    name = next(_known(counts, "speaker"), "")
    shown = search.named(name) if name else _("张三")
    return Row(_("讲话人:%(name)s") % {"name": shown}, _("谁讲的；speaker:"))


def _years(counts: Counts) -> Row:
    known = sorted(_known(counts, "year"))[-3:]
    years = "..".join(dict.fromkeys([known[0], known[-1]])) if known else "2019..2022"
    meaning = _("哪一年，或从哪年到哪年；year:")
    return Row(_("年:%(years)s") % {"years": years}, meaning)


def _known(counts: Counts, name: str) -> Iterator[str]:
    return (value for value, n in counts.get(name, ()) if value and n)
