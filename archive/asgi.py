"""ASGI entry of the archive."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
application = get_asgi_application()

from archive import search  # noqa: E402  (needs the settings)

search.prepare()  # as in wsgi.py
