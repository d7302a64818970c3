"""What was published last, to subscribe to: of the archive, of a list, of a speaker, of a search.

Atom (RFC 4287). An entry is named by a tag (RFC 4151) made of the speech's number, so that a reader shows a speech
once, whatever feed it comes from and in whatever order, over http or https. Entries come in the order in which they
were first published: an old speech that was added today is news, and so is a draft of last month. ``updated`` is when
the speech was last changed here.
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from archive import search
from archive.formats import in_xml
from archive.forms import BrowseForm, SearchForm
from archive.models import Speaker, Speech, SpeechQuerySet
from archive.templatetags.reading import written_date
from archive.views import browsing, conditions
from archive.views.errors import NoSuchSpeech, read_only, refusal
from archive.views.exports import Answer, answered, unmarked
from archive.views.keeping import kept
from archive.views.search import address_of
from archive.views.speeches import LARGEST_KEY

MOST = 50  # entries; of a search as many as a page has results
OPENING = 200  # characters of a speech
SINCE = 2026  # the year in which tags begin to be given: part of every tag, never to be changed


@dataclass(frozen=True, slots=True)
class Entry:
    """A speech in a feed; ``words`` are of it, as HTML, and ``url`` leads to them."""

    pk: int
    title: str
    speaker: str | None
    date: str | None
    event: str | None
    words: str
    url: str
    published: datetime.datetime | None
    updated: datetime.datetime


class Feed(Atom1Feed):
    """A feed that stays the same, byte for byte, as long as it says the same."""

    def latest_post_date(self) -> datetime.datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime.datetime.fromtimestamp(0, datetime.UTC))


@read_only
@kept
def newest(request: HttpRequest) -> HttpResponse:
    """/feed/: of all speeches."""
    return feed(request, _("新收录的讲话 — 讲话库"), reverse("home"), latest(Speech.objects.published()))


@read_only
@kept
def listed(request: HttpRequest) -> HttpResponse:
    """/speeches/feed/: of those that the list with the same conditions has, whatever its order and page."""
    form = BrowseForm(browsing.without(request.GET, "sort", "page"))
    if not form.is_valid():
        return refusal(request, 400, " ".join(form.named_errors), field=next(iter(form.errors)))
    own = replace(browsing.address_of(request, form), path=request.path)
    labels = [chip.label for chip in conditions.filters(form, own)]
    title = _("新收录的讲话：%(conditions)s — 讲话库") % {"conditions": _("、").join(labels)}
    page = replace(own, path=reverse("speeches")).url(sort=())
    title = title if labels else _("新收录的讲话 — 讲话库")
    return feed(request, title, page, latest(browsing.narrowed(form)), own=own.url(sort=()))


@read_only
@kept
def of_speaker(request: HttpRequest, pk: int) -> HttpResponse:
    """/speakers/<id>/feed/"""
    speaker = Speaker.objects.filter(pk=pk).first() if pk <= LARGEST_KEY else None
    entries = latest(Speech.objects.published().filter(speaker=speaker)) if speaker else []
    if speaker is None or not entries:
        raise NoSuchSpeech
    page = reverse("speaker", args=[pk])
    return feed(request, _("%(speaker)s的讲话 — 讲话库") % {"speaker": speaker.name}, page, entries)


@read_only
@kept
def found(request: HttpRequest) -> HttpResponseBase:
    """/search/feed/: the twenty speeches found that came in last, undated ones too."""
    return answered(request, _found, sort="latest")


def _found(request: HttpRequest, form: SearchForm, query: search.Query, results: search.Results) -> Answer:
    address = address_of(request, form)
    page = replace(address, path=reverse("search")).url(sort=["newest"])
    own = replace(address, path=reverse("search-feed")).url(sort=[])
    title = _("搜索：%(query)s — 讲话库") % {"query": query.raw or _("按条件筛选")}
    return feed(request, title, page, list(_hits(results)), own=own, subtitle=results.explained)


def _hits(results: search.Results) -> Iterable[Entry]:
    keys = [hit.id for hit in results.hits]
    dates = Speech.objects.published().filter(pk__in=keys).values_list("pk", "published_at", "updated_at")
    times = {pk: (published, updated) for pk, published, updated in dates}
    for hit in results.hits:
        if hit.id in times:
            snippets = " ".join(unmarked(place.snippet) for place in hit.places)
            facts = hit.title, hit.speaker, hit.date, hit.event
            yield Entry(hit.id, *facts, snippets, hit.url, *times[hit.id])


def latest(speeches: SpeechQuerySet) -> list[Entry]:
    """Those of the speeches that were published last, each for the first time."""
    speeches = speeches.for_lists().with_openings(OPENING).latest_published()
    return [
        Entry(
            speech.pk,
            speech.title,
            speech.speaker.name if speech.speaker else None,
            speech.date_iso,
            speech.event.name if speech.event else None,
            html.escape(_opening(speech)),
            speech.get_absolute_url(),
            speech.published_at,
            speech.updated_at,
        )
        for speech in speeches[:MOST]
    ]


def _opening(speech: Speech) -> str:
    line = str(getattr(speech, "opening", "")).partition("\n")[0]
    return f"{line}…" if len(line) == OPENING else line


def feed(
    request: HttpRequest,
    title: str,
    page: str,
    entries: Iterable[Entry],
    *,
    own: str = "",
    subtitle: str = "",
) -> HttpResponse:
    """The feed at ``own`` (else at the path asked for) beside the page that shows the same to people."""
    here = request.build_absolute_uri(own or request.path)
    made = Feed(
        title=in_xml(title),
        link=request.build_absolute_uri(page),
        description="",
        subtitle=in_xml(subtitle) or None,
        language="zh-Hans",
        author_name=_("讲话库"),
        feed_url=here,
        feed_guid=here,
    )
    host = urlsplit(here).hostname
    for entry in entries:
        facts = (entry.speaker, written_date(entry.date), entry.event)
        summary = f"{' · '.join(html.escape(fact) for fact in facts if fact)}。{entry.words}"
        made.add_item(
            title=in_xml(entry.title),
            link=request.build_absolute_uri(entry.url),
            description=in_xml(summary),  # HTML, as Atom's type says: escaped
            unique_id=f"tag:{host},{SINCE}:speeches/{entry.pk}",
            author_name=in_xml(entry.speaker) if entry.speaker else None,
            pubdate=entry.published,
            updateddate=entry.updated,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
