"""File names as they arrive from strangers: what is kept of them."""

from __future__ import annotations

import re

# Controls, zero-width and direction marks, and what Windows forbids in a name.
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff<>:\"|?*]")
MAX_LENGTH = 200  # characters; with room to spare under the 255 of most file systems and of the database


def clean_name(name: str) -> str:
    """The last part of a file name, free of paths, controls and lone surrogates; "" when nothing is left.

    Bytes that were no UTF-8 (lone surrogates, as os.fsdecode leaves them) become U+FFFD.
    """
    last = re.split(r"[/\\]", name)[-1]
    kept = UNSAFE.sub("", re.sub(r"[\ud800-\udfff]", "\ufffd", last)).strip(" .")
    if len(kept) <= MAX_LENGTH:
        return kept
    stem, dot, suffix = kept.rpartition(".")
    if not stem or len(suffix) > 20:
        return kept[:MAX_LENGTH].rstrip(" .")
    return f"{stem[: MAX_LENGTH - 1 - len(suffix)].rstrip(' .')}{dot}{suffix}"
