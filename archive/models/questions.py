"""Questions to the archive in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import CharField, Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Substr

from archive.models.dates import span_of

if TYPE_CHECKING:
    from archive.models.speeches import Speech


class SpeechQuerySet(models.QuerySet["Speech"]):
    """Questions to the archive in a reader's words."""

    def published(self) -> SpeechQuerySet:
        # IN, for SQLite looks for no bare truth value in an index.
        return self.filter(published__in=[True])

    def by_speakers(self, names: Iterable[str]) -> SpeechQuerySet:
        return self.filter(_any("speaker__name", names, unknown="speaker"))

    def from_years(self, years: Iterable[str]) -> SpeechQuerySet:
        """Speeches of these years; the empty string means date unknown."""
        return self.filter(_in_years(years))

    def of_kinds(self, kinds: Iterable[str]) -> SpeechQuerySet:
        return self.filter(kind__in=list(kinds))

    def at_events(self, names: Iterable[str]) -> SpeechQuerySet:
        return self.filter(_any("event__name", names, unknown="event"))

    def newest(self) -> SpeechQuerySet:
        """Latest speeches first, undated last; ties by the order of arrival."""
        return self.order_by(F("date").desc(nulls_last=True), "-pk")

    def latest_published(self) -> SpeechQuerySet:
        """Those that readers have had for the shortest time first, however old what they say."""
        return self.order_by("-published_at", "-pk")

    def oldest(self) -> SpeechQuerySet:
        return self.order_by(F("date").asc(nulls_last=True), "pk")

    def for_lists(self) -> SpeechQuerySet:
        """With what a list shows, without the text and what else is large."""
        return self.select_related("speaker", "event").defer(
            "text", "redactions", "remarks", "notes", "lines", "origins", "decisions", "moved", "title_order"
        )

    def by_title(self) -> SpeechQuerySet:
        """In the order of their titles' sounds."""
        return self.order_by("title_order", "pk")

    def with_outline(self) -> SpeechQuerySet:
        return (
            self.select_related("speaker", "event", "source")
            .prefetch_related("sections", "paragraphs")
            .defer("source__content")
        )

    def with_openings(self, characters: int) -> SpeechQuerySet:
        """With ``opening``: so many characters from the first paragraph after the salutation on."""
        paragraphs: Any = self.model._meta.get_field("paragraphs").related_model
        first = paragraphs.objects.filter(speech=OuterRef("pk"), kind="text").order_by("position")
        start = Coalesce(Subquery(first.values("start")[:1]), 0)
        return self.annotate(opening=Substr("text", start + 1, characters))

    def before(self, speech: Speech) -> SpeechQuerySet:
        """What stands before ``speech`` in the order of oldest(), the nearest one first."""
        same_day = Q(date=speech.date, pk__lt=speech.pk)  # None: the undated, last of all
        earlier = Q(date__isnull=False) if speech.date is None else Q(date__lt=speech.date)
        return self.filter(earlier | same_day).order_by(F("date").desc(nulls_first=True), "-pk")

    def after(self, speech: Speech) -> SpeechQuerySet:
        """What stands after ``speech`` in the order of oldest(), the nearest one first."""
        if speech.date is None:
            return self.filter(date=None, pk__gt=speech.pk).order_by("pk")
        same_day = Q(date=speech.date, pk__gt=speech.pk)
        return self.filter(Q(date__gt=speech.date) | Q(date=None) | same_day).oldest()

    def between(self, start: str, end: str) -> SpeechQuerySet:
        """Speeches whose date, as exactly as it is known, can lie between two such dates; "" is no bound."""
        first, last = span_of(start)[0] if start else None, span_of(end)[1] if end else None
        found = self
        if first:
            year, month = first.replace(month=1, day=1), first.replace(day=1)
            vague = Q(date=month, date_precision="month") | Q(date=year, date_precision="year")
            # By key, so that whether a date is vague is asked of those that begin the month or the year alone.
            found = found.filter(Q(date__gte=first) | Q(pk__in=self.model.objects.filter(vague).values("pk")))
        return found.filter(date__lte=last) if last else found

    def counts_by(self, field: str) -> list[tuple[Any, int]]:
        """How many of these speeches have each value of ``field``, commonest first."""
        if field.endswith("__name"):
            return self._counts_by_name(field.removesuffix("__name"))
        value = {"date__year": _year}.get(field, F(field))
        rows = self.order_by().annotate(value=value).values_list("value").annotate(n=Count("pk"))
        return list(rows.order_by("-n", "value"))

    def _counts_by_name(self, relation: str) -> list[tuple[str | None, int]]:
        """Counted by key, for the key is in the index and the name is not."""
        model: Any = self.model._meta.get_field(relation).related_model
        counts = self.counts_by(f"{relation}_id")
        names = dict(model.objects.values_list("pk", "name")) if counts else {}
        return sorted(((names.get(pk), n) for pk, n in counts), key=lambda row: (-row[1], row[0] or ""))


# The year as the database writes it: django_date_extract is a call of Python for every row.
_year = Cast(Substr(Cast("date", CharField()), 1, 4), IntegerField())


def _any(field: str, values: Iterable[str], unknown: str) -> Q:
    """One of ``values``, where "" means that ``unknown`` is null."""
    chosen = list(values)
    return _or_unknown(Q(**{f"{field}__in": [v for v in chosen if v]}), chosen, unknown)


def _or_unknown(q: Q, chosen: list[str], unknown: str) -> Q:
    return q | Q(**{f"{unknown}__isnull": True}) if "" in chosen else q


def _in_years(years: Iterable[str]) -> Q:
    """As spans of days, which an index answers; year 0 has none."""
    chosen = list(years)
    q = Q(pk__in=())
    for year in chosen:
        if int(year or 0):
            q |= Q(date__range=span_of(year))
    return _or_unknown(q, chosen, "date")
