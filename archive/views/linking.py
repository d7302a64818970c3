"""Links to words of a speech: making them, and telling whoever opens one whether the text still reads so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlencode

from archive.citing import Chosen, address, locate, signed
from archive.forms import WordsForm
from archive.models import Speech
from archive.views.marking import trimmed

SALT = b"archive.views.linking:"


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of the words of a link.

    "same": they stand where the link says; "moved": in another place; "changed": they stood there and are gone;
    "absent": they are not there, and nothing proves that they ever were. ``shown`` is what the link spells out of
    them, ``span`` where they stand now, ``anchor`` the place to go to. ``history`` leads editors to the changes.
    """

    verdict: Literal["same", "moved", "changed", "absent", ""] = ""
    shown: str = ""
    span: tuple[int, int] | None = None
    anchor: str = ""
    history: str = ""
    error: str = ""


def linked(request: HttpRequest, speech: Speech) -> Linked:
    """What the address asks for; a Linked without verdict when it is for no words."""
    form = WordsForm(request.GET)
    if not form.is_asked:
        return Linked()
    if not form.is_valid() or form.chosen is None:
        return Linked(error=str(form.non_field_errors()[0]))
    chosen = form.chosen
    found = locate(speech.text, places(speech), speech.moved, chosen)
    if found.verdict != "gone":
        return Linked(found.verdict, chosen.shown, (found.start, found.end), found.anchor)
    given = form.cleaned_data["sum"]
    made_here = any(signed(chosen, given, speech.pk, key) for key in _keys())
    history = reverse("admin:archive_speech_versions", args=[speech.pk]) if _is_editor(request) else ""
    return Linked("changed" if made_here else "absent", chosen.shown, None, found.anchor, history)


def link_to(speech: Speech, chosen: Chosen) -> str:
    """The link, from the root of the site; its fragment leads to the mark, or to what became of it."""
    params = urlencode(address(chosen, speech.pk, next(_keys())))
    return f"{speech.get_absolute_url()}?{params}#words"


def places(speech: Speech) -> list[tuple[str, int]]:
    """Every anchor of a speech fetched ``with_outline()`` with its first character that is shown, in order."""
    spans = [(each.anchor, each.start, each.end) for each in speech.paragraphs.all()]
    for section in speech.sections.all():
        headed = section.heading_start < section.heading_end
        spans.append((section.anchor, section.heading_start if headed else section.start, section.end))
    first = [(anchor, trimmed(speech.text, start, end)[0]) for anchor, start, end in spans]
    return sorted(first, key=lambda place: (place[1], place[0][0] == "p", place[0]))


def _keys() -> Iterator[bytes]:
    """The key that seals, then those that once did."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield SALT + force_bytes(key)


def _is_editor(request: HttpRequest) -> bool:
    """Whether somebody who may see old versions looks; readers, who have no session, are not asked for one."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or SESSION_KEY not in request.session:
        return False
    return request.user.has_perm("archive.view_speech")
