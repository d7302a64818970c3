"""Speeches in the archive, and files that wait beside it, that may be the same one as a waiting file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.core.cache import cache
from django.db.models import Count, Max
from django.http import HttpRequest

from archive.compare import Text, prints
from archive.importing import Prepared
from archive.models import Speech, StagedUpload
from archive.reuse import Likeness

ALIKE = 0.8  # share of the fingerprints of the shorter one, as archive.reuse has it for speeches
FEWEST = 8  # fingerprints; some thirty letters, a quotation is no duplicate


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another waiting file; ``percent`` of the shorter one's fingerprints are in both."""

    pk: int
    name: str
    percent: int


class Batch:
    """The waiting files of one editor, to be asked which of them are much alike."""

    def __init__(self, request: HttpRequest) -> None:
        self._waiting = StagedUpload.objects.filter(user=request.user).exclude(text="")  # type: ignore[misc]

    @cached_property
    def _twins(self) -> dict[str, Speech]:
        digests = list(self._waiting.values_list("digest", flat=True))
        return {speech.digest: speech for speech in Speech.objects.filter(digest__in=digests).defer("text")}

    def twin(self, prepared: Prepared) -> Speech | None:
        """The speech in the archive that has exactly this text."""
        return self._twins.get(prepared.digest)

    @cached_property
    def _archive(self) -> str:
        """Differs when a speech has come, gone or changed."""
        n, latest = Speech.objects.aggregate(n=Count("pk"), latest=Max("updated_at")).values()
        return f"{n}-{latest.timestamp() if latest else 0}"

    def resembling(self, prepared: Prepared) -> list[Likeness]:
        """Speeches, drafts too, that may be the same one."""

        def found() -> list[Likeness]:
            return prepared.alike()

        kept = cache.get_or_set(f"upload-alike-{prepared.digest}-{self._archive}", found, 3600) or []
        speeches = Speech.objects.for_lists().in_bulk([each.speech.pk for each in kept]) if kept else {}
        return [replace(like, speech=speeches[like.speech.pk]) for like in kept if like.speech.pk in speeches]

    @cached_property
    def _files(self) -> list[tuple[int, str, frozenset[int]]]:
        return [(file.pk, file.name, _hashes(file)) for file in self._waiting.only("name", "digest")]

    def alike(self, pk: int) -> list[Neighbour]:
        """The files that came before this one and say the same."""
        own = next((hashes for each, _name, hashes in self._files if each == pk), frozenset[int]())
        found = []
        for other, name, hashes in self._files:
            common = len(own & hashes)
            if other < pk and common >= FEWEST and common > ALIKE * min(len(own), len(hashes)):
                found.append(Neighbour(other, name, min(99, 100 * common // min(len(own), len(hashes)))))
        return found


def _hashes(staged: StagedUpload) -> frozenset[int]:
    """The fingerprints of a file. They take as long as reading it, and every answer needs those of all files."""

    def found() -> frozenset[int]:
        return frozenset(each.hash for each in prints(Text(staged.text)).fingerprints)

    return cache.get_or_set(f"upload-prints-{staged.digest}", found, 3600) or frozenset()
