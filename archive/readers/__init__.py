"""Bytes of a file to a document: one file a format, one interface. Content decides, not the name."""

from archive.readers.apart import read_apart
from archive.readers.document import Document, Unreadable
from archive.readers.reading import SUFFIXES, read

__all__ = ["SUFFIXES", "Document", "Unreadable", "read", "read_apart"]
