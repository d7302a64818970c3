"""The shared passages and the ledger in a browser: accessible, and no wider than the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from archive import reuse
from tests.views.browsing import NARROW, WIDE, complaints, flaws

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CREED = "坚持党要管党、全面从严治党，永远在路上，没有休止符"
RARE = "机关党的建设是党的建设新的伟大工程的重要组成部分"
OTHER = "我们一定要深入推进反腐败斗争，一刻不停歇，绝不松懈"


@pytest.fixture
def addresses(client, make_speech, build_index) -> list[str]:
    own = make_speech(f"本次讲话\n{CREED}。\n{OTHER}。\n{RARE}。\n", date="2019-03-01", speaker="张三")
    for number in range(9):
        make_speech(f"第{number}次讲话\n他说，{CREED}。\n", date=f"20{number + 10}", speaker="李四")
    make_speech(f"别样讲话\n{OTHER.replace('停歇', '放松')}。\n又说：{RARE}。\n", date="2001")
    alone = make_speech("独讲\n这里没有别的讲话里也有的话。\n")
    reuse.fill()
    build_index()
    assert "此段亦见于" in client.get(own.get_absolute_url()).content.decode()
    return [
        own.get_absolute_url(),
        f"/speeches/{own.pk}/shared/",
        f"/speeches/{own.pk}/shared/?p=3",
        f"/speeches/{own.pk}/shared/?sort=reading",
        f"/speeches/{own.pk}/shared/?sort=best",
        f"/speeches/{alone.pk}/shared/",
        "/ledger/",
        "/ledger/?q=没有的话",
        "/ledger/?at=end",
    ]


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")], ids=["wide", "narrow"])
def test_every_page_is_accessible_and_none_is_wider_than_the_screen(
    browser: Browser, live_server, addresses, size, scheme
):
    assert flaws(browser, live_server.url, addresses, size, scheme) == {}


def test_no_page_needs_what_the_content_security_policy_forbids(browser: Browser, live_server, addresses):
    assert complaints(browser, live_server.url, addresses) == []
