"""Whether every file of the finished site can stand on every machine on which somebody may make or host it."""

import re
from collections.abc import Iterable

from generator.output.outputs import Output
from generator.problems.problem import Problem, Span
from generator.sources.names import LONGEST, fault_of

_MAY_BE_TAKEN = re.compile(r"(?:^|/)(?:con|prn|aux|nul|com|lpt)[^/]{0,4}(?:$|/)", re.IGNORECASE)
"""Found in every path with a name that Windows keeps for a device, and in few others."""


def check_paths(outputs: Iterable[Output]) -> list[Problem]:
    """Find paths that are too long, or hold a name that Windows keeps for itself: an id or a key became an address."""
    problems = []
    for one in outputs:
        if len(one.path) > LONGEST:
            said = f"the file {one.path[:60]}… has a path of {len(one.path)} characters; at most {LONGEST} are possible"
            problems.append(Problem("file-name", said, Span(one.made_from), "shorten the id, key or address"))
        elif _MAY_BE_TAKEN.search(one.path):
            found = next((fault for part in one.path.split("/") if (fault := fault_of(part))), None)
            if found:
                said = f"the file {one.path} cannot stand on every machine: {found[0]}"
                problems.append(Problem("file-name", said, Span(one.made_from), "change the id, key or address"))
    return problems
