"""Fields of an article as plain text for machines: without markup, citations and the places where they stood."""

import html
import re

from generator.markup.document import Document
from generator.markup.slots import TOKEN, Fragment

_TAG = re.compile(r"<[^>]*>")
_BEFORE_STOP = re.compile(r" (?=[.,;:!?])")


def plain_field(document: Document, field: str) -> str:
    """Give one field of an article as plain text."""
    return plain_fragment(document.fragment(field))


def plain_fragment(fragment: Fragment) -> str:
    """Give a fragment as plain text."""
    return in_one_line(html.unescape(_TAG.sub("", TOKEN.sub("", fragment.html))))


def in_one_line(text: str) -> str:
    """Give a text with single spaces, and none before a stop, where what was taken out has left one."""
    return _BEFORE_STOP.sub("", " ".join(text.split()))
