"""A query that reaches out of the store is refused before the engine sees it.

The engine has no switch for SERVICE and LOAD and starts a keyword wherever its grammar allows one, without asking for a
space before or after: `1SERVICE<…>`, `SERVICE:a{`, `?a<?b)SERVICE:a#>`. So the text is read here as SPARQL reads it,
but
pessimistically: only strings, comments, variables, names and IRIs may hide the word, and where "<" can open an IRI or
mean "less than", both readings must be harmless. Whatever the two disagree on is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import QueryError

#: Words that make the engine open a connection or a file.
REACHING = ("service", "load")

_SKIP = re.compile(
    r"""
      \#[^\r\n]*
    | '''(?:(?:'|'')?(?:[^'\\]|\\.))*''' | \"\"\"(?:(?:"|"")?(?:[^"\\]|\\.))*\"\"\"
    | '(?!'')(?:[^'\\\r\n]|\\.)*' | "(?!"")(?:[^"\\\r\n]|\\.)*"
    """,
    re.VERBOSE | re.DOTALL,
)
_EMPTY = re.compile(r"''|\"\"")
_IRI = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*>")
_SURE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")  # a name cannot be followed by "//": never "less than"
_VARIABLE = re.compile(r"[?$]\w+")
_NAME = re.compile(
    r"(?P<prefix>[^\W\d](?:[\w.-]*[\w-])?|)(?::)(?P<local>(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*)"
)
_WORD = re.compile(r"\w+")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@lru_cache(maxsize=64)
def check(text: str) -> str:
    """Return `text` if it can reach nothing outside the store; raise a QueryError if it might."""
    for found in _ESCAPE.finditer(text):
        if int(found[1] or found[2], 16) < 0x80:
            raise QueryError(f"the escape {found[0]} writes a plain character", "query", "write the character itself")
    seen = {0}
    todo = [0]
    while todo:
        at = todo.pop()
        while at < len(text):
            ends = _after(text, at)
            for end in ends[1:]:
                if end not in seen:
                    seen.add(end)
                    todo.append(end)
            at = ends[0]
            if at in seen:
                break
            seen.add(at)
    return text


def _after(text: str, at: int) -> tuple[int, ...]:
    """Where reading can go on after what stands at `at` in code."""
    sign = text[at]
    if sign in "#'\"":
        if found := _SKIP.match(text, at) or _EMPTY.match(text, at):
            return (found.end(),)
        raise QueryError("a string is not closed", "query", "close it with the quote that opened it")
    if sign == "<":
        found = _IRI.match(text, at)
        if not found:
            return (at + 1,)
        return (found.end(),) if _SURE.match(text, at) else (found.end(), at + 1)
    if sign in "?$" and (found := _VARIABLE.match(text, at)):
        return (found.end(),)
    if sign == "\\":
        raise QueryError("a backslash stands outside a string or name", "query", "remove it")
    if found := _NAME.match(text, at):
        _refuse(found["prefix"])
        return (found.end(),)
    if found := _WORD.match(text, at):
        _refuse(found[0])
        return (found.end(),)
    return (at + 1,)


def _refuse(word: str) -> None:
    for reaching in REACHING:
        if reaching in word.lower():
            raise QueryError(
                f"{reaching.upper()} is not allowed: a query may not leave the store",
                "query",
                f"take {word!r} out, or put it in quotes if it is meant as text",
            )
