"""What the archive keeps: speeches with their outline, who spoke, where, and the file each came from.

The rows are the only truth; the search index can be deleted at any time. All offsets are characters
into ``Speech.text``, half-open.
"""

from archive.models.audit import Deed
from archive.models.dates import iso_date
from archive.models.fingerprints import Clause, Fingerprint, Formula, LedgerCount, Printed
from archive.models.outline import Paragraph, Section
from archive.models.pending import IndexChange, StagedUpload
from archive.models.people import Alias, Event, Speaker
from archive.models.questions import SpeechQuerySet
from archive.models.revisions import Revision
from archive.models.sheets import StagedSheet
from archive.models.speeches import SourceFile, Speech

__all__ = [
    "Alias",
    "Clause",
    "Deed",
    "Event",
    "Fingerprint",
    "Formula",
    "IndexChange",
    "LedgerCount",
    "Paragraph",
    "Printed",
    "Revision",
    "Section",
    "SourceFile",
    "Speaker",
    "Speech",
    "SpeechQuerySet",
    "StagedSheet",
    "StagedUpload",
    "iso_date",
]
