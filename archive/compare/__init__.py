"""Two texts at once: shared passages, aligned sections, what is each one's own. Knows no speech, no page.

normalise    text -> letters with the way back to the text
exact        letters × letters -> all maximal matches
near         letters × letters -> passages that agree in most letters, by way of
  seeds      short runs that both have, the rare ones first, within a budget
  chains     runs that follow each other closely on both sides
  growth     a chain as far as a reader would read on: odd letters, the clause
  alignment  which letters of two short stretches agree
  trimming   no half words, no tails of clauses at the ends
  chance     is it a find, or formulas that stand together everywhere
families     the same letters in many places are one passage, and so are variants
formulaic    is a passage nothing but what everybody says
coverage     how much of each text is shared
reaching     how far two texts agree from each letter on
witnesses    a base among several others: who shares each of its letters, and what they share together
cells        between which two sections a passage stands
sections     which sections answer each other
matrix       all sections of one against all of the other
versions     what changed between two versions of one text
quotation    what is pasted as a quotation: stretches, sentences
locating     where in a text a quotation stands, or what is nearest to it
edits        the fewest edits between two short runs of letters
distinctive  the words that are one side's own
comparison   compare(): all of it
fingerprints a text as numbers that can be looked up in a thousand others
elsewhere    from shared numbers to shared letters, and to passages with all their places

Diff is the wrong model here: two speeches share their formulas in another order, so an aligner that walks
both once finds a sixth of what they share. Only ``versions``, for two versions of one speech, does that.
"""

from archive.compare.cells import At
from archive.compare.comparison import ALGORITHM, MIN_LETTERS, Comparison, compare
from archive.compare.coverage import Coverage, Coverages, union
from archive.compare.distinctive import log_likelihood
from archive.compare.edits import Edit, EditKind
from archive.compare.elsewhere import Group, Lines, Place, covered, grouped, places, runs
from archive.compare.families import Family, Passage
from archive.compare.fingerprints import (
    FINGERPRINTS,
    GRAM,
    LONGEST_CLAUSE,
    SHORTEST,
    SHORTEST_CLAUSE,
    Clause,
    Fingerprint,
    Prints,
    clause_at,
    clause_hash,
    clauses,
    gram_hashes,
    prints,
)
from archive.compare.locating import Placed, Seeds, find_stretch, likeness, most_wrong, place_stretch
from archive.compare.matrix import Cell, Matrix, Shared, TooMany, matrix
from archive.compare.normalise import STRONG as CLAUSE_END
from archive.compare.normalise import Letters, Part, Side, Span, Text, Unit
from archive.compare.normalise import normalise as letters_of
from archive.compare.quotation import Quotation, Stretch, read_quotation
from archive.compare.sections import FLOOR, PAIR_LIMIT, SectionPair, ranked
from archive.compare.versions import Change, Kind, TooLong, Versions, versions
from archive.compare.witnesses import Common, Segment, Witnesses, witnesses

__all__ = [
    "ALGORITHM",
    "CLAUSE_END",
    "FINGERPRINTS",
    "FLOOR",
    "GRAM",
    "LONGEST_CLAUSE",
    "MIN_LETTERS",
    "PAIR_LIMIT",
    "SHORTEST",
    "SHORTEST_CLAUSE",
    "At",
    "Cell",
    "Change",
    "Clause",
    "Common",
    "Comparison",
    "Coverage",
    "Coverages",
    "Edit",
    "EditKind",
    "Family",
    "Fingerprint",
    "Group",
    "Kind",
    "Letters",
    "Lines",
    "Matrix",
    "Part",
    "Passage",
    "Place",
    "Placed",
    "Prints",
    "Quotation",
    "SectionPair",
    "Seeds",
    "Segment",
    "Shared",
    "Side",
    "Span",
    "Stretch",
    "Text",
    "TooLong",
    "TooMany",
    "Unit",
    "Versions",
    "Witnesses",
    "clause_at",
    "clause_hash",
    "clauses",
    "compare",
    "covered",
    "find_stretch",
    "gram_hashes",
    "grouped",
    "letters_of",
    "likeness",
    "log_likelihood",
    "matrix",
    "most_wrong",
    "place_stretch",
    "places",
    "prints",
    "ranked",
    "read_quotation",
    "runs",
    "union",
    "versions",
    "witnesses",
]
