"""One event told several times is one event: "visited … the tour … the visit". Two visits in two years stay two."""
from __future__ import annotations

from kg.extractor.drafts import Draft
from kg.model import Parse, Role, Time

CORE = (("agent",), ("patient",), ("place", "destination"), ("recipient",))
APART = frozenset({"Statement", "Question", "Request", "Proposal", "Promise", "Accusation", "Denial", "Refusal", "Threat",
                   "Announcement", "Publication", "Communication", "Event"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
ANOTHER = frozenset({"another", "second", "third", "other", "further", "new", "next", "previous", "earlier", "last", "first", "separate",
                     "similar", "every", "each", "any", "many", "several", "two", "three"})


def merge(parse: Parse, drafts: list[Draft]) -> list[Draft]:
    """The drafts in the order of the text, each later telling of an event joined to the first one that it agrees with."""
    drafts = within_clause(drafts)
    kept: list[Draft] = []
    by_type: dict[str, list[Draft]] = {}
    for draft in drafts:
        earlier = by_type.setdefault(draft.type, [])
        home = None
        if draft.type not in APART and not _set_apart(parse, draft):
            home = next((e for e in reversed(earlier) if same(parse, e, draft)), None)
        if home is None:
            earlier.append(draft)
            kept.append(draft)
        else:
            join(home, draft)
    return kept


def within_clause(drafts: list[Draft]) -> list[Draft]:
    """"signed an agreement", "held in custody": a noun among the arguments of a verb of its own kind is one event with it."""
    at = {d.token: d for d in drafts if d.said.kind == "noun"}
    gone: set[int] = set()
    for draft in drafts:
        if draft.said.kind != "noun":
            for argument in draft.said.arguments:
                noun = at.get(argument.token)
                if noun is not None and noun.type == draft.type and noun.token not in gone and argument.slot not in ("before", "after", "since", "against"):
                    draft.roles = [r for r in draft.roles if r.filler != f"@{noun.token}"]
                    join(draft, noun)
                    gone.add(noun.token)
    return [d for d in drafts if d.token not in gone]


def same(parse: Parse, first: Draft, later: Draft) -> bool:
    """Whether two drafts of one type tell of one event: nothing speaks against it, and enough for it."""
    if not times_agree(first.time, later.time) or not standings_agree(first, later):
        return False
    shared = 0
    for names in CORE:
        a, b = first.fillers(*names), later.fillers(*names)
        if a and b:
            if a.isdisjoint(b):
                return False
            shared += 1
    if later.said.kind == "noun":
        if _definite(parse, later):
            return shared > 0 or not later.roles
        return shared > 1 and not _plural(parse, later)
    if first.said.kind == "noun" and not _definite(parse, first) and _plural(parse, first):
        return False
    return shared > 1 and first.time is not None and later.time is not None or shared > 1 and later.time is None and first.time is None


def standings_agree(first: Draft, later: Draft) -> bool:
    a, b = first.standing, later.standing
    return (a.status, a.polarity, a.claimed_by) == (b.status, b.polarity, b.claimed_by)


def times_agree(a: Time | None, b: Time | None) -> bool:
    if a is None or b is None:
        return True
    if a.value is None or b.value is None:
        return a.text.lower() == b.text.lower()
    return a.value.startswith(b.value) or b.value.startswith(a.value)


def join(home: Draft, later: Draft) -> None:
    """Add a later telling to the first one."""
    home.merged.append(later)
    have = {(r.name, r.filler) for r in home.roles if isinstance(r.filler, str)}
    filled = {r.name for r in home.roles}
    for role in later.roles:
        if isinstance(role.filler, str):
            if (role.name, role.filler) not in have and not _clashes(role, filled, have):
                home.roles.append(role)
        elif role.name not in filled:
            home.roles.append(role)
    home.time = home.time or later.time
    home.duration = home.duration or later.duration


def _clashes(role: Role, filled: set[str], have: set[tuple[str, object]]) -> bool:
    """A second place for one event is doubtful; one who was absent takes no other part."""
    return (role.name in ("place", "destination", "origin") and bool(filled & {"place", "destination"} if role.name != "origin" else role.name in filled)
            or role.name != "nonParticipant" and ("nonParticipant", role.filler) in have)


def _set_apart(parse: Parse, draft: Draft) -> bool:
    """Its own words say that it is another one, or one of many."""
    if draft.said.kind != "noun":
        return False
    below = [parse.tokens[c] for c in parse.children[draft.token]]
    if any(t.lemma in ANOTHER and t.dep in ("det", "amod", "nummod") for t in below):
        return True
    return _plural(parse, draft) and not _definite(parse, draft)


def _plural(parse: Parse, draft: Draft) -> bool:
    return parse.tokens[draft.token].tag == "NNS" and draft.said.lemma not in ("talk",)


def _definite(parse: Parse, draft: Draft) -> bool:
    return any(parse.tokens[c].lemma in DEFINITE or parse.tokens[c].dep == "poss" for c in parse.children[draft.token])
