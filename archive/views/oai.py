"""/oai/: the speeches to be harvested by catalogues (https://www.openarchives.org/OAI/openarchivesprotocol.html, 2.0).

Six verbs, one format (oai_dc), no sets. A resumption token holds all that there is to know, so nothing is kept between
requests; lists go by number, so that what is added meanwhile disturbs nothing. Withdrawn speeches are gone without a
trace (deletedRecord: no). A mistake in the protocol is an answer like any other, with status 200.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from archive.formats import in_xml
from archive.models import Speech, SpeechQuerySet
from archive.views.errors import read_only
from archive.views.feeds import SINCE
from archive.views.referring import SAMPLE, language_of

PAGE_SIZE = 100  # records an answer
FORMAT = "oai_dc"
OAI, DC = "http://www.openarchives.org/OAI/2.0/", "http://purl.org/dc/elements/1.1/"
OAI_DC = f"{OAI}oai_dc/"
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)
TOKEN = re.compile(r"([0-9]{1,18})~([0-9]{1,9})~([-:0-9TZ]*)~([-:0-9TZ]*)")
for _prefix, _space in (("oai", OAI), (FORMAT, OAI_DC), ("dc", DC), ("xsi", XSI[1:-1])):
    ElementTree.register_namespace(_prefix, _space)

Element = ElementTree.Element
Asked = dict[str, str]
Answer = Callable[[HttpRequest, Asked, Element], None]


class Mistake(Exception):
    """An error of the protocol: its code there, and a message."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What answers a verb, what it needs, and what it may have beside; ``alone`` stands for all of that."""

    answer: Answer
    needs: frozenset[str] = frozenset()
    takes: frozenset[str] = frozenset()
    alone: str = ""

    def accepts(self, names: set[str]) -> bool:
        return names == {self.alone} or self.needs <= names <= self.needs | self.takes


@csrf_exempt
def answer(request: HttpRequest) -> HttpResponseBase:
    """The protocol wants POST to mean the same as GET."""
    if request.method == "POST":
        request.GET, request.method = request.POST, "GET"
    return _read(request)


@read_only
def _read(request: HttpRequest) -> HttpResponse:
    root = Element(f"{{{OAI}}}OAI-PMH", {f"{XSI}schemaLocation": f"{OAI} {OAI}OAI-PMH.xsd"})
    _add(root, "responseDate", _stamp(timezone.now()))
    asking = _add(root, "request", request.build_absolute_uri(request.path))
    asked = {name: str(value) for name, value in request.GET.items()}
    verb = asked.pop("verb", "")
    try:
        _check(request.GET, verb, set(asked))
        body = Element(f"{{{OAI}}}{verb}")
        VERBS[verb].answer(request, asked, body)
        root.append(body)
    except Mistake as mistake:
        code, message = mistake.args
        _add(root, "error", message).set("code", code)
        if code in ("badVerb", "badArgument"):
            verb, asked = "", {}  # the standard wants them not to be repeated
    for name, value in {"verb": verb, **asked}.items() if verb else ():
        asking.set(name, in_xml(value))
    xml = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(xml, content_type="text/xml; charset=utf-8")


def _check(given: QueryDict, verb: str, names: set[str]) -> None:
    """Mistake unless the verb is one and has what it wants, each once."""
    if verb not in VERBS or len(given.getlist("verb")) > 1:
        raise Mistake("badVerb", _("verb 须是下列之一：%(names)s。") % {"names": _("、").join(VERBS)})
    if any(len(values) > 1 for _name, values in given.lists()) or not VERBS[verb].accepts(names):
        known = _("、").join(sorted({*VERBS[verb].needs, *VERBS[verb].takes, VERBS[verb].alone} - {""}))
        raise Mistake("badArgument", _("参数缺少、重复或多余；可用的有：%(names)s。") % {"names": known})


def _identify(request: HttpRequest, asked: Asked, body: Element) -> None:
    oldest = Speech.objects.published().order_by("updated_at").values_list("updated_at", flat=True).first()
    contact = settings.ARCHIVE_CONTACT.removeprefix("mailto:")
    _add(body, "repositoryName", _("讲话库"))
    _add(body, "baseURL", request.build_absolute_uri(request.path))
    _add(body, "protocolVersion", "2.0")
    _add(
        body, "adminEmail", contact if "@" in contact else f"webmaster@{request.get_host().partition(':')[0]}"
    )  # RFC 2142, 5
    _add(body, "earliestDatestamp", _stamp(oldest or timezone.now()))
    _add(body, "deletedRecord", "no")
    _add(body, "granularity", "YYYY-MM-DDThh:mm:ssZ")


def _list_formats(request: HttpRequest, asked: Asked, body: Element) -> None:
    if "identifier" in asked:
        _speech(request, asked["identifier"])
    one = _add(body, "metadataFormat")
    _add(one, "metadataPrefix", FORMAT)
    _add(one, "schema", f"{OAI}oai_dc.xsd")
    _add(one, "metadataNamespace", OAI_DC)


def _list_sets(request: HttpRequest, asked: Asked, body: Element) -> None:
    raise Mistake("noSetHierarchy", _("本库不分集合。"))


def _get_record(request: HttpRequest, asked: Asked, body: Element) -> None:
    _check_format(asked)
    _record(request, _speech(request, asked["identifier"]), body)


