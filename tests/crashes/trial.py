"""A small site, builds of it that are cut off or that fail at one of their calls, and what has to hold afterwards.

`python -m tests.crashes` tries them all; the tests try as many as there is time for.
"""

import ctypes
import errno
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from generator import cli
from generator.output import staging
from generator.output.exchange import exchanged
from generator.output.layout import MANIFEST
from tests.crashes.calls import KILL, Answer, Call, Ran, ran
from tests.helpers import SITE, make_site
from tests.sitekit import REPOSITORY, TODAY, copy_site, tree

SITES = ("colds", "hiccups")


def colds(root: Path, settings: str) -> Path:
    """Make the smallest site that has all its parts, with some settings more."""
    shutil.copytree(REPOSITORY / "static", root / "static")
    return make_site(root, {"site.yaml": SITE + settings})


_HOSTS = "hosting: [nginx, netlify]\ncompress: yes\n"
_REDIRECTS = re.compile(r"^redirect_from: .*\n", re.MULTILINE)
"""What no second article may have."""
_ALL = 25
"""After so many builds one is compared with a build from nothing."""
_KEPT = {"made.sqlite", "last-build.json", "publish"}
_ON_ITS_WAY = {"made.sqlite-wal", "made.sqlite-shm", "last-build.json.new"}
_WORKSPACE = {"turn", "published", "spare", "hosting"}
_LEFT = {"turn-journal", "turn.holder", "turn.holder.new", "published.new", "next", "previous"}
"""What builds leave in their folder and in that of a site on its way: at the end, and when they are cut off."""
RENAMES = ("rename", "renameat", "renameat2")
_OPENS = ("open", "openat", "creat")
_WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "ftruncate", "fallocate")
_NAMES = ("mkdir", "mkdirat", "link", "linkat", "symlink", "symlinkat", *RENAMES)
_GONE = ("unlink", "unlinkat", "rmdir")
FAULTS: dict[str, tuple[int, Container[str]]] = {
    "full": (errno.ENOSPC, (*_OPENS, *_WRITES, *_NAMES)),
    "read-only": (errno.EROFS, (*_OPENS, *_WRITES, *_NAMES, *_GONE)),
    "no right": (errno.EACCES, (*_OPENS, *_NAMES, *_GONE)),
    "failing": (errno.EIO, (*_OPENS, *_WRITES, "fsync", "fdatasync")),
    "over quota": (errno.EDQUOT, (*_OPENS, *_WRITES, *_NAMES)),
}
"""What may be wrong with a disk: the error, and the calls that give it."""


