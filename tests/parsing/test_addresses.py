"""Who is addressed; first the lines that look like it and are not."""

from __future__ import annotations

import pytest

from archive.parsing.addresses import is_salutation, opening


@pytest.mark.parametrize(
    "text",
    [
        "",
        "唐鳳：",
        "主持人：",
        "司儀：",
        "记者：",
        "王先生：",
        "各项工作：",
        "主要做了以下工作：",
        "工人们说：",
        "我们要：",
        "他们：",
        "领导班子：",
        "大家好！",
        "形势一片大好！",
        "同志们",
        "各位代表！回顾过去五年，我们有以下几点体会：",
        "同志们，新时代号角嘹亮。",
        "My point is simple:",
    ],
)
def test_no_salutation(text: str) -> None:
    assert not is_salutation(text)


@pytest.mark.parametrize(
    "text",
    [
        "同志们：",
        "同志们！",
        "各位代表：",
        "各位代表!",
        "各位领导，同志们：",
        "同志们、朋友们：",
        "女士们，先生们：",
        "尊敬的习近平主席，",
        "尊敬的各位领导、各位来宾，女士们、先生们、朋友们：",
        "老师们、同学们：",
        "各位同仁：",
        "同學們：",
        "親愛的鄉親朋友們：",
        "各县（市、区）人民政府，市直各单位：",
        "Ladies and gentlemen,",
        "Dear colleagues:",
        "主席先生，",
        "尊敬的各位领导，亲爱的同事们，大家好！",
        "各位同仁，大家上午好：",
        "各位友邦的元首與貴賓、各駐臺使節代表、現場所有的嘉賓，電視機前、還有線上的好朋友，全體國人同胞，大家好：",
        "主席、各位議員：",
        "Mr. President, distinguished delegates,",
    ],
)
def test_salutation(text: str) -> None:
    assert is_salutation(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("我们，作为机关干部", ""),
        ("各项工作，稳步推进", ""),
        ("同志们，新时代号角嘹亮", "同志们，"),
        ("各位代表！回顾过去五年", "各位代表！"),
        ("同志们：今天我们开会", "同志们："),
        ("女士们，先生们！今天", "女士们，先生们！"),
    ],
)
def test_opening_of_running_text(text: str, address: str) -> None:
    assert opening(text) == address
