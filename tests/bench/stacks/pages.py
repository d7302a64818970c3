"""Every page of the archive that is no search result in JSON, through all of Django, and the way of an upload.

A page that this version does not have yet makes no row.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.measure import clocked, peak_memory
from tests.bench.texts import queries

TIMES = 40  # addresses of a kind, all different where a query is asked
LONGEST = 20  # speeches


def search(data: Path) -> dict[str, Any]:
    from django.test import Client

    from archive.search import prepare

    prepare()
    client = Client(headers={"host": "localhost"})
    found = {kind: times for kind, addresses in rows().items() if (times := asked(client, addresses))}
    found["compare, without the page"] = compared()
    return {"pages": found, "memory_mb": peak_memory(), "upload_s": upload_until_found()}


def rows() -> dict[str, list[str]]:
    """Row -> addresses. Compare pairs are all different, so none is cached."""
    from archive.models import Speech

    speeches = Speech.objects.published().order_by("pk")
    phrases = iter(queries(list(speeches.values_list("text", flat=True)), 9 * TIMES))
    longest = list(speeches.order_by("-characters").values_list("pk", flat=True)[:LONGEST])
    pairs = [(a, b) for i, a in enumerate(longest) for b in longest[i + 1 :]][:LONGEST]
    last = -(-speeches.count() // 20)

    def some(path: str, many: int = 1, **fixed: str) -> list[str]:
        return [
            f"{path}?{urlencode([('q', next(phrases)) for _ in range(many)] + list(fixed.items()))}"
            for _ in range(TIMES)
        ]

    return {
        "home": ["/"] * 10,
        "browse": ["/speeches/"] * 10,
        "browse, last page": [f"/speeches/?page={last}"] * 10,
        "a speech": [f"/speeches/{pk}/" for pk in longest],
        "search, a phrase": some("/search/"),
        "search, a phrase, as a table": some("/search.csv"),
        "concordance, a phrase": some("/concordance/"),
        "concordance, by what follows": some("/concordance/", sort="right"),
        "trends, two phrases": some("/trends/", many=2),
        "suggestions": [f"/suggest.json?{urlencode({'q': next(phrases)[:2]})}" for _ in range(TIMES)],
        "compare, the longest pairs": [f"/compare/?a={a}&b={b}" for a, b in pairs],
    }


def asked(client: Any, addresses: list[str]) -> dict[str, Any]:
    """What these pages cost; {} when there are none."""
    if client.get(addresses[0]).status_code == 404:
        return {}
    times, responses = clocked([lambda a=address: client.get(a) for address in addresses])
    wrong = {address for address, r in zip(addresses, responses, strict=True) if r.status_code != 200}
    if wrong:
        raise RuntimeError(f"no page: {sorted(wrong)[:3]}")
    return times


def compared() -> dict[str, Any]:
    """What the compare room alone takes for the longest pairs."""
    from archive.compare import compare
    from archive.models import Speech
    from archive.views.comparing import as_text

    longest = Speech.objects.published().with_outline().order_by("-characters")[:8]
    texts = [as_text(speech) for speech in longest]
    pairs = [(a, b) for i, a in enumerate(texts) for b in texts[i + 1 :]][:LONGEST]
    work: list[Callable[[], Any]] = [lambda a=a, b=b: compare(a, b) for a, b in pairs]
    return clocked(work)[0]


def upload_until_found() -> dict[str, Any]:
    """From a file's bytes to its speech standing in the results, one file after another."""
    from archive import importing, search

    def work(letter: str) -> None:
        text = f"在{letter}的基准测试会议上的讲话\n同志们：\n这是独一无二的{letter}麒麟测试句。\n谢谢大家！\n"
        importing.import_bytes(text.encode(), f"{letter}.txt")
        assert search.find(search.Query(f"“{letter}麒麟”")).total == 1

    return clocked([lambda c=letter: work(c) for letter in "甲乙丙丁戊己庚辛壬癸"])[0]
