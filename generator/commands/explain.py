"""Show what stands behind one page."""

import argparse
import sys

from generator.commands.exits import BAD_USE, GOOD
from generator.commands.typed import typed


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
        print(f"error: site.yaml cannot be read; {typed('check')} says why", file=sys.stderr)
        return BAD_USE
    if isinstance(found, Unknown):
        near = " or ".join(found.near)
        print(
            f'error: there is no article "{found.name}"' + (f"; did you mean {near}?" if near else ""), file=sys.stderr
        )
        return BAD_USE
    print(as_text(found))
    return GOOD
