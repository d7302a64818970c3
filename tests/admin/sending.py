"""A sheet on its way out and in, for the tests: what a browser would send."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

URL = "/admin/archive/speech/sheet/"
SPEECH = "在机关党建工作会议上的讲话\n同志们：\n一、提高站位\n我们要加强学习{}。\n谢谢大家！\n"


def csv_rows(client: Client, **query: str) -> list[dict[str, str]]:
    answer = client.get(URL, {"download": "csv", **query})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_csv(rows: list[dict[str, str]], encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def send(client: Client, data: bytes | list[dict[str, str]], name: str = "表.csv", **more: str) -> Any:
    data = as_csv(data) if isinstance(data, list) else data
    return client.post(URL, {"file": SimpleUploadedFile(name, data), "action": "upload", **more})


def planned(client: Client) -> Any:
    return client.get(URL).context["plan"]


def confirm(client: Client) -> Any:
    return client.post(URL, {"action": "confirm", "plan": planned(client).digest})
