"""The query language: what a reader typed -> a small tree of values. Knows neither Django nor an engine.

A run without blanks is first a phrase that may stand literally, then its words; a quotation is a phrase
and nothing else. Blank = AND; ``OR`` ``或`` ``|`` = OR, binding tighter than the blank; ``-词`` ``NOT 词`` exclude;
parentheses group; ``标题:`` ``讲话人:`` … ask of a field; ``年:2019..2022`` of the date; ``词*`` begins a word;
``A NEAR/10 B`` stand close together. Faulty syntax never fails: it is repaired and the repair is named.

tree      the values of a query
tokens    text -> tokens, the pairing of quotes and parentheses
grammar   tokens -> tree
wording   tree -> a sentence, and back to a query's text
parsed    parse(), limits and problems
"""

from archive.search.query.parsed import MAX_CHARACTERS, MAX_TERMS, Parsed, parse
from archive.search.query.tree import All, Either, Field, Near, Node, Term, Years, leaves

__all__ = [
    "MAX_CHARACTERS",
    "MAX_TERMS",
    "All",
    "Either",
    "Field",
    "Near",
    "Node",
    "Parsed",
    "Term",
    "Years",
    "leaves",
    "parse",
]
