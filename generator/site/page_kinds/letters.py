"""Lists from A to Z."""

import unicodedata
from itertools import groupby
from typing import Any

Data = dict[str, Any]


def fold(text: str) -> str:
    """Give a text for sorting: without accents and case."""
    plain_text = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain_text if not unicodedata.combining(one)).casefold()


def letter(text: str) -> str:
    """The letter under which a text stands in a list from A to Z; `#` where it begins with none."""
    first = next((one for one in fold(text) if one.isalnum()), "#")
    return first.upper() if first.isalpha() else "#"


def by_letter(entries: list[Data]) -> list[Data]:
    """Entries that are in their order, in groups of one letter."""
    return [
        {"letter": first, "entries": list(found)}
        for first, found in groupby(entries, key=lambda one: str(one["letter"]))
    ]
