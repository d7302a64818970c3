"""WSGI entry of the archive."""

import os

from archive.views import gateway

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
application = gateway.application()

from archive import search  # noqa: E402  (needs the settings)

search.prepare()  # the dictionaries take seconds to load: before the first request, not in it
