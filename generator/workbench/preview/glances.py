"""What the preview holds between builds: what was joined last, and which articles were saved since a build began."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from generator.cache.cache import Cache
from generator.output.outputs import Output
from generator.pipeline import Build
from generator.problems.problem import Problem, told
from generator.sources.files import Changed, SourceFile, read_file
from generator.workbench.preview import at_once
from generator.workbench.preview.at_once import Standing

_MOST = 8
"""Articles that are made at once; more of them, as a change of branch saves, are for the whole build."""


@dataclass(frozen=True)
class Glance:
    """What came of saves of the named articles: the files that are others now, or all that is wrong; and whether other
    pages show something of what was changed."""

    names: tuple[str, ...]
    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]
    is_told_elsewhere: bool

    @property
    def is_good(self) -> bool:
        """Whether its files may be shown."""
        return not any(one.is_error for one in self.problems)


class Glances:
    """Makes what a save shows at once. All of it runs on one thread, so that whatever is made later is newer."""

    def __init__(self, root: Path, cache: Cache) -> None:
        self.root = root
        self.cache = cache
        self.standing: Standing | None = None
        self.since: dict[str, SourceFile] = {}

    def begin(self) -> None:
        """A build begins: it reads all that was saved before."""
        self.since = {}

    def end(self, build: Build | None, files: Mapping[str, Output]) -> Glance | None:
        """A build has ended; give again what was saved while it ran, which it may not have read. After a fault of the
        program nothing stands, so nothing is shown before the next build."""
        if build is None:
            self.standing = None
            return None
        before = self.standing.good.sources.templates if self.standing else ()
        self.standing = at_once.after(build, self.standing)
        if self.standing and self.standing.good.sources.templates != before:
            Thread(target=at_once.get_ready, args=(self.standing.good,), daemon=True).start()
        return self._made(list(self.since.values()), files)

    def saved(self, changed: Iterable[str], files: Mapping[str, Output]) -> Glance | None:
        """Give what saves have changed of the files that are shown; None where only a whole build can tell.

        A file that cannot be read, or is empty since somebody is writing it, is passed over.
        """
        known = self.standing.site.catalogue.documents if self.standing else {}
        names = [path for path in changed if path in known]
        if not names or len(names) > _MOST:
            return None
        read: list[SourceFile] = []
        for path in names:
            with suppress(OSError):
                file = read_file(self.root, path)
                read += [file] if file else []
        return self._made(read, files)

    def page(self, name: str, files: Mapping[str, Output]) -> list[Output]:
        """Make one more page of the site as it stands; give what of it is another than before."""
        if self.standing is None or not self.standing.is_good:
            return []
        try:
            made, _ = at_once.make(self.standing, name, files.get(name), self.cache)
        except Changed:  # the cache has lost what is inside an article, and its file is another one by now
            return []
        return [one for one in made if one != files.get(one.path)]

    def _made(self, read: Iterable[SourceFile], files: Mapping[str, Output]) -> Glance | None:
        try:
            return self._made_of(read, files)
        except Changed:
            return None

    def _made_of(self, read: Iterable[SourceFile], files: Mapping[str, Output]) -> Glance | None:
        names: list[str] = []
        is_told = False
        for file in read:
            before = self.standing
            now = at_once.with_file(before, file) if before else None
            if before and now:
                self.standing = now
                self.since[file.path] = file
                names.append(file.path)
                is_told = is_told or at_once.is_told_elsewhere(file.path, before, now)
        if not names or self.standing is None:
            return None
        if not self.standing.is_good:
            return Glance(tuple(names), (), self.standing.every_problem(), is_told)
        outputs: list[Output] = []
        problems: list[Problem] = []
        for name in at_once.shown_by(self.standing):
            made, wrong = at_once.make(self.standing, name, files.get(name), self.cache)
            outputs += made
            problems += wrong
        self.standing = at_once.without_waiting(self.standing)
        return Glance(tuple(names), tuple(outputs), told(problems), is_told)
