"""Speeches and original files in Django's admin."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from archive import importing, search
from archive.admin import editing, lagging, roles, sheets, taking, upload
from archive.forms import FOLLOWING, METADATA, SpeechForm
from archive.models import Section, SourceFile, Speech

if TYPE_CHECKING:
    SpeechAdminBase = admin.ModelAdmin[Speech]
    SectionInlineBase = admin.TabularInline[Section, Speech]
else:
    SpeechAdminBase, SectionInlineBase = admin.ModelAdmin, admin.TabularInline

admin.site.site_header = admin.site.site_title = _("讲话库管理")
admin.site.index_title = _("文稿与讲话")


class SectionInline(SectionInlineBase):
    """The parsed outline, to look at."""

    model = Section
    fields = ["address", "indented", "part", "span"]
    readonly_fields = ["address", "indented", "part", "span"]
    extra = 0
    can_delete = False
    verbose_name_plural = _("提纲")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("位置"))
    def address(self, section: Section) -> str:
        return section.anchor

    @admin.display(description=_("部分"))
    def part(self, section: Section) -> str:
        return str(section.get_kind_display())

    @admin.display(description=_("标题"))
    def indented(self, section: Section) -> str:
        return "\u3000" * max(0, section.depth - 1) + (str(section) or section.get_kind_display())

    @admin.display(description=_("字数"))
    def span(self, section: Section) -> int:
        return section.end - section.start


@admin.register(Speech)
class SpeechAdmin(SpeechAdminBase):
    form = SpeechForm
    inlines = [SectionInline]
    list_display = ["title", "speaker", "shown_date", "kind", "characters", "published"]
    list_filter = ["published", "kind", "speaker"]
    date_hierarchy = "date"
    list_select_related = ["speaker"]
    search_fields = ["title", "speaker__name", "event__name"]
    autocomplete_fields = ["speaker", "event"]
    actions = ["publish", "withdraw", "export_sheet"]
    fieldsets = [
        (None, {"fields": ["title", "subtitle", "speaker", "role", "date_iso", "published"]}),
        (_("场合"), {"fields": ["event", "venue", "kind"]}),
        (_("文稿"), {"fields": ["original", "parser_notes", "shown_text"]}),
    ]
    readonly_fields = ["original", "parser_notes", "shown_text"]
    change_list_template = "admin/archive/speech/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        def admin_view(view: Any) -> Any:
            return self.admin_site.admin_view(partial(view, model_admin=self))

        name = "archive_speech_upload"
        return [
            path("upload/", admin_view(upload.page), name=name),
            path("upload/<int:pk>/text/", admin_view(upload.text), name=f"{name}_text"),
            path(
                "upload/<int:pk>/difference/<int:speech_pk>/",
                admin_view(upload.difference),
                name=f"{name}_difference",
            ),
            *editing.urls(admin_view),
            path("sheet/", admin_view(sheets.page), name="archive_speech_sheet"),
            path("take/", admin_view(taking.page), name="archive_speech_take"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Speech, form: Any, change: bool) -> None:
        # Not the text: it may have been imported anew since the form was opened.
        hidden = self.get_readonly_fields(request, obj)
        with transaction.atomic():
            importing.keep(obj, getattr(request, "user", None))
            obj.save(update_fields=[*(name for name in METADATA if name not in hidden), *FOLLOWING])

    def has_change_permission(self, request: HttpRequest, obj: Speech | None = None) -> bool:
        return roles.may_change(request.user, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and roles.may_publish(request.user)

    def get_readonly_fields(self, request: HttpRequest, obj: Speech | None = None) -> list[str]:
        """Without the permission a draft stays one."""
        hidden = [] if self.has_publish_permission(request) else ["published"]
        return [*super().get_readonly_fields(request, obj), *hidden]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Speech]) -> None:
        with search.batch(), transaction.atomic():
            super().delete_queryset(request, queryset)

    def get_view_on_site_url(self, obj: Speech | None = None) -> str | None:
        """No link to the reader's page of a draft: it has none."""
        return super().get_view_on_site_url(obj) if obj and obj.published else None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Speeches are added by uploading their transcript, so Django's empty form is not offered."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Speech]:
        queryset = super().get_queryset(request)
        page = request.resolver_match.url_name if request.resolver_match else ""
        if page == "archive_speech_changelist":
            return queryset.defer("text")
        if page == "archive_speech_change" and request.method == "POST":
            return queryset.select_for_update(of=("self",))  # nobody changes it while the form is looked at
        return queryset

    def get_fieldsets(self, request: HttpRequest, obj: Speech | None = None) -> Any:
        """What was seen travels only with a form that can be sent."""
        fieldsets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return fieldsets
        (name, options), *others = fieldsets
        return [(name, {**options, "fields": [*options["fields"], "seen"]}), *others]

    @admin.display(description=_("日期"), ordering="date")
    def shown_date(self, speech: Speech) -> str:
        return speech.date_iso or "—"

    @admin.display(description=_("正文"))
    def shown_text(self, speech: Speech) -> SafeString:
        region = '<div class="transcript" role="group" tabindex="0" aria-label="{}">{}</div>'
        return format_html(region, gettext("正文"), speech.text)

    @admin.display(description=_("原始文件"))
    def original(self, speech: Speech) -> SafeString | str:
        if speech.source is None:
            return gettext("没有")
        return format_html(
            '<a href="{}">{}</a>（{}，{} {}）',
            reverse("admin:archive_sourcefile_change", args=[speech.source.pk]),
            speech.source.name,
            speech.source.encoding,
            f"{speech.source.size:,}",
            gettext("字节"),
        )

    @admin.display(description=_("解析提示"))
    def parser_notes(self, speech: Speech) -> str:
        lines = (gettext("第 %(line)s 行：%(message)s") % note for note in speech.notes)
        return "\n".join(lines) or gettext("没有")

    @admin.action(description=_("发布所选讲话"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Speech]) -> None:
        self.set_published(request, queryset, True, gettext("已发布 %d 篇。"))

    @admin.action(description=_("撤下所选讲话"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Speech]) -> None:
        self.set_published(request, queryset, False, gettext("已撤下 %d 篇，读者看不到了。"))

    @admin.action(description=_("导出所选为表格"), permissions=["view"])
    def export_sheet(self, request: HttpRequest, queryset: QuerySet[Speech]) -> HttpResponseBase:
        return sheets.download_chosen(queryset)

    def set_published(self, request: HttpRequest, queryset: QuerySet[Speech], value: bool, done: str) -> None:
        """One save a speech, so that each is marked for the index in the transaction that changes it."""
        said = gettext("发布") if value else gettext("撤下")
        with search.batch(), transaction.atomic():
            changed = list(queryset.exclude(published=value))
            for speech in changed:
                speech.published = value
                speech.save(update_fields=["published", "updated_at"])
                self.log_change(request, speech, said)
        self.message_user(request, done % len(changed))
        lagging.tell(request)


@admin.register(SourceFile)
class SourceFileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The files as they arrived. They can be looked at, not changed."""

    list_display = ["name", "size", "encoding", "created_at"]
    fields = ["name", "size", "encoding", "sha256", "created_at"]
    readonly_fields = ["name", "size", "encoding", "sha256", "created_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceFile]:
        return super().get_queryset(request).defer("content")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
