"""Static files: hashed names once they have been collected, plain names before."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types
    """WhiteNoise's storage that never fails a page for want of ``collectstatic``.

    A file that has not been collected is served under its own name, straight from the source folder
    (``WHITENOISE_USE_FINDERS``): a page without far-future caching is better than no page.
    """

    manifest_strict = False

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        try:
            return str(super().hashed_name(name, content, filename))
        except ValueError:
            return name
