"""A sheet of metadata that waits for its editor's word."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StagedSheet(models.Model):
    """The rows of a sheet that somebody has uploaded and not yet confirmed; one a person, the last one.

    ``rows`` are ``[line in the file, {column: text}]`` as they were read. What they would change is worked
    out anew each time they are shown, for the speeches may change meanwhile.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="staged_sheet")
    name = models.CharField(max_length=255)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
