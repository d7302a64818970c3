"""Who may enter. Nobody gives away more than they have, and who has done something is not deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin as DjangosUserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

admin.site.unregister(User)


@admin.register(User)
class UserAdmin(DjangosUserAdmin):  # type: ignore[type-arg]  # generic only in the stubs
    """Django's own, but that somebody who may change users cannot make themselves a superuser by it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        kept = [] if request.user.is_superuser else ["is_superuser", "user_permissions"]
        return [*super().get_readonly_fields(request, obj), *kept]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_above(obj, request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_above(obj, request)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = groups_within_reach(request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Django would delete the entries of the log with the person who wrote them."""
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        for user in objs:
            if LogEntry.objects.filter(user=user).exists():
                said = _("“%(name)s”有操作记录，不能删除；请改为取消“有效”，这个用户就不能再登录。")
                protected = [*protected, said % {"name": user}]
        return deleted, counts, lacking, protected


def _is_above(user: User | None, request: HttpRequest) -> bool:
    """Whether ``user`` may do something that who asks may not."""
    if user is None or request.user.is_superuser:
        return False
    return user.is_superuser or not user.get_all_permissions() <= request.user.get_all_permissions()


def groups_within_reach(request: HttpRequest) -> QuerySet[Group]:
    """The groups that may nothing that who asks may not."""
    held = request.user.get_all_permissions()
    named = Permission.objects.values_list("pk", "content_type__app_label", "codename")
    beyond = [pk for pk, label, codename in named if f"{label}.{codename}" not in held]
    return Group.objects.exclude(permissions__in=beyond)
