"""Made-up texts that say the same things as each other, for measuring comparison: always the same ones."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import accumulate
from math import ceil

from tests.bench.texts import SEEDS

POOL = 3_000  # formulas, the real clauses of the seeds among them
FORMULA = 0.3  # share of the clauses
COPIED = 0.15  # share of the sentences, from one earlier speech
SENTENCES = 110  # a speech: some 5,500 characters
FRESH = 0.03  # share of the sentences that two long texts have from the seeds


def seeds() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt"))]


def archive(count: int) -> Iterator[str]:
    """Speeches that repeat formulas, the common ones often (Zipf), and copy sentences from each other."""
    dice = random.Random(20221016)
    clause = _clauses(dice)
    real = [c for c in re.findall(r"[^，。；：！？\n]{8,30}", "\n".join(seeds()))]
    pool = list(dict.fromkeys(real))[:POOL]
    pool += [clause() for _ in range(POOL - len(pool))]
    dice.shuffle(pool)
    zipf = list(accumulate(1 / rank for rank in range(1, len(pool) + 1)))
    earlier: list[list[str]] = []
    for number in range(count):
        source = dice.choice(earlier) if earlier else []
        sentences = []
        for _ in range(SENTENCES):
            if source and dice.random() < COPIED:
                sentences.append(dice.choice(source))
            else:
                formulas = dice.choices(pool, cum_weights=zipf, k=4)
                sentences.append(
                    "，".join(f if dice.random() < FORMULA else clause() for f in formulas) + "。"
                )
        earlier = [*earlier[-499:], sentences]
        lines = ["".join(sentences[n : n + 4]) for n in range(0, SENTENCES, 4)]
        yield "\n".join([f"在第{number + 1}次会议上的讲话", "同志们：", *lines, "谢谢大家！"]) + "\n"


def worst(characters: int, order: int) -> str:
    """The seeds over and over, each time in another order: everything stands everywhere."""
    dice = random.Random(order)
    texts = seeds()
    parts = [
        t for _ in range(ceil(characters / sum(map(len, texts)))) for t in dice.sample(texts, len(texts))
    ]
    return "\n".join(parts)[:characters]


def fresh(characters: int, order: int) -> str:
    """Mostly made-up sentences, a few of the seeds'."""
    dice = random.Random(order)
    clause = _clauses(dice)
    real = re.findall(r"[^。！？\n]{8,}[。！？]", "\n".join(seeds()))
    text: list[str] = []
    size = 0
    while size < characters:
        made = dice.choice(real) if dice.random() < FRESH else "，".join(clause() for _ in range(4)) + "。"
        text.append(made + ("\n" if dice.random() < 0.2 else ""))
        size += len(text[-1])
    return "".join(text)[:characters]


class _clauses:
    """Makes clauses of words from the seeds, in any order."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        letters = [re.sub(r"\W+", "", text) for text in seeds()]
        self._words = sorted({text[n : n + 2] for text in letters for n in range(0, len(text) - 1, 2)})

    def __call__(self) -> str:
        return "".join(self._dice.choices(self._words, k=self._dice.randint(4, 7)))
