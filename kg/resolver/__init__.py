"""Mentions become entities: names, nominals, pronouns, and what each chain of them is.

find names → chain them → type each chain → find nominals and pronouns → link them → entities
"""

from __future__ import annotations

from kg.grammar.analysis import Analysis
from kg.grammar.speech.attribution import find_speakers
from kg.model import Gender, Parse, Resolved
from kg.names import Gazetteer
from kg.resolver.building import build, link_settlements
from kg.resolver.coreference.descriptions import find_nominals, led_bodies
from kg.resolver.coreference.linking import Linker
from kg.resolver.naming.clustering import cluster
from kg.resolver.naming.finding import find_names
from kg.resolver.naming.typing import given_gender, is_sports, type_chain

__all__ = ["resolve"]


def resolve(parse: Parse, gazetteer: Gazetteer, analysis: Analysis | None = None) -> Resolved:
    """The entities of one document, in order of first mention; `analysis` is what the grammar saw in the parse."""
    names, titles = find_names(parse, gazetteer)
    titled = {name.head for _, name in titles}
    chains = cluster(parse, names, gazetteer)
    sports = is_sports(parse)
    for chain in chains:
        chain.type = type_chain(parse, chain, gazetteer, titled, sports)
        if chain.type == "Person":
            chain.gender = given_gender(chain, gazetteer)
    for title, name in titles:
        word = parse.tokens[title.head].text.lower()
        gender: Gender | None = (
            "male" if word in gazetteer.male_titles else "female" if word in gazetteer.female_titles else None
        )
        if name.chain is not None:
            name.chain.gender = name.chain.gender or gender
            if word not in gazetteer.plain_titles:
                name.chain.add(title, "title before the name")
            elif parse.tokens[name.head].head == title.head:
                name.head = title.head  # the parse hangs the name on "Dr": its place in the sentence is the name's
    taken = bytearray(len(parse.tokens))
    for candidate in names:
        for i in () if candidate.citizen else (*range(candidate.first, candidate.last), candidate.head):
            taken[i] = 1
    for title, _ in titles:
        for i in range(title.first, title.last):
            taken[i] = 1
    speakers = find_speakers(analysis or Analysis(parse))
    # "President" describes somebody, "Mr" nobody
    described = [title for title, _ in titles if parse.tokens[title.head].text.lower() not in gazetteer.plain_titles]
    candidates = names + described + led_bodies(parse, gazetteer, titles) + find_nominals(parse, gazetteer, taken)
    candidates.sort(key=lambda c: (c.head, c.first))
    chains = Linker(parse, gazetteer, chains, speakers).run(candidates)
    link_settlements(parse, chains, gazetteer)
    return build(parse, chains, gazetteer)