class Trial:
    """A site in a folder of its own. `is_command` says whether each build is the command itself, begun anew, and not a
    copy of this process, which has loaded the program."""

    def __init__(self, folder: Path, name: str = "colds", is_command: bool = False) -> None:
        folder.mkdir(parents=True)
        self.clean = folder / "clean"
        if name == "colds":
            self.root = colds(folder / name, _HOSTS)
            self._text, self._other = "content/care/rest.md", "content/care/more.md"
        else:
            self.root = copy_site(name, folder)
            with (self.root / "site.yaml").open("a", encoding="utf-8") as file:
                file.write(_HOSTS)
            self._text, self._other = "content/what/hiccups.md", "content/what/more.md"
        self.tried: Counter[str] = Counter()
        """How many builds were cut off or failed, by the call at which they did."""
        self.builds = 0
        self._before = (self.root / self._text).read_text(encoding="utf-8")
        self._edits = 0
        self._is_command = is_command
        if not is_command:
            cli.main(["--root", str(self.root), "--today", TODAY, "--no-search", "--quiet", "--jobs", "1"])
            self.wipe()

    def edit(self) -> None:
        """Change a text as it never was; and every other time there is an article more, or one less."""
        self._edits += 1
        text = f"{self._before.rstrip()}\n\nThis was changed {self._edits} times.\n"
        (self.root / self._text).write_text(text, encoding="utf-8")
        (self.root / self._other).unlink(missing_ok=True)
        if self._edits % 2:
            (self.root / self._other).write_text(_REDIRECTS.sub("", text), encoding="utf-8")

    def build(self, answer: Answer = lambda call: 0, opens: bool = False, more: tuple[str, ...] = ()) -> Ran:
        """Build the site; `answer` is asked of each call."""
        given = ["--root", str(self.root), "--today", TODAY, "--no-search", *more]
        self.builds += 1
        work = partial(_command if self._is_command else cli.main, given)
        return ran(work, self.root, answer, opens)

    def good(self, more: tuple[str, ...] = ()) -> Ran:
        """Build the site; it has to be good."""
        done = self.build(more=more)
        assert done.code == 0, done.told
        return done

    def settle(self) -> None:
        """Have what builds of an edited site begin with: the site before it, as a spare one, and nothing left over.

        A build that was killed or failed at its very end leaves nothing to do to the next; so what it left lies there
        until a build has something to do.
        """
        cache = self.root / ".cache"
        found = _names(cache) | _names(cache / "publish") | _names(cache / "publish" / "hosting")
        if found & (_ON_ITS_WAY | _LEFT) or not (cache / "publish" / "spare").is_dir():
            self.edit()
            self.good()
        self.check_what_is_left(is_over=True)

    def wipe(self) -> None:
        """Have nothing that any build has made."""
        for name in ("_site", "_site.hosting", ".cache"):
            shutil.rmtree(self.root / name, ignore_errors=True)

    def sites(self) -> list[dict[str, bytes] | None]:
        """The site, and what is beside it for its hosts, as they stand there; None where there is none."""
        folders = (self.root / "_site", self.root / "_site.hosting")
        return [tree(one) if one.is_dir() else None for one in folders]

    def is_as_from_nothing(self) -> bool:
        """Whether the site in place is what a build from nothing makes, beside files of others."""
        shutil.rmtree(self.clean, ignore_errors=True)
        self.good(("--no-cache", "--output", str(self.clean)))
        found = {path: body for path, body in tree(self.root / "_site").items() if path != "CNAME"}
        return found == tree(self.clean)

    def check_what_is_left(self, is_over: bool) -> None:
        """Builds leave nothing but what they are known to leave; less yet when one `is_over` and was not cut off."""
        cache, work = self.root / ".cache", self.root / ".cache" / "publish"
        assert _names(cache) <= (_KEPT if is_over else _KEPT | _ON_ITS_WAY), _names(cache)
        for folder in (work, work / "hosting"):
            assert _names(folder) <= (_WORKSPACE if is_over else _WORKSPACE | _LEFT), _names(folder)


def kills(trial: Trial, every: int = 1, first: int = 0, names: Container[str] | None = None, of_cache: int = 1) -> None:
    """Kill builds of an edited site, each at another call, until one ends before it comes to that.

    Each time the old site stands there then, or the new one, and the next build makes the new one. Of the calls by
    which the cache is written, one of so many is tried.
    """
    moment, is_done = first, False
    trial.good()
    (trial.root / "_site" / "CNAME").write_bytes(b"mine")
    trial.edit()
    calls = trial.good().calls
    while not is_done:
        if moment < len(calls) and calls[moment].path.startswith(".cache/made") and moment % of_cache:
            moment += every
            continue
        trial.settle()
        old = trial.sites()
        trial.edit()
        cut = trial.build(_killing(moment, names))
        is_done = cut.code == 0
        between = trial.sites()
        trial.check_what_is_left(is_over=False)
        trial.good()
        new = trial.sites()
        assert is_done or cut.code == -9, cut.told
        can_exchange = staging.exchanged is exchanged  # type: ignore[attr-defined]
        for before, now, after in zip(old, between, new, strict=True):
            assert now in (before, after) or (now is None and not can_exchange), _said(cut, moment)
        assert old[0]
        assert new[0]
        assert old[0]["CNAME"] == new[0]["CNAME"] == b"mine"
        assert old[0][MANIFEST] != new[0][MANIFEST]
        if not is_done:
            trial.tried[cut.calls[-1].name] += 1
        if is_done or moment // every % _ALL == 0:
            assert trial.is_as_from_nothing(), _said(cut, moment)
        moment += every


