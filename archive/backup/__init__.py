"""The whole archive in one file, and back; stands on search and reuse, below whoever asks.

tables       which rows are kept, what a row is called in the file, and what is left out
deeds        the log of who did what, which is added to and never replaced
members      the names and bytes inside the file, and the manifest that vouches for them
exporting    one consistent view of the database -> the file
disk         a file that appears whole or not at all
package      an untrusted file -> members that are what the manifest says, or a sentence
reading      members -> rows, not yet written; files of older formats are brought up to date here
restoring    all rows in one transaction, or none; then what can be made anew from them
numbering    the last number given, so that no link ever leads to another speech

export → restore → export gives the same manifest, byte for byte, and the same file where zlib is the same.
"""

from archive.backup.exporting import Exported, export
from archive.backup.package import DEFAULT_GB, Damaged, Package, opened
from archive.backup.reading import verify
from archive.backup.restoring import NotEmpty, complete, holdings, restore

__all__ = [
    "DEFAULT_GB",
    "Damaged",
    "Exported",
    "NotEmpty",
    "Package",
    "complete",
    "export",
    "holdings",
    "opened",
    "restore",
    "verify",
]
