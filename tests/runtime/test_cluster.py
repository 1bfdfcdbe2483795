"""A cluster shares the work and changes no byte; where it cannot, one line says why, and nothing is changed."""

import json
import os
import re
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from generator import cli, pipeline
from generator.cache.cache import NOTHING_KEPT
from generator.cache.program import packed_source
from generator.problems.faults import Lost, Unusable
from generator.runtime import cluster as door
from generator.runtime.cluster import Cluster, differences, is_address
from generator.runtime.means import Means
from generator.runtime.sharing import shared
from generator.runtime.timing import Clock
from generator.sources.names import good_name
from tests.clusterkit import cluster, need_dask
from tests.sitekit import REPOSITORY, TODAY, copy_site, tree

_P = ParamSpec("_P")
_T = TypeVar("_T")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster whose machines have the program's libraries and not the program."""
    with cluster(tmp_path_factory.mktemp("bare")) as address:
        yield address


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with articles enough for several lots."""
    root = copy_site("hiccups", tmp_path)
    article = (root / "content/ask/how-long.md").read_text(encoding="utf-8")
    for number in range(60):
        (root / f"content/ask/copy-{number}.md").write_text(article, encoding="utf-8")
    return root


class Counting(Executor):
    """Hands all work on, and counts it."""

    def __init__(self, executor: Executor) -> None:
        self.executor = executor
        self.lots = 0

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        self.lots += 1
        return self.executor.submit(fn, *args, **kwargs)


class Deadly:
    """Ends every process that reads it."""

    def __reduce__(self) -> tuple[Callable[[int], object], tuple[int]]:
        return os._exit, (1,)


def test_workers_that_have_never_seen_the_program_make_the_same_bytes(bare: str, site: Path) -> None:
    alone = pipeline.build(site)
    with Cluster(bare) as workers:
        counting = Counting(workers)
        clock = Clock()
        assert pipeline.build(site, means=Means(NOTHING_KEPT, counting, clock)) == alone
    assert counting.lots > 5
    assert (len(clock.timings().articles), len(clock.timings().pages)) == (alone.parses, alone.renders)


def test_a_site_that_a_cluster_made_is_the_site(bare: str, site: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(REPOSITORY / "build.py"), "--root", str(site), "--today", TODAY, "--no-search"]
    made = {}
    for name, given in {"far": ("--executor", bare), "here": ("--jobs", "1")}.items():
        ran = subprocess.run(
            [*command, *given, "--no-cache", "--output", str(tmp_path / name)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert "distributed" not in ran.stderr
        made[name] = tree(tmp_path / name)
    assert made["far"] == made["here"]


def test_a_worker_that_dies_is_told_with_what_it_was_at(bare: str) -> None:
    items = [*range(7), Deadly(), *range(8, 20)]
    with Cluster(bare) as workers, pytest.raises(Lost, match="read number 7"):
        list(shared(list, items, 4, workers, lambda one: f"read number {items.index(one)}"))


def test_workers_take_the_program_that_is_sent_and_no_older_one(bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cluster(bare) as first:
        texts = json.loads(zlib.decompress(packed_source()))
        texts["sources/names.py"] = texts["sources/names.py"].replace('or "page"', 'or "leaf"')
        monkeypatch.setattr(door, "packed_source", lambda: zlib.compress(json.dumps(texts).encode()))
        monkeypatch.setattr(door, "program_digest", lambda: b"another program")
        with Cluster(bare) as second:
            for _ in range(2):
                assert [one.submit(good_name, "?").result() for one in (first, second)] == ["page", "leaf"]


TWO_AT_ONCE = """
import json, pickle, sys, zlib
from generator.runtime.remote import caller

call = caller()
faults = {"problems/__init__.py": "", "problems/faults.py": "class Unusable(Exception): pass"}
program = zlib.compress(json.dumps({"__init__.py": "", **faults}).encode())
program = zlib.compress(json.dumps({"__init__.py": "", **faults}).encode())
given = lambda *values: [pickle.dumps(one) for one in values]
assert call("one", program, {}, *given(len, ("abc",))) == 3
sys.another = lambda: call("two", program, {}, *given(len, ("abc",)))
sys.both = lambda: (sys.another(), call("one", program, {}, *given(len, ("abc",))))
for meanwhile in ("another", "both"):
    try:
        call("one", program, {}, *given(eval, (f"__import__('sys').{meanwhile}()",)))
    except Exception as fault:
        print(type(fault).__module__, fault)
