"""Everything that must have happened before the archive is served, in one process."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Bring a new or updated archive up to date: database, static files, seeds, prints, index, administrator."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = {"verbosity": 0, "stdout": self.stdout, "stderr": self.stderr}
        call_command("migrate", interactive=False, **quiet)
        call_command("collectstatic", interactive=False, **quiet)
        try:
            call_command(
                "import_speeches", str(settings.BASE_DIR / "seeds"), skip_known=True, stdout=self.stdout
            )
        except CommandError as error:
            # A transcript that does not come in is told of, and keeps nobody from reading the others.
            self.stderr.write(str(error))
        call_command("fingerprint_speeches", **quiet)
        call_command("check_index", repair=True, **quiet)
        call_command("set_admin", stdout=self.stdout, stderr=self.stderr)
