"""What the program itself is: what it keeps between builds is good for the very same program alone."""

import hashlib
import json
import sys
import zlib
from functools import cache

from generator.cache.cache import key_of
from generator.disk.libraries import installed
from generator.disk.own import own_file, own_tree

LIBRARIES = ("markdown", "pyyaml", "pygments", "jinja2", "markupsafe", "nh3", "lxml", "babel", "segno", "pillow")
"""What makes the bytes of a page, beside the program."""
_ENDS = (".py", ".ttf")
"""Files of the program that make them: its source, and the letters of its pictures."""


@cache
def program_digest() -> bytes:
    """Give the digest of the program's own source, of Python's version and of those of its libraries."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(sys.version.encode())
    for name, found in library_versions().items():
        digest.update(f"{name} {found}\n".encode())
    for path, data in sorted(own_tree(".", _ENDS).items()):
        digest.update(f"{path} {len(data)}\n".encode())
        digest.update(data)
    return digest.digest()


@cache
def module_digest(file: str, *libraries: str) -> bytes:
    """Give the digest of one module: a file of the program that needs no other to make its bytes, and the libraries
    that it needs. What is dear to make then lasts while the rest of the program changes."""
    found = _versions()
    named = (f"{name} {found.get(name, '')}\n".encode() for name in libraries)
    return key_of(sys.version.encode(), own_file(file), *named)


def library_versions() -> dict[str, str]:
    """Give the versions of the libraries that make the bytes of a page; empty for one that is not installed."""
    found = _versions()
    return {name: found.get(name, "") for name in LIBRARIES}


def packed_source() -> bytes:
    """Give the program's own source, for workers that have none: zipped JSON of each module's text by its path."""
    texts = {path: data.decode() for path, data in sorted(own_tree(".", (".py",)).items())}
    return zlib.compress(json.dumps(texts).encode())


def _versions() -> dict[str, str]:
    """The version of each library, by its name, from such folders as `markdown-3.11.dist-info`; the first counts."""
    found: dict[str, str] = {}
    for _, record in installed():
        name, _, version = record.rpartition(".")[0].partition("-")
        found.setdefault(name.lower().replace("_", "-"), version)
    return found
