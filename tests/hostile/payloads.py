"""The corpus of attacks: what somebody may write, where, and what must become of it.

Each file of `corpus/` holds documents with a class, a place and payloads. `becomes` is the code of the problem that is
told of it, or `harmless`: then no error is told, and what it becomes on the page is looked at in a browser.
`text` is what is written; huge ones are told by a rule: `repeat`, `grow`, `stairs`, `notes`, `definitions`, `columns`.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CORPUS = Path(__file__).parent / "corpus"
HARMLESS = "harmless"


@dataclass(frozen=True)
class Payload:
    """One attack. `id` is its file and its name; `at` says where it stands: `body`, `front`, `field title`,
    `record glossary.yaml term`, `csl title`, `data glossary.yaml`, `json`, `name`, `link` or `picture`."""

    id: str
    kind: str
    at: str
    text: Any = field(compare=False)
    becomes: str
    rule: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """How a huge text is made."""

    def scaled(self, part: int) -> str:
        """A huge text, a few times smaller."""
        return _made(self.rule, part)

    @property
    def name(self) -> str:
        """Its id as a part of an address."""
        return self.id.replace("/", "-")

    @property
    def place(self) -> tuple[str, ...]:
        """The words of `at`."""
        return tuple(self.at.split())


@cache
def payloads() -> tuple[Payload, ...]:
    """All attacks, in the order of their files."""
    found = []
    for path in sorted(CORPUS.glob("*.yaml")):
        for part in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            for name, given in part["payloads"].items():
                text = given["text"] if "text" in given else _made(given)
                rule = {} if "text" in given else given
                found.append(Payload(f"{path.stem}/{name}", part["class"], part["at"], text, given["becomes"], rule))
    return tuple(found)


def at(*places: str) -> list[Payload]:
    """Those that stand in places of some kinds, by the first word."""
    return [one for one in payloads() if one.place[0] in places]


def _made(given: dict[str, Any], part: int = 1) -> str:
    """A huge text by its rule, or one a few times smaller."""
    before, after = given.get("before", ""), given.get("after", "")
    if "repeat" in given:
        unit, times = given["repeat"]
        return f"{before}{unit * (times // part)}{after}"
    if "grow" in given:
        unit, times = given["grow"]
        return " ".join(unit * number for number in range(1, times // part + 1))
    if "stairs" in given:
        indent, step, times = given["stairs"]
        return "\n".join(indent * number + step for number in range(times // part))
    if "notes" in given:
        numbers = range(given["notes"] // part)
        return "".join(f"a[^{one}] " for one in numbers) + "\n\n" + "".join(f"[^{one}]: b\n\n" for one in numbers)
    if "definitions" in given:
        numbers = range(given["definitions"] // part)
        return "".join(f"[a][{one}] " for one in numbers) + "\n\n" + "".join(f"[{one}]: index.md\n" for one in numbers)
    columns = given["columns"] // part
    return "\n".join(["|".join([sign] * columns) for sign in "a-b"])
