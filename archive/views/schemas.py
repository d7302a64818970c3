"""The shapes of the twins, by the names that the document at /api/openapi.json gives them.

Each stands for one function that makes an answer (archive.views.twins.record, archive.views.ledger.record, and so on);
a test closes the schemas against further fields and holds real answers against them. Offsets are characters
(code points) into a speech's text, half-open; urls are paths of this site.
"""

from __future__ import annotations

from archive.search import ORDERS
from archive.views.schemas_compared import COMPARISONS
from archive.views.shapes import (
    ANCHOR,
    COUNT,
    DATE,
    FLAG,
    KEY,
    PAGED,
    SCORE,
    SPANNED,
    TEXT,
    YEAR,
    Schema,
    by_key,
    listed,
    maybe,
    one_of,
    pair,
    record,
    ref,
    some,
)

QUERY = {"raw": TEXT, "explained": TEXT, "warnings": some(TEXT)}
STRETCH = record(**SPANNED, text=TEXT)
POINT = {"occurrences": COUNT, "speeches": COUNT, "per_10000": maybe(SCORE)}

SPEECHES: dict[str, Schema] = {
    "Error": record(error=record(field=maybe(TEXT), message=TEXT)),
    "Facets": {"type": "object", "additionalProperties": some(pair(TEXT, COUNT))},
    "Listed": record(**listed()),
    "Speeches": record(**PAGED, results=some(ref("Listed")), facets=ref("Facets")),
    "Speech": record(
        **{
            **listed(),
            "title_source": one_of("text", "derived", "edited"),
            "subtitle": TEXT,
            "speaker": maybe(record(id=KEY, name=TEXT, role=TEXT)),
            "role": TEXT,
            "venue": TEXT,
            "salutation": TEXT,
            "closing": TEXT,
            "text": TEXT,
            "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "sections": some(ref("Section")),
            "moved": by_key(ANCHOR),
            "redactions": some(STRETCH),
            "remarks": some(STRETCH),
            "notes": some(record(line=maybe(COUNT), kind=TEXT, message=TEXT)),
        }
    ),
    "References": some({"type": "object", "required": ["id", "type", "title"]}),
    "Words": record(words=TEXT, anchor=ANCHOR, url=TEXT),
    "Document": {"type": "object", "required": ["openapi", "info", "paths"]},
    "Section": record(
        id=KEY,
        position=COUNT,
        anchor=ANCHOR,
        kind=one_of("front", "body", "back"),
        parent=maybe(COUNT),
        depth=COUNT,
        num=TEXT,
        heading=TEXT,
        **SPANNED,
        paragraphs=some(ref("Paragraph")),
    ),
    "Paragraph": record(
        anchor=ANCHOR,
        kind=one_of("salutation", "text", "closing"),
        **SPANNED,
        items=some(record(num=TEXT, lead=TEXT, **SPANNED)),
    ),
}

NAMED = {"id": KEY, "name": TEXT, "url": TEXT}
SPOKEN = {"speeches": COUNT, "first": maybe(YEAR), "last": maybe(YEAR)}
BY_YEAR = some(pair(maybe(YEAR), COUNT))
CHRONICLE = {"total": COUNT, "characters": COUNT, "page": KEY, "pages": COUNT, "results": some(ref("Listed"))}

PEOPLE: dict[str, Schema] = {
    "Speakers": record(**PAGED, results=some(record(**NAMED, **SPOKEN, initial=maybe(TEXT)))),
    "Events": record(**PAGED, results=some(record(**NAMED, **SPOKEN))),
    "Years": record(total=COUNT, undated=COUNT, years=some(record(year=YEAR, speeches=COUNT, url=TEXT))),
    "Speaker": record(**NAMED, aliases=some(TEXT), roles=some(pair(TEXT, TEXT)), years=BY_YEAR, **CHRONICLE),
    "Event": record(**NAMED, years=BY_YEAR, **CHRONICLE),
    "Year": record(year=YEAR, url=TEXT, months=some(pair(TEXT, COUNT)), **CHRONICLE),
}

SEARCHES: dict[str, Schema] = {
    "Found": record(
        query=record(
            **QUERY,
            conditions=some(record(text=TEXT, without=maybe(TEXT), negative=FLAG)),
            repaired=maybe(TEXT),
        ),
        **PAGED,
        occurrences=maybe(COUNT),
        results=some(
            record(
                **listed(),
                title_html=TEXT,
                score=SCORE,
                hits=COUNT,
                sections=some(record(anchor=ANCHOR, num=TEXT, heading=TEXT, url=TEXT, snippet=TEXT)),
            )
        ),
        facets=ref("Facets"),
        suggestion=maybe(TEXT),
        alone=some(pair(TEXT, COUNT)),
        relaxed=some(pair(TEXT, COUNT)),
        partial=FLAG,
        degraded=FLAG,
    ),
    "Concordance": record(
        query=record(**QUERY),
        sort=one_of(*ORDERS),
        **PAGED,
        speeches=COUNT,
        lines=some(
            record(
                id=KEY,
                title=TEXT,
                speaker=maybe(TEXT),
                date=DATE,
                num=TEXT,
                heading=TEXT,
                anchor=ANCHOR,
                url=TEXT,
                left=TEXT,
                hit=TEXT,
                right=TEXT,
                **SPANNED,
            )
        ),
        neighbours=record(left=some(pair(TEXT, COUNT)), right=some(pair(TEXT, COUNT))),
        facets=ref("Facets"),
        elsewhere=COUNT,
        loosely=COUNT,
    ),
    "Trends": record(
        queries=some(
            record(
                raw=TEXT,
                explained=TEXT,
                total=COUNT,
                years=some(record(year=YEAR, **POINT)),
                unknown=record(**POINT),
            )
        ),
        years=some(record(year=YEAR, characters=COUNT, speeches=COUNT)),
        unknown=record(characters=COUNT, speeches=COUNT),
        warnings=some(TEXT),
    ),
    "Suggestions": record(
        query=TEXT,
        suggestions=some(
            record(
                text=TEXT,
                kind=one_of("title", "speaker", "event", "term", "formula", "heading"),
                count=COUNT,
                url=TEXT,
                label=TEXT,
            )
        ),
    ),
    "Completions": {"type": "array", "items": {"anyOf": [TEXT, some(TEXT)]}, "minItems": 2, "maxItems": 2},
    "Ledger": record(
        **PAGED,
        least=COUNT,
        speeches=COUNT,
        uncounted=COUNT,
        counted_at=maybe({"type": "string", "format": "date-time"}),
        results=some(
            record(
                text=TEXT,
                letters=COUNT,
                speeches=COUNT,
                years=some(pair(maybe(COUNT), COUNT)),
                first=maybe(ref("Listed")),
                last=maybe(ref("Listed")),
            )
        ),
    ),
}

SCHEMAS = {**SPEECHES, **PEOPLE, **SEARCHES, **COMPARISONS}
