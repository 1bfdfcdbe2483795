"""Sites for tests: copies of the small ones in tests/sites, with the real templates and static files."""

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SITES = REPOSITORY / "tests" / "sites"
TODAY = "2026-11-21"
"""The day of every build in tests, so that they say the same when reviews fall due."""


def copy_site(name: str, folder: Path) -> Path:
    """Copy a site of tests/sites into a folder, ready to be built."""
    root = folder / name
    shutil.copytree(SITES / name, root)
    for part in ("templates", "static"):
        shutil.copytree(REPOSITORY / part, root / part)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder by their path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def change(root: Path, name: str, old: str, new: str) -> None:
    """Change a text in a file of a site; the text must be there once."""
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
