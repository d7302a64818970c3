"""From bytes to rows: read, parse, and write one speech in one transaction.

unfinished   which files of a watched folder somebody is still writing
unpacking    a .zip -> its members, each a file
preparing    bytes -> Prepared, or Refused with a sentence
describing   what is known about a speech, and what of it is an editor's word
anchoring    the numbers that links point to, and where those lead whose words are gone
outlining    a speech and its outline as rows
revising     changing what is in the archive, with what it was kept
storing      all of a file in one transaction

Two doors lead here, the command and the upload page. A file either becomes a whole speech (or updates
one) or leaves nothing behind; importing the same text again changes nothing. What an editor has
corrected is never overwritten. The bytes are kept as they came.
"""

from archive.importing.describing import Metadata, apply_metadata
from archive.importing.preparing import Prepared, Refused, prepare, read, received_before
from archive.importing.revising import (
    Duplicate,
    Proposal,
    decisions_of,
    facts_in,
    facts_of,
    is_present,
    keep,
    keep_all,
    propose,
    propose_restoring,
    restore,
    revise,
    state_of,
    version_of,
)
from archive.importing.storing import Imported, Status, import_bytes, store
from archive.importing.unfinished import unfinished
from archive.importing.unpacking import unpack

__all__ = [
    "Duplicate",
    "Imported",
    "Metadata",
    "Prepared",
    "Proposal",
    "Refused",
    "Status",
    "apply_metadata",
    "decisions_of",
    "facts_in",
    "facts_of",
    "import_bytes",
    "is_present",
    "keep",
    "keep_all",
    "prepare",
    "propose",
    "propose_restoring",
    "read",
    "received_before",
    "restore",
    "revise",
    "state_of",
    "store",
    "unfinished",
    "unpack",
    "version_of",
]
