"""Begin a new article, or a whole new site."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from generator.commands.reading import sources_of
from generator.commands.saying import say
from generator.commands.typed import typed
from generator.problems.exits import GOOD
from generator.problems.faults import Refused

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
    from generator.runtime.day import present_day
    from generator.sources.files import is_free, write_file
    from generator.workbench import new_site

    title = title or new_site.title_of(folder.resolve().name)
    files = new_site.files(title, present_day())
    fault = new_site.fault_of(title, files)
    if fault:
        raise Refused(fault)
    if not is_free(folder):
        raise Refused(f"{folder} is not empty, and nothing is written over; name a folder that is new or empty")
    for name, data in files.items():
        write_file(folder, name, data)
    say(f'"{title}" is begun in {folder}: {len(files)} files.')
    say(f"{typed(f'--root {_quoted(folder)}')} makes the site; {folder / 'README.md'} says how to make it yours.")
    return GOOD


def _quoted(folder: Path) -> str:
    """Write a folder as it can be typed behind a command: in quotes where it holds a space."""
    return f'"{folder}"' if " " in str(folder) else str(folder)


def _article(options: argparse.Namespace) -> int:
    """Write the draft of an article, and say what is near to it."""
    from generator.disk.folders import CONTENT
    from generator.runtime.day import present_day
    from generator.sources.files import write_file
    from generator.sources.kinds import OPEN
    from generator.stages.data import read_data
    from generator.stages.parsing import parse_all
    from generator.workbench import starters

    sources, _ = sources_of(options.root)
    path = _path(options, sources.config)
    documents = {one.path: one for one in parse_all(sources).documents}
    data, _ = read_data(sources)
    author = next((one.id for one in data.people.values() if "author" in one.roles), "")
    topic = next((one.id for one in sources.config.topics), "")
    headings = starters.usual_headings(documents.values(), options.kind)
    near = starters.related(options.title, path, documents)
    ready = starters.Ready(present_day(), author, topic, tuple(way for way, _ in near))
    write_file(options.root, path, starters.starter(options.kind, options.title, headings, ready))
    say(f"{path} is a draft: fill in what says {OPEN}, and look at what stands below {starters.CHOOSE}.")
    twin = starters.same_name(options.title, documents)
    if twin:
        say(f"Look first whether it is not there already: {twin}")
    if near:
        say("Pages that may be related:")
        for way, title in near:
            say(f"  {way}  ({title})")
    at = "" if options.root.resolve() == Path.cwd().resolve() else f" --root {_quoted(options.root)}"
    say(f"{typed(f'serve --drafts{at}')} shows it at /{path.removeprefix(f'{CONTENT}/').removesuffix('.md')}/.")
    say("While it is a draft, its words are not judged. Write `status: published` when it is ready: then")
    say(f"{typed(f'check{at}')} says what is still missing, and once nothing is, the page is part of the site.")
    return GOOD


def _path(options: argparse.Namespace, config: "Config") -> str:
    """Give the path of a new article.

    Raises:
        Refused: If it cannot stand there, or if something does already.
    """
    from generator.disk.folders import CONTENT
    from generator.sources.names import LONGEST, fault_of
    from generator.workbench import starters

    folder = _folder(options.kind, options.folder, config)
    name = options.name.removesuffix(".md") or starters.slug(options.title)
    if starters.slug(name) != name:
        fitting = f"use a-z, 0-9 and hyphens: --name {starters.slug(name)}"
        raise Refused(f'"{name}" cannot be the name of a file; {fitting}')
    if not name:
        raise Refused("no name can be made from the title; give one with --name")
    path = f"{CONTENT}/{folder}/{name}.md" if folder else f"{CONTENT}/{name}.md"
    taken = fault_of(f"{name}.md")
    if taken:
        raise Refused(f"{taken[0]}; choose another name with --name")
    if len(path) > LONGEST:
        long = f"{path} would have {len(path)} characters, of which {LONGEST} are possible"
        raise Refused(f"{long}; choose a shorter --name")
    if (options.root / path).exists():
        raise Refused(f"{path} is there already, and nothing is written over; choose another title or --name")
    return path


def _folder(kind: str, wanted: str, config: "Config") -> str:
    """Give the folder of a new article.

    Raises:
        Refused: If no section is what was asked for.
    """
    from generator.problems.likeness import suggest
    from generator.sources.kinds import KINDS

    if kind not in KINDS or kind == "home":
        known = [*(one for one in KINDS if one != "home"), SITE]
        raise Refused(f'there is no kind "{kind}"; {suggest(kind, known) or "known: " + ", ".join(known)}')
    folders = [section.folder for section in config.sections if section.kind == kind]
    if wanted and wanted not in folders:
        raise Refused(f'no section for the kind {kind} has the folder "{wanted}"; there are: {", ".join(folders)}')
    if not folders:
        raise Refused(f"no section of site.yaml holds the kind {kind}; add one, or give another section that kind")
    if not wanted and len(folders) > 1:
        raise Refused(f"several sections hold the kind {kind}; name one with --in: {', '.join(folders)}")
    return wanted or folders[0]
