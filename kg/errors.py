"""Everything that can go wrong, as one tree. Each message says what, where, and what to do.

KgError
├── InputError        a document, graph, query or option that cannot be used        → exit status 2
│   ├── DocumentError
│   ├── GraphError
│   ├── QueryError
│   └── ModelError
├── OutputError       a file or store that cannot be written                         → exit status 2
└── StoreError        a store that is locked, of another version, or not a store     → exit status 2
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable

#: An address on the web, as typed or with the one slash that a Path leaves of two.
ADDRESS = re.compile(r"\b(https?|ftp):/{1,2}(?!/)", re.IGNORECASE)


class KgError(Exception):
    """An error with a cause, a place and a remedy, printed on one line."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        line = f"{where}: {what}" if where else what
        super().__init__(ADDRESS.sub(r"\1://", f"{line}; {remedy}" if remedy else line))

    def __reduce__(self) -> tuple[type[KgError], tuple[str, str, str]]:
        return type(self), (self.what, self.where, self.remedy)  # it travels between processes


class InputError(KgError):
    """Something given to the program cannot be used."""


class DocumentError(InputError):
    """An article that cannot be read."""


class GraphError(InputError):
    """A graph file that cannot be read."""


class QueryError(InputError):
    """A question that does not exist, misses a parameter, or is not SPARQL."""


class ModelError(InputError):
    """A spaCy pipeline that is not installed or lacks a part."""


class OutputError(KgError):
    """Something cannot be written."""


class StoreError(KgError):
    """A store that cannot be opened."""


def nearest(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """Of known words those spelt most like another one, whatever its letter case; none if none is like it."""
    from difflib import get_close_matches

    flat: dict[str, str] = {}
    for name in sorted(known):
        flat.setdefault(name.casefold(), name)
    return [flat[name] for name in get_close_matches(word.casefold(), flat, most)]


def meant(word: str, known: Iterable[str], most: int = 1, otherwise: str = "") -> str:
    """`did you mean 'x' or 'y'?` for a word that is not among the known; `otherwise` where none is like it."""
    near = nearest(word, known, most)
    return f"did you mean {' or '.join(map(repr, near))}?" if near else otherwise


#: What to do about a fault of the surroundings.
_REMEDIES = {
    errno.ENOSPC: "make room, or choose another place",
    errno.EDQUOT: "make room, or choose another place",
    errno.EFBIG: "raise the limit (ulimit -f), or choose another place",
    errno.EMFILE: "raise the limit (ulimit -n)",
    errno.EBADF: "open it, or redirect it",
    errno.EACCES: "check its permissions",
    errno.ENOMEM: "allow it more memory (ulimit -v)",
}
#: How libraries below Python tell that memory or room is missing, under errors of many types and without a number.
_NO_MEMORY = ("failed to map segment", "cannot allocate memory", "could not reserve memory")
_IN_WORDS = {errno.ENOSPC: "no space left on device", errno.EFBIG: "file too large"}


def surroundings(problem: BaseException, where: str = "") -> KgError | None:
    """A fault of the machine as an error with its cause: of a disk, a stream, the memory; `None` for any other problem.

    `where` is told if the problem does not name its file.
    """
    words, where = " ".join(str(problem).split()), str(getattr(problem, "filename", None) or where)
    if isinstance(problem, MemoryError) or any(sign in words.lower() for sign in _NO_MEMORY):
        return KgError("there is not enough memory", where, _REMEDIES[errno.ENOMEM])
    if isinstance(problem, ModuleNotFoundError) and not (problem.name or "kg").startswith("kg"):
        return KgError(f"the package {problem.name} is not installed", where, "install article-kg again (pip install)")
    for number, cause in _IN_WORDS.items():
        if cause in words.lower():
            return KgError(cause, where, _REMEDIES[number])
    if not isinstance(problem, OSError):
        return None
    cause = problem.strerror or words[:200] or type(problem).__name__
    return KgError(
        cause[0].lower() + cause[1:], where, _REMEDIES.get(problem.errno or 0, "check the disk and its permissions")
    )
