"""Speakers, their other names, and events; two rows that are the same one are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive.admin import merging
from archive.forms import AliasForm, AliasFormSet, NameForm
from archive.models import Alias, Event, Speaker

if TYPE_CHECKING:
    AliasInlineBase = admin.StackedInline[Alias, Speaker]
else:
    AliasInlineBase = admin.StackedInline


class NamedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A name and how many speeches it has."""

    form = NameForm
    search_fields = ["name"]
    list_display = ["name", "speech_count"]
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counted: QuerySet[Any] = (
            super().get_queryset(request).annotate(speech_total=Count("speeches", distinct=True))
        )
        return counted

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """When something was sent, nobody changes the row while that is looked at."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and transaction.get_connection().in_atomic_block:
            row.refresh_from_db(from_queryset=self.model.objects.select_for_update())
        return row

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was seen travels only with a form that can be sent."""
        return ["name", "seen"] if self.has_change_permission(request, obj) else ["name"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Another name changes what every one of the speeches is known by: who harvests them is to hear of it."""
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            obj.speeches.update(updated_at=timezone.now())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Who has speeches is not deleted: what to do instead."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if protected:
            said = gettext("还有讲话，不能删除：请先把这些讲话改到别的名下，或在列表里用“合并”并入另一个。")
            protected = [said, *protected]
        return deleted, counts, lacking, protected

    @admin.display(description=_("讲话"), ordering="speech_total")
    def speech_count(self, row: Any) -> int:
        return int(row.speech_total)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        """Merging changes one row and deletes the others."""
        return self.has_change_permission(request) and self.has_delete_permission(request)

    @admin.action(description=_("合并所选%(verbose_name_plural)s"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return merging.page(request, self, queryset)


class AliasInline(AliasInlineBase):
    model = Alias
    form = AliasForm
    formset = AliasFormSet
    extra = 1

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["name", "seen"] if self.has_change_permission(request, obj) else ["name"]


@admin.register(Speaker)
class SpeakerAdmin(NamedAdmin):
    inlines = [AliasInline]
    search_fields = ["name", "aliases__name"]
    list_display = ["name", "also_called", "speech_count"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("aliases")

    @admin.display(description=_("别名"))
    def also_called(self, speaker: Speaker) -> str:
        return "、".join(alias.name for alias in speaker.aliases.all()) or "—"


@admin.register(Event)
class EventAdmin(NamedAdmin):
    pass
