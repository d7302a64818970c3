"""Plain text to an outline: what a transcript consists of, by offsets. Never raises, loses nothing."""

from archive.parsing.anchors import nearest, renumber
from archive.parsing.decisions import Decision
from archive.parsing.outline import Item, Line, Outline, Paragraph, Section, Span
from archive.parsing.parser import parse
from archive.parsing.problems import Problem, problems

__all__ = [
    "Decision",
    "Item",
    "Line",
    "Outline",
    "Paragraph",
    "Problem",
    "Section",
    "Span",
    "nearest",
    "parse",
    "problems",
    "renumber",
]
