"""/about/: what the archive is, how it treats its texts, how to cite them, whom to ask."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.views.errors import read_only


@read_only
def page(request: HttpRequest) -> HttpResponse:
    contact = settings.ARCHIVE_CONTACT
    address = contact if contact.startswith(("https://", "http://", "mailto:")) else f"mailto:{contact}"
    shown = contact.removeprefix("mailto:")
    return render(request, "about/page.html", {"contact": address if contact else "", "contact_shown": shown})
