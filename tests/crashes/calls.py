"""Stand beside a running build at each of its system calls that write, and say what becomes of it there.

Linux asks us (seccomp's user notification) before it does a call of a process that has agreed to it, or of any that it
begins: the calls of Python, of SQLite and of all other libraries alike. We let it be done, have it fail, or have the
process killed before it is done. Nothing of the build needs to know.
"""

import ctypes
import errno
import fcntl
import os
import platform
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_X86 = {
    **{"write": 1, "open": 2, "pwrite64": 18, "writev": 20, "sendfile": 40, "fsync": 74, "fdatasync": 75},
    **{"truncate": 76, "ftruncate": 77, "rename": 82, "mkdir": 83, "rmdir": 84, "creat": 85, "link": 86, "unlink": 87},
    **{"symlink": 88, "chmod": 90, "fchmod": 91, "fchown": 93, "openat": 257, "mkdirat": 258, "unlinkat": 263},
    **{"renameat": 264, "linkat": 265, "symlinkat": 266, "fchmodat": 268, "utimensat": 280, "fallocate": 285},
    **{"pwritev": 296, "renameat2": 316, "copy_file_range": 326, "pwritev2": 328},
}
_ARM = {
    **{"mkdirat": 34, "unlinkat": 35, "symlinkat": 36, "linkat": 37, "renameat": 38, "truncate": 45, "ftruncate": 46},
    **{"fallocate": 47, "fchmod": 52, "fchmodat": 53, "fchown": 55, "openat": 56, "write": 64, "writev": 66},
    **{"pwrite64": 68, "pwritev": 70, "sendfile": 71, "fsync": 82, "fdatasync": 83, "utimensat": 88},
    **{"renameat2": 276, "copy_file_range": 285, "pwritev2": 287},
}
_MACHINES = {"x86_64": (0xC000003E, 317, _X86), "aarch64": (0xC00000B7, 277, _ARM)}
"""For each kind of processor its number for filters, that of the call `seccomp`, and those of the calls that write."""

_BY_FILE = {"sendfile": 0, "copy_file_range": 2}
"""Which argument is the open file that is written to, where that is not the first."""
_BY_PATH = {
    **dict.fromkeys(("open", "truncate", "rename", "mkdir", "rmdir", "creat", "unlink", "chmod"), (None, 0)),
    **dict.fromkeys(("link", "symlink"), (None, 1)),
    **dict.fromkeys(("openat", "mkdirat", "unlinkat", "renameat", "renameat2", "fchmodat", "utimensat"), (0, 1)),
    **{"linkat": (2, 3), "symlinkat": (1, 2)},
}
"""Which arguments are the folder and the path from there of what is changed."""

_LOAD, _IS, _HAS, _RETURN = 0x20, 0x15, 0x45, 0x06
_ASK, _ALLOW = 0x7FC00000, 0x7FFF0000
_NUMBER, _MACHINE, _ARGUMENT = 0, 4, 16
"""Where the number of a call, the machine and the first argument stand in what a filter looks at."""
_ASKED = struct.Struct("=QIIiIQ6Q")
_ANSWER = struct.Struct("=QqiI")
_RECEIVE, _SEND = 0xC0502100, 0xC0182101
_GO_ON = 1
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

KILL = -1
"""The answer that kills."""
_LONG = 120
"""Seconds after which a build hangs."""


@dataclass(frozen=True)
class Call:
    """A call that is about to be done: the how many'th it is, its name, and what it would change, from the folder."""

    number: int
    name: str
    path: str


@dataclass
class Ran:
    """What became of a process: its exit code (that of a signal below zero), its calls, and what it told."""

    code: int = 0
    calls: list[Call] = field(default_factory=list)
    told: str = ""


Answer = Callable[[Call], int]
"""Says of a call whether it is done (0), fails (the number of the error), or is not lived to see (KILL)."""


def is_possible() -> bool:
    """Whether this machine can do it."""
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        return False
    try:
        return ran(lambda: 7, Path("/nowhere"), lambda call: 0).code == 7
    except OSError:
        return False


def ran(work: Callable[[], int], top: Path, answer: Answer, opens: bool = False) -> Ran:
    """Have a copy of this process do some work; of what it changes below the folder `top`, `answer` is asked.

    With `opens` it is asked of each file that is opened too, wherever that is. This process has one thread alone.
    """
    ours, theirs = socket.socketpair()
    told = os.memfd_create("told")
    child = os.fork()
    if not child:
        _be_watched(work, theirs, told, opens)
    theirs.close()
    try:
        _, files, _, _ = socket.recv_fds(ours, 1, 1)
        if not files:
            raise OSError(errno.ENOSYS, "no filter can be set here")
        done = Ran()
        _stand_by(files[0], child, str(top), answer, opens, done)
        os.close(files[0])
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        ours.close()
        _, status = os.waitpid(child, 0)
    done.code = os.waitstatus_to_exitcode(status)
    os.lseek(told, 0, os.SEEK_SET)
    with open(told, "rb") as file:
        done.told = file.read().decode("utf-8", "replace")
    return done