def _listing(add: Callable[[HttpRequest, Speech, Element], None]) -> Answer:
    """A verb that adds each speech of a list to its answer, and a token where more is to come."""

    def listing(request: HttpRequest, asked: Asked, body: Element) -> None:
        after, cursor, start, end = 0, 0, asked.get("from", ""), asked.get("until", "")
        if "resumptionToken" in asked:
            after, cursor, start, end = _resumed(asked["resumptionToken"])
        else:
            _check_format(asked)
            if "set" in asked:
                _list_sets(request, asked, body)
        found = list(_changed(start, end).filter(pk__gt=after).order_by("pk")[: PAGE_SIZE + 1])
        if not found:
            raise Mistake("noRecordsMatch", _("这段时间里没有变动的讲话。"))
        for speech in found[:PAGE_SIZE]:
            add(request, speech, body)
        rest = f"{found[PAGE_SIZE - 1].pk}~{cursor + PAGE_SIZE}~{start}~{end}" if found[PAGE_SIZE:] else ""
        if rest or after:  # an empty one ends a list that came in parts
            _add(body, "resumptionToken", rest).set("cursor", str(cursor))

    return listing


def _resumed(token: str) -> tuple[int, int, str, str]:
    """The last number told, how many were, and the two times."""
    if match := TOKEN.fullmatch(token):
        with suppress(Mistake):
            _changed(match[3], match[4])
            return int(match[1]), int(match[2]), match[3], match[4]
    raise Mistake("badResumptionToken", _("这个续取标记不是本库发出的，请从头取起。"))


def _changed(start: str, end: str) -> SpeechQuerySet:
    """The published speeches that were last changed between two times, both inclusive."""
    given = [each for each in (start, end) if each]
    if not all(TIME.fullmatch(each) for each in given) or len({len(each) for each in given}) > 1:
        raise Mistake("badArgument", _("时间应写成 2022-11-20 或 2022-11-20T08:00:00Z，两处写法要一致。"))
    speeches = _speeches()
    try:
        if start:
            speeches = speeches.filter(updated_at__gte=_time(start))
        if end:
            last = _time(end)
            step = datetime.timedelta(days=1) if len(end) == 10 else datetime.timedelta(seconds=1)
            with suppress(OverflowError):  # the last day that there is
                speeches = speeches.filter(updated_at__lt=last + step)
    except (ValueError, OverflowError):
        raise Mistake("badArgument", _("没有这一天，请核对。")) from None
    if start and end and start > end:
        raise Mistake("badArgument", _("结束日期早于开始日期，请对调。"))
    return speeches


def _time(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=datetime.UTC)


def _check_format(asked: Asked) -> None:
    if asked["metadataPrefix"] != FORMAT:
        raise Mistake("cannotDisseminateFormat", _("本库只有 oai_dc 一种格式。"))


def _speeches() -> SpeechQuerySet:
    return Speech.objects.published().for_lists().annotate(sample=Substr("text", 1, SAMPLE))


def _speech(request: HttpRequest, identifier: str) -> Speech:
    number = identifier.removeprefix(_identifier(request, ""))
    known = number != identifier and re.fullmatch("[0-9]{1,18}", number)
    if not known or not (speech := _speeches().filter(pk=int(number)).first()):
        raise Mistake("idDoesNotExist", _("没有这篇讲话，或者已经撤下。"))
    return speech


def _identifier(request: HttpRequest, number: int | str) -> str:
    """The same name that feeds give."""
    return f"tag:{urlsplit(request.build_absolute_uri()).hostname},{SINCE}:speeches/{number}"


def _header(request: HttpRequest, speech: Speech, body: Element) -> None:
    header = _add(body, "header")
    _add(header, "identifier", _identifier(request, speech.pk))
    _add(header, "datestamp", _stamp(speech.updated_at))


def _record(request: HttpRequest, speech: Speech, body: Element) -> None:
    record = _add(body, "record")
    _header(request, speech, record)
    metadata = ElementTree.SubElement(_add(record, "metadata"), f"{{{OAI_DC}}}dc")
    metadata.set(f"{XSI}schemaLocation", f"{OAI_DC} {OAI}oai_dc.xsd")
    for name, value in (
        ("title", speech.title),
        ("creator", speech.speaker.name if speech.speaker else ""),
        ("date", speech.date_iso),
        ("type", "Text"),
        ("type", speech.kind),
        ("format", "text/html"),
        ("identifier", request.build_absolute_uri(speech.get_absolute_url())),
        ("source", speech.event.name if speech.event else ""),
        ("language", language_of(speech)),
    ):
        if value:
            ElementTree.SubElement(metadata, f"{{{DC}}}{name}").text = in_xml(value)


def _stamp(time: datetime.datetime) -> str:
    return time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: Element, name: str, text: str = "") -> Element:
    child = ElementTree.SubElement(parent, f"{{{OAI}}}{name}")
    child.text = in_xml(text) or None
    return child


_LIST = (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken")
VERBS = {
    "Identify": Verb(_identify),
    "ListMetadataFormats": Verb(_list_formats, takes=frozenset({"identifier"})),
    "ListSets": Verb(_list_sets, alone="resumptionToken"),
    "ListIdentifiers": Verb(_listing(_header), *_LIST),
    "ListRecords": Verb(_listing(_record), *_LIST),
    "GetRecord": Verb(_get_record, needs=frozenset({"identifier", "metadataPrefix"})),
}
