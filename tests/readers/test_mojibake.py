"""Text that was spoiled before it was saved; first the sound texts that must pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.readers.mojibake import spoiled

SEEDS = [
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
]


@pytest.mark.parametrize(
    "text",
    [
        *SEEDS,
        "",
        "Voilà un café très agréable près de l’hôtel à Saint-Étienne.",
        "各位同仁：今天很高興和大家見面。",
        "一个\ufffd字丢了。" + "其余都在。" * 20,
        "目录…………………………1",
        "Straße, Ærøskøbing, œuvre",
        "\u00a0\u00a0\u00a0\u00a0甲\u00a0\u00a0\u00a0\u00a0乙",
    ],
)
def test_sound(text: str) -> None:
    assert spoiled(text) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_chinese_read_as_something_else(seed: str) -> None:
    assert spoiled(seed.encode("utf-8").decode("latin-1")) is not None
    assert spoiled(seed.encode("utf-8").decode("cp1252", errors="replace")) is not None
    assert spoiled(seed.encode("gbk", errors="ignore").decode("latin-1")) is not None
    assert spoiled(seed.encode("utf-8").decode("gb18030", errors="ignore")) is not None
