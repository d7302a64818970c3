"""From rows to references: a speech of the archive as it is cited, and as its page tells programs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from archive import citing
from archive.citing import Reference
from archive.models import Speech
from archive.text import TAGS, script_of

SITE = "讲话库"  # a name, in every language
SAMPLE = 400  # characters that show the script
LOCALES = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "en": "en_US"}  # as the Open Graph protocol writes them


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the head of a speech's page says to programs."""

    reference: Reference
    meta: list[tuple[str, str]]
    json_ld: SafeString
    coins: str
    locale: str
    image: str


def reference(request: HttpRequest, speech: Speech, anchor: str = "", quote: str = "") -> Reference:
    """The speech as it is cited today, or only ``quote`` at ``anchor``."""
    speaker = speech.speaker.name if speech.speaker else ""
    whole = Reference(
        title=speech.title,
        subtitle=speech.subtitle,
        speaker=speaker,
        role=speech.role,
        date=speech.date_iso,
        event=speech.event.name if speech.event else "",
        venue=speech.venue,
        url=request.build_absolute_uri(speech.get_absolute_url()),
        accessed=timezone.localdate(),
        key=citing.key(speaker, speech.date_iso, speech.pk),
        site=SITE,
        language=language_of(speech),
    )
    if not anchor:
        return whole
    number = int(anchor[1:]) if anchor.startswith("p") else None
    return replace(whole, url=f"{whole.url}#{anchor}", paragraph=number, quote=quote)


def language_of(speech: Speech) -> str:
    """The language of its text as BCP 47 names it; an annotated ``sample`` may stand for the text."""
    return TAGS[script_of(str(vars(speech).get("sample") or speech.text[:SAMPLE]))]


def embedded(request: HttpRequest, speech: Speech) -> Embedded:
    one = reference(request, speech)
    return Embedded(
        reference=one,
        meta=list(citing.meta(one)),
        json_ld=mark_safe(citing.json_ld(one)),  # noqa: S308  (no <, > or & is left in it)
        coins=citing.coins(one),
        locale=LOCALES[one.language],
        image=request.build_absolute_uri(static("share.png")),
    )
