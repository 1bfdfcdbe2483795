"""The structured data of built pages, and what a reader sees of them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import html

Node = dict[str, Any]

_BEFORE_STOP = re.compile(r"\s+(?=[.,;:!?])")


@dataclass(frozen=True)
class Graph:
    """The nodes of one page, the text that a reader sees on it, its addresses and its days."""

    nodes: tuple[Node, ...]
    text: str
    links: frozenset[str]
    days: frozenset[str]


@lru_cache(maxsize=1024)
def graph_of(file: Path) -> Graph:
    """Read one page; there must be one graph in it."""
    tree = html.parse(file)
    (script,) = tree.xpath("//script[@type='application/ld+json']")
    found = json.loads(script.text)
    assert found["@context"] == "https://schema.org"
    links = frozenset(tree.xpath("//a/@href"))
    days = frozenset(tree.xpath("//@datetime"))
    for hidden in tree.xpath("//script | //span[@class='cite'] | //span[@class='term-note'] | //head"):
        hidden.drop_tree()
    return Graph(tuple(found["@graph"]), squeezed(tree.getroot().text_content()), links, days)


def squeezed(text: str) -> str:
    """A text with single spaces, and none before a full stop, where a citation stood."""
    return _BEFORE_STOP.sub("", " ".join(text.split()))


def strings(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every string in a piece of structured data with the field that it stands in."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, field)
    elif isinstance(value, str):
        yield field, value


def nodes(value: Any) -> Iterator[Node]:
    """Every node in a piece of structured data, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)
