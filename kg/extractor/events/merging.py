"""One event told several times is one event: "visited … the tour … the visit". Two visits in two years stay two.

Of two tellings of one type nothing may speak against it: other people, another place, another time, another standing.
And enough must speak for it: a definite noun ("the visit", "his arrest") points back by itself, a headline is told
again in the text, who dies dies once; anything else needs two participants in common. A definite noun inside somebody's
words points back to what the article itself told; what those words add stays theirs.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import replace
from heapq import heappop, heappush
from itertools import combinations

from kg.extractor.events.drafts import Draft
from kg.grammar import labels, phrases
from kg.model import Parse, Role, Time
from kg.vocabulary import word_lists

CORE = (("agent",), ("patient",), ("place", "destination"), ("recipient",), ("origin",))
_LISTS = word_lists("events")
#: Types never joined, and those whose agents are parties: all of the one telling must be among those of the other.
APART, PARTIES = _LISTS["apart"], _LISTS["parties"]
#: What befalls or is done to one and the same but once, as news goes: type → the role that must be shared.
ONCE = _LISTS.spellings("once")
#: A core role, by its number in `CORE`, and who fills it.
Part = tuple[int, str]
ASSERTED = ("asserted", "positive", None)
ANOTHER, AGAIN = word_lists("grammar")["another"], word_lists("grammar")["again"]


def merge(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """The drafts in the order of the text, each later telling of an event joined to the first one that it agrees
    with.
    """
    kept: list[Draft] = []
    by_type: dict[str, _Earlier] = {}
    for draft in within_clause(drafts):
        earlier = by_type.setdefault(draft.type, _Earlier(parse))
        home = earlier.home(draft) if draft.type not in APART and not set_apart(parse, draft) else None
        if home is not None:
            join(home, draft)
            earlier.joined(home)
        elif not draft.anaphoric:
            earlier.add(draft)
            kept.append(draft)
    return kept


class _Earlier:
    """The events of one type told so far, found by who takes part in them: only with those can a telling be one."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        self._drafts: list[Draft] = []
        self._place: dict[int, int] = {}  # draft, by identity → its place among them
        self._headlines: list[int] = []
        self._by_part: dict[Part, dict[int, None]] = {}
        self._by_two: dict[tuple[Part, Part], dict[int, None]] = {}
        self._by_standing: dict[Hashable, list[tuple[bool, int, int, int]]] = {}  # heaps, the likeliest home first

    def add(self, draft: Draft) -> None:
        place = self._place[id(draft)] = len(self._drafts)
        self._drafts.append(draft)
        if headline(self._parse, draft):
            self._headlines.append(place)
        self.joined(draft)

    def joined(self, draft: Draft) -> None:
        """Notes what a telling has added to an event."""
        place, parts = self._place[id(draft)], _parts(draft)
        for part in parts:
            self._by_part.setdefault(part, {})[place] = None
        for two in combinations(parts, 2):
            if two[0][0] != two[1][0]:
                self._by_two.setdefault(two, {})[place] = None
        heappush(self._by_standing.setdefault(_said(draft), []), (*self._rank(draft), place))

    def home(self, draft: Draft) -> Draft | None:
        """The event that a telling is one with: of several that in a main clause, told most often, last."""
        if not self._drafts:
            return None
        places = self._candidates(draft)
        homes = [e for e in (self._drafts[p] for p in sorted(places)) if same(self._parse, e, draft)]
        return min(homes, key=self._rank, default=None)

    def _rank(self, draft: Draft) -> tuple[bool, int, int]:
        return not in_front(self._parse, draft), -len(draft.merged), -draft.token

    def _candidates(self, draft: Draft) -> Iterable[int]:
        """Those that `same` may hold of: a telling without participants can mean any, the likeliest then does."""
        parts, found = _parts(draft), set(self._headlines)
        definite = draft.said.kind == "noun" and phrases.definite(self._parse, draft.token)
        if not parts and definite and draft.time is not None:
            return range(len(self._drafts))
        if not parts and definite:
            for standing in {_said(draft), ASSERTED}:
                if (place := self._likeliest(standing)) is not None:
                    found.add(place)
        once = ONCE.get(draft.type)
        for part in parts:
            if definite or any(r.name == once and r.filler == part[1] for r in draft.roles):
                found.update(self._by_part.get(part, ()))
        for two in combinations(parts, 2):
            found.update(self._by_two.get(two, ()))
        return found

    def _likeliest(self, standing: Hashable) -> int | None:
        """The best home of those of one standing, whatever it has taken in since it was put there."""
        heap = self._by_standing.get(standing, [])
        while heap and heap[0][:3] != self._rank(self._drafts[heap[0][3]]):
            heappop(heap)
        return heap[0][3] if heap else None


def _parts(draft: Draft) -> list[Part]:
    """The core roles of a draft with those who fill them."""
    return [(n, filler) for n, names in enumerate(CORE) for filler in sorted(draft.fillers(*names))]


def _said(draft: Draft) -> Hashable:
    return draft.standing.status, draft.standing.polarity, draft.standing.claimed_by


