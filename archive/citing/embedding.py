"""What a page says of its speech to programs: meta elements, JSON-LD, and a COinS.

``citation_*`` as Google Scholar describes them, ``DC.*`` after DCMI's "Expressing Dublin Core in HTML", both read by
Zotero's Embedded Metadata; a CreativeWork of schema.org; a COinS (OpenURL Z39.88-2004, format dc) in the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from archive.citing.reference import Reference, one_line

DANGEROUS = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def meta(reference: Reference) -> Iterator[tuple[str, str]]:
    """Names and contents of meta elements; what is not known has none."""
    title, speaker, date = reference.whole_title, one_line(reference.speaker), reference.date or ""
    every = (
        ("citation_title", title),
        ("citation_author", speaker),
        ("citation_publication_date", date.replace("-", "/")),
        ("citation_public_url", reference.url),
        ("citation_language", reference.language),
        ("DC.title", title),
        ("DC.creator", speaker),
        ("DC.date", date),
        ("DC.identifier", reference.url),
        ("DC.language", reference.language),
        ("DC.publisher", reference.site),
        ("DC.type", "Text"),
    )
    return ((name, content) for name, content in every if content)


def json_ld(reference: Reference) -> str:
    """A CreativeWork as JSON that may stand inside a script element: no < ends it."""
    speaker = {"@type": "Person", "name": one_line(reference.speaker), "jobTitle": one_line(reference.role)}
    place = {"@type": "Place", "name": one_line(reference.venue)}
    known = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": one_line(reference.title),
        "alternativeHeadline": one_line(reference.subtitle),
        "author": _known(speaker) if reference.speaker else None,
        "dateCreated": reference.date,
        "locationCreated": place if reference.venue else None,
        "inLanguage": reference.language,
        "url": reference.url,
        "isPartOf": {"@type": "WebSite", "name": reference.site} if reference.site else None,
    }
    return json.dumps(_known(known), ensure_ascii=False).translate(DANGEROUS)


def _known(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}


def coins(reference: Reference) -> str:
    """The title of a span of class Z3988."""
    every = (
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "webpage"),
        ("rft.title", reference.whole_title),
        ("rft.creator", one_line(reference.speaker)),
        ("rft.date", reference.date or ""),
        ("rft.publisher", reference.site),
        ("rft.identifier", reference.url),
        ("rft.language", reference.language),
    )
    return urlencode([pair for pair in every if pair[1]])
