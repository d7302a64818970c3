"""What may not regress: a title finds its speech, a heading its section, before everything else.

How good the order is otherwise is measured (``python -m tests.bench.ranking``), not asserted.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from archive import search
from archive.models import Section, Speech
from tests.bench.ranking.judged import Place, Seeds, judged
from tests.bench.ranking.known import KINDS
from tests.bench.texts import SEEDS


@pytest.fixture
def seeds(db: None, index_path: Path) -> Seeds:
    call_command("import_speeches", str(SEEDS), verbosity=0)
    search.rebuild()
    return Seeds.here()


def test_titles_and_headings_come_first(seeds: Seeds) -> None:
    for speech in Speech.objects.all():
        assert search.find(search.Query(speech.title)).hits[0].id == speech.pk, speech.title
    for section in Section.objects.exclude(heading=""):
        _speeches, places = seeds.found(section.heading)
        assert places[0] == Place(seeds.names[section.speech_id], section.number), section.heading


def test_every_judgement_is_about_a_section_that_exists(seeds: Seeds) -> None:
    rows = Section.objects.values_list("speech", "number")
    there = {Place(seeds.names[speech], number) for speech, number in rows}
    queries = [item.query for item in judged()]
    assert len(queries) == len(set(queries)) >= 30
    for item in judged():
        assert item.sections.keys() <= there, item.query
        assert set(item.sections.values()) <= {1, 2, 3}, item.query


def test_a_speech_is_worth_its_best_section() -> None:
    item = next(item for item in judged() if item.query == "灯下黑")
    assert item.speeches == {"003": 3, "002": 2}


def test_known_items_are_the_same_at_every_run_and_come_from_their_speech(seeds: Seeds) -> None:
    for kind, make in KINDS.items():
        known = make(20)
        assert known == make(20), kind
        assert known, kind
        assert {pk for item in known for pk in item.speeches} <= seeds.names.keys(), kind
