"""Generated blocks: `::name{one, two}` alone on a line."""

import re

from generator.markup.citations import Locate
from generator.markup.slots import BlockSlot
from generator.problems import Problem, suggest

BLOCKS: dict[str, str] = {
    "red-flags": "cards of red flags; arguments are topics, none means all",
    "compare": "look-alikes side by side; arguments are file names, none means all",
    "options": "the grid of treatments; arguments are file names, none means all",
    "references": "references in full; arguments are keys, none moves the page's own list here",
}

_LINE = re.compile(r"::(?P<name>[A-Za-z][\w-]*)(?:\{(?P<arguments>[^{}]*)\})?[ \t]*")


def read_block(line: str, start: int, locate: Locate) -> tuple[BlockSlot | None, list[Problem]]:
    """Read one line that begins with `::`; `start` is its offset in the text."""
    span = locate(start, start + len(line.rstrip()))
    match = _LINE.fullmatch(line)
    if not match:
        hint = "the form is ::name{one, two}, with nothing after it"
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
    return BlockSlot(line.strip(), name, tuple(arguments), span), []
