"""An editor at the upload page, for the tests: what a browser without JavaScript would send."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

URL = "/admin/archive/speech/upload/"
TEXT = (
    "在机关党建工作会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习。\n"
    "二、压实责任\n我们要抓好落实。\n谢谢大家！\n"
)


def file(text: str | bytes = TEXT, name: str = "讲话.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def upload(client: Client, *files: SimpleUploadedFile, **data: str) -> Any:
    return client.post(URL, {"file": files, "action": "upload", **data})


def filled(client: Client, **changes: str) -> dict[str, str]:
    """Every field of every row as it stands, but for the ``changes``."""
    data = {}
    for row in client.get(URL).context["rows"]:
        if row.prepared:
            data.update({bound.html_name: bound.value() or "" for bound in row.form if bound.name != "draft"})
            data.update({row.form.add_prefix(name): value for name, value in changes.items()})
    return data


def confirm(client: Client, **changes: str) -> Any:
    return client.post(URL, {"action": "confirm", **filled(client, **changes)})


def order(client: Client, action: str, words: str = "", **changes: str) -> Any:
    """Press a button of the only row: ``action`` for the line that begins with ``words``."""
    (row,) = client.get(URL).context["rows"]
    line = next((line.index for line in row.lines if line.text.startswith(words)), "") if words else ""
    do = f"{row.staged.pk}:{action}:{line}:{row.mark}"
    return client.post(URL, {**filled(client, **changes), "do": do})


def outline(client: Client) -> list[tuple[int, str]]:
    """The headings of the only row, with their levels."""
    (row,) = client.get(URL).context["rows"]
    return [(line.level, line.text) for line in row.lines if line.level]
