"""Begin a new article, or a whole new site."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.exits import BAD_USE, GOOD
from generator.commands.typed import typed

if TYPE_CHECKING:
    from generator.config import Config

SITE = "site"
"""What is asked for where it is no article."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("kind", help=f"the kind of article, such as treatment or question; or `{SITE}`")
    parser.add_argument("title", help=f"its title, in quotes; for a {SITE}, an empty folder")
    parser.add_argument("--in", dest="folder", default="", help="the section's folder, where several hold this kind")
    parser.add_argument("--name", default="", help="the file's name (default: made from the title)")
    parser.add_argument(
        "--title", dest="site_title", default="", help=f"{SITE}: its title (default: the folder's name)"
    )


def run(options: argparse.Namespace) -> int:
    """Write what is asked for, and say what to do next."""
    if options.kind == SITE:
        return _site(Path(options.title), options.site_title)
    return _article(options)


def _site(folder: Path, title: str) -> int:
    """Write a small site that can be built at once."""
    from generator.pipeline import present_day
    from generator.sources.files import is_free, write_file
    from generator.workbench import new_site

    title = title or new_site.title_of(folder.resolve().name)
    files = new_site.files(title, present_day())
    fault = new_site.fault_of(title, files)
    if not fault and not is_free(folder):
        fault = f"{folder} is not empty, and nothing is written over; name a folder that is new or empty"
    if fault:
        print(f"error: {fault}", file=sys.stderr)
        return BAD_USE
    for name, data in files.items():
        write_file(folder, name, data)
    print(f'"{title}" is begun in {folder}: {len(files)} files.')
    print(f"{typed(f'--root {_quoted(folder)}')} makes the site; {folder / 'README.md'} says how to make it yours.")
    return GOOD


def _quoted(folder: Path) -> str:
    """Write a folder as it can be typed behind a command: in quotes where it holds a space."""
    return f'"{folder}"' if " " in str(folder) else str(folder)


def _article(options: argparse.Namespace) -> int:
    """Write the draft of an article, and say what is near to it."""
    from generator.disk.folders import CONTENT
    from generator.pipeline import present_day
    from generator.sources.files import write_file
    from generator.sources.kinds import OPEN
    from generator.sources.names import LONGEST, fault_of
    from generator.stages import intake
    from generator.stages.parsing import parse_all
    from generator.workbench import starters

    sources, _ = intake.read(options.root)
    if sources is None:
        print(f"error: site.yaml cannot be read; {typed('check')} says why", file=sys.stderr)
        return BAD_USE
    folder, fault = _folder(options.kind, options.folder, sources.config)
    name = options.name.removesuffix(".md") or starters.slug(options.title)
    if not fault and starters.slug(name) != name:
        fault = f'"{name}" cannot be the name of a file; use a-z, 0-9 and hyphens: --name {starters.slug(name)}'
    if not fault and not name:
        fault = "no name can be made from the title; give one with --name"
    path = f"{CONTENT}/{folder}/{name}.md" if folder else f"{CONTENT}/{name}.md"
    taken = fault_of(f"{name}.md")
    if not fault and taken:
        fault = f"{taken[0]}; choose another name with --name"
    if not fault and len(path) > LONGEST:
        fault = f"{path} would have {len(path)} characters, of which {LONGEST} are possible; choose a shorter --name"
    if not fault and (options.root / path).exists():
        fault = f"{path} is there already, and nothing is written over; choose another title or --name"
    if fault:
        print(f"error: {fault}", file=sys.stderr)
        return BAD_USE
    documents = {one.path: one for one in parse_all(sources).documents}
    data, _ = intake.read_data(sources)
    author = next((one.id for one in data.people.values() if "author" in one.roles), "")
    topic = next((one.id for one in sources.config.topics), "")
    headings = starters.usual_headings(documents.values(), options.kind)
    near = starters.related(options.title, path, documents)
    ready = starters.Ready(present_day(), author, topic, tuple(way for way, _ in near))
    write_file(options.root, path, starters.starter(options.kind, options.title, headings, ready))
    print(f"{path} is a draft: fill in what says {OPEN}, and look at what stands below {starters.CHOOSE}.")
    twin = starters.same_name(options.title, documents)
    if twin:
        print(f"Look first whether it is not there already: {twin}")
    if near:
        print("Pages that may be related:")
        print("\n".join(f"  {way}  ({title})" for way, title in near))
    at = "" if options.root.resolve() == Path.cwd().resolve() else f" --root {_quoted(options.root)}"
    print(f"{typed(f'serve --drafts{at}')} shows it at /{path.removeprefix(f'{CONTENT}/').removesuffix('.md')}/.")
    print("While it is a draft, its words are not judged. Write `status: published` when it is ready: then")
    print(f"{typed(f'check{at}')} says what is still missing, and once nothing is, the page is part of the site.")
    return GOOD


def _folder(kind: str, wanted: str, config: "Config") -> tuple[str, str]:
    """Give the folder of a new article, or what is wrong with what was asked for."""
    from generator.problems.problem import suggest
    from generator.sources.kinds import KINDS

    if kind not in KINDS or kind == "home":
        known = [*(one for one in KINDS if one != "home"), SITE]
        return "", f'there is no kind "{kind}"; {suggest(kind, known) or "known: " + ", ".join(known)}'
    folders = [section.folder for section in config.sections if section.kind == kind]
    if wanted and wanted not in folders:
        return "", f'no section for the kind {kind} has the folder "{wanted}"; there are: {", ".join(folders)}'
    if not folders:
        return "", f"no section of site.yaml holds the kind {kind}; add one, or give another section that kind"
    if not wanted and len(folders) > 1:
        return "", f"several sections hold the kind {kind}; name one with --in: {', '.join(folders)}"
    return wanted or folders[0], ""
