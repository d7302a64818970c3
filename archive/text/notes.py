"""A remark about one place of a text: how every stage reports what is odd without raising."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at.

    ``line`` counts from 1 in the cleaned text (0: the whole file); ``kind`` is the machine's word
    for it, stable across releases; ``message`` is a Chinese sentence for the editor.
    """

    line: int
    kind: str
    message: str
