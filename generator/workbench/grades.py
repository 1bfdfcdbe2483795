"""The reading grades of all pages, and the file that keeps a page from becoming harder to read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.checks.reading import GRADES, read_grades
from generator.site.joined import Site
from generator.site.reading import grades
from generator.sources.files import write_file
from generator.stages import intake
from generator.stages.joining import join_all
from generator.stages.parsing import parse_all


@dataclass(frozen=True)
class Row:
    """One page: its path, grade, words, words in a sentence, and sentences in the passive voice of 100."""

    path: str
    grade: float
    words: int
    sentence: float
    passive: int


def rows(root: Path) -> list[Row]:
    """Measure every page that has a limit, the hardest first; nothing where site.yaml cannot be read."""
    site, _ = _joined(root)
    kinds = {one.kind for one in site.catalogue.config.reading} if site else set()
    found = []
    for path, document in site.catalogue.documents.items() if site else ():
        whole = grades(site)[path].whole if site and document.kind in kinds and path in grades(site) else None
        if whole and whole.sentences:
            passive = round(100 * whole.passive / whole.sentences)
            found.append(Row(path, round(whole.grade, 1), whole.words, whole.words / whole.sentences, passive))
    return sorted(found, key=lambda row: (-row.grade, row.path))


def as_text(found: list[Row]) -> str:
    """Show the measures as lines, and their mean."""
    lines = ["grade  words  words a sentence  passive of 100"]
    lines += [f"{r.grade:5.1f}  {r.words:5}  {r.sentence:16.1f}  {r.passive:14}  {r.path}" for r in found]
    mean = sum(row.grade for row in found) / len(found) if found else 0.0
    return "\n".join([*lines, f"{len(found)} pages, mean grade {mean:.1f}"])


def ratchet(before: Mapping[str, float], found: list[Row], there: Iterable[str] = ()) -> dict[str, float]:
    """Give the grades to keep: those of new pages, and for the others the lower of the old and the new.

    A file that is `there` and could not be measured, since it cannot be read just now, keeps the grade that it had.
    """
    kept = {path: before[path] for path in there if path in before}
    kept |= {row.path: min(row.grade, before.get(row.path, row.grade)) for row in found}
    return dict(sorted(kept.items()))


def record(root: Path, found: list[Row]) -> None:
    """Write the grades to keep."""
    site, before = _joined(root)
    hidden = [path for path, one in site.catalogue.hidden.items() if not one.readable] if site else []
    write_file(root, GRADES, json.dumps(ratchet(before, found, hidden), indent=1) + "\n")


def _joined(root: Path) -> tuple[Site | None, dict[str, float]]:
    sources, _ = intake.read(root)
    if sources is None:
        return None, {}
    site, _ = join_all(sources, parse_all(sources).documents, "")
    return site, read_grades(sources.grades)[0]
