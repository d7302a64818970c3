"""WSGI entry of the archive."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
application = get_wsgi_application()

from archive import search  # noqa: E402  (needs the settings)

search.prepare()  # the dictionaries take seconds to load: before the first request, not in it
