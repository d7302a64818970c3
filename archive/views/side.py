"""?view=side and ?view=common: the two texts beside each other, and only what they share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive.views import columns, differing, passages, ribbon
from archive.views.comparing import Pair
from archive.views.listing import LISTED, Listing, listing


def side_by_side(pair: Pair) -> dict[str, Any]:
    a, b = pair.a, pair.b
    shown = listing(pair)
    marked = columns.marked_families([entry.family for entry in shown.entries])
    numbers = [entry.number for entry in shown.entries[: len(marked)]]
    places_a, places_b = columns.places(marked, numbers, alike=pair.settings.formulas == "show")
    anchors = {(side, p.span): p.anchor for side, ps in (("a", places_a), ("b", places_b)) for p in ps}
    differ_a, differ_b = (differing.differing(marked, side) for side in ("a", "b"))
    sections_a, sections_b = ([each.start for each in speech.sections.all()] for speech in (a, b))
    return {
        "columns": [
            ("a", _("甲"), a, columns.column(a, "a", places_a, differ_a)),
            ("b", _("乙"), b, columns.column(b, "b", places_b, differ_b)),
        ],
        "ribbon": ribbon.ribbon(
            len(a.text), len(b.text), places_a, places_b, numbers, (sections_a, sections_b)
        ),
        **as_list(pair, shown, lambda side, span: anchors[side, span], len(marked)),
        "unmarked": len(shown.entries) - len(marked),
        "pairs": list(passages.section_pairs(a, b, pair.found.sections)),
        **own_words(pair),
    }


def as_list(pair: Pair, shown: Listing, show: passages.Show, most: int = LISTED) -> dict[str, Any]:
    """The passages, as many as a page can list, and at most so many."""
    lister = passages.Lister(pair.a, pair.b, show, alike=pair.settings.formulas == "show")
    listed = [lister(entry) for entry in shown.entries[: min(most, LISTED)]]
    return {"listing": shown, "passages": listed, "unlisted": len(shown.entries) - len(listed)}


def own_words(pair: Pair) -> dict[str, Any]:
    return {"words": [(_("甲"), pair.found.distinctive_a), (_("乙"), pair.found.distinctive_b)]}


def only_common(pair: Pair) -> dict[str, Any]:
    locate = {"a": passages.Locator(pair.a), "b": passages.Locator(pair.b)}
    return as_list(pair, listing(pair), lambda side, span: locate[side](span))
