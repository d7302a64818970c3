"""Two speeches with sections and points that answer each other crosswise, and what /compare/ says of a pair."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from archive.importing import import_bytes
from archive.models import Speech

Pair = tuple[Speech, Speech]

CREED, CLEAN = "坚定不移推进全面从严治党", "驰而不息纠正四风问题"
FORMULA = "学习贯彻会议精神"
A = (
    f"甲讲话\n同志们：\n{FORMULA}。\n一、理论学习\n要抓好理论学习，{CREED}。\n二、改进作风\n一是正风。要{CLEAN}，{FORMULA}。\n"
    f"二是宣传。广播电视报纸都要登。\n三、农田水利\n修渠引水，{FORMULA}。\n四、观星\n夜空晴朗。\n"
)
B = (
    f"乙讲话\n同志们：\n一、转变作风\n必须{CLEAN}，纠正不良作风，{FORMULA}。\n二、学习理论\n坚持学好理论，且{CREED}。\n"
    f"三、海洋渔业\n造船出海，{FORMULA}。\n四、织布\n穿梭引线。\n"
)


def get(client: Client, pair: Pair, **more: Any) -> Any:
    return client.get("/compare/", address(pair, **more))


def address(pair: Pair, **more: Any) -> dict[str, Any]:
    return {"a": pair[0].pk, "b": pair[1].pk, **more}


def twin(client: Client, pair: Pair, **more: Any) -> Any:
    return client.get("/compare.json", address(pair, **more)).json()["matrix"]


def imported(name: str) -> Speech:
    [path] = (settings.BASE_DIR / "seeds").glob(f"{name}*.txt")
    speech = import_bytes(path.read_bytes(), path.name).speech
    assert speech is not None
    return speech
