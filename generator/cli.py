"""The commands. Nothing heavy is imported before it is known which one runs."""

import argparse
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from generator.commands.exits import BAD_USE, FAULT
from generator.faults import Lost

COMMANDS = {
    "build": "make the site (where no command is named)",
    "check": "find all problems, and write nothing",
    "serve": "show the site while you write",
    "new": "begin a new article or site: new KIND TITLE, or new site FOLDER",
    "compare": "say what a change means for readers",
    "schema": "print the JSON Schema of front matter and data files",
    "explain": "show what stands behind a page: explain PAGE",
    "admin": "edit articles in a browser, without git",
    "owners": "show who is asked about changes, as people.yaml says",
    "grades": "show how hard each page is to read",
    "tables": "print the tables of CONTRIBUTING.md",
    "clean": "delete what builds have kept for the next one",
}
"""What each command does; it is the module of its name in `commands/`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # no terminal is too old to show a problem
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given.pop(0) if given and given[0] in COMMANDS else "build"
    command = import_module(f"generator.commands.{name}")
    parser = _parser(name)
    command.arguments(parser)
    options, unknown = parser.parse_known_args(given)
    if unknown:
        late = next((one for one in unknown if one in COMMANDS), "")
        parser.error(f"the command stands first: build.py {late} ..." if late else f"unknown: {' '.join(unknown)}")
    if not (options.root / "site.yaml").is_file():
        print(f"error: there is no site.yaml in {options.root}", file=sys.stderr)
        return BAD_USE
    try:
        return int(command.run(options))
    except KeyboardInterrupt:
        return BAD_USE
    except BrokenPipeError:  # whoever reads our output has seen enough, as `head` has
        os._exit(BAD_USE)
    except Lost as fault:
        print(f"error: {fault}; it may be too large, or the machine was out of memory", file=sys.stderr)
        return FAULT
    except Exception:
        traceback.print_exc()
        print("\nThis is a fault of the program, not of your files. The site was not changed.", file=sys.stderr)
        return FAULT


def _parser(name: str) -> argparse.ArgumentParser:
    listed = "\n".join(f"  {one:<8} {says}" for one, says in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog=f"build.py {name}",
        usage=f"build.py {'[COMMAND]' if name == 'build' else name} [options]",
        description=f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.",
        epilog=f"commands:\n{listed}\n\n`build.py COMMAND --help` shows the options of each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the site's folder (default: this one)")
    return parser
