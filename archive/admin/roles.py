"""Who may do what: the groups 录入, 审核 and 管理, each with all that the one before it may.

They are made after every migration and given what is theirs; what an operator has added stays. A role that
may do less is a group of another name. Superusers may do everything, as everywhere in Django.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import Q

from archive.models import Speech

Person = User | AnonymousUser

ENTERING, REVIEWING, MANAGING = "录入", "审核", "管理"
GIVEN = {
    ENTERING: [
        "archive.view_speech",
        "archive.add_speech",
        "archive.change_speech",
        "archive.view_section",
        "archive.view_sourcefile",
        "archive.view_speaker",
        "archive.add_speaker",
        "archive.view_alias",
        "archive.view_event",
        "archive.add_event",
    ],
    REVIEWING: [
        "archive.publish_speech",
        "archive.change_speaker",
        "archive.change_event",
        "archive.add_alias",
        "archive.change_alias",
    ],
    MANAGING: [
        "archive.sheet_speech",
        "archive.delete_speech",
        "archive.delete_speaker",
        "archive.delete_alias",
        "archive.delete_event",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "auth.delete_user",
        "archive.view_deed",
    ],
}


def permissions() -> dict[str, list[str]]:
    """All that each role may."""
    return dict(zip(GIVEN, accumulate(GIVEN.values()), strict=True))


def set_up(using: str = "default", **kwargs: Any) -> None:
    """Make the groups, and give each what is its own and it has not got: runs after every migration."""
    for name, names in permissions().items():
        group, _created = Group.objects.using(using).get_or_create(name=name)
        wanted = Q()
        for label, codename in (each.split(".") for each in names):
            wanted |= Q(content_type__app_label=label, codename=codename)
        group.permissions.add(*Permission.objects.using(using).filter(wanted))


def may_publish(user: Person) -> bool:
    """Whether what the user saves may be seen by readers."""
    return user.has_perm("archive.publish_speech")


def may_take_all(user: Person) -> bool:
    """Whether the user may take the whole archive away, drafts too: who may read the log and change everything."""
    return user.has_perms(["archive.sheet_speech", "archive.view_deed"])


def may_change(user: Person, speech: Speech | None = None) -> bool:
    """Whether the user may change ``speech``, or any: a published one is changed by who may publish."""
    return user.has_perm("archive.change_speech") and (
        speech is None or not speech.published or may_publish(user)
    )
