"""THIRD-PARTY.md, which lists for people what others have made, and whether all of it may be used.

That file is written by hand: a package that is new there has been looked at by somebody. What it says is held against
what the packages say of themselves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from supply.lock import Package

FILE = "THIRD-PARTY.md"

ACCEPTED = frozenset(
    {
        *("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0"),
        *("MPL-1.1", "MPL-2.0"),  # what is changed in their files must be told, and we change none
        "OFL-1.1",
    }
)
"""Licences, by their SPDX names, under which anybody may run the program and give it on as MIT allows."""

_CLASSIFIED = {
    "Apache Software License": {"Apache-2.0"},
    "BSD License": {"BSD-2-Clause", "BSD-3-Clause"},
    "GNU General Public License v2 or later (GPLv2+)": {"GPL-2.0-or-later"},
    "GNU Lesser General Public License v2 or later (LGPLv2+)": {"LGPL-2.0-or-later", "LGPL-2.1-or-later"},
    "ISC License (ISCL)": {"ISC"},
    "MIT License": {"MIT", "MIT-0"},
    "Mozilla Public License 1.1 (MPL 1.1)": {"MPL-1.1"},
    "Mozilla Public License 2.0 (MPL 2.0)": {"MPL-2.0"},
    "Python Software Foundation License": {"PSF-2.0"},
}
"""What the older words of the package index can mean."""
_LOOSE = {
    "Apache 2.0": {"Apache-2.0"},
    "Apache License 2.0": {"Apache-2.0"},
    "BSD": {"BSD-2-Clause", "BSD-3-Clause"},
    "BSD License": {"BSD-2-Clause", "BSD-3-Clause"},
    "MIT License": {"MIT"},
}
_ENDORSES = re.compile(r"neither\s+the\s+names?\s+of|names?\s+of\s+(?:the\s+)?(?:its\s+)?contributors", re.IGNORECASE)
"""What stands in the third clause of the BSD licence, and not in the other two."""

_LOCK = re.compile(r"^## .*\(`(?P<lock>[\w.-]+\.lock)`\)$")
_ROW = re.compile(r"^\| `(?P<name>[^`]+)` \| (?P<rest>.+) \|$")


@dataclass(frozen=True)
class Bundled:
    """A file of others that stands in this repository."""

    path: str
    name: str
    version: str
    licence: str


@dataclass(frozen=True)
class Listed:
    """What THIRD-PARTY.md says: the licence of each package by the lock file that brought it in, and files."""

    packages: Mapping[str, Mapping[str, str]]
    files: tuple[Bundled, ...]

    def licence_of(self, name: str) -> str | None:
        """The licence of a package as an SPDX expression; None where it is not listed."""
        return next((rows[name] for rows in self.packages.values() if name in rows), None)


def read_listed(text: str) -> Listed:
    """Read the tables of THIRD-PARTY.md. Those below a heading that ends in a lock file's name list its packages."""
    packages: dict[str, dict[str, str]] = {}
    files: list[Bundled] = []
    lock = ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = _LOCK.match(line)
            lock = heading["lock"] if heading else ""
        row = _ROW.match(line)
        if row and lock:
            packages.setdefault(lock, {})[row["name"]] = row["rest"]
        elif row:
            name, version, licence = row["rest"].split(" | ")
            files.append(Bundled(row["name"], name, version, licence))
    return Listed(packages, tuple(files))


def alternatives(licence: str) -> list[str]:
    """The licences among which one may choose: `MIT OR (Apache-2.0)` are two, `MIT AND ISC` is one."""
    return [one.strip(" ()") for one in licence.split(" OR ")]


def is_accepted(licence: str) -> bool:
    """Whether one of the licences that may be chosen is accepted with all of its parts."""
    return any({part.strip(" ()") for part in one.split(" AND ")} <= ACCEPTED for one in alternatives(licence))


def faults(locks: Mapping[str, Sequence[Package]], listed: Listed) -> Iterator[str]:
    """Say what is wrong with the list: what it lacks, what it has too many, and what may not be used.

    `locks` are the lock files by name, the first of them the one that is part of all others.
    """
    first, *_ = locks
    in_all = {one.name for one in locks[first]}
    for lock, packages in locks.items():
        names = {one.name for one in packages} - (set() if lock == first else in_all)
        rows = listed.packages.get(lock, {})
        for name in sorted(names - rows.keys()):
            said = " or ".join(sorted(declared(name))) or "?"
            yield f"{FILE} does not list {name} of {lock}: add | `{name}` | {said} |"
        for name in sorted(rows.keys() - names):
            yield f"{FILE} lists {name}, which {lock} does not bring in"
    for rows in listed.packages.values():
        yield from (f"{name}: {licence} is not accepted" for name, licence in rows.items() if not is_accepted(licence))
    yield from (f"{one.path}: {one.licence} is not accepted" for one in listed.files if not is_accepted(one.licence))


def differences(packages: Iterable[Package], listed: Listed) -> Iterator[str]:
    """Say which packages call their own licence another one than the list does, or do not name it.

    A package that is not installed cannot be asked; it is passed over if it belongs to other machines alone.
    """
    for one in packages:
        licence = listed.licence_of(one.name) or ""
        said = declared(one.name)
        if not said:
            if not (one.marker and _found(one.name) is None):
                yield f"{one.name} is not installed, or does not say what its licence is"
        elif licence not in said and not set(alternatives(licence)) <= said:
            yield f"{one.name}: {FILE} says {licence}, the package says {' or '.join(sorted(said))}"


def declared(name: str) -> frozenset[str]:
    """What an installed package says of its licence: SPDX expressions, any of which may be meant.

    Several older words are several licences to choose from. Of the licences of BSD its text tells which it is.
    """
    found = _found(name)
    if found is None:
        return frozenset()
    given: dict[str, list[str]] = {
        field: found.metadata.get_all(field) or [] for field in ("License-Expression", "License", "Classifier")
    }
    if given["License-Expression"]:
        return frozenset(given["License-Expression"])
    marks = [one.rpartition(" :: ")[2] for one in given["Classifier"] if one.startswith("License ::")]
    word = "".join(given["License"])
    said: set[str] = set().union(*(_CLASSIFIED.get(mark, {mark}) for mark in marks))
    if word and "\n" not in word:
        meant = _LOOSE.get(word, {word})
        said = meant if not said or meant < said else said
    if said == {"BSD-2-Clause", "BSD-3-Clause"}:
        text = _text(found)
        return frozenset({"BSD-3-Clause" if _ENDORSES.search(text) else "BSD-2-Clause"} if text else said)
    return frozenset(said)


def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _text(found: Distribution) -> str:
    """The licence itself, as the package brings it."""
    files = [one for one in found.files or () if re.match(r"(?i)(licen[cs]e|copying)", one.name)]
    return "\n".join(one.read_text() for one in files if ".dist-info" in str(one))
