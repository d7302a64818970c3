"""The outlines of the seeds as files: ``python -m tests.parsing.golden`` rewrites them.

Read the difference before committing it: the files are what a person has checked.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.parsing import Outline, Section, parse
from archive.text import clean

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
FOLDER = Path(__file__).parent / "outlines"


def outline_of(seed: Path) -> Outline:
    return parse(clean(seed.read_text(encoding="utf-8")).text, name=seed.name)


def golden_file(seed: Path) -> Path:
    return FOLDER / f"{seed.stem}.json"


def as_data(outline: Outline) -> dict[str, Any]:
    """The outline as JSON data; the text is left out, and every span shows how its words begin."""
    data = asdict(outline)
    del data["text"]
    data["sections"] = [_section(outline.text, section) for section in outline.sections]
    return json.loads(json.dumps(data, ensure_ascii=False))


def _section(text: str, section: Section) -> dict[str, Any]:
    data = asdict(section)
    for paragraph in data["paragraphs"]:
        paragraph["begins"] = text[paragraph["start"] : paragraph["end"]][:12]
    return data


def rewrite() -> None:
    """Write the golden files anew from what the parser gives today."""
    for seed in SEEDS:
        data = json.dumps(as_data(outline_of(seed)), ensure_ascii=False, indent=1)
        golden_file(seed).write_text(data + "\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite()
