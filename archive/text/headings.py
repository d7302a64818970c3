"""A number and what it numbers, as one line: 一、总则, 第一章 总则, 1. Introduction."""

from __future__ import annotations


def headed(num: str, heading: str) -> str:
    """``num`` and ``heading`` with a blank between them where both would run into each other.

    A mark at the end of the number keeps them apart by itself: 一、 （一） 1．; an ASCII one does so before Han
    characters only, since 1.Introduction is set too close. 一是 and 一要 begin the sentence that follows.
    """
    if not num or not heading:
        return num or heading
    before, after = num[-1], heading[0]
    close = not after.isalnum() if before.isalnum() else not (before.isascii() and after.isascii())
    return f"{num}{heading}" if close or before.isspace() or before in "是要" else f"{num} {heading}"
