"""The values of a query. A query is a list of nodes that must hold and a list of nodes that must not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from archive.search.letters import Needle


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row. Without ``words`` it stands literally or not at all; ``prefix``: at the start of a word.

    Chinese is written without word ends, so a prefix of Chinese letters may stand anywhere; one of Latin
    letters or digits stands where no other such letter is before it.
    """

    text: str
    needle: Needle
    words: tuple[Needle, ...] = ()
    quoted: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Both terms literally, in either order, with at most ``within`` letters between them."""

    first: Term
    second: Term
    within: int


@dataclass(frozen=True, slots=True)
class Field:
    """The term stands in the field: title, section, speaker, event or kind."""

    name: str
    term: Term


@dataclass(frozen=True, slots=True)
class Years:
    """A date between two years, both included; "" leaves that end open."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts and none of ``unwanted``: a group among alternatives, or one that is excluded."""

    parts: tuple[Node, ...]
    unwanted: tuple[Node, ...] = ()


Node: TypeAlias = "Term | Near | Field | Years | Either | All"
Leaf: TypeAlias = "Term | Near | Field | Years"


def leaves(nodes: Iterable[Node]) -> Iterator[Leaf]:
    """What is looked for, in the order typed; what is unwanted inside a group is not."""
    for node in nodes:
        if isinstance(node, Either | All):
            yield from leaves(node.parts)
        else:
            yield node
