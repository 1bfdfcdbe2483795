"""What the arguments of a generated block may name: ids and topics of records, and articles."""

import posixpath
from collections.abc import Callable, Collection, Mapping

from generator.markup.directives import DIARY_DAYS, OF_PAGES, SIGNS
from generator.markup.slots import BlockSlot
from generator.problems.likeness import suggest
from generator.problems.problem import Problem
from generator.site.catalogue import Catalogue
from generator.site.data import Data

_FILE_OF = {
    "red-flag-card": "red-flags",
    "checklist": "red-flags",
    "claim": "claims",
    "icon-array": "claims",
}
"""The data from which a block is made, where it is not of the same name."""
_MOST_NAMED = 12
"""How many names are told where none is like what was written."""


def check_arguments(slot: BlockSlot, catalogue: Catalogue, language: str) -> tuple[list[str], list[Problem]]:
    """Give those arguments of a block that name something, and a problem for each other one. Where the data of the
    block could not be read, nothing is known of them."""
    if _FILE_OF.get(slot.name, slot.name) in catalogue.data.unread:
        return [], []
    known = _known(slot.name, catalogue, language)
    problems = []
    for argument, span in slot.arguments:
        if argument not in known:
            hint = suggest(argument, known) or "known: " + (", ".join(sorted(known)[:_MOST_NAMED]) or "none")
            problems.append(Problem("block-argument", f'::{slot.name} knows no "{argument}"', span, hint))
    return [argument for argument, _ in slot.arguments if argument in known], problems


def _known(block: str, catalogue: Catalogue, language: str) -> Collection[str]:
    if block in _KINDS:
        every = (one for one in catalogue.in_language(language) if one.kind == _KINDS[block])
        return {posixpath.basename(one.id) for one in every}
    if block in OF_PAGES:
        return {one.id for one in catalogue.in_language(language) if block != "points" or one.fragments("key_points")}
    return _NAMES[block](catalogue.data) if block in _NAMES else ()


def _topics(data: Data) -> set[str]:
    return {topic for one in data.red_flags for topic in one.topics}


_KINDS = {"compare": "differential-diagnosis", "options": "treatment"}
"""The kind of the articles that a block shows side by side; they are named by the last part of their ids."""
_NAMES: Mapping[str, Callable[[Data], Collection[str]]] = {
    **dict.fromkeys(SIGNS, _topics),
    "body-map": lambda data: {one.id for one in data.maps},
    "references": lambda data: data.references,
    "claim": lambda data: data.claims,
    "icon-array": lambda data: {one.id for one in data.claims.values() if one.counted},
    "disagreements": lambda data: {name for one in data.disagreements.values() for name in (one.id, *one.topics)},
    "checked-claims": lambda data: {topic for one in data.checked_claims for topic in one.topics},
    "codes": lambda data: {one.system_id for one in data.codes},
    "diary": lambda data: DIARY_DAYS,
}
"""What the other blocks know; one that is not here takes no arguments."""
