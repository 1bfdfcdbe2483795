"""Workers on other machines: a cluster of Dask shares the work. This is the one door to the library `distributed`.

Scheduler and workers need Python and the program's libraries, in the versions that are here; the program itself is sent
along (see `remote.py`), so that they never make pages by an older one. Every result is an ordinary future.
"""

import importlib.util
import logging
import pickle  # nosec B403
import re
import threading
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from functools import partial
from typing import Any, ParamSpec, TypeVar

from generator.cache.program import library_versions, packed_source, program_digest
from generator.problems.faults import Unusable
from generator.runtime.remote import caller

_P = ParamSpec("_P")
_T = TypeVar("_T")

MISSING = (
    "no cluster can be used without the library distributed: pip install --require-hashes -r requirements-cluster.lock"
)
_ADDRESS = re.compile(r"dask://(\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})/?")
_OF_DASK = ("python", "dask", "distributed", "cloudpickle", "msgpack")
"""What must be the same for them to understand each other."""
_REACH = 10.0
"""Seconds to wait for the scheduler, and for a first worker."""
_EMPTY = 60.0
"""Seconds without any worker after which nobody is waited for."""


def is_address(text: str) -> bool:
    """Whether a text is the address of a scheduler, `dask://host:port`."""
    found = _ADDRESS.fullmatch(text)
    return found is not None and 0 < int(found[2]) < 65536


def is_installed() -> bool:
    """Whether a cluster can be used."""
    return importlib.util.find_spec("distributed") is not None


class Cluster(Executor):
    """The workers of a scheduler. They are asked for their versions first: other ones may make other bytes."""

    def __init__(self, address: str) -> None:
        if not is_installed():
            raise Unusable(MISSING)
        self._client = _reached(address)
        self._executor = self._client.get_executor(pure=False)
        self._far = partial(caller(), program_digest().hex())
        self._versions = library_versions()
        self._program = self._client.submit(bytes, packed_source(), pure=False)  # to each worker once, however many die
        self._gone = f"the cluster at {address} is gone"
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._wait_until_empty, args=(address,), daemon=True)
        self._watch.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a function called by one of them; it and what it is given are sent as they are here."""
        work, given = pickle.dumps(partial(fn, **kwargs)), pickle.dumps(args)
        try:
            inner = self._executor.submit(self._far, self._program, self._versions, work, given)
        except Exception as fault:  # the library has many ways to say that there is nobody any more
            raise Unusable(self._gone) from fault
        outer: Future[_T] = Future()
        outer.set_running_or_notify_cancel()
        inner.add_done_callback(partial(self._pass_on, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster as it was; what is not done is given up where `cancel_futures` says so."""
        self._ended.set()
        self._watch.join()
        if self._client.status == "running":
            self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close(timeout=_REACH)

    def _pass_on(self, outer: Future[Any], inner: Future[Any]) -> None:
        """Hand on what came of a call; a worker that died is told as every executor tells it, all else as `Unusable`.

        No fault is left to be mended here in silence: a cluster that fails at every call would be a slow build.
        """
        from distributed import KilledWorker

        fault = CancelledError() if inner.cancelled() else inner.exception()
        if fault is None:
            outer.set_result(inner.result())
        elif isinstance(fault, CancelledError):
            outer.set_exception(Unusable(self._gone))
        elif isinstance(fault, KilledWorker):
            outer.set_exception(BrokenExecutor(str(fault)))
        elif isinstance(fault, Unusable):
            outer.set_exception(fault)
        else:
            told = f"a worker of the cluster failed ({type(fault).__name__}: {fault}); without --executor more is told"
            outer.set_exception(Unusable(told))

    def _wait_until_empty(self, address: str) -> None:
        """Give all work up when there has been no worker for long: Dask would wait for one for ever."""
        empty = 0.0
        pause = min(1.0, _EMPTY)
        while not self._ended.wait(pause):
            empty = 0 if self._client.scheduler_info().get("workers") else empty + pause
            if empty >= _EMPTY:
                self._gone = f"the cluster at {address} has no workers left"
                self._executor.shutdown(wait=False)
                return


def _reached(address: str) -> Any:
    """Find a scheduler that has workers of the same versions, and give a client of it."""
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # what they would tell is told here, in one line
        logging.getLogger(name).setLevel(logging.CRITICAL)
    connect = partial(Client, address.replace("dask:", "tcp:", 1).rstrip("/"), timeout=_REACH, set_as_default=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # versions are looked at below
            client = _within(2 * _REACH, connect)
    except Exception as fault:
        raise Unusable(f"no scheduler of Dask answers at {address}") from fault
    try:
        client.wait_for_workers(1, timeout=_REACH)
        told = differences(client.get_versions(packages=list(library_versions())))
    except Exception:
        told = f"the cluster at {address} has no workers"
    if told:
        client.close(timeout=_REACH)
        raise Unusable(told)
    return client


def _within(seconds: float, make: Callable[[], Any]) -> Any:
    """Connect, or give it up after some time: to a server that says nothing the library listens for ever."""
    done: Future[Any] = Future()

    def connect() -> None:
        try:
            done.set_result(make())
        except Exception as fault:
            done.set_exception(fault)

    threading.Thread(target=connect, daemon=True).start()
    return done.result(seconds)


def differences(found: Mapping[str, Any]) -> str:
    """Say which versions differ on scheduler or workers, as `Client.get_versions` gives them; empty if none does."""
    here = found["client"]["packages"]
    sides: list[tuple[str, Any, tuple[str, ...]]] = [("the scheduler", found["scheduler"], _OF_DASK)]
    sides += [(f"the worker {name}", one, (*_OF_DASK, *library_versions())) for name, one in found["workers"].items()]
    told = []
    for name, one, packages in sides:
        there = one["packages"]
        differ = [lib for lib in packages if there.get(lib) != here[lib]]
        if differ:
            each = ", ".join(f"{lib} {there.get(lib) or 'is missing'}, here it is {here[lib]}" for lib in differ)
            told.append(f"{name} differs from this machine: {each}")
    more = f" (and {len(told) - 1} more differ)" if len(told) > 1 else ""
    return f"{told[0]}{more}; install the same there, as requirements.lock names it" if told else ""
