"""A lock file: which release of each package is installed, and the digests that its files may have."""

import re
from dataclasses import dataclass

_PACKAGE = re.compile(r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)==(?P<version>[0-9A-Za-z.!+]+)(?: ; (?P<marker>[^\\]+?))? \\")
_HASH = re.compile(r"    --hash=sha256:(?P<digest>[0-9a-f]{64})(?P<more> \\)?")


class Unlocked(ValueError):
    """A line of a lock file that leaves open what is installed, or where it comes from."""


@dataclass(frozen=True)
class Package:
    """One release. `marker` says on which machines alone it is installed; `hashes` are SHA-256, one for each file."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        """Its name among packages of all kinds, as package-url writes it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def read_lock(text: str, name: str = "lock") -> tuple[Package, ...]:
    """Read a lock file, sorted by name. Every line must be understood: what is not is `Unlocked`."""
    found: list[Package] = []
    is_open = False
    for number, line in enumerate(text.splitlines(), 1):
        package, digest = _PACKAGE.fullmatch(line), _HASH.fullmatch(line)
        if package and not is_open:
            found.append(Package(package["name"], package["version"], package["marker"] or "", ()))
            is_open = True
        elif digest and is_open:
            last = found.pop()
            found.append(Package(last.name, last.version, last.marker, (*last.hashes, digest["digest"])))
            is_open = bool(digest["more"])
        else:
            raise Unlocked(f"{name}:{number}: neither a package with one version nor a hash of it: {line}")
    if is_open:
        raise Unlocked(f"{name}: it ends before the last hash")
    names = [one.name for one in found]
    twice = sorted({one for one in names if names.count(one) > 1})
    if twice:
        raise Unlocked(f"{name}: locked twice: {', '.join(twice)}")
    return tuple(sorted(found, key=lambda one: one.name))
