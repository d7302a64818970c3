"""A .zip at the door: its members go in one by one, each with an outcome of its own."""

from __future__ import annotations

from django.conf import settings

from archive import readers
from archive.importing.preparing import Refused


def unpack(data: bytes, name: str) -> readers.Pack | None:
    """The pack in a file, or None when it is a file for itself. Raises Refused for one that is not safe."""
    limit = settings.ARCHIVE_MAX_UPLOAD_MB * 2**20
    try:
        # What is too large is not looked into: it is refused like any other file.
        return readers.unpack(data, name, most=limit) if len(data) <= limit else None
    except readers.Unreadable as error:
        raise Refused(error.code, error.message) from error
