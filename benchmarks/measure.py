"""Run a command and measure it: wall time, processor time, and the memory of the whole tree of its processes.

Linux only: the memory is read from /proc. A process counts with its PSS (what is shared between processes is shared out
between them), so that workers that share pages are not counted twice. It is sampled, so a shorter peak is missed.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
_SHORTEST = 0.005
_SHARE = 20
"""Sampling takes at most one part of so many of a processor's time."""


@dataclass(frozen=True)
class Measured:
    """Seconds and MiB of one run, and its exit code (-9 where it took too long)."""

    wall: float
    cpu: float
    pss: float
    rss: float
    code: int


@dataclass
class Sampler:
    """Watches all processes of one session and keeps the peaks of their sums, in KiB."""

    session: int
    pss: int = 0
    rss: int = 0
    _foreign: set[str] = field(default_factory=set)
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Sample until stopped."""
        while True:
            start = time.perf_counter()
            self.sample()
            if self._stop.wait(max(_SHORTEST, _SHARE * (time.perf_counter() - start))):
                return

    def stop(self) -> None:
        """End the sampling."""
        self._stop.set()

    def sample(self) -> None:
        """Read the memory of all processes once."""
        pss = rss = 0
        for process in self._processes():
            values = _memory(process)
            pss += values.get("Pss", 0)
            rss += values.get("Rss", 0)
        self.pss, self.rss = max(self.pss, pss), max(self.rss, rss)

    def _processes(self) -> Iterator[str]:
        for name in os.listdir(_PROC):
            if not name.isdigit() or name in self._foreign:
                continue
            if _session(name) == self.session:
                yield name
            else:
                self._foreign.add(name)


def run(
    command: tuple[str, ...], folder: Path, log: Path, environment: Mapping[str, str] | None = None, limit: float = 3600
) -> Measured:
    """Run a command in a folder, its words into a log, for so many seconds at most."""
    start = time.perf_counter()
    process = start_in_session(command, folder, log, environment)
    try:
        with sampling(process.pid) as sampler, _time_limit(process.pid, limit):
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
    except BaseException:  # Ctrl+C ends what was started too
        end(process.pid)
        process.wait()
        raise
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    return Measured(wall, cpu, sampler.pss / 1024, sampler.rss / 1024, process.returncode)


def start_in_session(
    command: tuple[str, ...], folder: Path, log: Path, environment: Mapping[str, str] | None = None
) -> "subprocess.Popen[bytes]":
    """Start a command as the first process of a session of its own.

    Python keeps there what it compiles, whatever is set here: generators that pip installed come compiled too.
    """
    surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log.open("wb") as words:
        return subprocess.Popen(  # noqa: S603 - the commands are those of generators.py
            command,
            cwd=folder,
            env={**surroundings, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


@contextmanager
def sampling(session: int) -> Iterator[Sampler]:
    """Watch the memory of a session while something else is done."""
    sampler = Sampler(session)
    thread = threading.Thread(target=sampler.run, daemon=True)
    thread.start()
    try:
        yield sampler
    finally:
        sampler.stop()
        thread.join()


@contextmanager
def _time_limit(session: int, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, end, (session,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def end(session: int, how: signal.Signals = signal.SIGKILL) -> None:
    """End all processes of a session that this program started."""
    try:
        os.killpg(session, how)
    except ProcessLookupError:
        return


def _session(process: str) -> int:
    try:
        stat = (_PROC / process / "stat").read_text(encoding="utf-8", errors="replace")
        return int(stat.rpartition(")")[2].split()[3])
    except (OSError, IndexError, ValueError):
        return -1


def _memory(process: str) -> dict[str, int]:
    try:
        text = (_PROC / process / "smaps_rollup").read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return {}
    rows = (line.split() for line in text.splitlines()[1:])
    return {row[0].rstrip(":"): int(row[1]) for row in rows if len(row) > 1 and row[0] in ("Rss:", "Pss:")}
