"""How the pages write lengths, reading times and dates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()

CHARACTERS_A_MINUTE = 500  # an adult's silent reading of Chinese prose, rounded


@register.filter
def grouped(number: int) -> str:
    """6328 as 6,328."""
    return f"{number:,}"


@register.filter
def characters(count: int) -> str:
    """A length in 字, in 万字 from ten thousand on."""
    if count < 10_000:
        return _("%(n)s 字") % {"n": f"{count:,}"}
    return _("%(n)s 万字") % {"n": f"{count / 10_000:,.1f}"}


@register.filter
def reading_time(count: int) -> str:
    """How long reading so many characters takes: 约 13 分钟, in hours from two hours on."""
    minutes = max(1, round(count / CHARACTERS_A_MINUTE))
    if minutes < 120:
        return _("约 %(n)s 分钟") % {"n": minutes}
    return _("约 %(n)s 小时") % {"n": round(minutes / 60)}


@register.filter
def chinese_date(iso: str | None) -> str:
    """2022-11-20 as 2022年11月20日, shorter dates accordingly; no date is 日期不详."""
    if not iso:
        return _("日期不详")
    units = ("年", "月", "日")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(iso.split("-"), units, strict=False))
