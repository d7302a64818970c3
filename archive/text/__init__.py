"""Characters and words: decoding, cleaning, folding, segmenting, spelling out. Knows no speech.

``archive.text.words`` and ``archive.text.pinyin`` are further doors of the room: each loads a dictionary, and
who only decodes or folds should not wait for that. So are ``archive.text.formulas``, the set phrases, and
``archive.text.collation``, the order of titles and names. ``archive.text.saying`` is the language in which the plain
rooms speak to readers.
"""

from archive.text.cleaning import Cleaned, clean
from archive.text.decoding import CHOICES, Decoded, DecodingError, decode, readings
from archive.text.folding import RADICALS, fold, fold_apart
from archive.text.headings import headed
from archive.text.names import clean_name
from archive.text.notes import Note
from archive.text.scripts import SCRIPTS, TAGS, Script, converted, same_letters, script_of

__all__ = [
    "CHOICES",
    "RADICALS",
    "SCRIPTS",
    "TAGS",
    "Cleaned",
    "Decoded",
    "DecodingError",
    "Note",
    "Script",
    "clean",
    "clean_name",
    "converted",
    "decode",
    "fold",
    "fold_apart",
    "headed",
    "readings",
    "same_letters",
    "script_of",
]
