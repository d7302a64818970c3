"""What programs may ask: every twin, file and feed once, with what it takes and what it gives.

The document at /api/openapi.json and the page at /api/ are both made from this table; a new address of their kind
without a row here fails a test.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from archive.forms import BrowseForm, ChronicleForm, CiteForm, PagedForm, SearchForm
from archive.views.described import (
    AKOMA,
    ASKED,
    ATOM,
    BIB,
    CSL,
    CSV,
    DATES,
    FACETS,
    FIRST,
    MARKDOWN,
    PLAIN,
    RIS,
    TEI,
    Operation,
)
from archive.views.operations_finding import COMPARE, SEARCH

SPEECHES = (
    Operation(
        "speeches-json",
        "speeches",
        _("讲话列表：每页 20 篇，附各项分面的篇数。"),
        shapes=("Speeches",),
        forms=(BrowseForm,),
        takes=(*FACETS, *DATES, "sort", "page"),
        example={"sort": "oldest"},
    ),
    Operation(
        "speech-json",
        "speeches",
        _("一篇讲话：信息、全文与结构。"),
        shapes=("Speech",),
        example=FIRST,
        more=_("起止位置都是 text 里的字数（按码位计，含起不含止）；各节依次相接就是全文，不缺不重。"),
    ),
    Operation("speech-txt", "speeches", _("全文，UTF-8，以 LF 换行。"), PLAIN, example=FIRST),
    Operation(
        "speech-md",
        "speeches",
        _("Markdown：开头是 YAML 元数据，标题按层级；可以再导入，文字与结构不变。"),
        MARKDOWN,
        example=FIRST,
    ),
    Operation(
        "speech-xml",
        "speeches",
        _("Akoma Ntoso 3.0（OASIS LegalDocML），合乎其 XML Schema；可以再导入，再导出一字节不差。"),
        AKOMA,
        example=FIRST,
    ),
    Operation(
        "speech-tei",
        "speeches",
        _("TEI，仿 ParlaMint 的编码方式，合乎 Parla-CLARIN 的 DTD。"),
        TEI,
        example=FIRST,
    ),
    Operation(
        "speech-original",
        "speeches",
        _("收到时的原始文件，一字节不改，一律作为附件。"),
        PLAIN,
        example=FIRST,
        more=_("没有原始文件的、正文后来改动过的，答 404。"),
    ),
    Operation(
        "words-json",
        "speeches",
        _("指向所选文字的链接：给出起止位置，或给出文字本身。"),
        shapes=("Words",),
        forms=(CiteForm,),
        takes=("start", "end", "text"),
        example={**FIRST, "start": "p1.0", "end": "p1.3"},
    ),
    *(
        Operation(
            f"speech-{name}",
            "speeches",
            summary,
            media,
            shapes=shapes,
            forms=(CiteForm,),
            takes=("p",),
            example=FIRST,
        )
        for name, media, shapes, summary in (
            ("bib", BIB, (), _("引文著录：BibTeX。")),
            ("ris", RIS, (), _("引文著录：RIS。")),
            ("csl", CSL, ("References",), _("引文著录：CSL-JSON。")),
        )
    ),
    *(
        Operation(
            f"speeches-{name}",
            "speeches",
            summary,
            media,
            shapes=shapes,
            forms=(BrowseForm,),
            takes=(*FACETS, *DATES, "sort"),
            example={"sort": "oldest"},
        )
        for name, media, shapes, summary in (
            ("csv", CSV, (), _("同一列表的表格，一次取全，最多 20,000 篇。")),
            ("bib", BIB, (), _("列表中各篇的引文著录：BibTeX，最多 2,000 篇。")),
            ("ris", RIS, (), _("列表中各篇的引文著录：RIS，最多 2,000 篇。")),
            ("csl", CSL, ("References",), _("列表中各篇的引文著录：CSL-JSON，最多 2,000 篇。")),
        )
    ),
)
PEOPLE = (
    Operation(
        "speakers-json",
        "people",
        _("讲话人，按姓名的读音排列，每页 500 位。"),
        shapes=("Speakers",),
        forms=(PagedForm,),
        takes=("page",),
    ),
    Operation(
        "events-json",
        "people",
        _("场合，最近的在前，每页 200 个。"),
        shapes=("Events",),
        forms=(PagedForm,),
        takes=("page",),
    ),
    Operation("years-json", "people", _("各年的篇数。"), shapes=("Years",)),
    *(
        Operation(
            f"{name}-json",
            "people",
            summary,
            shapes=shapes,
            forms=(ChronicleForm,),
            takes=("sort", "page"),
            example=example,
        )
        for name, shapes, example, summary in (
            ("speaker", ("Speaker",), {"id": "{speaker}"}, _("一位讲话人的讲话，按时间排列，每页 50 篇。")),
            ("event", ("Event",), {"id": "{event}"}, _("一个场合的讲话，按时间排列，每页 50 篇。")),
            ("year", ("Year",), {"year": "{year}"}, _("一年的讲话，按时间排列，每页 50 篇。")),
        )
    ),
)
FEEDS = (
    Operation("feed", "feeds", _("新收录的讲话，最多 50 篇。"), ATOM),
    Operation(
        "speeches-feed",
        "feeds",
        _("列表中新收录的讲话，最多 50 篇。"),
        ATOM,
        forms=(BrowseForm,),
        takes=(*FACETS, *DATES),
    ),
    Operation("speaker-feed", "feeds", _("一位讲话人新收录的讲话。"), ATOM, example={"id": "{speaker}"}),
    Operation(
        "search-feed",
        "feeds",
        _("搜索结果中新收录的讲话，最多 20 篇。"),
        ATOM,
        forms=(SearchForm,),
        takes=("q", *FACETS, *DATES),
        example=ASKED,
        searches=True,
    ),
)
OTHER = (Operation("openapi", "other", _("这份说明的机读版本（OpenAPI 3.1）。"), shapes=("Document",)),)

OPERATIONS = (*SPEECHES, *PEOPLE, *SEARCH, *COMPARE, *FEEDS, *OTHER)
