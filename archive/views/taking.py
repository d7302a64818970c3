"""A speech to take away as .md, .xml (Akoma Ntoso) and .tei.xml, and a list of speeches as .csv.

All are downloads: of these types some browsers would show the source, some would ask. The page that a file comes from
is in its Link header, for Akoma Ntoso has no word of where it was exported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from archive import formats
from archive.formats import Item, Paragraph, Record, Section
from archive.models import Speech
from archive.parsing import Decision, Line, Span
from archive.views.browsing import in_order, whole_list
from archive.views.errors import read_only
from archive.views.keeping import tagged
from archive.views.referring import language_of
from archive.views.speeches import file_name, named, readable
from archive.views.tables import Row, csv_answer

MOST = 20_000  # speeches in a table
BATCH = 500  # of them read at a time
COLUMNS = (
    *("id", "title", "subtitle", "speaker", "role", "date", "event", "venue", "kind", "characters", "url"),
)

FORMATS: dict[str, tuple[str, Callable[[Record], bytes]]] = {
    "md": ("text/markdown; charset=utf-8", formats.markdown),  # RFC 7763
    "xml": ("application/akn+xml", formats.akoma_ntoso),
    "tei.xml": ("application/tei+xml", formats.tei),  # RFC 6129
}


@read_only
def speech_file(request: HttpRequest, pk: int, suffix: str) -> HttpResponse:
    """The speech in one of FORMATS."""
    speech = readable(Speech.objects.with_outline(), pk)
    url = request.build_absolute_uri(speech.get_absolute_url())
    media, write = FORMATS[suffix]
    response = HttpResponse(write(record_of(speech, url)), content_type=media)
    response["Content-Disposition"] = named(file_name(speech, suffix), attachment=True)
    response["Link"] = f'<{url}>; rel="canonical"'
    return response


def record_of(speech: Speech, url: str = "") -> Record:
    """A speech fetched ``with_outline()``, as every format sees it."""
    return Record(
        title=speech.title,
        subtitle=speech.subtitle,
        speaker=speech.speaker.name if speech.speaker else "",
        role=speech.role,
        date=speech.date_iso or "",
        event=speech.event.name if speech.event else "",
        venue=speech.venue,
        kind=speech.kind,
        text=speech.text,
        digest=speech.digest,
        lines=tuple(Line(**line) for line in speech.lines),
        sections=tuple(_sections(speech)),
        redactions=tuple(Span(**span) for span in speech.redactions),
        remarks=tuple(Span(**span) for span in speech.remarks),
        decisions=tuple(_decisions(speech)),
        url=url,
        language=language_of(speech),
    )


def _decisions(speech: Speech) -> Iterator[Decision]:
    """Those about lines that are there; of others the archive keeps what stood in the text before."""
    lines = Counter(speech.text.split("\n"))
    for each in speech.decisions:
        if each["nth"] <= lines[each["line"]]:
            yield Decision(**each)


def _sections(speech: Speech) -> Iterator[Section]:
    paragraphs: dict[int, list[Paragraph]] = {}
    for each in speech.paragraphs.all():
        items = tuple(
            Item(f"{each.anchor}-{n}", item["start"], item["start"] + len(item["lead"]))
            for n, item in enumerate(each.items, start=1)
        )
        found = Paragraph(each.anchor, each.kind, each.start, each.end, items)
        paragraphs.setdefault(each.section_id, []).append(found)
    for section in speech.sections.all():
        yield Section(
            *(section.anchor, section.kind, section.num, section.depth, section.start, section.end),
            *(section.heading_start, section.heading_end),
            tuple(paragraphs.get(section.pk, ())),
        )


@read_only
@tagged
def table(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """/speeches.csv: every speech of the list, in its order; ``page`` has no meaning here."""
    said = _("一张表最多 20,000 篇，请先按年份、讲话人等缩小范围。")
    keys = whole_list(request, MOST, said)
    if isinstance(keys, HttpResponse):
        return keys
    return csv_answer("speeches.csv", COLUMNS, _rows(request, keys))


def _rows(request: HttpRequest, keys: list[int]) -> Iterator[Row]:
    for start in range(0, len(keys), BATCH):
        for speech in in_order(Speech.objects.for_lists(), keys[start : start + BATCH]):
            yield (
                *(speech.pk, speech.title, speech.subtitle, speech.speaker.name if speech.speaker else ""),
                *(speech.role, speech.date_iso, speech.event.name if speech.event else "", speech.venue),
                *(speech.kind, speech.characters, request.build_absolute_uri(speech.get_absolute_url())),
            )
