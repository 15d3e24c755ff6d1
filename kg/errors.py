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


class KgError(Exception):
    """An error with a cause, a place and a remedy, printed on one line."""

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        line = f"{where}: {what}" if where else what
        super().__init__(f"{line}; {remedy}" if remedy else line)

    def __reduce__(self) -> tuple[type[KgError], tuple[str, str, str]]:
        return type(self), (self.what, self.where, self.remedy)      # it travels between processes


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
