"""What kind of thing a chain of names is: decided once for the chain, never for a mention.

Evidence in order: a head noun in the name ("… Prison", "Bank of …"), a title or a pronoun of persons, the gazetteer,
the votes of the pipeline over all mentions.
"""
from __future__ import annotations

from collections import Counter

from kg.model import Parse
from kg.names import Gazetteer
from kg.resolver.candidates import Chain
from kg.resolver.finding import LINKS

BY_LABEL = {"PERSON": "Person", "ORG": "Organization", "GPE": "Settlement", "LOC": "Region", "FAC": "Facility", "NORP": "Organization",
            "PRODUCT": "Product", "EVENT": "Event", "WORK_OF_ART": "Work", "LAW": "Law"}
#: Families of types: what a head noun may say against the votes of the pipeline.
AGENTS = frozenset("Organization GovernmentBody Court SecurityForce PoliticalParty ArmedGroup Company MediaOutlet NonGovernmentalOrganization "
                   "IntergovernmentalOrganization University SportsTeam".split())
PLACES = frozenset("Facility Prison GovernmentBuilding MilitarySite TransportHub Road Hospital School Museum PlaceOfWorship NaturalFeature".split())
EVENTS = frozenset("cup olympics championship championships festival war games tournament conference summit election elections awards prix open bowl "
                   "revolution uprising holocaust marathon biennale expo forum".split())
COMPANY_ENDS = frozenset("ag inc inc. corp corp. co co. ltd ltd. plc llc gmbh s.a. se n.v. nv holdings motors airlines airways industries".split())


def type_chain(parse: Parse, chain: Chain, gazetteer: Gazetteer, titled: set[int]) -> str:
    """The class of a chain of names; `titled` are heads of names that a personal title stands before."""
    votes = Counter(c.label for c in chain.candidates if c.label)
    persons = votes["PERSON"]
    if any(c.head in titled for c in chain.candidates):
        return "Person"
    if chain.land:
        if not (persons * 2 > len(chain.candidates) and not any(c.adjective for c in chain.candidates)):
            return gazetteer.lands[chain.land].type
    said = _by_head_noun(chain, gazetteer)
    label = votes.most_common(1)[0][0] if votes else None
    if label == "PERSON" and (persons * 2 > len(chain.candidates) or said is None):
        return "Person"
    if said is not None:
        return said
    key = max((c.key for c in chain.candidates), key=len)
    if key in gazetteer.capitals:
        return "Settlement"
    if label is None:
        return "Person" if _acts(parse, chain) else "Entity"
    return BY_LABEL[label]


def _by_head_noun(chain: Chain, gazetteer: Gazetteer) -> str | None:
    for candidate in sorted(chain.candidates, key=lambda c: c.first - c.last):
        words = candidate.key.split()
        if len(words) < 2:
            continue
        if words[-1] in COMPANY_ENDS:
            return "Company"
        cut = next((i for i, w in enumerate(words) if w in LINKS and i), len(words))
        for word in (words[cut - 1], words[-1]):
            if word in EVENTS:
                return "Event"
            kind = gazetteer.nouns.get(word) or gazetteer.nouns.get(word.removesuffix("s"))
            if kind in AGENTS or kind in PLACES or kind in ("Law", "Settlement", "Region", "Work", "Program"):
                return kind
            if word == "united":
                return "SportsTeam"
    return None


def _acts(parse: Parse, chain: Chain) -> bool:
    """It says or thinks, in active voice."""
    return any(parse.tokens[c.head].dep == "nsubj" and parse.tokens[parse.tokens[c.head].head].lemma in SPEAKING for c in chain.candidates)


SPEAKING = frozenset("say tell add explain write think believe recall argue insist admit reply joke note".split())
