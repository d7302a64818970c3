"""操作记录: what was done in the admin, by whom and when. It is read, never written, by anybody.

All that an editor does writes an entry: Django's own pages, uploading, publishing, sheets, merging. The command
``import_speeches`` has no editor and writes none; it tells what it does on its own output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from archive.models import Deed

if TYPE_CHECKING:
    DeedAdminBase = admin.ModelAdmin[Deed]
else:
    DeedAdminBase = admin.ModelAdmin

TAKING = 4  # Django's own are 1 to 3
WORDS = {ADDITION: _("添加"), CHANGE: _("修改"), DELETION: _("删除"), TAKING: _("下载")}


class ActionFilter(admin.SimpleListFilter):
    """What was done. Django's own words for it are adjectives, made for its log in English."""

    title = _("操作")
    parameter_name = "action_flag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(flag), word) for flag, word in WORDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {str(flag): flag for flag in WORDS}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(action_flag=chosen)


class SortFilter(admin.SimpleListFilter):
    """What it was done to: of those that something has been done to."""

    title = _("类别")
    parameter_name = "content_type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        found = ContentType.objects.filter(logentry__isnull=False).distinct().order_by("pk")
        return [(str(each.pk), each.name) for each in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {value for value, _name in self.lookup_choices}
        return queryset.filter(content_type=self.value()) if self.value() in known else queryset


@admin.register(Deed)
class DeedAdmin(DeedAdminBase):
    list_display = ["action_time", "user", "deed", "sort", "thing", "said"]
    list_display_links = None
    list_filter = [
        ActionFilter,
        SortFilter,
        ("user", admin.RelatedOnlyFieldListFilter),
        "action_time",
    ]
    list_select_related = ["user", "content_type"]
    list_per_page = 50
    date_hierarchy = "action_time"
    ordering = ["-action_time", "-pk"]
    search_fields = ["object_repr", "change_message", "user__username", "=object_id"]
    search_help_text = _("名称、说明、用户名或编号")
    actions = None

    class Media:
        css = {"all": ["css/sheet.css"]}

    @admin.display(description=_("操作"), ordering="action_flag")
    def deed(self, deed: Deed) -> str:
        return str(WORDS.get(deed.action_flag, deed.action_flag))

    @admin.display(description=_("类别"), ordering="content_type")
    def sort(self, deed: Deed) -> str:
        return str(deed.content_type.name) if deed.content_type else "—"

    @admin.display(description=_("对象"), ordering="object_repr")
    def thing(self, deed: Deed) -> SafeString | str:
        url = None if deed.is_deletion() else deed.get_admin_url()
        return format_html('<a href="{}">{}</a>', url, deed.object_repr) if url else deed.object_repr

    @admin.display(description=_("说明"))
    def said(self, deed: Deed) -> str:
        return deed.get_change_message() or "—"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
