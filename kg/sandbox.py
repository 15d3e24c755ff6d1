"""A room without doors for work on strangers' queries: a process that can be killed, with its memory capped and no
network.

The engine can neither be interrupted nor told to stay offline. So a query runs in a process of its own: at the deadline
it is killed, memory beyond its cap ends it, and on Linux the kernel refuses it a socket. The guard of queries comes
first; this is the wall behind it, should the two readers of SPARQL ever disagree.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import select
import signal
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from kg.errors import DocumentError, QueryError

__all__ = ["MEMORY", "SECONDS", "deadline", "end_with", "memory_left", "run", "wall_in", "within"]

T = TypeVar("T")

#: Defaults: how long a query may take, and how many bytes of memory it may add to what the program has.
SECONDS, MEMORY = 60.0, 4 << 30


def run(work: Callable[[], T], *, seconds: float = SECONDS, memory: int = MEMORY) -> T:
    """What `work` returns (it must pickle), done in a child process within walls; what it raises is raised here.

    Where processes cannot fork (Windows) it is done here, without deadline.
    """
    if not hasattr(os, "fork"):
        return work()
    out, into = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    child = os.fork()
    if child == 0:
        os.close(out)
        _end_with_parent(parent)
        deadline(seconds + GRACE)
        _work_and_end(work, into, memory)
    os.close(into)
    try:
        said = _read(out, time.monotonic() + seconds)
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        os.close(out)
        _, status = os.waitpid(child, 0)
    if said is None or os.waitstatus_to_exitcode(status) != 0:
        left = memory_left()
        narrow = left is None or left >= memory
        raise QueryError(
            f"needs more than the {(memory if left is None or left >= memory else left) >> 20:,} MB of memory it may "
            "use",
            "query",
            "narrow it, or add a LIMIT" if narrow else "allow the program more (ulimit -v), or narrow it",
        )
    kind, value = cast("tuple[str, Any]", pickle.loads(said))
    if kind == "raised":
        raise value
    return cast("T", value)


#: A child outlives the deadline that its parent keeps by so many seconds, and no longer.
GRACE = 2.0


def deadline(seconds: float) -> None:
    """Have the kernel end this process after so many seconds, whatever it is doing then; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop a block that takes more processor time with a DocumentError. Only the main thread, where signals are, can be
    stopped.
    """
    if not hasattr(signal, "SIGPROF") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: object) -> None:
        raise DocumentError(f"takes more than its {seconds:,.0f} s", "", "split it, or look whether it is prose")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _end_with_parent(parent: int) -> None:
    """Have the kernel end this process when the thread that made it ends, by whatever cause (Linux)."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before the kernel was asked
            os._exit(5)


def end_with(lifeline: int) -> None:
    """Have the kernel end this process when the other end of a pipe is closed, which is when who holds it ends (Linux).

    The signal of a pipe that hangs up ends a process even within an engine that never looks at Python's signals.
    """
    if sys.platform == "linux":
        import fcntl

        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
        if select.select([lifeline], [], [], 0)[0]:  # it was closed before the kernel was asked
            os._exit(5)


def _work_and_end(work: Callable[[], object], into: int, memory: int) -> None:
    """In the child: do the work within walls, write what came of it, and end without the parent's cleaning up."""
    try:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), 2
        )  # an engine that runs out of memory shouts; the parent says it in one line
        faulthandler.disable()
        wall_in(memory)
        try:
            said = ("returned", work())
        except Exception as error:
            if isinstance(error, MemoryError):
                os._exit(3)
            said = ("raised", error)
        data = pickle.dumps(said)
        with os.fdopen(into, "wb") as pipe:
            pipe.write(data)
        os._exit(0)
    except BaseException:
        os._exit(4)


def _read(pipe: int, deadline: float) -> bytes | None:
    """All that comes through the pipe until the other end closes; nothing, or a QueryError if it takes too long."""
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        ready = select.select([pipe], [], [], max(left, 0))[0]
        if not ready:
            raise QueryError("took too long and was stopped", "query", "narrow it, add a LIMIT, or allow it more time")
        part = os.read(pipe, 1 << 20)
        if not part:
            return b"".join(parts) or None
        parts.append(part)


def memory_left() -> int | None:
    """How many bytes of address space the surroundings still allow this process (Linux); `None` where they set no
    limit.
    """
    try:
        import resource
    except ImportError:
        return None
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    if allowed == resource.RLIM_INFINITY or sys.platform != "linux":
        return None
    with open("/proc/self/statm") as statm:
        return allowed - int(statm.read().split()[0]) * resource.getpagesize()


def wall_in(memory: int = MEMORY) -> None:
    """Cap this process's memory and take its network away, for good."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with open("/proc/self/statm") as statm:
            now = int(statm.read().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        wanted = now + memory
        resource.setrlimit(resource.RLIMIT_AS, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
        no_network()


#: machine → (audit architecture, socket, connect, sendto): numbers of Linux system calls
_CALLS = {"x86_64": (0xC000003E, (41, 42, 44)), "aarch64": (0xC00000B7, (198, 203, 206))}
_IO_URING_SETUP = 425


def no_network() -> bool:
    """Have the kernel refuse this process every socket from now on (seccomp, Linux); whether it does."""
    import ctypes

    machine = os.uname().machine
    if sys.platform != "linux" or machine not in _CALLS:
        return False
    architecture, calls = _CALLS[machine]
    refused = (*calls, _IO_URING_SETUP)
    program = [
        (0x20, 0, 0, 4),
        (0x15, 1, 0, architecture),
        (0x06, 0, 0, 0x80000000),  # another architecture's calls: kill
        (0x20, 0, 0, 0),
    ]
    program += [(0x15, len(refused) - n, 0, number) for n, number in enumerate(refused)]
    program += [(0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050000 | 13)]  # allow; refuse with EACCES
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) != 0:  # no new privileges
        return False
    return bool(libc.prctl(22, 2, ctypes.c_char_p(header), 0, 0) == 0)  # seccomp, filter mode
