"""System checks: an operator's mistakes, each with a stable id and the hint that cures it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

SUPPORTED_ENGINES = ("whoosh:",)


@register(Tags.files)
def data_folder_is_writable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    folder = settings.ARCHIVE_DATA_DIR
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if existing.is_dir() and os.access(existing, os.W_OK | os.X_OK):
        return []
    return [
        Error(
            f"The data folder {folder} cannot be written.",
            hint="Give the user that runs the archive write permission, or set ARCHIVE_DATA_DIR to another folder.",
            id="archive.E001",
        )
    ]


@register(Tags.compatibility)
def search_engine_is_known(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if settings.ARCHIVE_SEARCH_URL in SUPPORTED_ENGINES:
        return []
    return [
        Error(
            f"ARCHIVE_SEARCH_URL names an engine that this version does not have: {settings.ARCHIVE_SEARCH_URL!r}.",
            hint=f"Unset it, or use one of: {', '.join(SUPPORTED_ENGINES)}",
            id="archive.E002",
        )
    ]


@register(Tags.compatibility)
def upload_limits_are_sane(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    limits = {
        "ARCHIVE_MAX_UPLOAD_MB": settings.ARCHIVE_MAX_UPLOAD_MB,
        "ARCHIVE_MAX_UPLOAD_FILES": settings.ARCHIVE_MAX_UPLOAD_FILES,
    }
    return [
        Error(f"{name} is {value}.", hint=f"Set {name} to 1 or more.", id="archive.E003")
        for name, value in limits.items()
        if value < 1
    ]


@register(Tags.files)
def disk_has_room(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    folder = settings.ARCHIVE_DATA_DIR
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(existing)
    if usage.free >= 0.02 * usage.total or usage.free > 2**30:
        return []
    return [
        Warning(
            f"Only {usage.free // 2**20} MB are free under {folder}.",
            hint="Free some room, or set ARCHIVE_DATA_DIR to a folder on a larger disk.",
            id="archive.W001",
        )
    ]
