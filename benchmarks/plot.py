"""Cost against pages as a drawing: seconds over pages, both on logarithmic axes, one line for each generator."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from benchmarks.figures import Run, summaries
from benchmarks.rounds import SAID

_WIDTH, _HEIGHT = 420, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 88, 40, 44
_LEAST_STEP = 15
"""The least distance between the lines of two names, in pixels."""
_COLOURS = ("#b3261e", "#1f5fa8", "#2c7a3f", "#8a5a00", "#7b3fa0", "#51606b")
_ON_DARK = ("#ff9a8f", "#8fc1ff", "#86d79b", "#f0c060", "#d9a8f5", "#b9c4cc")
_DASHES = ("none", "7 3", "2 3", "10 3 2 3", "5 5", "1 4")


@dataclass(frozen=True)
class Line:
    """One generator's cost: pages and seconds."""

    name: str
    points: tuple[tuple[float, float], ...]


def plot(runs: Iterable[Run], phases: Sequence[str] = ("cold", "edit")) -> str:
    """Draw the phases side by side as one SVG, which a README can show as a picture."""
    found = [one for one in summaries(runs) if one.good]
    names = list(dict.fromkeys(one.generator for one in found))
    panels = []
    for phase in phases:
        own = [one for one in found if one.phase == phase]
        lines = [
            Line(name, tuple(sorted((float(one.pages), one.wall) for one in own if one.generator == name)))
            for name in names
        ]
        panels.append((SAID[phase], [line for line in lines if line.points]))
    return drawing([(title, lines) for title, lines in panels if lines], names)


def drawing(panels: Sequence[tuple[str, Sequence[Line]]], names: Sequence[str]) -> str:
    """The panels beside each other, on the same axes."""
    width = max(1, len(panels)) * _WIDTH
    every = [point for _, lines in panels for line in lines for point in line.points]
    told = "; ".join(f"{title}: {', '.join(line.name for line in lines)}" for title, lines in panels)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" role="img"'
        ' font-family="system-ui, sans-serif" font-size="12">',
        f"<title>Seconds against pages. {escape(told)}</title>",
        _style(),
        f'<rect class="ground" width="{width}" height="{_HEIGHT}"/>',
    ]
    if every:
        axes = _Axes(_range([x for x, _ in every]), _range([y for _, y in every]))
        for number, (title, lines) in enumerate(panels):
            parts.append(f'<g transform="translate({number * _WIDTH} 0)">')
            parts += [*_frame(axes, title), *_drawn(axes, lines, names), "</g>"]
    return "\n".join([*parts, "</svg>\n"])


@dataclass(frozen=True)
class _Axes:
    """The decades of both axes; `x` and `y` give the place of a value."""

    across: tuple[int, int]
    up: tuple[int, int]

    def x(self, value: float) -> float:
        return _LEFT + _share(value, self.across) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        return _HEIGHT - _BOTTOM - _share(value, self.up) * (_HEIGHT - _TOP - _BOTTOM)


def _share(value: float, decades: tuple[int, int]) -> float:
    return (math.log10(value) - decades[0]) / (decades[1] - decades[0])


def _range(values: Sequence[float]) -> tuple[int, int]:
    least, most = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return least, max(most, least + 1)


def _style() -> str:
    rules = [".ground{fill:#fff}text{fill:#1b1b1b}.grid{stroke:#d5d5d5}.line{fill:none;stroke-width:2}"]
    rules += [f".c{n}{{stroke:{one};fill:{one}}}" for n, one in enumerate(_COLOURS)]
    dark = [".ground{fill:#0d1117}text{fill:#f0f0f0}.grid{stroke:#3a4048}"]
    dark += [f".c{n}{{stroke:{one};fill:{one}}}" for n, one in enumerate(_ON_DARK)]
    name = (
        ".line{fill:none}.name{stroke-width:4;stroke-linejoin:round;paint-order:stroke;stroke:"  # a ground of its own
    )
    light, night = f"{''.join(rules)}{name}#fff}}", f"{''.join(dark)}{name}#0d1117}}"
    return f"<style>{light}@media (prefers-color-scheme:dark){{{night}}}</style>"


def _frame(axes: _Axes, title: str) -> list[str]:
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    parts = [f'<text x="{_LEFT}" y="22" font-size="14" font-weight="600">{escape(title)}</text>']
    for decade in range(axes.across[0], axes.across[1] + 1):
        x = axes.x(10.0**decade)
        parts.append(f'<path class="grid" d="M{x:.1f} {_TOP}V{bottom}"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 17}" text-anchor="middle">{_number(decade)}</text>')
    for decade in range(axes.up[0], axes.up[1] + 1):
        y = axes.y(10.0**decade)
        parts.append(f'<path class="grid" d="M{_LEFT} {y:.1f}H{right}"/>')
        parts.append(f'<text x="{_LEFT - 7}" y="{y + 4:.1f}" text-anchor="end">{_number(decade)} s</text>')
    middle = (_LEFT + right) / 2
    return [*parts, f'<text x="{middle:.0f}" y="{_HEIGHT - 8}" text-anchor="middle">pages</text>']


def _drawn(axes: _Axes, lines: Sequence[Line], names: Sequence[str]) -> list[str]:
    """The lines, each with its name at its end; names that would touch move apart."""
    parts, last = [], []
    ends = sorted(lines, key=lambda line: axes.y(line.points[-1][1]))
    places = _apart([axes.y(line.points[-1][1]) for line in ends])
    for line, place in zip(ends, places, strict=True):
        look = names.index(line.name) % len(_COLOURS)
        points = " ".join(f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in line.points)
        parts.append(f'<polyline class="line c{look}" stroke-dasharray="{_DASHES[look]}" points="{points}"/>')
        parts += [
            f'<circle class="c{look}" cx="{axes.x(x):.1f}" cy="{axes.y(y):.1f}" r="2.5"/>' for x, y in line.points
        ]
        x = axes.x(line.points[-1][0]) + 8
        last.append(f'<text class="c{look} name" x="{x:.1f}" y="{place + 4:.1f}">{escape(line.name)}</text>')
    return parts + last


def _apart(places: Sequence[float]) -> list[float]:
    """Places in order, each at least so far below the one before; all of them above the foot of the axes."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + _LEAST_STEP) if moved else place)
    over = max(0.0, moved[-1] - (_HEIGHT - _BOTTOM)) if moved else 0.0
    return [place - over for place in moved]


def _number(decade: int) -> str:
    return f"{10**decade:,}" if decade >= 0 else f"{10.0**decade:.{-decade}f}"
