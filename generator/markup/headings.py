"""Headings with the same anchors as on GitHub, so that a link that is right in review is right on the site."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True)
class Heading:
    """One heading: its level (2 to 6), its anchor and its plain text."""

    level: int
    anchor: str
    text: str


def github_slug(text: str) -> str:
    """Make an anchor as GitHub does: lower case, without punctuation, hyphens for spaces."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def anchor_headings(root: Element, plain: Callable[[str], str]) -> tuple[Heading, ...]:
    """Give every heading an anchor that no other has. `plain` takes out what is not text."""
    headings = []
    used: dict[str, int] = {}
    for element in root.iter():
        if element.tag in _TAGS:
            text = " ".join(plain("".join(element.itertext())).split())
            slug = element.get("id") or github_slug(text) or "section"
            count = used.get(slug, 0)
            used[slug] = count + 1
            anchor = f"{slug}-{count}" if count else slug
            element.set("id", anchor)
            headings.append(Heading(int(element.tag[1]), anchor, text))
    return tuple(headings)
