"""How a speech is quoted: references in the styles that people and programs ask for, and links to words of it.

reference   what there is to cite, in plain values
runs        a reference as it is set: words, some of them in italics
gbt         GB/T 7714—2025 and —2015
apa, mla    APA 7 and MLA 9
bibtex, ris, csl    what programs read
keys        the name of a reference in a bibliography
embedding   what a page says of its speech in its own head
words       links to words of a text that tell later whether it still reads so

The styles for people give, to the letter, what citeproc-js makes of our own CSL-JSON with the styles of the CSL
project, but for titles that end in ？, ！ or a quotation mark (see apa and mla).
"""

from collections.abc import Callable

from archive.citing import apa, gbt, mla
from archive.citing.bibtex import bibtex
from archive.citing.csl import csl_json, item
from archive.citing.embedding import coins, json_ld, meta
from archive.citing.keys import key
from archive.citing.reference import Reference
from archive.citing.ris import ris
from archive.citing.runs import Run, plain
from archive.citing.words import Chosen, Found, address, choose, find, locate, read, signed

STYLES: dict[str, tuple[str, Callable[[Reference], list[Run]]]] = {
    "gbt2025": ("GB/T 7714—2025", gbt.of_2025),
    "gbt2015": ("GB/T 7714—2015", gbt.of_2015),
    "apa": ("APA", apa.runs),
    "mla": ("MLA", mla.runs),
}
"""For people: name in addresses -> what the style is called, and what sets a reference. The first is the default."""

__all__ = [
    "STYLES",
    "Chosen",
    "Found",
    "Reference",
    "Run",
    "address",
    "bibtex",
    "choose",
    "coins",
    "csl_json",
    "find",
    "item",
    "json_ld",
    "key",
    "locate",
    "meta",
    "plain",
    "read",
    "ris",
    "signed",
]
