"""The inputs that are kept: what once failed, and what shows a target something to begin with."""

from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"


def kept(name: str) -> dict[str, bytes]:
    """The inputs of a target, by their names."""
    return {path.name: path.read_bytes() for path in sorted((FOLDER / name).glob("*"))}
