"""The program's own files, which are there wherever the program is."""

from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1]


def own_file(name: str) -> bytes:
    """Read a file of the program itself, by its path within the program."""
    return (PROGRAM / name).read_bytes()


def own_tree(name: str, ends: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    """Read a folder of the program itself, or of the repository that it stands in: bytes by path within the folder.

    `ends` are those of the names that are wanted. It is empty where the folder is not there: an installed program has
    no repository around it.
    """
    folder = PROGRAM / name if (PROGRAM / name).is_dir() else PROGRAM.parent / name
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    shown = {inner: path for inner, path in found.items() if not any(part.startswith(".") for part in inner.parts)}
    return {inner.as_posix(): path.read_bytes() for inner, path in shown.items() if path.name.endswith(ends)}
