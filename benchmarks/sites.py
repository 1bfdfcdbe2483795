"""Sites on the disk: a corpus with the templates and settings of one generator, and the page by which it is judged."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import rich
from benchmarks.corpus.dialects import DIALECTS, plain_files
from benchmarks.corpus.texts import MARK, SEED, articles, has_notes
from benchmarks.generators import PEERS, REPOSITORY, Command, Generator

FOOT = "foot-000000"
"""A word in the base template that a benchmark changes when it edits that template."""
_MADE = "made.json"
_MARK, _FOOT = re.compile(r"mark-(\d{6})"), re.compile(r"foot-(\d{6})")


@dataclass(frozen=True)
class Probe:
    """The page that is edited, its output, another page's output, and what must stand in the output."""

    source: str
    output: str
    other: str
    needles: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """One site that is ready to be built."""

    folder: Path
    generator: Generator
    pages: int
    probe: Probe


def make(work: Path, generator: Generator, pages: int, seed: int = SEED) -> Site:
    """Make a site below a folder of work, or take the one that is there if it was made from the same."""
    folder = work / "sites" / f"{generator.corpus}-{pages}" / generator.dialect
    wanted = {"pages": pages, "seed": seed, "made_from": _made_from()}
    probe = plain_probe(generator, pages, seed) if generator.corpus == "plain" else rich_probe(pages, seed)
    marker = folder.with_suffix(".json")
    if not (marker.is_file() and json.loads(marker.read_text(encoding="utf-8")) == wanted):
        marker.unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        write_site(folder, generator, pages, seed)
        marker.write_text(json.dumps(wanted), encoding="utf-8")
    return Site(folder, generator, pages, probe)


def write_site(folder: Path, generator: Generator, pages: int, seed: int = SEED) -> None:
    """Write a site into a folder that is not there yet."""
    if generator.corpus == "rich":
        for part in ("templates", "static"):
            shutil.copytree(REPOSITORY / part, folder / part)
        base = folder / generator.template
        text = base.read_text(encoding="utf-8")
        base.write_text(text.replace("</body>", f"<!-- {FOOT} -->\n</body>"), encoding="utf-8")
        _write(folder, rich.files(pages, seed))
        return
    shutil.copytree(PEERS / generator.dialect, folder)
    if generator.dialect == "ours":
        for part in ("feeds", "words"):
            shutil.copytree(REPOSITORY / "templates" / part, folder / "templates" / part)
    _write(folder, plain_files(DIALECTS[generator.dialect], pages, seed))


def plain_probe(generator: Generator, pages: int, seed: int) -> Probe:
    """The article in the middle, with what it must show whoever makes it."""
    every = articles(pages, seed)
    one, other = every[pages // 2], every[pages // 3]
    source = "Summary of" if has_notes(one) else f"https://example.org/guidance/{one.slug}"
    needles = (one.title, one.summary, "<table", "<h3", "<blockquote", "When to ask for help", source)
    dialect = DIALECTS[generator.dialect]
    return Probe(f"{dialect.folder}/{one.path}", f"{one.url}index.html", f"{other.url}index.html", needles)


def rich_probe(pages: int, seed: int) -> Probe:
    """The same of the rich corpus."""
    one, other = rich.probed(pages, seed)
    needles = (one.title, "<table", "key-points", 'class="references"', 'class="callout')
    return Probe(f"content/{one.path}", f"{one.url}index.html", f"{other.url}index.html", needles)


def edit_body(site: Site) -> None:
    """Change one word of the probed article."""
    _count_up(site.folder / site.probe.source, _MARK)


def edit_template(site: Site) -> None:
    """Change one word of the base template."""
    _count_up(site.folder / site.generator.template, _FOOT)


def clear(site: Site) -> None:
    """Remove the output and every cache."""
    for name in (site.generator.output, *site.generator.caches):
        shutil.rmtree(site.folder / name, ignore_errors=True)


def wrong(site: Site, count_pages: bool = False) -> str:
    """What is wrong with the built pages; empty where all is right."""
    output = site.folder / site.generator.output
    probe = site.probe
    mark, foot = _state(site)
    wanted = {probe.output: (*probe.needles, mark, foot), probe.other: (MARK, foot)}
    for path, needles in wanted.items():
        page = output / path
        if not page.is_file():
            return f"there is no {path}"
        text = page.read_text(encoding="utf-8")
        missing = [one for one in needles if one not in text]
        if missing:
            return f"{path} lacks {missing[0]!r}"
        left = re.search(r'href="[^":]*\.md[#"]', text.replace('href="page.md"', ""))
        if left:
            return f"{path} has the link {left[0]}"
    if count_pages and (found := _html_pages(output)) < site.pages:
        return f"{found} pages of {site.pages}"
    return ""


def link_modules(site: Site, command: Command) -> None:
    """Let a generator of Node find its modules from the site's folder, as in a project of its own."""
    modules = next((one for one in Path(command[-1]).parents if one.name == "node_modules"), None)
    beside = site.folder / "node_modules"
    if modules and not beside.exists():
        beside.symlink_to(modules)


def current_mark(site: Site) -> str:
    """The word that stands in the probed article now."""
    return _state(site)[0]


def _state(site: Site) -> tuple[str, str]:
    source = (site.folder / site.probe.source).read_text(encoding="utf-8")
    template = (site.folder / site.generator.template).read_text(encoding="utf-8")
    mark, foot = _MARK.search(source), _FOOT.search(template)
    return mark[0] if mark else MARK, foot[0] if foot else FOOT


def _count_up(path: Path, pattern: re.Pattern[str]) -> None:
    def next_one(found: re.Match[str]) -> str:
        return f"{found[0][:-6]}{int(found[1]) + 1:06}"

    text, count = pattern.subn(next_one, path.read_text(encoding="utf-8"), count=1)
    if not count:
        raise ValueError(f"{path} has no word to change")
    path.write_text(text, encoding="utf-8")


def _html_pages(folder: Path) -> int:
    return sum(name.endswith(".html") for _, _, names in os.walk(folder) for name in names)


def _write(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _made_from() -> str:
    """A digest of all that a site is made from beside its size and seed."""
    digest = hashlib.sha256()
    for path in _ingredients():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _ingredients() -> Iterator[Path]:
    own = Path(__file__).resolve().parent
    for folder in (own / "corpus", own / "peers", REPOSITORY / "templates", REPOSITORY / "static"):
        yield from sorted(one for one in folder.rglob("*") if one.is_file() and "__pycache__" not in one.parts)
