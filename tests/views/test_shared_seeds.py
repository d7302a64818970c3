"""What the page of shared passages tells of the transcripts that the archive starts with."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from archive.compare import Text, letters_of
from archive.importing import import_bytes
from archive.models import Speech
from archive.reuse.entries import as_text

pytestmark = pytest.mark.django_db


def test_every_run_of_twelve_letters_that_the_seeds_share_is_told(
    client: Client, index_path: Any, build_index: Any
) -> None:
    """Brute force: whatever twelve letters of one line stand in another seed too."""
    for file in sorted((settings.BASE_DIR / "seeds").glob("*.txt")):
        import_bytes(file.read_bytes(), file.name)
    build_index()
    letters = {speech: letters_of(as_text(speech), "a").string for speech in Speech.objects.all()}
    for speech, own in letters.items():
        address = f"/speeches/{speech.pk}/shared.json"
        told: dict[int, set[str]] = defaultdict(set)
        for page in range(1, client.get(address).json()["pages"] + 1):
            for passage in client.get(address, {"page": page}).json()["passages"]:
                for use in passage["uses"]:
                    told[use["id"]].add(letters_of(Text(use["text"]), "a").string)
        runs = {own[at : at + 12] for at in range(len(own) - 11) if own[0] not in own[at : at + 12]}
        for other, its in letters.items():
            for run in runs if other != speech else ():
                assert run not in its or any(run in text for text in told[other.pk]), run
