"""A tree of elements as HTML: what Python-Markdown's own serialiser gives, in half the time. It keeps no list of what
is left to do, and hands over to the library's what our texts never hold.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

_AMPERSAND = re.compile("&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
"""One that begins no entity."""
_EMPTY = frozenset(
    "area base basefont br col embed frame hr img input isindex link meta param source track wbr".split()
)
_UNESCAPED = ("script", "style")


class _Unusual(Exception):
    """Something that the library's serialiser does in a way of its own."""


def serialised(root: Element, otherwise: Callable[[Element], str]) -> str:
    """Give a tree as HTML; `otherwise` does it where anything in it is unusual, or elements nest too deep."""
    pieces: list[str] = []
    try:
        _write(root, pieces)
    except (_Unusual, RecursionError):
        return otherwise(root)
    return "".join(pieces)


def _write(element: Element, pieces: list[str]) -> None:
    tag = element.tag
    if type(tag) is not str or not tag.islower() or tag in _UNESCAPED:
        raise _Unusual
    attributes = element.items()
    if attributes:
        pieces.append(f"<{tag}")
        for name, value in sorted(attributes):
            if type(name) is not str or not isinstance(value, str) or name == value:
                raise _Unusual
            quoted = _escaped(value).replace('"', "&quot;")
            pieces.append(f' {name}="{quoted}"')
        pieces.append(">")
    else:
        pieces.append(f"<{tag}>")
    if element.text:
        pieces.append(_escaped(element.text))
    for child in element:
        _write(child, pieces)
    if tag not in _EMPTY:
        pieces.append(f"</{tag}>")
    if element.tail:
        pieces.append(_escaped(element.tail))


def _escaped(text: str) -> str:
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text
