"""Generated blocks: `::name{one, two}` alone on a line."""

import re

from generator.markup.citations import Locate
from generator.markup.slots import BlockSlot
from generator.problems.likeness import suggest
from generator.problems.problem import Problem

BLOCKS: dict[str, str] = {
    "red-flags": "cards of red flags; arguments are topics, none means all",
    "red-flag-card": "red flags as one card to print, with what to do in each country; arguments are topics",
    "compare": "look-alikes side by side; arguments are file names, none means all",
    "body-map": "a drawing of the body as links to pages, with the same as a list; arguments are ids, none means all",
    "checklist": "red flags to tick, on the page or on paper; arguments are topics, none means all",
    "options": "the grid of treatments; arguments are file names, none means all, and no treatment is always there",
    "claim": "findings: the sentence, its certainty, the numbers and the sources; arguments are ids of findings",
    "icon-array": "the numbers of findings as pictures of 100 people; arguments are ids of findings with counts",
    "disagreements": "what people disagree about; arguments are ids or topics, none means all",
    "checked-claims": "claims that go round, with a verdict and what to believe; arguments are topics, none means all",
    "codes": "codes of medical systems, how each stands to the condition; arguments are systems, none means all",
    "scorecard": "what standards for health information ask, and what the build finds; no arguments",
    "offline": "the button that keeps the whole site on the reader's device; no arguments",
    "points": "the key points of pages; arguments are paths from content/ without `.md`",
    "known-names": "the names that lead to pages, by kind; arguments are paths from content/ without `.md`",
    "urgency": "all look-alikes by how urgent each is, in a few lines; no arguments",
    "found": "of each treatment the surest finding in people with the condition, or nearly; no arguments",
    "question-sheet": "the lists of pages with room to write; arguments are paths from content/ without `.md`",
    "diary": "an empty diary; the argument is the number of days, 7, 14, 21 or 28",
    "references": "references in full; arguments are keys, none moves the page's own list here",
}
SIGNS = ("red-flags", "red-flag-card", "checklist")
"""Blocks of red flags, whose arguments are their topics."""
OF_PAGES = ("points", "known-names", "question-sheet")
"""Blocks whose arguments are paths of pages."""
NEED_ARGUMENTS = ("claim", "icon-array", *OF_PAGES)
"""Blocks that show nothing if nothing is named."""
DIARY_DAYS = ("7", "14", "21", "28")
"""How many days a diary may have."""

_LINE = re.compile(r"::(?P<name>[A-Za-z][\w-]*)(?:\{(?P<arguments>[^{}]*)\})?[ \t]*")


def read_block(line: str, start: int, locate: Locate) -> tuple[BlockSlot | None, list[Problem]]:
    """Read one line that begins with `::`; `start` is its offset in the text."""
    span = locate(start, start + len(line.rstrip()))
    match = _LINE.fullmatch(line)
    if not match:
        hint = "the form is ::name{one, two}, with nothing after it"
        if line.startswith(":::"):
            hint = "a callout is a quote whose first line is > [!NOTE]; a block is ::name{one, two}"
        return None, [Problem("bad-block", "this line is not a block", span, hint)]
    name = match["name"]
    if name not in BLOCKS:
        place = locate(start + 2, start + 2 + len(name))
        hint = suggest(name, BLOCKS) or "known: " + ", ".join(BLOCKS)
        return None, [Problem("unknown-block", f'no block is called "{name}"', place, hint)]
    arguments = []
    if match["arguments"] is not None:
        for word in re.finditer(r"[^,\s]+", match["arguments"]):
            offset = start + match.start("arguments") + word.start()
            arguments.append((word.group(), locate(offset, offset + len(word.group()))))
    if name in NEED_ARGUMENTS and not arguments:
        hint = f"write ::{name}{{id}}"
        return None, [Problem("bad-block", f"::{name} does not say which", span, hint)]
    return BlockSlot(line.strip(), name, tuple(arguments), span), []
