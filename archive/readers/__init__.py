"""Bytes of a file to a document: one file a format, one interface. Content decides, not the name.

apart        reading in a process of its own, within limits
reading      which reader a file gets, by ``sniffing`` at its content
plain        .txt and .md
docx         .docx: docx_lines (paragraphs), docx_lists (automatic numbers), docx_styles
odt          .odt: odt_lists
rtf          .rtf: rtf_tokens (syntax), rtf_fonts (code pages)
doc          .doc and .wps, by ``converting`` them with LibreOffice
pdf, ofd     pages of placed letters (pdfium, ofdtext), made lines and paragraphs by ``pages``
html, mhtml  saved web pages, by ``web``; akoma: Akoma Ntoso
ours         what our own exports tell, in Akoma Ntoso and Markdown
packs        .zip of several files
tables       the rows of .csv and .xlsx, which are no transcripts
settling     the last step of all of them: cleaning, and what was spoiled before
packages, elements, numerals, symbols, omissions: what the office formats share, from safe zips to 一、 and ①
"""

from archive.readers.apart import read_apart
from archive.readers.document import Document, Told, Unreadable
from archive.readers.packs import Member, Pack, is_left_lying, unpack
from archive.readers.reading import SUFFIXES, read
from archive.readers.tables import ROWS, read_table

__all__ = [
    "ROWS",
    "SUFFIXES",
    "Document",
    "Member",
    "Pack",
    "Told",
    "Unreadable",
    "is_left_lying",
    "read",
    "read_apart",
    "read_table",
    "unpack",
]
