"""Which settlement of the gazetteer a name means: the one the context decides for, or none.

A match must be told apart from its namesakes: by the country or state that the text names beside it, by the countries
the article speaks of, or because it is a city of the world's size. Otherwise there is no link.
"""
from __future__ import annotations

from collections import Counter

from kg.model import Parse
from kg.names import City, Gazetteer
from kg.resolver.candidates import Chain

#: A city of this size needs no context, if it is so many times larger than its namesakes.
GREAT, TIMES = 300_000, 8
#: A namesake of a country that the article speaks of may be this much smaller than the largest of all.
NEARBY = 2
#: Of two namesakes in one country the larger is meant only if it is so many times larger.
CLEARLY = 5


def link_settlements(parse: Parse, chains: list[Chain], gazetteer: Gazetteer) -> None:
    """Sets `place` on the chains of settlements that the article tells apart."""
    towns = [chain for chain in chains if chain.type == "Settlement" and chain.named and not chain.land and chain.own is None]
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
        for key in dict.fromkeys(c.key for c in sorted(chain.candidates, key=lambda c: -len(c.key)) if c.kind == "name"):
            if cities := gazetteer.cities.find(key):
                found = _choose(parse, chain, cities, countries, gazetteer)
                break
        chain.place = found.key if found else None


def _choose(parse: Parse, chain: Chain, cities: tuple[City, ...], countries: Counter[str], gazetteer: Gazetteer) -> City | None:
    beside = _beside(parse, chain, gazetteer)
    if beside is not None:
        country, division = beside
        cities = tuple(c for c in cities if c.country == country and (not division or c.division == division))
        return cities[0] if cities and _stands_out(cities) else None
    near = tuple(c for c in cities if c.country in countries)
    if len({c.country for c in near}) == 1 and _stands_out(near) and near[0].population * NEARBY >= cities[0].population:
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
            words = " ".join(t.text for t in tokens[i + 1:i + 1 + length])
            if (land := gazetteer.land(words)) is not None and len(land.partition(":")[2]) == 2:
                return land.partition(":")[2], ""
            area = gazetteer.areas.get(words.lower())
            if area is not None and area.country:
                return area.country.partition(":")[2], area.division
    return None
