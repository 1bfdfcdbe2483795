"""The figures of runs: kept as lines of JSON, and put together to medians and ratios."""

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.generators import REFERENCE


@dataclass(frozen=True)
class Run:
    """One run: seconds, MiB, and what was wrong with the pages. What is wrong makes it void."""

    generator: str
    pages: int
    phase: str
    round: int
    wall: float
    cpu: float
    pss: float
    rss: float
    wrong: str = ""
    cores: int = 0


@dataclass(frozen=True)
class Summary:
    """What the runs of one generator in one phase at one size came to; only those that were right count.

    A ratio is the median of the ratios within each round, for what was measured side by side is what compares. It is
    None where the reference has no good run in the same round.
    """

    generator: str
    pages: int
    phase: str
    good: int
    void: tuple[str, ...]
    wall: float
    least: float
    most: float
    cpu: float
    pss: float
    wall_ratio: float | None
    cpu_ratio: float | None
    pss_ratio: float | None


def append(path: Path, run: Run) -> None:
    """Add one run to a file of lines."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(run)) + "\n")


def read(path: Path) -> list[Run]:
    """Read a file of lines."""
    return [Run(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def summaries(runs: Iterable[Run], reference: str = REFERENCE) -> list[Summary]:
    """Put the runs together, in the order in which each generator, phase and size was first met."""
    groups: dict[tuple[int, str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.pages, run.phase, run.generator), []).append(run)
    return [_summary(found, groups.get((pages, phase, reference), ())) for (pages, phase, _), found in groups.items()]


def _summary(runs: Sequence[Run], beside: Sequence[Run]) -> Summary:
    good = [run for run in runs if not run.wrong]
    walls = [run.wall for run in good]
    first = runs[0]
    return Summary(
        generator=first.generator,
        pages=first.pages,
        phase=first.phase,
        good=len(good),
        void=tuple(run.wrong for run in runs if run.wrong),
        wall=_median(walls),
        least=min(walls, default=0.0),
        most=max(walls, default=0.0),
        cpu=_median([run.cpu for run in good]),
        pss=_median([run.pss for run in good]),
        wall_ratio=_ratio(good, beside, lambda run: run.wall),
        cpu_ratio=_ratio(good, beside, lambda run: run.cpu),
        pss_ratio=_ratio(good, beside, lambda run: run.pss),
    )


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


def _ratio(own: Iterable[Run], other: Iterable[Run], figure: Callable[[Run], float]) -> float | None:
    """The median of the ratios within each round; a round that was run again counts with its last figure."""
    by_round = {run.round: figure(run) for run in other if not run.wrong}
    latest = {run.round: figure(run) for run in own}
    ratios = [value / by_round[number] for number, value in latest.items() if by_round.get(number)]
    return statistics.median(ratios) if ratios else None
