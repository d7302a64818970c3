"""/speeches/<id>/: a speech to read, and the speech to take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header, http_date, urlencode
from django.views.decorators.http import conditional_page

from archive import citing, search
from archive.forms import MarkForm
from archive.models import Speech, SpeechQuerySet
from archive.text import SCRIPTS, TAGS, same_letters
from archive.views import drawing, elsewhere, linking, reading, referring, twins
from archive.views.errors import NoSuchSpeech, read_only

LONGEST_NAME = 60  # characters; names of files have 255 bytes, a proxy takes 4,096 of all headers
LARGEST_KEY = 2**63 - 1  # what a database can look for


def readable(speeches: SpeechQuerySet, pk: int) -> Speech:
    """The published speech with this key, or 404."""
    speech = speeches.published().filter(pk=pk).first() if pk <= LARGEST_KEY else None
    if speech is None:
        raise NoSuchSpeech
    return speech


@read_only
@conditional_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    speech = readable(Speech.objects.with_outline(), pk)
    form = MarkForm(request.GET)
    form.is_valid()
    raw, script = (form.cleaned_data.get(name, "") for name in ("q", "script"))
    errors = [str(message) for messages in form.errors.values() for message in messages]
    try:
        hits = search.spans(raw, speech.text) if raw else ()
    except search.QueryError as refused:
        hits, errors = (), [*errors, refused.message]
    linked = linking.linked(request, speech)
    errors += filter(None, [linked.error])
    lists = Speech.objects.published().for_lists()
    margin = elsewhere.beside(speech)
    shown = reading.lay_out(speech, hits, margin.notes, script or None, linked.span)
    context = {
        "speech": speech,
        "reading": shown,
        "contents": drawing.contents(shown.contents),
        "text": drawing.text(speech, shown.parts),
        "linked": linked,
        "q": raw,
        "script": script,
        "asked": bool(raw) and not errors and search.asks_of_text(raw),
        "errors": errors,
        "plain": address(speech, script=script),
        "citation": citing.plain(citing.STYLES["gbt2025"][1](referring.reference(request, speech))),
        "scripts": scripts(speech, shown, raw),
        "letters": same_letters(speech.text),
        "phrases": [(phrase, f'"{phrase}"') for phrase in search.key_phrases(speech)],
        "earlier": lists.before(speech).first(),
        "later": lists.after(speech).first(),
        "related": search.related(speech),
        "margin": margin,
    }
    return render(request, "speeches/page.html", context, status=400 if errors else 200)


def address(speech: Speech, **parameters: str) -> str:
    """The page of a speech with those of the parameters that say something."""
    said = urlencode({name: value for name, value in parameters.items() if value})
    return f"{speech.get_absolute_url()}?{said}" if said else speech.get_absolute_url()


def scripts(speech: Speech, shown: reading.Reading, raw: str) -> list[tuple[str, str]]:
    """Each script that a Chinese text can be read in, with its address; that of the one which is shown is empty."""
    if shown.script == "latn":
        return []
    return [
        (
            each,
            ""
            if shown.language == TAGS[each]
            else address(speech, q=raw, script=each * (each != shown.script)),
        )
        for each in SCRIPTS
    ]


@read_only
@conditional_page
def page_json(request: HttpRequest, pk: int) -> HttpResponse:
    return twins.answer(twins.record(readable(Speech.objects.with_outline(), pk)))


@read_only
@conditional_page
def text(request: HttpRequest, pk: int) -> HttpResponse:
    """The canonical text, UTF-8 with LF."""
    speech = readable(Speech.objects.all(), pk)
    response = HttpResponse(speech.text, content_type="text/plain; charset=utf-8")
    response["Last-Modified"] = http_date(speech.updated_at.timestamp())
    response["Content-Disposition"] = named(file_name(speech, "txt"))
    return response


@read_only
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it arrived, byte for byte; never shown in place, for it may be anything.

    Where an editor has changed the text, only editors get it any more: it may have what was taken out.
    """
    speech = readable(Speech.objects.select_related("source"), pk)
    if speech.source is None:
        raise Http404
    if "text" in speech.edited and not request.user.has_perm("archive.view_sourcefile"):
        raise Http404
    response = HttpResponse(bytes(speech.source.content), content_type="text/plain")
    response["Content-Disposition"] = named(speech.source.name, attachment=True)
    return response


def file_name(speech: Speech, suffix: str) -> str:
    """The name of a speech's file: as much of its title as file systems take, and its date."""
    return f"{'_'.join(filter(None, [speech.title[:LONGEST_NAME], speech.date_iso]))}.{suffix}"


def named(name: str, *, attachment: bool = False) -> str:
    """The header that gives a download its name (RFC 6266); no path and no control character in it."""
    clean = "".join("_" if char in '/\\:*?"<>|' or not char.isprintable() else char for char in name)
    return content_disposition_header(attachment, clean) or "inline"
