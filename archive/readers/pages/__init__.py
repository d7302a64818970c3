"""Printed pages -> text, the same for every format that knows only where each letter stands.

glyphs      a letter at its place, a page of them, a line
lines       letters -> lines, from the top and from the left
columns     each column to its end before the next one
furniture   running heads, footers and page numbers go
margins     where the type of a page begins and ends, how far apart its lines stand
paragraphs  lines -> paragraphs, over page breaks too
judging     scans are refused, doubts become notes
letters     radicals, ligatures and other letters that only look right
"""

from archive.readers.pages.glyphs import Glyph, Page, is_unmapped, is_wide
from archive.readers.pages.judging import MAX_LETTERS, MAX_PAGES, too_large
from archive.readers.pages.pages import text_of

__all__ = ["MAX_LETTERS", "MAX_PAGES", "Glyph", "Page", "is_unmapped", "is_wide", "text_of", "too_large"]
