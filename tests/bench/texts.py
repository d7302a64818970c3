"""Texts to measure on: made from the seeds, always the same, or a folder of real ones."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from tests.bench.oracle import letters

SEEDS = Path(__file__).parents[2] / "seeds"
NUMERALS = "一二三四五六七八九十"


def synthetic(count: int) -> Iterator[tuple[str, str]]:
    """(file name, text) of ``count`` speeches: the seeds' sentences, shuffled under numbered headings."""
    dice = random.Random(20221016)
    seeds = [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    sentences = [s for text in seeds for s in re.findall(r"[^。！？\n]{8,}[。！？]", text)]
    headings = [s for text in seeds for s in re.findall(r"^[一二三四]、(.+)$", text, re.MULTILINE)]
    for number in range(count):
        day = f"{2012 + dice.randrange(11)}年{1 + dice.randrange(12)}月{1 + dice.randrange(28)}日"
        lines = [f"在第{number + 1}次机关党建工作会议上的讲话", f"（{day}）", "", "同志们："]
        for part in range(dice.randint(3, 5)):
            lines.append(f"{NUMERALS[part]}、{dice.choice(headings)}")
            for _paragraph in range(dice.randint(2, 4)):
                lines.append("".join(dice.choices(sentences, k=dice.randint(4, 9))))
        lines.append("我就讲这些，谢谢大家！")
        yield f"{number:05}.txt", "\n".join(lines) + "\n"


def queries(texts: list[str], count: int) -> list[str]:
    """``count`` runs of 2 to 8 letters cut out of sentences at random, and nothing that is only one letter."""
    dice = random.Random(7)
    found: list[str] = []
    while len(found) < count:
        sentence = dice.choice(re.split(r"[。！？；\n]", dice.choice(texts)))
        run = letters(sentence)
        if len(run) < 2 or re.search(r"[*XxＸ×○]", sentence):
            continue
        length = min(len(run), dice.randint(2, 8))
        start = dice.randrange(len(run) - length + 1)
        found.append(run[start : start + length])
    return found
