"""What the pages ask of the language they speak."""

from __future__ import annotations

from django import template
from django.template.context import Context

from archive.views import language

register = template.Library()


@register.simple_tag
def language_tag() -> str:
    """The value of ``lang`` for words of ours: zh-Hans or en."""
    return language.tag()


@register.simple_tag(takes_context=True)
def address_in(context: Context, code: str) -> str:
    """The present page in the language ``code``."""
    return language.address_in(context["request"], code)
