"""Names that are a part of a word: "US-led", "New York-based", "pro-Moscow", "Israel-Egypt", "D-Calif."."""

from __future__ import annotations

from kg.model import Parse
from kg.names import Gazetteer, plain
from kg.resolver.candidates import PROPER, Candidate, Taken, bare_key
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

JOINED = _LISTS["joined"]
PREFIXES = _LISTS["prefixes"]
PARTIES = _LISTS["parties"]
PLACED = _LISTS["placed"]
PEOPLES = _LISTS["hyphenated_peoples"]


def is_joined(word: str, gazetteer: Gazetteer) -> bool:
    """Whether a word only has a name for its first half: "U.S.-bound", "Dutch-flagged", "Turkish-German"."""
    left, hyphen, right = word.partition("-")
    return (
        bool(hyphen)
        and left[:1].isupper()
        and (right in JOINED or plain(left) in gazetteer.adjectives and plain(right) in gazetteer.adjectives)
    )


def is_mixed_people(parse: Parse, gazetteer: Gazetteer, i: int) -> bool:
    """ "Asian American", "African-American": a people within a country, no country and no body."""
    left, hyphen, right = parse.tokens[i].text.lower().partition("-")
    if not hyphen and i + 1 < len(parse.tokens):
        right = parse.tokens[i + 1].text.lower()
    return left in PEOPLES and right.removesuffix("s") in gazetteer.adjectives


def hyphenated(parse: Parse, gazetteer: Gazetteer, i: int, taken: Taken) -> None:
    """The name in "US-led", "New York-based", "pro-Moscow", "Israel-Egypt": over a part of the word."""
    tokens = parse.tokens
    token = tokens[i]
    left, _, right = token.text.partition("-")
    key = plain(left)
    if is_mixed_people(parse, gazetteer, i):
        return
    if right in ("speaking", "language") and key in gazetteer.adjectives:
        return  # "Spanish-speaking"
    if left[:1].isupper() and len(left) > 1 and (right in JOINED or right.endswith("ed") and right.islower()):
        first = i
        while (
            first > 0
            and tokens[first - 1].sentence == token.sentence
            and tokens[first - 1].tag in PROPER
            and taken[first - 1] is None
            and tokens[first - 1].end + 1 == tokens[first].start
        ):
            first -= 1
        if key in gazetteer.no_names or key in gazetteer.titles:
            return
        before = taken[i - 1] if first == i and i > 0 else None
        if before is not None and before.last == i and before.first == i - 1 and not before.land:
            whole = f"{before.key} {key}"  # "New" "Orleans-based"
            if whole in gazetteer.land_names or whole in gazetteer.areas or gazetteer.cities.find(whole):
                first = i - 1
        start, end = tokens[first].start, token.start + len(left)
        taken[i] = _part(
            gazetteer, token.text, first, i, start, end, bare_key([t.text for t in tokens[first:i]] + [left])
        )
        for j in range(first, i):
            taken[j] = taken[i]
    elif left in PARTIES and (area := gazetteer.areas.get(state(parse, i, right))) is not None and area.country:
        taken[i] = _part(gazetteer, token.text, i, i, token.end - len(right), token.end, state(parse, i, right))
    elif left in PREFIXES and right[:1].isupper():
        land = plain(right)
        if land in gazetteer.land_names or land in gazetteer.adjectives or gazetteer.cities.find(land):
            taken[i] = _part(gazetteer, token.text, i, i, token.end - len(right), token.end, land)
    elif (
        key in gazetteer.land_names
        and (key != "us" or left == "US")
        or key in gazetteer.adjectives
        and left[:1].isupper()
    ):
        if not right[:1].isupper() or plain(right) in gazetteer.land_names or plain(right) in gazetteer.adjectives:
            taken[i] = _part(gazetteer, token.text, i, i, token.start, token.start + len(left), key)


def state(parse: Parse, i: int, word: str) -> str:
    """The state of "D-Calif.", also where its point is a token of its own."""
    follows = (
        i + 1 < len(parse.tokens)
        and parse.tokens[i + 1].text == "."
        and parse.tokens[i + 1].start == parse.tokens[i].end
    )
    return plain(word + ("." if follows and len(word) < 6 else ""))


def _part(gazetteer: Gazetteer, word: str, first: int, i: int, start: int, end: int, key: str) -> Candidate:
    """A name that ends or begins inside token `i`."""
    candidate = Candidate(first, i + 1, i, "name", start, end, key)
    candidate.land = gazetteer.land_names.get(key)
    if candidate.land is None and (land := gazetteer.adjectives.get(key)) is not None:
        candidate.land, candidate.adjective = land, True
    candidate.label = "GPE" if word.rpartition("-")[2] in PLACED else None
    return candidate
