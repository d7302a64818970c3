"""An archive in which every page has something to show, and the addresses of all pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from archive.models import Speech
from tests.pages.every import PAGES
from tests.views.conftest import build_index, make_speech

__all__ = ["build_index", "make_speech"]  # fixtures

SHARED = "我们要坚持从严治党，把全面从严治党的要求落到实处，一步一个脚印走下去。"
TEXT = f"""在座谈会上的讲话
同志们：
说明来意，感谢***同志。
一、提高认识
一是学在前。{SHARED * 4}
（掌声）
（一）把握方向
方向要正，落实任务。
二、狠抓落实
{SHARED * 3}
"""
OTHER = f"""在推进会上的讲话
同志们：
一、提高认识
{SHARED * 3}抓落实不能等。
二、加强领导
领导要带头，落实任务。
"""


@pytest.fixture
def filled(make_speech: Callable[..., Speech], build_index: Callable[[], Any]) -> dict[str, int]:
    """The keys that addresses name."""
    speech = make_speech(
        TEXT, speaker="张三", role="书记", date="2022-11-20", event="座谈会", kind="讲话", venue="北京"
    )
    other = make_speech(OTHER, speaker="李四", date="2021-03", event="推进会", kind="讲话")
    third = make_speech(
        OTHER.replace("推进会", "年会").replace("带头", "表率"), speaker="张三", date="2020", kind="报告"
    )
    make_speech("沒有日期的講話\n同志們：\n從嚴治黨，落實責任。\n")
    for year in range(1995, 2018):
        make_speech(date=str(year), speaker="王五", event="年会")
    build_index()
    assert speech.speaker is not None
    assert speech.event is not None
    return {
        "pk": speech.pk,
        "other": other.pk,
        "third": third.pk,
        "speaker": speech.speaker.pk,
        "event": speech.event.pk,
    }


@pytest.fixture
def addresses(filled: dict[str, int]) -> list[str]:
    """Every page, in each of its states."""
    return [address.format(**filled) for states in PAGES.values() for address in states]
