"""Several speeches and what the others share of one of them, computed once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from archive import reuse
from archive.compare import Passage, Witnesses, witnesses
from archive.models import Speech
from archive.views.comparing import as_text, compared, kept, turn_for

NEAR_LIMIT = 200_000  # characters of all pairs together: some two seconds
VERSION = 2  # counts up whenever the same texts may give another answer


@dataclass(frozen=True, slots=True)
class Several:
    """Speeches in the order asked for, one of them the base, and what the others share of it.

    ``nears`` are the near passages with each other, in order; None when they were too much to look for.
    """

    speeches: tuple[Speech, ...]
    base: Speech
    found: Witnesses
    nears: tuple[tuple[Passage, ...], ...] | None

    @property
    def others(self) -> list[Speech]:
        return [speech for speech in self.speeches if speech != self.base]

    @property
    def names(self) -> dict[int, str]:
        """What readers call each speech, by key."""
        letters = _("甲乙丙丁戊己庚辛壬癸子丑")  # behind the ten stems come branches
        return dict(zip((s.pk for s in self.speeches), letters, strict=False))

    @property
    def other_names(self) -> list[str]:
        return [self.names[speech.pk] for speech in self.others]


def collated(speeches: tuple[Speech, ...], base: Speech, min_letters: int, *, near: bool) -> Several:
    """The base against all others, kept until a text or an outline has changed."""
    others = [speech for speech in speeches if speech != base]
    nears = near_passages(base, others, min_letters) if near else ()
    texts = [as_text(speech) for speech in (base, *others)]
    which = [(speech.digest, text.redactions) for speech, text in zip((base, *others), texts, strict=True)]
    formulas = reuse.formulas_in(texts[0])  # whatever is shared stands in the base
    found = kept(
        f"several:{VERSION}:{min_letters}:{bool(nears)}:{which}:{sorted(formulas)}",
        lambda: witnesses(texts[0], texts[1:], min_letters, nears or (), formulas),
        turn_for(base, *others),
    )
    return Several(speeches, base, found, nears)


def near_passages(
    base: Speech, others: Sequence[Speech], min_letters: int
) -> tuple[tuple[Passage, ...], ...] | None:
    """Those of each pair, as its own page has them."""
    if sum(len(base.text) + len(other.text) for other in others) > NEAR_LIMIT:
        return None
    return tuple(compared(base, other, min_letters).near for other in others)