def within_clause(drafts: list[Draft]) -> list[Draft]:
    """ "signed an agreement", "held in custody": a noun among the arguments of a verb of its own kind is one event
    with it.
    """
    at = {d.token: d for d in drafts if d.said.kind == "noun"}
    gone: set[int] = set()
    for draft in drafts:
        if draft.said.kind != "noun":
            for argument in draft.said.arguments:
                noun = at.get(argument.token)
                if (
                    noun is not None
                    and noun.type == draft.type
                    and noun.token not in gone
                    and argument.slot not in ("before", "after", "since", "against")
                    and (argument.slot == "subject" or standings_agree(draft, noun))  # "predicted a sinking"
                ):
                    draft.roles = [r for r in draft.roles if r.filler != f"@{noun.token}"]
                    join(draft, noun)
                    gone.add(noun.token)
    return [d for d in drafts if d.token not in gone]


def same(parse: Parse, first: Draft, later: Draft) -> bool:
    """Whether two drafts of one type tell of one event."""
    if not times_agree(first.time, later.time):
        return False
    shared, filled = 0, 0
    for names in CORE:
        a, b = first.fillers(*names), later.fillers(*names)
        filled += bool(b)
        if a and b:
            if a.isdisjoint(b) or names == ("agent",) and first.type in PARTIES and not (a <= b or b <= a):
                return False
            shared += 1
    if not standings_agree(first, later):
        return points_back(parse, first, later) and (shared > 0 or not filled)
    if headline(parse, first) and (shared > 0 or not filled or not first.roles and not first.merged):
        return True
    if (once := ONCE.get(first.type)) and not first.fillers(once).isdisjoint(later.fillers(once)):
        return True
    if later.said.kind == "noun":
        if phrases.definite(parse, later.token):
            return shared > 0 or not filled
        return shared > 1 and not plural(parse, later)
    if first.said.kind == "noun" and not phrases.definite(parse, first.token) and plural(parse, first):
        return False
    return shared > 1


def in_front(parse: Parse, draft: Draft) -> bool:
    """Told in a main clause: a relative clause tells of what lies behind."""
    return all(parse.tokens[i].dep != labels.RELATIVE_CLAUSE for i in (draft.token, *parse.ancestors(draft.token)))


def standings_agree(first: Draft, later: Draft) -> bool:
    return _said(first) == _said(later)


def points_back(parse: Parse, first: Draft, later: Draft) -> bool:
    """A definite noun in somebody's words that means what the article itself has told; plans and conditions may
    mean another.
    """
    return (
        first.standing.status == "asserted"
        and first.standing.polarity == "positive"
        and later.said.kind == "noun"
        and not later.said.negated
        and later.standing.status in ("reported", "alleged")
        and phrases.definite(parse, later.token)
    )


def times_agree(a: Time | None, b: Time | None) -> bool:
    if a is None or b is None:
        return True
    if a.value is None or b.value is None:
        return a.text.lower() == b.text.lower()
    return a.value.startswith(b.value) or b.value.startswith(a.value)


def join(home: Draft, later: Draft) -> None:
    """Add a later telling to the first one; what it adds under a weaker standing keeps that standing."""
    home.merged += (later, *later.merged)
    agree = standings_agree(home, later)
    have = {(r.name, r.filler) for r in home.roles if isinstance(r.filler, str)}
    filled = {r.name for r in home.roles}
    for role in later.roles:
        if isinstance(role.filler, str):
            if (role.name, role.filler) in have or clashes(role, filled, have):
                continue
        elif role.name in filled:
            continue
        home.roles.append(role if agree else replace(role, standing=role.standing or later.standing))
    if agree:
        home.time = home.time or later.time
        home.duration = home.duration or later.duration


def clashes(role: Role, filled: set[str], have: set[tuple[str, str]]) -> bool:
    """A second place for one event is doubtful; one who was absent takes no other part."""
    if role.name != "nonParticipant" and ("nonParticipant", role.filler) in have:
        return True
    if role.name == "origin":
        return "origin" in filled
    return role.name in ("place", "destination") and bool(filled & {"place", "destination"})


def set_apart(parse: Parse, draft: Draft) -> bool:
    """Its own words say that it is another one, or one of many."""
    below = [parse.tokens[c] for c in parse.children[draft.token]]
    if draft.said.kind != "noun":
        return any(t.lemma in AGAIN and t.dep == labels.ADVERB for t in below)
    if any(t.lemma in ANOTHER and t.dep in labels.IN_PHRASE for t in below):
        return True
    return plural(parse, draft) and not phrases.definite(parse, draft.token)


def headline(parse: Parse, draft: Draft) -> bool:
    """Told in the first line, where it has no full stop: the text tells it again."""
    first = parse.sentences[0]
    return (
        parse.tokens[draft.token].sentence == 0
        and len(parse.sentences) > 1
        and parse.tokens[first.last - 1].text not in ".!?"
        and "\n" in parse.text[first.end : parse.sentences[1].start]
    )


def plural(parse: Parse, draft: Draft) -> bool:
    return parse.tokens[draft.token].tag == "NNS" and draft.said.lemma != "talk"


def pointing(parse: Parse, token: int) -> bool:
    """A noun with a definite article, in the singular."""
    return parse.tokens[token].tag == "NN" and phrases.definite(parse, token)
