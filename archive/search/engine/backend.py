"""Haystack's door to the index, so that its commands and its SearchQuerySet work.

Only what those need: the pages ask ``archive.search.find``. A subclass of Haystack's Whoosh backend in
name and options, but nothing of its writing and searching is used (it opens a searcher a document, deletes
the live index on rebuild, hides failures, and searches every query twice).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from haystack.backends import BaseEngine, BaseSearchQuery
from haystack.backends.whoosh_backend import WhooshSearchBackend
from haystack.models import SearchResult

from archive.search.engine.store import Store, documents, open_store
from archive.search.results import IndexUnavailable


class SpeechBackend(WhooshSearchBackend):  # type: ignore[misc]
    """Reads and writes through the store; never silently."""

    @property
    def store(self) -> Store:
        return open_store(self.path)

    def setup(self) -> None:
        self.setup_complete = True

    def build_schema(self, fields: Any) -> tuple[str, Any]:
        from archive.search.engine.fields import schema

        return "text", schema()

    def update(self, index: Any, iterable: Iterable[Any], commit: bool = True) -> None:
        """(Re)index these speeches; an index under construction goes live when it is complete."""
        speeches = list(iterable)
        pks = [speech.pk for speech in speeches]
        store = self.store
        with store.folder.lock():
            generation = self._checked("NEXT") or self._checked("CURRENT") or store.begin()
            filling = generation == store.folder.named("NEXT")
            store.write(generation, pks, [index.document(speech) for speech in speeches])
            if filling and documents(generation) < index.index_queryset().count():
                return
            if filling:
                store.publish(generation)
        index.indexed(None if filling else pks)

    def remove(self, obj_or_string: Any, commit: bool = True) -> None:
        pk = obj_or_string.split(".")[-1] if isinstance(obj_or_string, str) else obj_or_string.pk
        with self.store.folder.lock():
            self.store.write(self.store.checked(), [int(pk)], [])

    def clear(self, models: Any = None, commit: bool = True) -> None:
        """Begin anew: readers are without an index (and find slowly, in the database) until it is filled."""
        with self.store.folder.lock():
            self.store.clear()

    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        from archive.search.selecting import select

        first, last = kwargs.get("start_offset") or 0, kwargs.get("end_offset")
        with self.store.view() as view:
            docs = (
                sorted(view.docs) if query_string in ("", "*", "*:*") else sorted(select(view, query_string))
            )
            pks = [view.entries[doc].pk for doc in docs]
        results = [
            SearchResult("archive", "speech", str(pk), 1.0, id=f"archive.speech.{pk}")
            for pk in pks[first:last]
        ]
        return {"results": results, "hits": len(pks), "facets": {}, "spelling_suggestion": None}

    def _checked(self, name: str) -> Any:
        try:
            return self.store.checked(name)
        except IndexUnavailable:
            return None


class SpeechSearchQuery(BaseSearchQuery):  # type: ignore[misc]
    """Haystack filters as a query of ours: what was asked of the text, word by word."""

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        prepared = value.prepare(self) if hasattr(value, "prepare") else value
        return str(prepared) if field in ("content", "text") else ""


class SpeechEngine(BaseEngine):  # type: ignore[misc]
    backend = SpeechBackend
    query = SpeechSearchQuery
