"""What kind of thing a chain of names is: decided once for the chain, never for a mention.

A title makes a person, the gazetteer knows countries and what is famous. For the rest, rules (a head noun in the name,
the votes of the pipeline over all mentions) give one opinion and a small trained classifier the other.
"""

from __future__ import annotations

from collections import Counter

from kg.grammar import labels, phrases
from kg.model import Gender, Parse
from kg.names import Gazetteer
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.naming.features import features
from kg.resolver.naming.finding import is_age
from kg.resolver.naming.trimming import LINKS
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

BY_LABEL = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Settlement",
    "LOC": "Region",
    "FAC": "Facility",
    "NORP": "Organization",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "WORK_OF_ART": "Work",
    "LAW": "Law",
}
#: Families of types: what a head noun may say against the votes of the pipeline.
AGENTS = frozenset(
    "Organization GovernmentBody Court SecurityForce PoliticalParty ArmedGroup Company MediaOutlet University "
    "SportsTeam NonGovernmentalOrganization IntergovernmentalOrganization".split()
)
PLACES = frozenset(
    "Facility Prison GovernmentBuilding MilitarySite TransportHub Road Hospital School Museum PlaceOfWorship "
    "NaturalFeature".split()
)
EVENTS = _LISTS["events"]
STORMS, PARTS = _LISTS["storms"], _LISTS["parts_of_lands"]
MACHINES = _LISTS["machines"]
FOUNDED, BODY_ENDS = _LISTS["founded"], _LISTS["body_ends"]
COMPANY_ENDS = _LISTS["company_ends"]


#: What the rules' opinion weighs beside the classifier, in hundredths: chosen on news that trained neither.
RULES, BY_HEAD = 60, 250
#: What it adds to a person that the name, one word without an article, is the subject of saying.
SPEAKS = 60
FAMILY = {
    "Person": 0,
    **{t: 1 for t in AGENTS | {"Organization"}},
    **{t: 2 for t in PLACES | {"Country", "Region", "Settlement", "Place"}},
}


def type_chain(parse: Parse, chain: Chain, gazetteer: Gazetteer, titled: set[int], sports: bool = False) -> str:
    """The class of a chain of names; `titled` are heads of names that a personal title stands before."""
    if chain.own is not None and chain.own.type:
        return chain.own.type
    if any(c.head in titled for c in chain.candidates):
        return "Person"
    certain = _certain(parse, chain, gazetteer, sports)
    if certain is not None:
        return certain
    ruled = _ruled(parse, chain, gazetteer)
    kinds = gazetteer.kinds
    if not kinds.bias:
        return ruled
    scores = list(kinds.bias)
    for feature in features(parse, chain, gazetteer, titled):
        if (weights := kinds.weights.get(feature)) is not None:
            for k in range(len(scores)):
                scores[k] += weights[k]
    family = FAMILY.get(ruled, 3)
    if _speaks_alone(parse, chain):
        scores[0] += SPEAKS
    if _is_founded(parse, chain):
        scores[0] -= BY_HEAD
    scores[family] += (
        BY_HEAD if (ruled in PLACES or ruled == "Company") and ruled == _by_head_noun(chain, gazetteer) else RULES
    )
    best = max(range(len(scores)), key=lambda k: (scores[k], -k))
    return ruled if best == family else _default(kinds.classes[best], chain, gazetteer)


def _is_storm(words: list[str]) -> bool:
    """ "Typhoon Mira", "Tropical Storm Mira"; not "Hurricane" alone."""
    return len(words) > 1 and (words[0] in STORMS or words[:2] == ["tropical", "storm"] and len(words) > 2)


def _certain(parse: Parse, chain: Chain, gazetteer: Gazetteer, sports: bool) -> str | None:
    """What the gazetteer knows, unless the pipeline takes the name for a person's."""
    if any(_is_storm(c.key.split()) for c in chain.candidates if c.kind == "name"):
        return "Event"
    if _is_person(parse, chain, gazetteer):
        return "Person"
    if not chain.land and _is_state(parse, chain):
        return "Region"
    if _is_town(parse, chain, gazetteer):
        return "Settlement"
    if not chain.land and (named := _by_noun_beside(parse, chain, gazetteer)) is not None:
        return named
    votes = Counter(c.label for c in chain.candidates)
    person = votes["PERSON"] * 2 > len(chain.candidates) and not any(c.adjective or c.known for c in chain.candidates)
    if person:
        return None
    if chain.land:
        return gazetteer.lands[chain.land].type
    if (made := _by_number(parse, chain, gazetteer)) is not None:
        return made
    for candidate in chain.candidates:
        if candidate.known:
            return gazetteer.known[candidate.key].type
    for candidate in chain.candidates:
        if (area := gazetteer.areas.get(candidate.key)) is not None:
            return area.type
    if sports and _plays(parse, chain, gazetteer):
        return "SportsTeam"
    if (
        votes["EVENT"]
        and _by_head_noun(chain, gazetteer) is None
        and any(_party(parse, c.head) for c in chain.candidates)
    ):
        return "Organization"
    return None


