"""The hand-judged queries over the seeds, and what the archive finds for them: sections and speeches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from archive.models import Paragraph, Speech

FILE = Path(__file__).with_name("judged.tsv")


class Place(NamedTuple):
    """A section of a seed: the first three digits of the file's name, and the section's number."""

    seed: str
    section: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, and the grade of every section that is worth something."""

    kind: str
    query: str
    sections: dict[Place, int]

    @property
    def speeches(self) -> dict[str, int]:
        """A speech is worth its best section."""
        grades: dict[str, int] = {}
        for place, grade in self.sections.items():
            grades[place.seed] = max(grade, grades.get(place.seed, 0))
        return grades


def judged() -> list[Judged]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [_parsed(line) for line in lines if line and not line.startswith("#")]


def _parsed(line: str) -> Judged:
    kind, query, judgements = line.split("\t")
    sections: dict[Place, int] = {}
    for judgement in judgements.split():
        place, grade = judgement.split("=")
        seed, section = place.split(":")
        sections[Place(seed, int(section))] = int(grade)
    return Judged(kind, query, sections)


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seeds as this archive keeps them: key -> first digits of the file, and where each paragraph belongs."""

    names: dict[int, str]
    sections: dict[tuple[int, str], int]

    @classmethod
    def here(cls) -> Seeds:
        speeches = Speech.objects.published().exclude(source=None)
        names = {pk: Path(name).name[:3] for pk, name in speeches.values_list("pk", "source__name")}
        paragraphs = Paragraph.objects.filter(speech__in=names).values_list(
            "speech", "number", "section__number"
        )
        return cls(names, {(pk, f"p{number}"): section for pk, number, section in paragraphs})

    def found(self, query: str) -> tuple[list[str], list[Place]]:
        """The speeches found, and the sections that they show, both best first as a reader sees them."""
        from archive import search

        hits = search.find(search.Query(query)).hits
        places = [
            Place(self.names[hit.id], self._section(hit.id, place.anchor))
            for hit in hits
            for place in hit.places
        ]
        return [self.names[hit.id] for hit in hits], list(dict.fromkeys(places))

    def _section(self, speech: int, anchor: str) -> int:
        return int(anchor[1:]) if anchor.startswith("s") else self.sections[speech, anchor]
