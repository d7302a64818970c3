"""Letters that only look right: what a printer made of the letter that was typed.

Fonts share one picture between 文 U+6587 and the Kangxi radical ⽂ U+2F42, and a printer writes down the
first code that has it; whoever searches for 文 finds nothing. Only printed pages need this: in a typed
text a radical is meant. NFKC knows the Kangxi block; the supplement is Unicode's property
EquivalentUnifiedIdeograph, kept in archive.text with the folding. Latin ligatures (ﬁ) come apart.
"""

from __future__ import annotations

import re
import unicodedata

from archive.text import RADICALS

_RADICAL = re.compile("[\u2e80-\u2fdf\u31d0]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")


def real_letters(text: str) -> tuple[str, int]:
    """``text`` with real letters, and how many radicals there were."""
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _RADICAL.subn(_real, text)


def _real(found: re.Match[str]) -> str:
    if found[0] == "\u31d0":  # the stroke that some fonts draw with 一
        return "一"
    return RADICALS.get(found[0]) or unicodedata.normalize("NFKC", found[0])
