"""What a person decides of doubtful things, as one frozen value, and the file in which it is decided.

    [[claim]]
    said = "Oskar Lind · memberOf · Copper Ring"
    stands = "alleged, current, by Prosecutors"
    why = "what is read in this way is right about 55 times in 100, as measured"
    quotes = [
        "Mayor meets governor, 2026-03-02: … Prosecutors say [Lind belongs to the Copper Ring], which …",
    ]
    id = "https://…/claim/7e8cd5e95395b6d6"
    decision = ""            # confirm, reject, correct
    subject = ""             # with correct: what it should be; likewise predicate, object, claimedBy, status, validity

Beside `claim` stand `join` and `event` (are these two one?) and `split` (is this one two?).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.identity import slug
from kg.rdf import IRI, Quad

__all__ = ["CORRECTABLE", "Decision", "read", "write"]

DECISIONS = ("", "confirm", "reject", "correct")
#: What a correction of a claim can change.
CORRECTABLE = ("subject", "predicate", "object", "claimedBy", "status", "validity")
_SCHEMES = {
    "status": ("asserted", "negated", "reported", "planned", "requested", "alleged", "hypothetical", "denied"),
    "validity": ("current", "former", "future"),
}
_TOLD = ("said", "stands", "why", "quotes")
#: The keys of an entry, in the order of the file, by its kind.
KEYS = {
    "claim": (*_TOLD, "id", "decision", "kept", *CORRECTABLE),
    "join": (*_TOLD, "id", "other", "decision", "kept"),
    "event": (*_TOLD, "id", "other", "decision", "kept"),
    "split": (*_TOLD, "id", "other", "distinction", "decision", "kept"),
}
_NEEDED = {"claim": ("id",), "join": ("id", "other"), "event": ("id", "other"), "split": ("id", "other")}
#: Keys that an entry shows only where they say something.
_SPARING = ("stands", "kept")


@dataclass(frozen=True, slots=True)
class Decision:
    """One doubtful thing with the reason to doubt it, and what a person decided."""

    id: str  # IRI of the claim; of a join one of the two, of a split the one that may be two
    kind: str = "claim"  # a table of the file
    other: str = ""  # of a join the other one; of a split the document that may mean another
    said: str = ""
    stands: str = ""
    why: str = ""
    quotes: tuple[str, ...] = ()
    decision: str = ""
    kept: str = ""  # what the store keeps: with an emptied decision it is taken back
    subject: str = ""  # a correction, in a person's words
    predicate: str = ""
    object: str = ""
    claimedBy: str = ""
    status: str = ""
    validity: str = ""
    distinction: str = ""  # of a split: what to tell the second one by ("Kenya")
    meant: tuple[Quad, ...] = ()  # what the words of a correction stand for, found out once

    @property
    def key(self) -> tuple[str, str, str]:
        return (
            (self.kind, self.id, self.other)
            if self.kind in ("claim", "split")
            else (self.kind, min(self.id, self.other), max(self.id, self.other))
        )

    @property
    def second(self) -> str:
        """Of a split, the IRI of the one whom the other document means."""
        return f"{self.id}-{slug(self.distinction)}"

    @property
    def words(self) -> tuple[str, ...]:
        """All that the person wrote."""
        return (self.decision, *(getattr(self, name) for name in CORRECTABLE), self.distinction)

    @property
    def corrects(self) -> bool:
        return any(getattr(self, name) for name in CORRECTABLE)


_HEAD = """\
# Set each decision to "confirm", "reject" or "correct", and run the command again;
# "" leaves it open, or takes back what is kept.
# claim: is it what the article says? With "correct" write what is wrong anew, and leave the rest "": subject,
#        object, claimedBy as a name or an IRI (an object also as a value, an event's type by its name, its time as
#        2026-03-02), predicate, status, validity.
#        To reject the type of an event is to reject the event.
# join, event: are these two one? "confirm" joins them, "reject" keeps them apart.
# split: is this one two? "confirm" keeps them apart, the second one told by its distinction; "reject" leaves them one.
"""


def write(decisions: Iterable[Decision]) -> str:
    """The file, as a person edits it: what is open first, in order of kind, and then as it is given."""
    blocks = [_HEAD]
    for d in sorted(decisions, key=lambda d: (bool(d.decision), list(KEYS).index(d.kind))):
        lines = [f"[[{d.kind}]]"]
        for name in KEYS[d.kind]:
            value = getattr(d, name)
            if name == "quotes" and value:
                lines += ["quotes = [", *(f"    {_toml(quote)}," for quote in value), "]"]
            elif value or name not in _SPARING:
                lines.append(f"{name} = {'[]' if name == 'quotes' else _toml(value)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _toml(text: str) -> str:
    """A basic string of TOML; it has JSON's escapes, and wants DEL escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file; whatever cannot be meant is named with its place."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise InputError(problem.strerror or "cannot be read", str(path), "check the path") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise InputError(
            f"cannot be read: {problem}", str(path), "repair that line, or let the command write a new file"
        ) from None
    found: dict[tuple[str, str, str], Decision] = {}
    for kind, entries in tables.items():
        if kind not in KEYS or not isinstance(entries, list):
            raise InputError(
                f"has a part that is not known: {kind!r}", str(path), f"entries begin with [[{']], [['.join(KEYS)}]]"
            )
        for n, entry in enumerate(entries, 1):
            decision = _decision(kind, entry, f"{path}, {kind} {n}")
            twin = found.setdefault(decision.key, decision)
            if twin.words != decision.words:
                raise InputError(
                    f"decides {_shown(decision)} in two ways", f"{path}, {kind} {n}", "keep one of the entries"
                )
    return tuple(found.values())


