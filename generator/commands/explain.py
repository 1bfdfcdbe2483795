"""Show what stands behind one page."""

import argparse

from generator.commands.reading import unread
from generator.commands.saying import say_lines
from generator.problems.exits import GOOD
from generator.problems.faults import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--no-search", action="store_true", help="where the site was built with the same")
    parser.add_argument("page", help="an article: its file, or its address on the site")


def run(options: argparse.Namespace) -> int:
    """Print the explanation of a page."""
    from generator.cache.cache import FILE, Cache
    from generator.disk.folders import CACHE
    from generator.workbench.explain import Unknown, as_text, explain

    path = options.root / CACHE / FILE
    cache = Cache(path if path.is_file() else None, 0, may_write=False)
    found = explain(options.root, options.page, cache=cache, search=not options.no_search)
    cache.close()
    if found is None:
        raise unread()
    if isinstance(found, Unknown):
        near = " or ".join(found.near)
        raise Refused(f'there is no article "{found.name}"' + (f"; did you mean {near}?" if near else ""))
    say_lines(as_text(found))
    return GOOD
