"""A cluster of Dask on this machine, for tests: a scheduler, and two workers that are processes of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.runtime.cluster import is_installed
from tests.needs import need

_HIDES = """\
import sys

class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name == "generator":
            raise ModuleNotFoundError("this machine has the program's libraries, and not the program", name=name)

sys.meta_path.insert(0, Hidden())
"""
"""As `sitecustomize.py` it keeps Python from finding the program, installed or not."""


def need_dask() -> None:
    """Skip the running test where there is no Dask."""
    need("Dask (distributed)", is_installed(), "pip install --require-hashes -r requirements-test.lock")


@contextmanager
def cluster(folder: Path, *, path: Path | None = None, workers: int = 2, lasting: bool = True) -> Iterator[str]:
    """Run a cluster while the block runs; give its address. `path` is where its Python looks for modules.

    Without one, its machines have all libraries and know nothing of the program. A worker that dies is replaced in a
    cluster that lasts, and the work that it died of is not tried a second time.
    """
    need_dask()
    if path is None:
        path = folder / "hides"
        path.mkdir()
        (path / "sitecustomize.py").write_text(_HIDES, encoding="utf-8")
    told = folder / "scheduler.json"
    surroundings = {
        **os.environ,
        "DASK_CONFIG": str(folder),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        "PYTHONPATH": str(path),
        "PYTHONWARNINGS": "ignore",
    }
    begin = [sys.executable, "-m", "dask"]
    with (folder / "log").open("wb") as log:

        def started(*arguments: str) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [*begin, *arguments], cwd=folder, env=surroundings, stdout=log, stderr=log, start_new_session=True
            )

        running = [
            started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", f"--scheduler-file={told}")
        ]
        try:
            _until(lambda: told.is_file() and told.read_bytes().endswith(b"}"))
            address = str(json.loads(told.read_text(encoding="utf-8"))["address"])
            if workers:
                given = ["--nthreads", "1", "--nworkers", str(workers), "--no-dashboard", "--host", "127.0.0.1"]
                given += [] if lasting else ["--no-nanny"]
                running.append(started("worker", *given, f"--local-directory={folder}", address))
            _until(lambda: (folder / "log").read_bytes().count(b"Register worker") >= workers)
            yield address.replace("tcp://", "dask://")
        finally:
            for process in reversed(running):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # a worker that is being replaced would take its time
                process.wait()


def _until(there: Callable[[], bool]) -> None:
    for _ in range(600):
        if there():
            return
        time.sleep(0.1)
    raise TimeoutError("the cluster did not begin within a minute")
