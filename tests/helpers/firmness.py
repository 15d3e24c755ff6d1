"""Plain sentences, and the ways in which English says one without vouching for it.

A sentence is given by its parts: subject, number, base form, past, participle, gerund, the rest, and a noun phrase for
the same event. A wrapping names the parts in braces; `{S}` is the whole sentence. Nothing wrapped may be a fact.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import NamedTuple


class Plain(NamedTuple):
    subject: str
    plural: bool
    base: str
    past: str
    participle: str
    gerund: str
    rest: str
    noun: str = ""  # with its article

    @property
    def sentence(self) -> str:
        return f"{self.subject} {self.past} {self.rest}"

    @property
    def words(self) -> frozenset[str]:
        """The forms of the predicate."""
        return frozenset(form.split()[-1] for form in (self.base, self.past, self.participle, self.gerund))


def _plain(line: str) -> Plain:
    subject, number, base, past, participle, gerund, rest, noun = (part.strip() for part in line.split("|"))
    return Plain(subject, number == "p", base, past, participle, gerund, rest, noun)


_DATA = tomllib.loads((Path(__file__).parent.parent / "data" / "firmness.toml").read_text(encoding="utf-8"))
PLAIN = [_plain(line) for line in _DATA["plain"].splitlines()]
WRAPPINGS = [line for lines in _DATA["wrappings"].values() for line in lines.splitlines()]


def wrap(plain: Plain, wrapping: str) -> str:
    """The sentence that a wrapping makes of a plain one."""
    noun = plain.noun.partition(" ")[2]
    parts = {
        "S": plain.sentence,
        "subj": plain.subject,
        "base": plain.base,
        "past": plain.past,
        "pp": plain.participle,
        "ing": plain.gerund,
        "rest": plain.rest,
        "np": plain.noun,
        "n": noun,
        "s": "" if plain.plural else "s",
        "is": "are" if plain.plural else "is",
        "was": "were" if plain.plural else "was",
        "has": "have" if plain.plural else "has",
        "does": "do" if plain.plural else "does",
    }
    text = re.sub(r"\{(\w+)\}", lambda match: parts[match.group(1)], wrapping)
    first = next(i for i, sign in enumerate(text) if sign.isalnum())
    return text[:first] + text[first].upper() + text[first + 1 :]
