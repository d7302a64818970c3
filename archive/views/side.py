"""?view=side and ?view=common: the two texts beside each other, and only what they share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from archive.views import columns, differing, passages, ribbon
from archive.views.comparing import Pair

FAMILY_LIMIT = 200  # passages listed on a page; the twin has them all


def side_by_side(pair: Pair) -> dict[str, Any]:
    a, b, found = pair.a, pair.b, pair.found
    marked = columns.marked_families((*found.families, *found.near_families))
    places_a, places_b = columns.places(marked)
    anchors = {(side, p.span): p.anchor for side, ps in (("a", places_a), ("b", places_b)) for p in ps}
    lists = both_lists(pair, lambda side, span: anchors[side, span], len(marked))
    differ_a, differ_b = (differing.differing(marked, side) for side in ("a", "b"))
    return {
        "columns": [
            ("a", _("甲"), a, columns.column(a, "a", places_a, differ_a)),
            ("b", _("乙"), b, columns.column(b, "b", places_b, differ_b)),
        ],
        "ribbon": ribbon.ribbon(len(a.text), len(b.text), places_a, places_b),
        **lists,
        "unmarked": len(found.families) + len(found.near_families) - len(marked),
        "pairs": list(passages.section_pairs(a, b, found.sections)),
        "words": [(_("甲"), found.distinctive_a), (_("乙"), found.distinctive_b)],
    }


def both_lists(pair: Pair, show: passages.Show, marked: int | None = None) -> dict[str, Any]:
    """The exact families and then the near ones, as many as a page can list (and has ``marked``)."""
    found = pair.found
    exact = found.families[:marked]
    near = found.near_families[: None if marked is None else marked - len(exact)]
    listed = passages.listed(exact[:FAMILY_LIMIT], pair.a, pair.b, show)
    nearly = passages.listed(near[:FAMILY_LIMIT], pair.a, pair.b, show, first=len(exact) + 1)
    return {
        "passages": listed,
        "nearly": nearly,
        "unlisted": len(found.families) - len(listed) + len(found.near_families) - len(nearly),
    }


def only_common(pair: Pair) -> dict[str, Any]:
    locate = {"a": passages.Locator(pair.a), "b": passages.Locator(pair.b)}
    return both_lists(pair, lambda side, span: locate[side](span))
