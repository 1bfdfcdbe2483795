"""An end for work that takes too long: one text must not stop a build.

What is counted is processor time, so that no machine is too busy to build a site. In the main thread of a process the
system itself interrupts the work (`ITIMER_PROF`), within a regular expression too. In another thread, as in the
preview and on a cluster, and where a system has no such timer, a thread that watches the others has Python interrupt
it: between two steps of Python, that is, so not within a single call of a library in C.

The work is interrupted by something that no `except Exception` holds up, again and again until it ends. What it has
given nevertheless is not taken: whoever swallowed the interruption may have left something out.
"""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

_T = TypeVar("_T")

_AGAIN = 0.5
"""Seconds after which work that goes on is interrupted once more; the watch looks at others as often."""


class TakesTooLong(BaseException):
    """The work has used up the time that it was given."""


def within(seconds: float, work: Callable[[], _T]) -> _T:
    """Give what `work` gives, if that takes no more processor time than some seconds.

    Within such work there is no other end than that of the outermost.

    Raises:
        TakesTooLong: If it takes longer, whatever it has given by then.
    """
    me = threading.get_ident()
    if me in _ends:
        return work()
    is_main = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    end = _Timer() if is_main else _Watched(me, seconds)
    try:
        try:
            _ends[me] = end
            end.begin(seconds)
            made = work()
        finally:
            end.close()
            _ends.pop(me, None)
    except TakesTooLong:
        end.close()  # it may have come before the first of the two was done
        _ends.pop(me, None)
        raise
    if end.is_over:
        raise TakesTooLong
    return made


class _End:
    """The end of the work of one thread."""

    is_over = False

    def begin(self, seconds: float) -> None:
        """Count from now on."""

    def close(self) -> None:
        """Interrupt nothing any more; once or twice."""


class _Timer(_End):
    """The end of the work of the main thread, of which the system tells."""

    def begin(self, seconds: float) -> None:
        if signal.getsignal(signal.SIGPROF) is not _interrupt:
            signal.signal(signal.SIGPROF, _interrupt)  # for good: without, one that comes late would end the process
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)

    def close(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    end = _ends.get(threading.get_ident())
    if end:
        end.is_over = True
        raise TakesTooLong


class _Watched(_End):
    """The end of the work of another thread. `clock` tells the processor time that it has used; where the system does
    not know that of a thread, it is that of the process."""

    def __init__(self, thread: int, seconds: float) -> None:
        self.thread = thread
        self.clock = _clock_of(thread)
        self.until = self.clock() + seconds

    def begin(self, seconds: float) -> None:
        global _watch
        with _lock:
            _watched[self.thread] = self
            _somebody.set()
            if _watch is None or not _watch.is_alive():
                _watch = threading.Thread(target=_watch_over, name="deadline", daemon=True)
                _watch.start()

    def close(self) -> None:
        with _lock:
            _watched.pop(self.thread, None)
            if self.is_over:
                _raise_in(self.thread, None)  # what has not come yet comes no more


def _watch_over() -> None:
    while _somebody.wait():
        time.sleep(_AGAIN)
        with _lock:
            for one in _watched.values():
                if one.clock() > one.until:
                    one.is_over = True
                    _raise_in(one.thread, TakesTooLong)
            if not _watched:
                _somebody.clear()


def _clock_of(thread: int) -> Callable[[], float]:
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    number = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(number)


def _raise_in(thread: int, what: type[BaseException] | None) -> None:
    import ctypes  # hardly ever needed, and slow to import

    fault = ctypes.py_object(what) if what else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), fault)


_ends: dict[int, _End] = {}
_watched: dict[int, _Watched] = {}
_somebody = threading.Event()
_lock = threading.Lock()
_watch: threading.Thread | None = None
