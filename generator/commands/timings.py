"""What a build took, as a text for people and as JSON for programs."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.runtime.timing import Cost, Timings

VERSION = 1
"""The version of the JSON: it grows when a field is taken out or comes to mean another thing, not when one is added."""
_SHOWN = 10


def as_text(timings: "Timings", cache: tuple[int, int], memory: tuple[int, int] | None) -> str:
    """Write all of it in lines: stages in their order, the dearest things, the cache (found, not found), the memory."""
    return "\n".join([*_stages(timings), *_dearest(timings), *_rest(cache, memory)])


def as_json(timings: "Timings", cache: tuple[int, int], memory: tuple[int, int] | None) -> str:
    """Write the same as JSON, with all articles and pages that were made.

    - `version`: 1.
    - `seconds`: the whole, on the wall; `stages`: objects with `name` and `seconds`, in their order, that add up to it.
      Only stages that a build came to are there: without an index there is none named `search`.
    - `articles` (those that were parsed): `path`, `seconds`. `pages` (those that were made): `path` (of the file),
      `template`, `seconds`. `templates`: `path`, `pages` (how many), `seconds`. In all three the dearest comes first,
      and seconds are those of a processor, here or at a worker.
    - `cache`: how many keys were `found` and how many `missing`. An article has one for what others see of it and one
      for what is inside; what this build itself has kept is found too when it is fetched again.
    - `memory`: `process` and `largest_child`, the most bytes that each held at one time; null where nobody can tell.
    """
    data = {
        "version": VERSION,
        "seconds": _seconds(timings.spent),
        "stages": [{"name": one.name, "seconds": _seconds(one.spent)} for one in timings.stages],
        "articles": [{"path": one.name, "seconds": _seconds(one.spent)} for one in timings.articles],
        "pages": [
            {"path": one.name, "template": one.template, "seconds": _seconds(one.spent)} for one in timings.pages
        ],
        "templates": [
            {"path": one.template, "pages": one.pages, "seconds": _seconds(one.spent)} for one in timings.templates
        ],
        "cache": {"found": cache[0], "missing": cache[1]},
        "memory": {"process": memory and memory[0], "largest_child": memory and memory[1]},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def write(text: str, path: Path) -> None:
    """Write the JSON to a file."""
    from generator.sources.files import write_file

    write_file(path.parent, path.name, text)


def _stages(timings: "Timings") -> Iterator[str]:
    yield "time by stage:"
    for one in timings.stages:
        yield f"{_cost(one.spent)}  {100 * one.spent / max(timings.spent, 1):3.0f} %  {one.name}"
    search = timings.at("search")
    apart = f"; without the search {_seconds(timings.spent - search):.3f} s" if search else "; no index was made"
    yield f"{_cost(timings.spent)}  in all{apart}"


def _dearest(timings: "Timings") -> Iterator[str]:
    yield from _listed("articles that were parsed", timings.articles)
    yield from _listed("pages that were made", timings.pages)
    yield f"templates, by all their pages ({len(timings.templates)}):"
    for one in timings.templates[:_SHOWN]:
        yield f"{_cost(one.spent)}  {one.template}: {one.pages} pages, {one.spent / one.pages / 1e6:.1f} ms each"


def _listed(what: str, costs: "tuple[Cost, ...]") -> Iterable[str]:
    yield f"{what} ({len(costs)}), in seconds of a processor:"
    for one in costs[:_SHOWN]:
        yield f"{_cost(one.spent)}  {one.name}{f'  {one.template}' if one.template else ''}"


def _rest(cache: tuple[int, int], memory: tuple[int, int] | None) -> Iterator[str]:
    yield f"cache: {cache[0]} found, {cache[1]} not found"
    if memory is None:
        yield "memory: this system does not tell"
    else:
        own, child = (f"{one / 1e6:.0f} MB" for one in memory)
        yield f"memory: this process at most {own}, the largest of its child processes {child}"


def _cost(spent: int) -> str:
    return f"{spent / 1e9:10.3f} s"


def _seconds(spent: int) -> float:
    return round(spent / 1e9, 9)
