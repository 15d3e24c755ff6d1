"""From a view back to the text as given: all offsets of a reading or a parse."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from kg.model import Document, Parse, Reading, Span

Kind = TypeVar("Kind")

#: Fields that hold numbers of tokens, not offsets.
_TOKENS = frozenset(("tokens", "contents", "members"))


def given(reading: Reading, parse: Parse) -> Reading:
    """A reading of the view with all its offsets in the text as given."""
    if parse.view is None:
        return reading
    if not parse.view.same:
        reading = _mapped(reading, parse.view.back)
    return dataclasses.replace(reading, document=parse.view.given)


def placed(parse: Parse) -> Parse:
    """A parse of the view with all its offsets in the text as given."""
    if parse.view is None:
        return parse
    back = parse.view.back

    def there(one: Any) -> Any:
        start, end = back(one.start, one.end)
        change = one._replace if isinstance(one, tuple) else lambda **new: dataclasses.replace(one, **new)
        return change(start=start, end=end)

    return dataclasses.replace(
        parse,
        document=parse.view.given,
        view=None,
        tokens=tuple(map(there, parse.tokens)),
        sentences=tuple(map(there, parse.sentences)),
        names=tuple(map(there, parse.names)),
    )


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], bool]:
    """The fields of a class that may hold offsets, and whether it has a stretch of its own."""
    names = [f.name for f in dataclasses.fields(kind)]
    own = "start" in names and "end" in names
    return tuple(n for n in names if n not in _TOKENS and not (own and n in ("start", "end"))), own


def _mapped(value: Any, back: Callable[[int, int], Span]) -> Any:
    if type(value) is tuple:
        if len(value) == 2 and type(value[0]) is int and type(value[1]) is int:
            return back(*value)
        return tuple([_mapped(one, back) for one in value])
    if isinstance(value, (str, int, float, bool, type(None), Document)) or not dataclasses.is_dataclass(value):
        return value
    names, own = _fields(type(value))
    changed = {}
    for name in names:
        old = getattr(value, name)
        if old is not None and type(old) not in (str, int, bool):
            new = _mapped(old, back)
            if new is not old:
                changed[name] = new
    if own and value.end > value.start:  # type: ignore[attr-defined]
        changed["start"], changed["end"] = back(value.start, value.end)  # type: ignore[attr-defined]
    return dataclasses.replace(value, **changed) if changed else value  # type: ignore[type-var]
