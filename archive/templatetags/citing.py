"""What the page of a speech tells programs about it."""

from __future__ import annotations

from django import template
from django.template.context import Context

from archive.models import Speech
from archive.views import referring

register = template.Library()


@register.simple_tag(takes_context=True)
def embedded(context: Context, speech: Speech) -> referring.Embedded:
    return referring.embedded(context["request"], speech)
