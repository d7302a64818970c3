"""The head of every page of two speeches: who they are, how much they share, and what a reader may set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from archive import search
from archive.compare import Coverage, Coverages
from archive.forms import CompareForm
from archive.models import Speech
from archive.views.comparing import Pair

MIN_CHOICES = range(8, 21)  # letters
SAME = 0.8  # share of both texts from which on they may be versions of one, as TextPAIR's duplicate_threshold
RELATED = 3  # speeches on either side
CARRIED = ("a", "b", "view", "near", "formulas", "depth", "sa", "sb")


@dataclass(frozen=True, slots=True)
class Shown:
    """One of the two speeches on the page, and what readers call it there."""

    name: str
    speech: Speech
    covered: Coverages

    @property
    def percent(self) -> float:
        return covered_percent(self.covered.exact)

    @property
    def percent_both(self) -> float:
        return covered_percent(self.covered.both)

    @property
    def percent_plain(self) -> float:
        return covered_percent(self.covered.plain_both)

    @property
    def own(self) -> int:
        """Letters that the other does not share, not even nearly."""
        return self.covered.both.letters - self.covered.both.covered

    @property
    def percent_own(self) -> float:
        return per_cent(self.own, self.covered.both.letters)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Two speeches have nothing in common: for either of them those that may have more."""

    related: list[tuple[Shown, list[search.Related]]]


def per_cent(part: int, whole: int) -> float:
    """One decimal, and 100 only when nothing is missing; of nothing 0."""
    return 1000 * part // whole / 10 if whole else 0.0


def covered_percent(coverage: Coverage) -> float:
    return per_cent(coverage.covered, coverage.letters)


def strip(pair: Pair, form: CompareForm, given: Mapping[str, str]) -> dict[str, Any]:
    """What the page says above any view; ``given`` are the parameters of the address."""
    found = pair.found
    both = found.covered_a.both.share, found.covered_b.both.share
    families = (*found.families, *(found.near_families if pair.settings.near else ()))
    shown = [Shown(_("甲"), pair.a, found.covered_a), Shown(_("乙"), pair.b, found.covered_b)]
    return {
        "form": form,
        "min": form.min_letters,
        "view": form.shown_as,
        "settings": pair.settings,
        "comparison": found,
        "speeches": shown,
        "nothing": None if found.families or found.near_families else _nothing(shown),
        "versions": min(both) >= SAME and not found.identical and form.shown_as != "inline",
        "min_choices": sorted({*MIN_CHOICES, form.min_letters}),
        "carried": [(name, given[name]) for name in CARRIED if given.get(name)],
        "formulas": sum(family.recurring for family in families),
        "formula_choices": [("dim", _("淡化")), ("hide", _("隐去")), ("show", _("照常"))],
    }


def _nothing(shown: Sequence[Shown]) -> Nothing:
    both = {each.speech.pk for each in shown}
    found = [
        (each, [one for one in search.related(each.speech) if one.speech.pk not in both][:RELATED])
        for each in shown
    ]
    return Nothing([(each, related) for each, related in found if related])
