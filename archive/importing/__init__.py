"""From bytes to rows: read, parse, and write one speech in one transaction.

unpacking    a .zip -> its members, each a file
preparing    bytes -> Prepared, or Refused with a sentence
describing   what is known about a speech, and what of it is an editor's word
outlining    the outline as rows, with the numbers that links point to
storing      all of it in one transaction

Two doors lead here, the command and the upload page. A file either becomes a whole speech (or updates
one) or leaves nothing behind; importing the same text again changes nothing. What an editor has
corrected is never overwritten. The bytes are kept as they came.
"""

from archive.importing.describing import Metadata, apply_metadata
from archive.importing.preparing import Prepared, Refused, prepare, read, received_before
from archive.importing.storing import Imported, Status, import_bytes, store
from archive.importing.unpacking import unpack

__all__ = [
    "Imported",
    "Metadata",
    "Prepared",
    "Refused",
    "Status",
    "apply_metadata",
    "import_bytes",
    "prepare",
    "read",
    "received_before",
    "store",
    "unpack",
]