def _be_watched(work: Callable[[], int], theirs: socket.socket, told: int, opens: bool) -> None:
    """Agree to be asked, do the work, and end."""
    code = 70
    try:
        os.setsid()
        os.dup2(told, 1)
        os.dup2(told, 2)
        listener = _filter(opens)
        socket.send_fds(theirs, [b"!"], [listener] if listener >= 0 else [])
        os.close(listener)
        theirs.close()
        code = work()
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _filter(opens: bool) -> int:
    """Have the system ask about this process from now on; give the file by which it does."""
    machine, seccomp, numbers = _MACHINES[platform.machine()]
    steps = [(_LOAD, 0, 0, _MACHINE), (_IS, 1, 0, machine), (_RETURN, 0, 0, _ALLOW), (_LOAD, 0, 0, _NUMBER)]
    for name, number in numbers.items():
        if name in ("open", "openat") and not opens:
            flags = _ARGUMENT + 8 * (1 if name == "open" else 2)
            steps += [(_IS, 0, 4, number), (_LOAD, 0, 0, flags), (_HAS, 0, 1, _WRITES)]
            steps += [(_RETURN, 0, 0, _ASK), (_RETURN, 0, 0, _ALLOW)]
        else:
            steps += [(_IS, 0, 1, number), (_RETURN, 0, 0, _ASK)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS: who has it may filter
    return int(system.syscall(seccomp, 1, 8, program))


def _stand_by(listener: int, child: int, top: str, answer: Answer, opens: bool, done: Ran) -> None:
    """Answer until all that were watched have ended: the process, and those that it began."""
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    end = time.monotonic() + _LONG
    is_killed = False
    while True:
        events = poll.poll(max(0.0, end - time.monotonic()) * 1000)
        if not events:
            os.killpg(child, signal.SIGKILL)
            raise TimeoutError(f"it hangs, or has left something running, after {done.calls[-3:]}")
        if not events[0][1] & select.POLLIN:
            return
        asked = bytearray(_ASKED.size)
        try:
            fcntl.ioctl(listener, _RECEIVE, asked)
        except OSError:  # it was killed meanwhile
            continue
        name, thread, path = _what(bytes(asked))
        said = 0
        if not is_killed and (path.startswith(f"{top}/") or (opens and name in ("open", "openat"))):
            call = Call(len(done.calls), name, path.removeprefix(f"{top}/"))
            done.calls.append(call)
            said = answer(call)
        if said == KILL:
            is_killed = True
            os.kill(child, signal.SIGKILL)
            said = 0 if thread != child else errno.EINTR
        _tell(listener, bytes(asked[:8]), said)


def _tell(listener: int, which: bytes, said: int) -> None:
    (number,) = struct.unpack("=Q", which)
    told = _ANSWER.pack(number, 0, -said, 0 if said else _GO_ON)
    try:
        fcntl.ioctl(listener, _SEND, told)
    except OSError:  # it was killed meanwhile
        return


def _what(asked: bytes) -> tuple[str, int, str]:
    """The name of a call, who would do it, and what it would change."""
    _, thread, _, number, _, _, *given = _ASKED.unpack(asked)
    name = _NAMES[number]
    try:
        if name not in _BY_PATH:
            return name, thread, os.readlink(f"/proc/{thread}/fd/{given[_BY_FILE.get(name, 0)] & 0xFFFFFFFF}")
        folder, place = _BY_PATH[name]
        path = os.fsdecode(_text(thread, given[place]))
        if path.startswith("/"):
            return name, thread, path
        at = 0xFFFFFF9C if folder is None else given[folder] & 0xFFFFFFFF
        start = os.readlink(f"/proc/{thread}/cwd" if at == 0xFFFFFF9C else f"/proc/{thread}/fd/{at}")
        return name, thread, f"{start}/{path}"
    except OSError:  # it has been killed meanwhile
        return name, thread, ""


def _text(thread: int, address: int) -> bytes:
    """Read a text that ends in a zero from the memory of a process."""
    found = b""
    with open(f"/proc/{thread}/mem", "rb", buffering=0) as memory:
        while b"\0" not in found:
            memory.seek(address + len(found))
            found += memory.read(4096 - (address + len(found)) % 4096)
    return found.partition(b"\0")[0]


_NAMES = {number: name for name, number in _MACHINES.get(platform.machine(), (0, 0, {}))[2].items()}