def _is_state(parse: Parse, chain: Chain) -> bool:
    """ "Washington state": a state and a town share the name, and half of the time the text says which it means."""
    tokens = parse.tokens
    said = sum(
        c.last < len(tokens)
        and tokens[c.last].text in PARTS
        and tokens[c.last].tag == "NN"
        and tokens[c.head].head == c.last
        for c in chain.candidates
    )
    return bool(said) and said * 2 >= len(chain.candidates)


#: A town of so many needs no one to call it a person.
TOWN = 30_000
#: Only a person or an animal is the object of these.
MURDER, SLAYING = _LISTS["murder"], _LISTS["slaying"]


def _is_person(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> bool:
    """An age after the name, or a deed that is done to persons alone."""
    tokens = parse.tokens
    if chain.land or any(c.known or c.adjective for c in chain.candidates):
        return False
    for candidate in chain.candidates:
        i = candidate.last
        if i < len(tokens) and tokens[i].text == "," and is_age(tokens, i + 1):
            return True
        head = tokens[candidate.head]
        if (
            head.dep in labels.OWNING
            and tokens[head.head].lemma in SLAYING
            and candidate.last - candidate.first == 1
            and candidate.label != "NORP"
        ):
            return True
        if head.dep in labels.OBJECTS and tokens[head.head].lemma in MURDER and candidate.label != "NORP":
            return True
        if (
            candidate.label == "GPE"
            and i + 1 < len(tokens)
            and tokens[i].text == ","
            and tokens[i + 1].text == "who"
            and phrases.is_subject(head)
            and not any(city.population > TOWN for city in gazetteer.cities.find(candidate.key)[:1])
        ):
            return True
    return False


def _by_number(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> str | None:
    """ "Highway 50" is a road; "the F404 engine", "K-17 fighters" are products."""
    tokens = parse.tokens
    for candidate in chain.candidates:
        words = candidate.key.split()
        if not words[-1][-1:].isdigit() or candidate.known:
            continue
        if len(words) == 2 and gazetteer.nouns.get(words[0].removesuffix("s")) == "Road":
            return "Road"
        head = tokens[candidate.head]
        if (
            len(words) == 1
            and words[0][:1].isalpha()
            and head.dep in labels.PREMODIFIERS
            and head.head >= candidate.last
            and (
                gazetteer.nouns.get(tokens[head.head].lemma) in ("Vehicle", "Weapon", "Product")
                or tokens[head.head].lemma in MACHINES
            )
        ):
            return "Product"
    return None


def _is_town(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> bool:
    """A town of the gazetteer in capitals at the head of a line, or where someone is said to be of or from."""
    tokens = parse.tokens
    if chain.land or any(c.key in gazetteer.areas for c in chain.candidates):
        return False
    for candidate in chain.candidates:
        if candidate.label == "PERSON" or not gazetteer.cities.find(candidate.key):
            continue
        head = tokens[candidate.head]
        first = parse.sentences[head.sentence].first
        if (
            candidate.first == first
            and parse.quote((candidate.start, candidate.end)).isupper()
            and len(candidate.key) > 3
            and candidate.last < len(tokens)
            and tokens[candidate.last].text in (",", "(", "-", "–", "—", "--", "_", ":")
        ):
            return True
        if head.dep in labels.COMPOUNDS and tokens[head.head].lemma in ("native", "resident"):
            return True
        if phrases.after(parse, head.i, "of", "from") and candidate.label != "ORG":
            owner = tokens[tokens[head.head].head]
            if owner.pos == "PROPN" and owner.i == candidate.first - 2:
                return True
    return False


#: Kinds whose noun beside a name says what the name is: "the Bild newspaper", "the Svoboda party", "X and Y gangs".
SAID_BESIDE = frozenset({"MediaOutlet", "PoliticalParty", "ArmedGroup", "University", "SportsTeam"})


def _by_noun_beside(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> str | None:
    """The kind that a noun right after the name, or after "and" another name, gives it."""
    tokens = parse.tokens
    for candidate in chain.candidates:
        if candidate.kind == "name" and candidate.type is not None:
            return candidate.type
        if (kind := _by_noun_before(parse, candidate, gazetteer)) is not None:
            return kind
    for candidate in chain.candidates:
        i, steps = candidate.head, 0
        while tokens[i].dep in labels.BESIDE | labels.COMPOUNDS and steps < 3 and tokens[i].head != i:
            i = tokens[i].head
            steps += 1
            noun = tokens[i]
            if noun.i < candidate.last:
                continue
            kind = gazetteer.nouns.get(noun.lemma)
            if kind in SAID_BESIDE and noun.pos == "NOUN" and not gazetteer.cities.find(candidate.key):
                return kind
            if kind is not None:
                break
        if candidate.last < len(tokens):
            after = tokens[candidate.last]
            if (
                after.pos == "NOUN"
                and after.tag == "NN"
                and gazetteer.nouns.get(after.lemma) in SAID_BESIDE
                and not gazetteer.cities.find(candidate.key)
                and (candidate.label != "PERSON" or " " not in candidate.key or after.lemma in ("gang", "party"))
            ):
                return gazetteer.nouns[after.lemma]
    return None


#: What a noun before a name, or after it with an article, can make of the name.
SAID_BEFORE = (AGENTS | PLACES | {"Settlement", "Region", "Person", "Vehicle"}) - {"Company"}
#: "the province of X" names X; "the mayor of X", "a court of X" do not.
NAMED_AFTER_OF = _LISTS["named_after_of"]


def _by_noun_before(parse: Parse, candidate: Candidate, gazetteer: Gazetteer) -> str | None:
    """ "the province of X", "the newspaper X", "X, a lawyer,": the kind that a noun gives a name by apposition."""
    tokens, first, head = parse.tokens, candidate.first, parse.tokens[candidate.head]
    if candidate.adjective or candidate.label == "GPE" and gazetteer.cities.find(candidate.key):
        return None
    if first > 1 and tokens[first - 1].lemma == "of" and phrases.after(parse, head.i):
        noun = tokens[first - 2]
        if noun.lemma in NAMED_AFTER_OF and noun.pos == "NOUN":
            return gazetteer.nouns.get(noun.lemma)
    i = phrases.first_of(parse, head.i)
    if i != head.i and phrases.after(parse, i, "of"):
        noun = tokens[tokens[tokens[i].head].head]
        if noun.lemma in NAMED_AFTER_OF and noun.tag == "NNS":
            return gazetteer.nouns.get(noun.lemma)  # "the provinces of X and Y"
    if (
        first > 0
        and tokens[first - 1].tag == "NN"
        and tokens[first - 1].text.islower()
        and tokens[first - 1].sentence == head.sentence
    ):
        noun = tokens[first - 1]
        kind = gazetteer.nouns.get(noun.lemma) if noun.lemma not in gazetteer.either_roles else None
        if (
            kind in SAID_BEFORE
            and (candidate.first <= noun.head < candidate.last or head.head == noun.i and head.dep in labels.TITLES)
            and not (kind == "SportsTeam" and noun.lemma == "side")
        ):
            return kind
    if (
        candidate.last + 2 < len(tokens)
        and tokens[candidate.last].text == ","
        and tokens[candidate.last + 1].lemma in ("a", "an")
    ):
        for child in phrases.appositions(parse, candidate.head):
            if candidate.last + 1 < child < candidate.last + 8 and tokens[child].tag == "NN":
                kind = gazetteer.nouns.get(tokens[child].lemma)
                return (
                    kind
                    if kind in SAID_BEFORE and tokens[child].lemma not in NAMED_AFTER_OF | gazetteer.either_roles
                    else None
                )
    return None


def _ruled(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> str:
    """The opinion of the rules: head noun, votes, gazetteer."""
    votes = Counter(c.label for c in chain.candidates if c.label)
    persons = votes["PERSON"]
    said = _by_head_noun(chain, gazetteer)
    label = votes.most_common(1)[0][0] if votes else None
    if label == "PERSON" and (persons * 2 > len(chain.candidates) or said is None):
        return "Person"
    if said is not None:
        return said
    key = max((c.key for c in chain.candidates), key=len)
    if key in gazetteer.capitals:
        return "Settlement"
    if label == "LOC" and gazetteer.cities.find(key):
        return "Settlement"
    if label is None:
        return "Person" if _acts(parse, chain) else "Entity"
    return BY_LABEL[label]


def _default(kind: str, chain: Chain, gazetteer: Gazetteer) -> str:
    """A class of the family that the classifier chose against the rules."""
    if kind == "Place":
        said = _by_head_noun(chain, gazetteer)
        if said in PLACES or said in ("Settlement", "Region"):
            return said
        labels = {c.label for c in chain.candidates}
        if any(gazetteer.cities.find(c.key) for c in chain.candidates) or "GPE" in labels:
            return "Settlement"
        return "Facility" if "FAC" in labels else "Place"
    if kind == "Other":
        votes = Counter(c.label for c in chain.candidates if c.label in ("EVENT", "WORK_OF_ART", "LAW", "PRODUCT"))
        return BY_LABEL[votes.most_common(1)[0][0]] if votes else "Entity"
    if kind == "Organization":
        said = _by_head_noun(chain, gazetteer)
        return said if said in AGENTS else "Organization"
    return kind


def given_gender(chain: Chain, gazetteer: Gazetteer) -> Gender | None:
    """The gender that the given name of a person mostly has."""
    for candidate in chain.candidates:
        if " " in candidate.key:
            first = candidate.key.split(" ", 1)[0]
            return gazetteer.given.get(first) or gazetteer.given.get(first.split("-")[0])
    return None


PLAYERS = _LISTS["players"]
PLAYS = _LISTS["plays"]
GAME = _LISTS["game"]


def is_sports(parse: Parse) -> bool:
    """The article tells of games: towns in it may be teams."""
    return sum(token.lemma in GAME for token in parse.tokens) * 80 > len(parse.tokens)


def _plays(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> bool:
    """A town that plays: more of its mentions act as a team than stand after "in"."""
    tokens = parse.tokens
    team = place = 0
    for candidate in chain.candidates:
        head = tokens[candidate.head]
        governor = tokens[head.head]
        if (
            head.dep in labels.CORE
            and governor.lemma in PLAYS
            or head.dep in labels.OWNING
            and governor.lemma in PLAYERS
            or phrases.after(parse, head.i)
            and governor.lemma in ("against", "over", "with", "between", "for")
            and tokens[governor.head].lemma not in ("bid", "leave")
        ):
            team += 1
        elif phrases.after(parse, head.i, "in", "from", "near", "to"):
            place += 1
    return team > place


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
            if word in BODY_ENDS:
                return "Organization"
    return None


def _speaks_alone(parse: Parse, chain: Chain) -> bool:
    """ "Bernero said": one word, no article, not in capitals, always in the same form."""
    tokens = parse.tokens
    spoke = False
    for candidate in chain.candidates:
        if candidate.last - candidate.first > 1 or tokens[candidate.first].text.isupper():
            return False
        head = tokens[candidate.head]
        if phrases.determiners(parse, candidate.head):
            return False
        spoke = (
            spoke
            or head.dep == labels.SUBJECT
            and (tokens[head.head].lemma in SPEAKING or tokens[head.head].lemma == "say")
        )
    return spoke


def _is_founded(parse: Parse, chain: Chain) -> bool:
    """ "Velo, founded in 1998", "Velo was founded"."""
    tokens = parse.tokens
    for candidate in chain.candidates:
        head = tokens[candidate.head]
        if (
            head.dep == labels.PASSIVE_SUBJECT
            and tokens[head.head].lemma in FOUNDED
            or any(
                tokens[c].dep in labels.NOUN_CLAUSES and tokens[c].tag == "VBN" and tokens[c].lemma in FOUNDED
                for c in parse.children[head.i]
            )
        ):
            return True
    return False


def _acts(parse: Parse, chain: Chain) -> bool:
    """It says or thinks, in active voice."""
    return any(
        parse.tokens[c.head].dep == labels.SUBJECT and parse.tokens[parse.tokens[c.head].head].lemma in SPEAKING
        for c in chain.candidates
    )


def _party(parse: Parse, i: int) -> bool:
    """One of two sides: "between X and the police", "by X and soldiers"."""
    first = phrases.first_of(parse, i)
    return phrases.after(parse, first, "between") and bool(phrases.conjuncts(parse, first) or first != i)


SPEAKING = _LISTS["speaking"]
