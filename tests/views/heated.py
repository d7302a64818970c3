"""Three speeches that share words, and what their page shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from archive.models import Speech
from tests.views.pages import PageRead

MakeSpeech = Callable[..., Speech]

CORE, LONG = "坚定不移全面从严治党", "坚定不移全面从严治党，深入推进新时代党的建设"
OWN, PAIRED = "春风又绿江南两岸杨柳", "牢记初心使命勇于担当作为"
A = f"甲讲话\n同志们：\n一、从严\n要{LONG}。\n二、担当***\n{OWN}。必须{PAIRED}。"
B = f"乙讲话\n一、党建\n始终{LONG}，常抓不懈。"
C = f"丙讲话\n一、治党\n讲{CORE}。\n二、作为\n再说{PAIRED}。"
NEAR = "丁讲话\n一、党建\n他们坚定不移地全面从严治党，再深入推进新时代党的建设。"


def made(make_speech: MakeSpeech) -> list[Speech]:
    """The three; the first one has a speaker and a date."""
    return [make_speech(A, speaker="张三", date="2022-11"), make_speech(B), make_speech(C)]


def query(speeches: Any, **more: Any) -> dict[str, Any]:
    return {"s": [getattr(speech, "pk", speech) for speech in speeches], **more}


def opened(client: Client, speeches: Any, **more: Any) -> PageRead:
    response = client.get("/compare/", query(speeches, **more))
    assert response.status_code == 200
    return PageRead(response)


def data(client: Client, speeches: Any, **more: Any) -> Any:
    return client.get("/compare.json", query(speeches, **more)).json()


def marks(client: Client, speeches: Any, **more: Any) -> list[tuple[str, str]]:
    """Class and words of every mark in the text."""
    markup = client.get("/compare/", query(speeches, **more)).content.decode()
    text = markup.partition("<article")[2].partition("</article>")[0]
    found = re.findall(r'<mark class="([^"]+)"[^>]*>(.*?)</mark>', text)
    return [(kind, re.sub("<[^>]+>", "", words)) for kind, words in found]