def first_kills(trial: Trial, every: int = 1, first: int = 0) -> None:
    """Kill first builds: there is no site then, or a whole one, and the next build makes it."""
    moment, is_done = first, False
    trial.good()
    whole = trial.sites()
    while not is_done:
        trial.wipe()
        cut = trial.build(_killing(moment))
        is_done = cut.code == 0
        assert is_done or cut.code == -9, cut.told
        assert all(now in (None, one) for now, one in zip(trial.sites(), whole, strict=True)), _said(cut, moment)
        trial.check_what_is_left(is_over=is_done)
        trial.good()
        assert trial.sites() == whole, _said(cut, moment)
        if not is_done:
            trial.tried[cut.calls[-1].name] += 1
        moment += every


def faults(trial: Trial, kinds: list[str], every: int = 1, first: int = 0, is_lasting: bool = True) -> None:
    """Have builds of an edited site fail at a call, and at all after it if that `is_lasting`; each time in another way.

    The old site stands there then, and the build says what is wrong, unless it could do without what has failed.
    """
    moment, is_done = first, False
    trial.good()
    while not is_done:
        kind = kinds[moment // every % len(kinds)]
        trial.settle()
        old = trial.sites()
        trial.edit()
        answer = _Failing(*FAULTS[kind], moment, is_lasting)
        failed = trial.build(answer)
        is_done = answer.failed is None
        between = trial.sites()
        trial.good()
        new = trial.sites()
        said = f"{kind}: {answer.failed}\n{failed.told}"
        assert "Traceback" not in failed.told, said
        assert failed.code in (0, 2), said
        for before, now, after in zip(old, between, new, strict=True):
            assert now == after if failed.code == 0 else now in (before, after), said
        if failed.code:
            assert f"error: {trial.root}" in failed.told, said
            assert os.strerror(FAULTS[kind][0]) in failed.told, said
        if answer.failed:
            trial.tried[f"{kind} {'at' if failed.code else 'borne at'} {answer.failed.name}"] += 1
        moment += every


@contextmanager
def without_exchange() -> Iterator[None]:
    """Swap sites as on a system that cannot exchange two folders in one step, while the block runs."""
    staging.exchanged = lambda one, other: False  # type: ignore[attr-defined]
    try:
        yield
    finally:
        staging.exchanged = exchanged  # type: ignore[attr-defined]


def without_power() -> None:
    """Be an account like others, even as root: what may not be written, may not be written."""
    system = ctypes.CDLL(None)
    for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        system.prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP


class _Failing:
    """Has a call fail, if it can in this way, and perhaps all after it."""

    def __init__(self, error: int, names: Container[str], moment: int, is_lasting: bool) -> None:
        self.error = error
        self.names = names
        self.moment = moment
        self.is_lasting = is_lasting
        self.failed: Call | None = None

    def __call__(self, call: Call) -> int:
        if call.number < self.moment or call.name not in self.names or (self.failed and not self.is_lasting):
            return 0
        self.failed = self.failed or call
        return self.error


def _killing(moment: int, names: Container[str] | None = None) -> Answer:
    """Kill at the call of a number; `names` are those that count."""
    left = moment

    def answer(call: Call) -> int:
        nonlocal left
        if names is not None and call.name not in names:
            return 0
        left -= 1
        return KILL if left < 0 else 0

    return answer


def _command(given: list[str]) -> int:
    """Become the command."""
    os.chdir(REPOSITORY)
    os.execv(sys.executable, [sys.executable, "build.py", *given])  # noqa: S606


def _names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()} if folder.is_dir() else set()


def _said(cut: Ran, moment: int) -> str:
    return f"at call {moment}: {[f'{one.name} {one.path}' for one in cut.calls[-3:]]}"
