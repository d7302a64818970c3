"""One speech in the formats that other programs read; plain Python, bytes that the same speech always gives.

record     a speech as every format sees it
blocks     its lines: title, heading, paragraph …, each with its place in the text
layout     what stands between them, so that the text can be put together again
inline     what a line is made of: leads, remarks, redactions; xml: writing it
markdown   .md: front matter, headings by depth, everything else escaped
akoma      Akoma Ntoso 3.0 (OASIS LegalDocML)
tei        TEI in the manner of ParlaMint

``archive.readers`` takes .md and Akoma Ntoso back in, letter by letter (its file ``ours``).
"""

from archive.formats.akoma import akoma_ntoso
from archive.formats.markdown import markdown
from archive.formats.record import Item, Paragraph, Record, Section
from archive.formats.tei import tei
from archive.formats.xml import in_xml

__all__ = [
    "Item",
    "Paragraph",
    "Record",
    "Section",
    "akoma_ntoso",
    "in_xml",
    "markdown",
    "tei",
]
