"""What the pages of editing ask of a line."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import template

register = template.Library()


@register.filter
def among(line: Any, changed: Collection[tuple[str, int]] | str) -> bool:
    """Whether the line is one of those, named by words and number among equal lines."""
    return (line.text, line.nth) in changed if changed else False
