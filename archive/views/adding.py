"""/compare/more/: which speeches to see at once. What is chosen stays chosen while the list is narrowed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from archive.forms import SeveralForm
from archive.models import Speech
from archive.views.errors import NoSuchSpeech, read_only
from archive.views.speeches import LARGEST_KEY

LIST_LIMIT = 100  # speeches in the list; beyond, it is narrowed by words of the title


@read_only
def page(request: HttpRequest) -> HttpResponse:
    form = SeveralForm(request.GET)
    valid = form.is_valid()
    chosen = readable(form.keys[: form.MOST])
    speeches = Speech.objects.published().for_lists().newest().exclude(pk__in=[each.pk for each in chosen])
    if words := form.cleaned_data.get("title"):
        speeches = speeches.filter(title__icontains=words)
    listed = list(speeches[: LIST_LIMIT + 1])
    context: dict[str, Any] = {
        "form": form,
        "chosen": chosen,
        "listed": listed[:LIST_LIMIT],
        "too_many": len(listed) > LIST_LIMIT,
        "limit": LIST_LIMIT,
        "words": words or "",
        "repeated": [speech.title for speech in chosen if speech.pk in form.repeated],
        "prompt": prompt(len(chosen), form.MOST),
        "kept": {
            name: form.cleaned_data[name] for name in ("base", "min", "near") if form.cleaned_data.get(name)
        },
    }
    return render(request, "compare/more.html", context, status=200 if valid else 400)


def readable(keys: tuple[int, ...]) -> list[Speech]:
    """The speeches in this order; 404 when readers cannot have one of them."""
    if any(key > LARGEST_KEY for key in keys):
        raise NoSuchSpeech
    found = Speech.objects.published().for_lists().in_bulk(keys)
    if len(found) < len(keys):
        raise NoSuchSpeech
    return [found[key] for key in keys]


def prompt(chosen: int, most: int) -> str:
    """What the reader should do next."""
    if chosen == most:
        return _("已经选了 %(most)d 篇，这是一次能对比的最多篇数；要换一篇，先取消一篇。") % {"most": most}
    if chosen < 3:
        return _("请选三篇或更多，最多 %(most)d 篇；只选两篇就是两篇对比。") % {"most": most}
    facts = {"n": chosen, "room": most - chosen}
    return _("已选 %(n)d 篇，还可以再选 %(room)d 篇。") % facts
