"""The figures as Markdown: one table for each size and phase, and one of ours beside the reference."""

from collections.abc import Iterable, Sequence

from benchmarks.figures import Run, Summary, summaries
from benchmarks.generators import REFERENCE
from benchmarks.rounds import PHASES, SAID

_HEADS = (
    "generator",
    "median s",
    "min-max s",
    "CPU s",
    "peak MiB",
    "right",
    f"time x {REFERENCE}",
    "CPU x",
    "memory x",
)
_OURS = "ours"


def report(runs: Iterable[Run]) -> str:
    """The whole report."""
    kept = list(runs)
    found = sorted(summaries(kept), key=lambda one: (one.pages, PHASES.index(one.phase)))
    groups = {(one.pages, one.phase): [] for one in found}  # type: dict[tuple[int, str], list[Summary]]
    for one in found:
        groups[one.pages, one.phase].append(one)
    cores = sorted({str(run.cores) for run in kept if run.cores})
    parts = [
        f"Medians; a ratio to {REFERENCE} is the median of the ratios within each round. Peak memory is the sum of the"
        f" PSS of all processes, sampled. {' or '.join(cores) or 'Unknown'} processor cores.",
        overview(found),
    ]
    for (pages, phase), rows in groups.items():
        parts.append(f"### {pages:,} pages: {SAID[phase]}\n\n{_table(_HEADS, [_row(one) for one in rows])}")
    void = [f"- {one.generator}, {one.pages:,} pages, {SAID[one.phase]}: {why}" for one in found for why in one.void]
    if void:
        parts.append("Void, since the pages were wrong:\n\n" + "\n".join(dict.fromkeys(void)))
    return "\n\n".join(parts) + "\n"


def overview(found: Sequence[Summary]) -> str:
    """Every figure of ours as a ratio to the reference, the sizes side by side."""
    names = list(dict.fromkeys(one.generator for one in found if one.generator.startswith(_OURS)))
    sizes = sorted({one.pages for one in found})
    rows = []
    for name in names:
        own = {(one.phase, one.pages): one for one in found if one.generator == name}
        for phase in PHASES:
            if any((phase, pages) in own for pages in sizes):
                rows.append((name, SAID[phase], *(_cell(own.get((phase, pages))) for pages in sizes)))
    return _table(("", "", *(f"{pages:,} pages" for pages in sizes)), rows)


def _cell(one: Summary | None) -> str:
    if one is None or not one.good:
        return "-"
    if one.phase == "serve":
        return f"{one.wall * 1000:.0f} ms, {one.pss:.0f} MiB"
    if one.wall_ratio is None or one.pss_ratio is None:
        return f"{_seconds(one.wall)} s, {one.pss:.0f} MiB"
    return f"{one.wall_ratio:.2f} x time, {one.pss_ratio:.2f} x memory"


def _row(one: Summary) -> tuple[str, ...]:
    right = f"{one.good} of {one.good + len(one.void)}"
    if not one.good:
        return (one.generator, "-", "-", "-", "-", right, "-", "-", "-")
    return (
        one.generator,
        _seconds(one.wall),
        f"{_seconds(one.least)}-{_seconds(one.most)}",
        _seconds(one.cpu) if one.cpu else "-",
        f"{one.pss:.0f}",
        right,
        _times(one.wall_ratio),
        _times(one.cpu_ratio),
        _times(one.pss_ratio),
    )


def _seconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}"


def _times(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---" if number < 1 else "---:" for number, _ in enumerate(heads)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
