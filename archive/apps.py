"""The app's entry for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("讲话库")

    def ready(self) -> None:
        from archive import checks  # noqa: F401  (registers the system checks)
