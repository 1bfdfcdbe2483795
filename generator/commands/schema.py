"""Print or keep the JSON Schema of front matter and data files."""

import argparse
import json

from generator.commands.saying import say
from generator.problems.exits import GOOD
from generator.problems.faults import Refused


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "name", nargs="?", default="", help="a kind of article or a data file, such as treatment or claims"
    )
    parser.add_argument("--write", action="store_true", help="write all of them to schemas/, where editors find them")


def run(options: argparse.Namespace) -> int:
    """Print one schema, or all by name; or write all."""
    from generator.problems.likeness import suggest
    from generator.sources.files import write_file
    from generator.workbench.editors import FOLDER, as_bytes
    from generator.workbench.json_schemas import all_schemas

    every = all_schemas()
    if options.name and options.name not in every:
        hint = suggest(options.name, every) or "known: " + ", ".join(every)
        raise Refused(f'there is no schema "{options.name}"; {hint}')
    if options.write:
        for name, schema in every.items():
            write_file(options.root, f"{FOLDER}/{name}.json", as_bytes(schema))
        say(f"{len(every)} schemas written to {FOLDER}/")
        return GOOD
    print(json.dumps(every[options.name] if options.name else every, indent=2))
    return GOOD
