"""CSL-JSON, the input of citation processors (https://docs.citationstyles.org, schema csl-data.json 1.0.2).

The type is a web page: as ``speech`` the official style of GB/T 7714—2025 loses the date. Names are literal, for the
archive does not know which part is the family name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archive.citing.reference import Reference, one_line


def csl_json(references: Iterable[Reference]) -> str:
    return json.dumps([item(reference) for reference in references], ensure_ascii=False, indent=1)


def item(reference: Reference) -> dict[str, Any]:
    """One reference; what is not known has no entry."""
    accessed = reference.accessed
    known = {
        "id": reference.key,
        "type": "webpage",
        "title": reference.whole_title,
        "container-title": reference.site,
        "author": [{"literal": one_line(reference.speaker)}] if reference.speaker else None,
        "issued": {"date-parts": [list(reference.date_parts)]} if reference.date else None,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "event-title": one_line(reference.event),
        "event-place": one_line(reference.venue),
        "language": reference.language,
        "URL": reference.url,
        "note": f"第 {reference.paragraph} 段" if reference.paragraph is not None else "",
    }
    return {name: value for name, value in known.items() if value}
