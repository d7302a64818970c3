"""What there is to cite: a speech, or one paragraph of it, in plain values."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

HAN = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """A speech to be cited; what is not known is left empty and never made up.

    ``date`` is as precise as it is known: "2022-11-20", "2022-11", "2022" or None. ``accessed`` is the day on which
    the text was read here. ``language`` is a tag as in HTML. ``paragraph`` and ``quote`` are given when only these
    words are cited; ``url`` then leads to them. ``key`` names the reference in a bibliography.
    """

    title: str
    url: str
    accessed: datetime.date
    key: str = "speech"
    subtitle: str = ""
    speaker: str = ""
    role: str = ""
    date: str | None = None
    event: str = ""
    venue: str = ""
    site: str = ""
    language: str = "zh-Hans"
    paragraph: int | None = None
    quote: str = ""

    @property
    def whole_title(self) -> str:
        """Title and subtitle in one line; the dash before a Chinese subtitle gives way to the colon."""
        title, subtitle = one_line(self.title), one_line(self.subtitle).lstrip("—–―- ")
        if not subtitle:
            return title
        return f"{title}：{subtitle}" if is_chinese(title) else f"{title}: {subtitle}"

    @property
    def date_parts(self) -> tuple[int, ...]:
        """(2022, 11, 20), shorter dates accordingly, () for none."""
        return tuple(int(part) for part in self.date.split("-")) if self.date else ()


def is_chinese(text: str) -> bool:
    return HAN.search(text) is not None


def one_line(text: str) -> str:
    return " ".join(text.split())
