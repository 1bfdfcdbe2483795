"""The commands. Nothing heavy is imported before it is known which one runs."""

import argparse
import errno
import io
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from generator.commands.saying import error
from generator.problems.exits import BAD_USE, FAULT
from generator.problems.faults import Refused, is_of_memory

COMMANDS = {
    "build": "make the site (where no command is named)",
    "check": "find all problems, and leave the site as it is",
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


_NO_RIGHT = "allow your account to read and write there"
_NO_ROOM = "make room on that disk"
_NO_FILES = "allow more of them (ulimit -n 1024)"
_OF_THE_MACHINE = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), _NO_RIGHT),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _NO_ROOM),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), _NO_FILES),
    **dict.fromkeys((errno.ENOMEM, errno.EAGAIN), "free some memory, or share out less (--jobs 1)"),
    errno.ENOTDIR: "there is a file in place of a folder",
    **dict.fromkeys((errno.ENAMETOOLONG, errno.ELOOP), "give them shorter names, and no link to itself"),
    errno.EIO: "the disk fails; look after your files first",
}
"""What keeps files from being read or written that is no fault of the program, and what mends it."""
_FILES, _PLENTY = 64, 1024
"""Files that may have to be open at once where few processes share the work, and where many do."""
_USAGE = {
    "build": "[COMMAND]",
    "new": "new KIND TITLE|site FOLDER",
    "compare": "compare BASE",
    "explain": "explain PAGE",
    "schema": "schema [NAME]",
}
"""What stands behind a command before its options, where that is not its name alone."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # no terminal is too old to show a problem
    given = list(sys.argv[1:] if arguments is None else arguments)
    name = given.pop(0) if given and given[0] in COMMANDS else "build"
    try:
        return _run(name, given)
    except KeyboardInterrupt:
        print("\nstopped before it was done", file=sys.stderr)
        return BAD_USE


def _run(name: str, given: list[str]) -> int:
    """Read what is given to a command, and run it; what keeps it from being done is told in one line."""
    command = import_module(f"generator.commands.{name}")
    parser = _parser(name)
    command.arguments(parser)
    options, unknown = parser.parse_known_args(given)
    if unknown:
        parser.error(_unknown(unknown, name, parser))
    files = _files()
    if files < _FILES:
        error(f"only {files} files may be open at once here, and {_FILES} have to; {_NO_FILES}")
        return BAD_USE
    site = options.root / "site.yaml"
    if not site.is_file():
        error(f"{site} is no ordinary file" if os.path.lexists(site) else f"there is no site.yaml in {options.root}")
        return BAD_USE
    try:
        code = int(command.run(options))
        if sys.stdout:
            sys.stdout.flush()  # while it can still be told what became of it
        return code
    except BrokenPipeError:  # whoever reads our output has seen enough, as `head` has
        os._exit(BAD_USE)
    except Refused as fault:
        error(str(fault))
        return fault.exit_code
    except OSError as fault:
        if fault.errno not in _OF_THE_MACHINE:
            return _fault()
        mend = _OF_THE_MACHINE[fault.errno]
        if mend == _NO_RIGHT and name == "build":
            mend += ", or name another folder (--output)"
        error(f"{fault.filename or 'a file'}: {fault.strerror}; {mend}")
        return BAD_USE
    except Exception as fault:
        if not is_of_memory(fault):
            return _fault()
        error(f"there is not enough memory; {_OF_THE_MACHINE[errno.ENOMEM]}")
        return BAD_USE


def _files() -> int:
    """How many files may be open at once, once as many are allowed as can be."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return _FILES
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _PLENTY if most == resource.RLIM_INFINITY else min(_PLENTY, most)
    if few != resource.RLIM_INFINITY and few < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
        few = wanted
    return _FILES if few == resource.RLIM_INFINITY else few


def _fault() -> int:
    """Show what went wrong in the program itself."""
    import traceback

    traceback.print_exc()
    print("\nThis is a fault of the program, not of your files. The site was not changed.", file=sys.stderr)
    return FAULT


def _unknown(given: Sequence[str], name: str, parser: argparse.ArgumentParser) -> str:
    """Say what to write in place of what the command does not take."""
    from generator.problems.likeness import suggest

    late = next((one for one in given if one in COMMANDS), "")
    if late:
        return f"the command stands first: build.py {late} ..."
    if name == "build" and not given[0].startswith("-"):
        return f'there is no command "{given[0]}"; {suggest(given[0], COMMANDS) or "known: " + ", ".join(COMMANDS)}'
    option = given[0].partition("=")[0]
    known = re.findall(r"--[a-z-]+", parser.format_help())
    hint = suggest(option, known) or f"`build.py {name} --help` shows what it takes"
    return f"unknown: {' '.join(given)}; {hint}"


def _parser(name: str) -> argparse.ArgumentParser:
    listed = "\n".join(f"  {one:<8} {says}" for one, says in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog=f"build.py {name}",
        usage=f"build.py {_USAGE.get(name, name)} [options]",
        description=f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.",
        epilog=f"commands:\n{listed}\n\n`build.py COMMAND --help` shows the options of each.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,  # a slip shall be told, and not be taken for another option
    )
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the site's folder (default: this one)")
    return parser
