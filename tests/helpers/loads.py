"""What a test loads beside our own code, read from its code, its fixtures and the helpers that these call.

A test that loads a language model, starts a program or a server, opens a browser or scores whole sets of articles is
marked `heavy` (tests/conftest.py); `make test-fast` runs all others. Nobody marks a test by hand: none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType

import pytest

#: Modules and names in code that are such a load, and what it is.
LOADS = {
    "subprocess": "a program",
    "multiprocessing": "a program",
    "nbclient": "a program",
    "playwright": "a browser",
    "kg.annotator": "a model",
    "kg.pipeline": "a model",
    "kg.archive": "a program",
    "kg.server": "a server",
    "socket": "a server",
    "http.server": "a server",
    "socketserver": "a server",
}
#: What of the package reads text, and so loads a model.
READING = frozenset({"Line", "build", "annotate", "understand"})
#: What of the benchmarks and the scorer goes through whole sets of articles.
MEASURING = {"measure": "a model", "evaluate": "time"}
#: Verbs of the command line that do.
VERBS = {
    "build": "a model",
    "annotate": "a model",
    "load": "a model",
    "watch": "a model",
    "explain": "a model",
    "serve": "a server",
}


def load_of(item: pytest.Item) -> str | None:
    """What heavy thing a collected test loads, or None."""
    if not isinstance(item, pytest.Function):
        return None
    if item.get_closest_marker("slow") is not None:
        return "time"
    if {"run", "kg"} & set(item.fixturenames) and hasattr(item, "callspec"):
        words = " ".join(map(str, item.callspec.params.values())).split()
        for word in words:
            if (load := VERBS.get(word.strip("(),'")) or ("a model" if ".txt" in word else None)) is not None:
                return load
    fixtures = item._fixtureinfo.name2fixturedefs
    todo = [item.function, *(d.func for n in item.fixturenames for d in fixtures.get(n, ())[-1:] if _ours(d.func))]
    seen: set[CodeType] = set()
    while todo:
        function = _bare(todo.pop())
        if function is None or function.__code__ in seen:
            continue
        seen.add(function.__code__)
        for found in _mentioned(function):
            if isinstance(found, str):
                return found
            todo.append(found)
    return None


def _ours(function: object) -> bool:
    return getattr(function, "__module__", "").startswith("tests.")


def _bare(function: object) -> FunctionType | None:
    """The function under its decorators; None for anything else."""
    function = getattr(function, "__wrapped__", function)
    function = getattr(function, "__func__", function)
    return function if isinstance(function, FunctionType) else None


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _mentioned(function: FunctionType) -> Iterator[str | object]:
    """Loads that a function names, and the functions of the tests that it calls."""
    for code in _codes(function.__code__):
        names = frozenset(code.co_names)
        modules = [m for n in names if isinstance(m := function.__globals__.get(n), ModuleType)]
        for name in sorted(names):
            if (load := _of_module(name)) is not None:  # an import within the function
                yield load
            if name in MEASURING:
                yield MEASURING[name]
            value = function.__globals__.get(name)
            if isinstance(value, ModuleType):
                if (load := _of_module(value.__name__)) is not None:
                    yield load
                if value.__name__ == "kg" and names & READING:
                    yield "a model"
            elif (load := _of_module(getattr(value, "__module__", None) or "")) is not None:
                yield load
            elif _ours(value):
                yield from vars(value).values() if isinstance(value, type) else (value,)
            for module in modules:
                if module.__name__.startswith("tests.") and (inner := getattr(module, name, None)) is not None:
                    yield inner
        if names & {"run", "main", "app"} or {"run", "kg"} & {*code.co_varnames, *code.co_freevars}:
            said = [c for c in code.co_consts if isinstance(c, str)]
            yield from (VERBS[c] for c in said if c in VERBS)
            yield from ("a model" for c in said if c.endswith((".txt", ".html")) and " " not in c)


def _of_module(name: str) -> str | None:
    return next((load for module, load in LOADS.items() if name == module or name.startswith(f"{module}.")), None)
