"""Printed pages -> text, the same for every format that knows only where each letter stands.

glyphs      a letter at its place, a page of them, a line
lines       letters -> lines, from the top and from the left
columns     the left column before the right one
furniture   running heads, footers and page numbers go
margins     where the type of a page begins and ends, how far apart its lines stand
paragraphs  lines -> paragraphs, over page breaks too
letters     radicals, ligatures and other letters that only look right
"""

from archive.readers.pages.glyphs import Glyph, Page
from archive.readers.pages.pages import text_of

__all__ = ["Glyph", "Page", "text_of"]
