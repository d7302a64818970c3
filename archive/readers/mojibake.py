"""Text that was already spoiled when it was saved: valid characters, but not the author's.

Three kinds are certain enough to refuse: many replacement characters; Chinese that was read as
Latin-1 (runs of accented letters, which no language writes four in a row); UTF-8 that was read as
GB18030 (encoding it back gives UTF-8 again, which real Chinese does not).
"""

from __future__ import annotations

import re

REPLACED_AT_LEAST = 5
REPLACED_SHARE = 0.01
LATIN_SHARE = 0.1
SAMPLE = 4000
"""Characters that are looked at for the third kind; the encoding did not change on the way."""
LOST_SHARE = 0.1
"""Odd bytes at the end of a run are lost when UTF-8 is read as GB18030."""

_LATIN_RUN = re.compile("[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{4,}")
_HAN = re.compile("[\u4e00-\u9fff]")


def spoiled(raw: str) -> str | None:
    """The sentence that refuses ``raw``, or None when it looks sound."""
    lost = raw.count("\ufffd")
    if lost >= REPLACED_AT_LEAST and lost > REPLACED_SHARE * len(raw):
        return f"乱码太多（{lost} 个 �），请检查来源文件。"
    latin = sum(len(run) for run in _LATIN_RUN.findall(raw) if not run.isspace() and len(set(run)) > 1)
    if latin > LATIN_SHARE * len(raw) or _was_utf8(raw[:SAMPLE]):
        return "汉字比例过低，像是乱码，请检查来源文件。"
    return None


def _was_utf8(sample: str) -> bool:
    """Whether the Han of ``sample`` are the bytes of UTF-8 text read as GB18030."""
    if len(_HAN.findall(sample)) < len(sample) / 4:
        return False
    back = sample.encode("gb18030", errors="replace").decode("utf-8", errors="replace")
    return back.count("\ufffd") < LOST_SHARE * len(back) and len(_HAN.findall(back)) > len(back) / 4
