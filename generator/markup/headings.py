"""Headings with the same anchors as on GitHub, so that a link that is right in review is right on the site."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_IN_ANCHORS = frozenset("Ll Lm Lo Lt Lu Mc Me Mn Nd Nl Pc".split())
"""The categories of Unicode whose characters GitHub leaves in an anchor, beside hyphens."""
_NOT_IN_ASCII_ANCHORS = re.compile("[^a-z0-9_ -]")
_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Heading:
    """One heading: its level (2 to 6), its anchor and its plain text."""

    level: int
    anchor: str
    text: str


def github_slug(text: str) -> str:
    """Make an anchor as GitHub does: lower-case letters with their accents, digits, `_`; hyphens for spaces."""
    lowered = text.lower()
    if lowered.isascii():
        return _NOT_IN_ASCII_ANCHORS.sub("", lowered).replace(" ", "-")
    kept = (one for one in lowered if one in "- " or unicodedata.category(one) in _IN_ANCHORS)
    return "".join(kept).replace(" ", "-")


def anchor_headings(root: Element, plain: Callable[[str], str]) -> tuple[Heading, ...]:
    """Give every heading an anchor that no other has. `plain` takes out what is not text."""
    headings = []
    used: dict[str, int] = {}
    for element in root.iter():
        if element.tag in _TAGS:
            text = " ".join(plain("".join(element.itertext())).split())
            slug = element.get("id") or github_slug(text) or "section"
            anchor = slug
            while anchor in used:
                used[slug] += 1
                anchor = f"{slug}-{used[slug]}"
            used[anchor] = 0
            element.set("id", anchor)
            headings.append(Heading(int(element.tag[1]), anchor, text))
    return tuple(headings)
