"""The app's entry for Django."""

from django.apps import AppConfig
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = _("讲话库")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate, pre_delete

        from archive import checks, reuse  # noqa: F401  (registers the system checks)
        from archive.admin import roles
        from archive.models import Speech
        from archive.text import saying

        saying.speak_through(gettext)
        pre_delete.connect(reuse.before_delete, sender=Speech)
        post_migrate.connect(roles.set_up, sender=self)
