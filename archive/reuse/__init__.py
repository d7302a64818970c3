"""The same words elsewhere in the archive; stands on the models, below importing and search.

entries      fingerprints and clauses as rows: written with a speech, looked up, taken out with it
keeping      which speeches lack them, and putting that right
finding      shared(speech): every passage of it that stands elsewhere, and where
passages     what a reader is told of each: its places, its first and last use, its rarity
noting       margin(speech): the same in short, paragraph by paragraph, for whoever reads it
likeness     alike(text): speeches that may be the same one
briefs       the same for texts that are too short for it
witnessing   in how many speeches some words stand
phrases      what recurs inside clauses
ledger       what recurs, counted once for many readers
commonest    the first few of it
"""

from archive.compare import SHORTEST
from archive.reuse.commonest import commonest
from archive.reuse.entries import forget, recurring, write
from archive.reuse.finding import Shared, shared
from archive.reuse.keeping import before_delete, complete, fill, missing, problems, repair
from archive.reuse.ledger import (
    LEDGER_PAGE,
    Ledger,
    LedgerEntry,
    count_formulas,
    count_if_quick,
    count_when_still,
    find_formulas,
    formulas_are_current,
)
from archive.reuse.likeness import Likeness, alike
from archive.reuse.noting import Margin, Note, margin
from archive.reuse.passages import CONTEXT, Passage, Relative, Spot, Use
from archive.reuse.witnessing import Witnessed, formulas_in, witnessed

__all__ = [
    "CONTEXT",
    "LEDGER_PAGE",
    "SHORTEST",
    "Ledger",
    "LedgerEntry",
    "Likeness",
    "Margin",
    "Note",
    "Passage",
    "Relative",
    "Shared",
    "Spot",
    "Use",
    "Witnessed",
    "alike",
    "before_delete",
    "commonest",
    "complete",
    "count_formulas",
    "count_if_quick",
    "count_when_still",
    "fill",
    "find_formulas",
    "forget",
    "formulas_are_current",
    "formulas_in",
    "margin",
    "missing",
    "problems",
    "recurring",
    "repair",
    "shared",
    "witnessed",
    "write",
]
