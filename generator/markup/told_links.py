"""Links whose words name another host than the one to which they lead, and pictures that are named as links are."""

import html
import re
from collections.abc import Sequence

from generator.markup.slots import TOKEN, LinkSlot, Slot
from generator.problems.problem import Problem
from generator.sources.hosts import misleading_text

_LINK = re.compile(f'<a(?: [^<>"]*"[^"]*")*? href="{TOKEN.pattern}"[^<>]*>(.*?)</a>', re.DOTALL)
_PICTURE = re.compile(f'<img(?: [^<>"]*"[^"]*")*? src="{TOKEN.pattern}"')
_TAG = re.compile(r"<[^<>]*>")
_MAY_NAME = re.compile(r"\.\w|//")


def check_links(text: str, slots: Sequence[Slot]) -> list[Problem]:
    """Find them in sanitised HTML with tokens, however they were written; each has the place of its address."""
    problems = []
    for match in _PICTURE.finditer(text):
        slot = slots[int(match[1])]
        if isinstance(slot, LinkSlot):
            message = "a picture's file is not named by a label"
            problems.append(Problem("missing-image", message, slot.span, "write ![what it shows](file)"))
    for match in _LINK.finditer(text):
        slot = slots[int(match[1])]
        if isinstance(slot, LinkSlot) and _MAY_NAME.search(match[2]):
            words = html.unescape(TOKEN.sub("", _TAG.sub("", match[2])))
            wrong = misleading_text(words, html.unescape(slot.target))
            if wrong:
                problems.append(Problem("misleading-link", wrong[0], slot.span, wrong[1]))
    return problems
