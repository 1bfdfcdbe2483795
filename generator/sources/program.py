"""What the program itself is: what it keeps between builds is good for the very same program alone."""

import hashlib
import sys
from functools import cache

from generator.cache import key_of
from generator.libraries import installed
from generator.sources.files import own_file, own_tree

_LIBRARIES = ("markdown", "pyyaml", "pygments", "jinja2", "markupsafe", "nh3", "lxml", "babel", "segno", "pillow")
"""What makes the bytes of a page, beside the program."""
_ENDS = (".py", ".ttf")
"""Files of the program that make them: its source, and the letters of its pictures."""


@cache
def program_digest() -> bytes:
    """Give the digest of the program's own source, of Python's version and of those of its libraries."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(sys.version.encode())
    for _, name in installed():
        if name.lower().partition("-")[0] in _LIBRARIES:
            digest.update(f"{name}\n".encode())
    for path, data in sorted(own_tree(".", _ENDS).items()):
        digest.update(f"{path} {len(data)}\n".encode())
        digest.update(data)
    return digest.digest()


@cache
def step_digest(file: str, *libraries: str) -> bytes:
    """Give the digest of one step of a build: a file of the program that needs no other to make its bytes, and the
    libraries that it needs. What is dear to make then lasts while the rest of the program changes."""
    named = sorted(f"{name}\n".encode() for _, name in installed() if _library(name) in libraries)
    return key_of(sys.version.encode(), own_file(file), *named)


def _library(name: str) -> str:
    """The library to which a folder of its versions belongs, as in `markdown-3.11.dist-info`."""
    return name.lower().partition("-")[0].replace("_", "-")