def _decision(kind: str, entry: Any, where: str) -> Decision:
    if not isinstance(entry, dict):
        raise InputError("is no entry", where, f"write it as [[{kind}]] with keys and values")
    for name, value in entry.items():
        if name not in KEYS[kind]:
            raise InputError(
                f"has a key that is not known: {name!r}", where, f"the keys of a {kind} are {', '.join(KEYS[kind])}"
            )
        if not (
            isinstance(value, list) and all(isinstance(v, str) for v in value)
            if name == "quotes"
            else isinstance(value, str)
        ):
            raise InputError(f"has no words in {name}", where, 'write them between quotation marks: "…"')
    for name in _NEEDED[kind]:
        if not _is_iri(entry.get(name, "").strip()):
            raise InputError(
                f"does not say of what it decides: its {name} is missing or no IRI",
                where,
                "keep the line as it was written",
            )
    entry = {name: value if name in _TOLD else value.strip() for name, value in entry.items()}
    d = Decision(kind=kind, **{**entry, "quotes": tuple(entry.get("quotes", ()))})
    allowed = DECISIONS if kind == "claim" else DECISIONS[:3]
    if d.decision not in allowed:
        raise InputError(
            f"decides {d.decision!r} of {_shown(d)}", where, f"write {', '.join(allowed[1:-1])} or {allowed[-1]}"
        )
    for name, scheme in _SCHEMES.items():
        if getattr(d, name) not in ("", *scheme):
            raise InputError(
                f"gives {_shown(d)} the {name} {getattr(d, name)!r}", where, f"choose one of {', '.join(scheme)}"
            )
    if d.decision == "correct" and not d.corrects:
        raise InputError(
            f"corrects {_shown(d)} to nothing", where, f"give what is wrong anew: {', '.join(CORRECTABLE)}"
        )
    if d.corrects and d.decision != "correct" and not d.kept:
        raise InputError(
            f"writes {_shown(d)} anew without deciding to",
            where,
            'set its decision to "correct", or empty the correction',
        )
    if kind == "split" and d.decision == "confirm" and not d.distinction:
        raise InputError(
            f"splits {_shown(d)} without a word to tell the second one by",
            where,
            "give its distinction, such as an office or a country",
        )
    nothing: dict[str, Any] = dict.fromkeys(CORRECTABLE, "")
    return d if d.decision == "correct" else replace(d, **nothing)


def _is_iri(text: str) -> bool:
    try:
        return bool(IRI(text)) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+", text) is not None
    except ValueError:
        return False


def _shown(d: Decision) -> str:
    return repr(d.said or d.id)[:200]
