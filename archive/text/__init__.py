"""Characters and words: decoding, cleaning, folding, segmenting. Knows no speech."""

from archive.text.names import clean_name
from archive.text.notes import Note

__all__ = ["Note", "clean_name"]
