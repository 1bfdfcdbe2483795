"""Print or keep the JSON Schema of front matter and data files."""

import argparse
import json
import sys

from generator.commands.exits import BAD_USE, GOOD


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "name", nargs="?", default="", help="a kind of article or a data file, such as treatment or claims"
    )
    parser.add_argument("--write", action="store_true", help="write all of them to schemas/, where editors find them")


def run(options: argparse.Namespace) -> int:
    """Print one schema, or all by name; or write all."""
    from generator.problems.problem import suggest
    from generator.sources.files import write_file
    from generator.workbench.editors import FOLDER, as_bytes
    from generator.workbench.json_schemas import all_schemas

    every = all_schemas()
    if options.name and options.name not in every:
        hint = suggest(options.name, every) or "known: " + ", ".join(every)
        print(f'error: there is no schema "{options.name}"; {hint}', file=sys.stderr)
        return BAD_USE
    if options.write:
        for name, schema in every.items():
            write_file(options.root, f"{FOLDER}/{name}.json", as_bytes(schema))
        print(f"{len(every)} schemas written to {FOLDER}/")
        return GOOD
    print(json.dumps(every[options.name] if options.name else every, indent=2))
    return GOOD
