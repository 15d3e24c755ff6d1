"""Chains become entities: labels, aliases, scope; what is no entity by itself is left out.

Which settlement of the gazetteer a name means: the one the context decides for, or none.

A match must be told apart from its namesakes: by the country or state that the text names beside it, by the countries
the article speaks of, or because it is a city of the world's size. Otherwise there is no link.
"""

from __future__ import annotations

from collections import Counter

from kg.model import Entity, Mention, Parse, Resolved, Scope
from kg.names import City, Gazetteer
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.naming.typing import AGENTS, PLACES

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
        mentions.setdefault(
            (candidate.start, candidate.end),
            Mention(candidate.start, candidate.end, candidate.kind, candidate.head, candidate.how, candidate.margin),
        )
    names = [c for c in chain.candidates if c.kind == "name"]
    label, aliases = _labels(parse, names, chain)
    main = _main_name(names, chain, gazetteer)
    if main and main != label:
        label, aliases = main, tuple(sorted({label, *aliases} - {main}))
    kind = _kind(chain)
    return Entity(
        f"e{chain.number}",
        kind,
        label,
        tuple(mentions.values()),
        aliases,
        scope=_scope(names, chain),
        iri=chain.own.iri if chain.own else None,
        place=chain.land or chain.place,
        plural=chain.plural,
        gender=chain.gender,
        members=tuple(f"e{m.number}" for m in chain.members if m.number),
    )


#: What a general class may become by what the article calls the thing.
NARROWER = {
    "Place": AGENTLESS,
    "Facility": PLACES - {"Facility", "NaturalFeature"},
    "Organization": AGENTS - {"Organization"},
    "Entity": frozenset({"Vehicle", "Weapon", "Law", "Work", "Product", "Program"}),
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
    if not names and chain.members and all(c.kind == "pronoun" for c in chain.candidates):
        each = (_labels(parse, [c for c in m.candidates if c.kind == "name"], m)[0] for m in chain.members)
        return " and ".join(each), ()
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
        if (
            candidate.known
            and gazetteer.known[candidate.key].form.isupper()
            and gazetteer.known[candidate.key].type == chain.type != "PoliticalParty"
            and not any(c.known is None and " " in c.key for c in names)
        ):
            return candidate.known
    return None


def _scope(names: list[Candidate], chain: Chain) -> Scope:
    if chain.own is not None:
        return "gazetteer"
    if not names or chain.namesake:
        return "document"
    if chain.type == "Person" and not any(" " in c.key for c in names):
        return "document"
    return "name"


# ------------------------------------------------------------------ settlements of the gazetteer

#: A city of this size needs no context, if it is so many times larger than its namesakes.
GREAT, TIMES = 300_000, 8
#: A namesake of a country that the article speaks of may be this much smaller than the largest of all.
NEARBY = 2
#: Of two namesakes in one country the larger is meant only if it is so many times larger.
CLEARLY = 5


def link_settlements(parse: Parse, chains: list[Chain], gazetteer: Gazetteer) -> None:
    """Sets `place` on the chains of settlements that the article tells apart."""
    towns = [
        chain for chain in chains if chain.type == "Settlement" and chain.named and not chain.land and chain.own is None
    ]
    if not towns:
        return
    countries: Counter[str] = Counter()
    for chain in chains:
        if chain.land and chain.named:
            countries[chain.land.partition(":")[2]] += len(chain.candidates)
        elif chain.named and (area := gazetteer.areas.get(chain.candidates[0].key)) is not None and area.country:
            countries[area.country.partition(":")[2]] += len(chain.candidates)
    for chain in towns:
        found = None
        for key in dict.fromkeys(
            c.key for c in sorted(chain.candidates, key=lambda c: -len(c.key)) if c.kind == "name"
        ):
            if cities := gazetteer.cities.find(key):
                found = _choose(parse, chain, cities, countries, gazetteer)
                break
        chain.place = found.key if found else None


def _choose(
    parse: Parse, chain: Chain, cities: tuple[City, ...], countries: Counter[str], gazetteer: Gazetteer
) -> City | None:
    beside = _beside(parse, chain, gazetteer)
    if beside is not None:
        country, division = beside
        cities = tuple(c for c in cities if c.country == country and (not division or c.division == division))
        return cities[0] if cities and _stands_out(cities) else None
    near = tuple(c for c in cities if c.country in countries)
    if (
        len({c.country for c in near}) == 1
        and _stands_out(near)
        and near[0].population * NEARBY >= cities[0].population
    ):
        return near[0]
    if cities[0].population >= GREAT and (len(cities) == 1 or cities[0].population >= TIMES * cities[1].population):
        return cities[0]
    return None


def _stands_out(cities: tuple[City, ...]) -> bool:
    return len(cities) == 1 or cities[0].population >= CLEARLY * cities[1].population


def _beside(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Country and division of the land or state named right after: "Springfield, Ill.", "Cali, Colombia"."""
    tokens = parse.tokens
    for candidate in chain.candidates:
        i = candidate.last
        if candidate.kind != "name" or i + 1 >= len(tokens) or tokens[i].text not in (",", "("):
            continue
        for length in (4, 3, 2, 1):
            words = " ".join(t.text for t in tokens[i + 1 : i + 1 + length])
            if (land := gazetteer.land(words)) is not None and len(land.partition(":")[2]) == 2:
                return land.partition(":")[2], ""
            area = gazetteer.areas.get(words.lower())
            if area is not None and area.country:
                return area.country.partition(":")[2], area.division
    return None
