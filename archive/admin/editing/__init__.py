"""/admin/archive/speech/<id>/text/ and beside it: a speech corrected, its versions looked at and brought back.

pages        what the pages have in common: who may, the tabs, the answer
effects      what a change would do: words, outline, metadata, links
wording      the whole text in one field, with a preview
structure    headings line by line: higher, deeper, none, one more
versions     what the speech was, any two compared, one restored

All of it works without JavaScript. Nothing is saved that was not based on the speech as it is: who comes too
late keeps what they typed and sees what has changed. What a speech was is kept (see archive.importing).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from archive.admin.editing.structure import structure
from archive.admin.editing.versions import compare, restore, version, versions
from archive.admin.editing.wording import text

VIEWS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("text/", "text", text),
    ("structure/", "structure", structure),
    ("versions/", "versions", versions),
    ("versions/compare/", "versions_compare", compare),
    ("versions/<int:number>/", "version", version),
    ("versions/<int:number>/restore/", "version_restore", restore),
)


def urls(admin_view: Callable[..., Any]) -> list[URLPattern]:
    """The addresses below /admin/archive/speech/; ``admin_view`` guards each."""
    return [
        path(f"<int:pk>/{place}", admin_view(view), name=f"archive_speech_{name}")
        for place, name, view in VIEWS
    ]


__all__ = ["urls"]
