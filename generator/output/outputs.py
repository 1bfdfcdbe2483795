"""One file of the finished site."""

from dataclasses import dataclass

KEPT = 2048
"""How many of the last outputs a process keeps in mind that it has read: one that is the same is not read again."""


@dataclass(frozen=True)
class Output:
    """A file's path below the output folder, its bytes, and the source it was made from."""

    path: str
    body: bytes
    made_from: str
