"""Sums of floating point numbers that come out the same on every machine.

numpy's OpenBLAS looks at the processor and takes the kernel made for it. Kernels add up in different orders, so the
last bits of a product differ from one machine to the next, and with some kernels from one number of threads to the
next, or from one batch to the next. `KERNEL` does neither, and every x86 processor since 2011 runs it: numpy is
loaded with it, wherever that can still be chosen. A kernel that the user names stays.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["KERNEL", "STEADY", "Engine", "engine", "pinned"]

#: The kernel that numpy's OpenBLAS is loaded with, and those whose rows do not depend on the rows beside them.
KERNEL = "Sandybridge"
STEADY = frozenset({KERNEL, "Nehalem"})
CHOICE = "OPENBLAS_CORETYPE"  # what OpenBLAS reads when it is loaded, and never again


@contextmanager
def pinned() -> Iterator[None]:
    """Within it numpy is to be imported first; the environment is left as it was."""
    if "numpy" in sys.modules or CHOICE in os.environ or not _runs_here():
        yield
        return
    os.environ[CHOICE] = KERNEL
    try:
        yield
    finally:
        del os.environ[CHOICE]


def _runs_here() -> bool:
    """Whether this processor has the instructions of the kernel; where nobody can tell, it has not."""
    try:
        return " avx " in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


class Engine:
    """What multiplies numpy's matrices. `name` (OpenBLAS, MKL …) is empty where none is known, `kernel` where it does
    not tell.
    """

    def __init__(self) -> None:
        with pinned():
            import numpy
        from threadpoolctl import ThreadpoolController

        built: dict[str, Any] = numpy.show_config(mode="dicts") or {}  # type: ignore[assignment]
        linked = str(built.get("Build Dependencies", {}).get("blas", {}).get("name", ""))
        folder = str(Path(numpy.__file__).parent)
        self._pools = ThreadpoolController().select(user_api="blas")
        own: dict[str, Any] = next((pool for pool in self._pools.info() if pool["filepath"].startswith(folder)), {})
        self.name = next((name for known, name in _FAST.items() if known in linked.lower()), "")
        self.version = str(own.get("version") or "")
        self.kernel = str(own.get("architecture") or "")

    @property
    def steady(self) -> bool:
        """Whether a row of a product is the same whatever rows stand beside it, on any number of threads."""
        return self.kernel in STEADY

    def one_thread(self) -> AbstractContextManager[Any]:
        """Within it products are made by one thread: more of them gain nothing on matrices as small as ours."""
        return self._pools.limit(limits=1) if self.name else nullcontext()

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.version, self.kernel and f"kernel {self.kernel}")))


#: What numpy is built with → its name; what is not among them is slower than spaCy's own product.
_FAST = {"openblas": "OpenBLAS", "mkl": "MKL", "accelerate": "Accelerate", "blis": "BLIS"}


@cache
def engine() -> Engine:
    """The engine of this process, looked at once."""
    return Engine()
