"""How the pages write numbers, lengths, reading times and dates, each in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from archive.text import headed

register = template.Library()
register.filter(headed)

CHARACTERS_A_MINUTE = 500  # an adult's silent reading of Chinese prose, rounded
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _in_english() -> bool:
    return get_language() == "en"


@register.filter
def grouped(number: int) -> str:
    """6328 as 6,328."""
    return f"{number:,}"


@register.filter
def characters(count: int) -> str:
    """A length: 6,328 字, in 万字 from ten thousand on; in English always in characters."""
    if count < 10_000 or _in_english():
        return ngettext("%(n)s 字", "%(n)s 字", count) % {"n": f"{count:,}"}
    return _("%(n)s 万字") % {"n": f"{count / 10_000:,.1f}"}


@register.filter
def reading_time(count: int) -> str:
    """How long reading so many characters takes: 约 13 分钟, in hours from two hours on."""
    minutes = max(1, round(count / CHARACTERS_A_MINUTE))
    if minutes < 120:
        return _("约 %(n)s 分钟") % {"n": minutes}
    return _("约 %(n)s 小时") % {"n": round(minutes / 60)}


@register.filter
def written_date(iso: str | None) -> str:
    """2022-11-20 as 2022年11月20日 or 20 November 2022, shorter dates accordingly; no date is 日期不详."""
    if not iso:
        return _("日期不详")
    parts = [int(part) for part in iso.split("-")]
    if not _in_english():
        return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))
    year, month, day = (*parts, 0, 0)[:3]
    return " ".join(filter(None, (str(day or ""), MONTHS[month - 1] if month else "", str(year))))
