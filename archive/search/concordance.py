"""The concordance (KWIC): every place where a query stands literally, a line each, with what is around it.

After H. P. Luhn, "Key word-in-context index for technical literature", 1960. By date, only the speeches of
the page are opened; by context, the letters around every place are compared, which is done up to a limit.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import Literal, get_args

from archive.models import Speech
from archive.search import places
from archive.search.asking import Reading, ask
from archive.search.counting import counted, own_text
from archive.search.engine import Entry
from archive.search.index import fingerprint, letters_of
from archive.search.letters import BARRIERS, Letters, needle
from archive.search.matching import Occurrence, occurrences
from archive.search.narrowing import narrow
from archive.search.query import Parsed, parse
from archive.search.results import Filters, QueryError
from archive.search.selecting import choose

Side = Literal["date", "left", "right"]
SIDES: tuple[Side, ...] = get_args(Side)
LINES_A_PAGE = 50
MAX_SORTED = 50_000  # places whose contexts are compared, and lines of one file
