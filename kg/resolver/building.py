"""Chains become entities: labels, aliases, scope; what is no entity by itself is left out."""
from __future__ import annotations

from collections import Counter

from kg.model import Entity, Mention, Parse, Resolved
from kg.names import Gazetteer
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.typing import AGENTS, PLACES

AGENTLESS = PLACES | {"Settlement", "Region"}


def build(parse: Parse, chains: list[Chain], gazetteer: Gazetteer) -> Resolved:
    """Entities e1, e2 … in order of first mention."""
    kept = [chain for chain in chains if _is_entity(chain)]
    kept.sort(key=lambda c: (min(x.start for x in c.candidates), min(x.end for x in c.candidates)))
    entities = []
    for number, chain in enumerate(kept, 1):
        chain.number = number
    for chain in kept:
        entities.append(_entity(parse, chain, gazetteer))
    return Resolved.of(tuple(entities))


def _is_entity(chain: Chain) -> bool:
    if chain.named or chain.type != "Entity":
        return True
    return len(chain.candidates) > 1


def _entity(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> Entity:
    mentions: dict[tuple[int, int], Mention] = {}
    for candidate in sorted(chain.candidates, key=lambda c: (c.start, c.end)):
        mentions.setdefault((candidate.start, candidate.end), Mention(candidate.start, candidate.end, candidate.kind, candidate.head))
    names = [c for c in chain.candidates if c.kind == "name"]
    label, aliases = _labels(parse, names, chain)
    main = _main_name(names, chain, gazetteer)
    if main and main != label:
        label, aliases = main, tuple(sorted({label, *aliases} - {main}))
    kind = _kind(chain)
    return Entity(
        f"e{chain.number}", kind, label, tuple(mentions.values()), aliases,
        scope=_scope(names, chain), iri=chain.own.iri if chain.own else None, place=chain.land or chain.place, plural=chain.plural, gender=chain.gender,
        members=tuple(f"e{m.number}" for m in chain.members if m.number))


#: What a general class may become by what the article calls the thing.
NARROWER = {
    "Place": AGENTLESS, "Facility": PLACES - {"Facility", "NaturalFeature"},
    "Organization": AGENTS - {"Organization"}, "Entity": frozenset({"Vehicle", "Weapon", "Law", "Work", "Product", "Program"}),
}


def _kind(chain: Chain) -> str:
    """The class of the chain, made narrower by its nominals: a "Center" that is called a prison is a prison."""
    wider = NARROWER.get(chain.type)
    if wider is not None:
        said = Counter(c.type for c in chain.candidates if c.kind == "nominal" and c.type in wider and not c.plural)
        if said:
            return max(sorted(said), key=lambda t: said[t])
    return "Concept" if chain.type == "Entity" else chain.type


def _labels(parse: Parse, names: list[Candidate], chain: Chain) -> tuple[str, tuple[str, ...]]:
    """The fullest name and the others; of what has no name the first nominal."""
    if not names:
        nominal = next((c for c in chain.candidates if c.kind == "nominal"), chain.candidates[0])
        return " ".join(parse.quote((nominal.start, nominal.end)).split()), ()
    nouns = [c for c in names if not c.adjective] or names
    words: dict[str, int] = {}
    for c in nouns:
        text = " ".join(parse.quote((c.start, c.end)).split())
        words[text] = words.get(text, 0) + 1
    label = max(words, key=lambda w: (len(w.split()), len(w) if len(w.split()) > 1 else words[w], w))
    return label, tuple(sorted(w for w in words if w != label))


def _main_name(names: list[Candidate], chain: Chain, gazetteer: Gazetteer) -> str | None:
    """The name by which the gazetteer has it, so that "U.S." and "America" are one node in every article.

    A short form in capitals ("EU") takes the main name, too; other well-known names keep the words of the article.
    """
    if chain.own is not None:
        return chain.own.label
    if chain.land and chain.type in ("Country", "Region") and names:
        return gazetteer.lands[chain.land].name
    if chain.type in ("Region", "NaturalFeature") and names and (area := gazetteer.areas.get(names[0].key)) is not None:
        return area.name
    for candidate in names:
        if candidate.known and gazetteer.known[candidate.key].form.isupper() and gazetteer.known[candidate.key].type == chain.type != "PoliticalParty" \
                and not any(c.known is None and " " in c.key for c in names):
            return candidate.known
    return None


def _scope(names: list[Candidate], chain: Chain) -> str:
    if chain.own is not None:
        return "gazetteer"
    if not names:
        return "document"
    if chain.type == "Person" and not any(" " in c.key for c in names):
        return "document"
    return "name"