"""


def test_one_process_never_mixes_two_programs() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", TWO_AT_ONCE], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert (
        ran.stdout.count("generator.problems.faults a worker with several threads was given the work of two versions")
        == 2
    )


def test_a_worker_that_comes_later_with_another_library_makes_nothing(
    bare: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "library_versions", lambda: {"nh3": "0.0.1", "nothing-of-this-name": "1"})
    with Cluster(bare) as workers, pytest.raises(Unusable, match="another version of nh3, nothing-of-this-name"):
        list(shared(list, [1], 1, workers, str))


def test_what_fails_at_the_workers_is_told_and_not_done_here_in_silence(bare: str) -> None:
    with (
        Cluster(bare) as workers,
        pytest.raises(Unusable, match=r"a worker of the cluster failed.*No module named 'tests"),
    ):
        list(shared(_by_the_tests, [1], 1, workers, str))


def _by_the_tests(numbers: list[int]) -> list[int]:
    return numbers


def versions(**more: str | None) -> dict[str, Any]:
    names = ("python", "dask", "distributed", "cloudpickle", "msgpack", "markdown", "pyyaml", "pygments", "jinja2")
    every = dict.fromkeys((*names, "markupsafe", "nh3", "lxml", "babel", "segno", "pillow"), "1.0")
    return {"packages": {**every, **more}}


def test_other_versions_are_told_by_machine_and_library() -> None:
    same = {"client": versions(), "scheduler": versions(), "workers": {"tcp://one": versions()}}
    assert differences(same) == ""
    assert differences({**same, "scheduler": versions(nh3=None, pyyaml="2")}) == "", "a scheduler makes no page"
    told = differences(
        {**same, "workers": {"tcp://one": versions(nh3=None, lxml="6.1"), "tcp://two": versions(python="3")}}
    )
    assert "the worker tcp://one differs from this machine: " in told
    assert "nh3 is missing, here it is 1.0" in told
    assert "lxml 6.1, here it is 1.0" in told
    assert "and 1 more differ" in told
    assert "the scheduler differs from this machine: python 3.9" in differences(
        {**same, "scheduler": versions(python="3.9")}
    )


@pytest.mark.parametrize(
    "text", ["", "8786", "localhost:8786", "tcp://a:1", "dask://a", "dask://a:0", "dask://a:65536"]
)
def test_an_address_of_another_form_is_refused(text: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert not is_address(text)
    with pytest.raises(SystemExit) as left:
        cli.main(["--root", str(site), "--executor", text])
    assert left.value.code == 2
    assert "write it as dask://host:port" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["dask://a:1", "dask://10.0.0.1:8786/", "dask://a-b.example.org:8786", "dask://[::1]:1"]
)
def test_an_address_names_a_host_and_a_port(text: str) -> None:
    assert is_address(text)


def refused(site: Path, address: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Build with a cluster that cannot be used; give what is told."""
    before = tree(site)
    assert cli.main(["--root", str(site), "--executor", address, "--quiet", "--today", TODAY]) == 2
    assert tree(site) == before
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_without_the_library_one_is_told_how_to_get_it(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "is_installed", lambda: False)
    assert "requirements-cluster.lock" in refused(site, "dask://127.0.0.1:1", capsys)


def test_a_scheduler_that_does_not_answer_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    need_dask()
    monkeypatch.setattr(door, "_REACH", 0.3)
    address = "dask://127.0.0.1:1"
    assert refused(site, address, capsys) == f"error: no scheduler of Dask answers at {address}"


def test_a_scheduler_without_workers_is_told(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    with cluster(tmp_path / "empty", workers=0) as address:
        monkeypatch.setattr(door, "_REACH", 2)
        assert refused(site, address, capsys) == f"error: the cluster at {address} has no workers"


def test_work_that_nobody_is_left_to_do_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_EMPTY", 0.5)
    with cluster(tmp_path, workers=1, lasting=False) as address, Cluster(address) as workers:
        with pytest.raises(BrokenExecutor):
            workers.submit(os._exit, 1).result(timeout=60)
        with pytest.raises(Unusable, match=r"the cluster at .* has no workers left"):
            workers.submit(good_name, "?").result(timeout=60)
        with pytest.raises(Unusable, match="has no workers left"):
            workers.submit(good_name, "?")


def test_any_executor_of_a_library_can_share_the_work(tmp_path: Path) -> None:
    """Dask's own, as it is: it needs the program on its machines, and has a word of its own for a worker that died."""
    with cluster(tmp_path, path=REPOSITORY) as address:
        connect: Any = import_module("distributed").Client

        with (
            connect(address.replace("dask:", "tcp:"), set_as_default=False) as client,
            client.get_executor() as executor,
        ):
            assert list(shared(_doubled, range(50), 4, executor, str)) == [2 * one for one in range(50)]
            with pytest.raises(Lost, match=re.escape("doubled 33")):
                list(shared(partial(_doubled, deadly=33), range(50), 4, executor, "doubled {}".format))


def _doubled(numbers: list[int], deadly: int = -1) -> list[int]:
    if deadly in numbers:
        os._exit(1)
    return [2 * one for one in numbers]
