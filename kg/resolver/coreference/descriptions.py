"""Noun phrases and pronouns as candidates: span, number, gender, what they are, whose they are.

A nominal's span drops article, possessor and trailing clause, and keeps premodifiers, numerals and "about".
"""

from __future__ import annotations

from functools import cached_property

from kg.grammar import labels, phrases
from kg.model import Parse, Token
from kg.names import Gazetteer, plain
from kg.resolver.candidates import Candidate, after_breaks
from kg.resolver.naming.lines import is_citizen
from kg.resolver.naming.typing import AGENTS, is_sports
from kg.vocabulary import word_lists

_LISTS, _CLOSED = word_lists("names"), word_lists("grammar")

#: Ends of words for who has been given a post and does not hold it yet; the tagger may take them for adjectives.
ELECTED = ("-elect", "-designate")
HE, SHE = _CLOSED.sets("gendered")["male"], _CLOSED.sets("gendered")["female"]
PLURAL, THING, PLACE_PRONOUNS = _CLOSED["plural_pronouns"], _CLOSED["thing_pronouns"], _CLOSED["place_pronouns"]
FIRST, WE, RELATIVE = _CLOSED["first_person"], _CLOSED["first_plural"], _CLOSED["relative_pronouns"]
DEFINITE, INDEFINITE = _CLOSED["definite_articles"], _CLOSED["indefinite_articles"]
WEATHER, IMPERSONAL = _CLOSED["weather"], _CLOSED["impersonal"]
CLAUSE_NOUNS, HOURS = _CLOSED["clause_nouns"], _CLOSED["hours"]

MALE, FEMALE, LEADS, VAGUE = _LISTS["male"], _LISTS["female"], _LISTS["leads"], _LISTS["vague"]
PEOPLE_ENDS, DOERS_ENDS = tuple(sorted(_LISTS["people_ends"])), tuple(sorted(_LISTS["doers_ends"]))
NO_PEOPLE, TO_PEOPLE, NUMBER_NOUNS = _LISTS["no_people"], _LISTS["to_people"], _LISTS["number_nouns"]
NO_PLACE, HELD_AS, LAPSED = _LISTS["no_place"], _LISTS["held_as"], _LISTS["lapsed"]
SECOND_HALVES, LAUNCHED, SPACE = _LISTS["second_halves"], _LISTS["launched"], _LISTS["space"]
IDIOMS, OPPOSED = _LISTS.sets("idiom"), _LISTS.sets("opposed")


def plural_of_people(parse: Parse, token: Token) -> bool:
    """ "Some 300 herders gathered": a plural in -ers that does what people do."""
    return (
        token.tag == "NNS"
        and token.lemma.endswith(DOERS_ENDS)
        and phrases.is_subject(token)
        and parse.tokens[token.head].lemma in TO_PEOPLE
    )


def find_nominals(parse: Parse, gazetteer: Gazetteer, taken: bytearray) -> list[Candidate]:
    """Nominals and pronouns in order of the text; `taken` marks tokens that are in a name or a title already."""
    story = _Story(parse)
    found = (_candidate(parse, token, gazetteer, story) for token in parse.tokens if not taken[token.i])
    return [candidate for candidate in found if candidate is not None]


class _Story:
    """What the article as a whole is about."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse

    @cached_property
    def sports(self) -> bool:
        return is_sports(self._parse)

    @cached_property
    def space(self) -> bool:
        return sum(t.lemma in SPACE for t in self._parse.tokens) > 2


def led_bodies(parse: Parse, gazetteer: Gazetteer, titles: list[tuple[Candidate, Candidate]]) -> list[Candidate]:
    """The bodies that stand within titles: "rescue agency" of "Norway's rescue agency chief Karl Dahl"."""
    found, tokens = [], parse.tokens
    for title, name in titles:
        body = tokens[title.head - 1] if title.head else tokens[title.head]
        if body.dep not in labels.COMPOUNDS or body.tag != "NN" or gazetteer.nouns.get(body.lemma) not in AGENTS:
            continue
        first = body.i
        while first and tokens[first - 1].sentence == body.sentence and _describes(tokens[first - 1]):
            first -= 1
        if first == body.i:
            continue  # "police chief", "party leader": of none that is told apart
        candidate = Candidate(first, body.i + 1, body.i, "nominal", tokens[first].start, body.end, body.lemma)
        owners = [c for c in phrases.owners(parse, name.head) + phrases.owners(parse, title.head) if c < first]
        candidate.definite, candidate.owner = bool(owners), owners[0] if owners else None
        candidate.type = gazetteer.nouns[body.lemma]
        found.append(candidate)
    return found


def _describes(token: Token) -> bool:
    """A word that tells which body it is, not whose nor since when."""
    within = labels.BEFORE | {labels.CONJUNCT, labels.CONJUNCTION}
    return (
        token.dep in within and token.text.islower() and token.tag in ("NN", "JJ", "CC") and token.lemma not in LAPSED
    )


def _candidate(parse: Parse, token: Token, gazetteer: Gazetteer, story: _Story) -> Candidate | None:
    pos, argument = token.pos, token.dep in labels.CORE
    if pos == "NOUN" and argument and token.lemma in NUMBER_NOUNS and token.tag == "NNS":
        return _bare_number(parse, token)
    if pos == "NOUN" or pos == "PROPN" and token.tag in ("NNP", "NNPS", "NN", "NNS"):
        return _nominal(parse, token, gazetteer, story)
    if pos == "ADJ" and (is_citizen(parse, gazetteer, token.i) or token.lemma.endswith(ELECTED)):
        return _nominal(parse, token, gazetteer, story)
    if pos == "NUM" and argument and token.tag == "CD":
        return _bare_number(parse, token)
    if token.tag in ("PRP", "PRP$", "WP", "WP$", "WRB") or token.lemma in PLACE_PRONOUNS and pos in ("ADV", "PRON"):
        return _pronoun(parse, token)
    return None


def _nominal(parse: Parse, token: Token, gazetteer: Gazetteer, story: _Story) -> Candidate | None:
    if token.dep in labels.BEFORE and parse.tokens[token.head].pos in ("NOUN", "PROPN") and token.head > token.i:
        return None
    lemma, plural = token.lemma, token.tag in ("NNS", "NNPS")
    kind = _kind(parse, token, gazetteer, story)
    people = gazetteer.people.get(plain(token.text)) if kind is None and token.text[:1].isupper() else None
    if kind is None and is_citizen(parse, gazetteer, token.i):
        kind, people = "Person", gazetteer.adjectives[plain(token.text)]
    elif people is not None and plain(token.text) not in gazetteer.adjectives:
        kind = "Group" if plural or token.text.endswith("s") else "Person"
    if kind is None and (token.pos == "PROPN" or lemma in VAGUE):
        return None
    candidate = Candidate(token.i, token.i + 1, token.i, "nominal", token.start, token.end, lemma)
    _premodified(parse, candidate, gazetteer)
    if lemma in NO_PLACE | HELD_AS and not plural and candidate.last - candidate.first == 1 and _bare(parse, candidate):
        return None
    candidate.plural = plural or kind == "Group" and people is not None
    candidate.gender = "male" if lemma in MALE else "female" if lemma in FEMALE else None
    candidate.nation = candidate.nation or people
    candidate.type = "Group" if kind == "Person" and plural else kind
    return candidate


def _bare(parse: Parse, candidate: Candidate) -> bool:
    """Whether a noun stands without an article, a possessor or anything else before it."""
    return not any(child < candidate.head for child in parse.children[candidate.head])


def _kind(parse: Parse, token: Token, gazetteer: Gazetteer, story: _Story) -> str | None:
    """The class that the noun names, by the lists and by its form."""
    lemma, nouns = token.lemma, gazetteer.nouns
    said = phrases.in_apposition(token) or phrases.equates(token)
    if lemma in LEADS and token.tag == "NN" and (said or _leads(parse, token)):
        return "Person"  # "…, a former head of the union"
    before = parse.tokens[token.i - 1] if token.i else token
    kind = nouns.get(f"{before.lemma}-{lemma}") if before.head == token.i else None  # "coast guard" before "guard"
    if kind is None and token.tag == "NNS":
        kind = nouns.get(token.text.lower())
    kind = kind or nouns.get(lemma)
    if kind is not None and _idiom(parse, token):
        return None
    if lemma in OPPOSED:
        return _side(parse, token, story)
    if lemma in LAUNCHED and _in_space(parse, token, story):
        return "Vehicle"
    if kind is None and token.tag == "NNPS" and token.text[-1:] == "s":
        kind = nouns.get(token.text.lower()[:-1])  # "NGOs": the lemmatizer leaves names as they are
    if kind is None and "-" in lemma:
        kind = "Person" if lemma.endswith("-year-old") else nouns.get(lemma.rpartition("-")[2])
    if kind is not None:
        return kind
    if plural_of_people(parse, token):
        return "Group"
    if token.pos == "NOUN" and len(lemma) > 6 and lemma.endswith(PEOPLE_ENDS) and lemma not in NO_PEOPLE:
        return "Person"  # "percussionist", "anchorwoman"
    return None


def _in_space(parse: Parse, token: Token, story: _Story) -> bool:
    """Whether the sentence, or the article, tells of space: "the rocket carried a satellite into orbit"."""
    sentence = parse.sentences[token.sentence]
    near = any(t.lemma in SPACE for t in parse.tokens[sentence.first : sentence.last])
    return near or story.space


def _side(parse: Parse, token: Token, story: _Story) -> str | None:
    """A team in an article on games; else who stand against each other: "both sides"."""
    if story.sports:
        return "SportsTeam"
    before = {parse.tokens[c].lemma for c in parse.children[token.i]}
    return "Group" if token.tag == "NNS" and before & OPPOSED[token.lemma] else None


def _idiom(parse: Parse, token: Token) -> bool:
    """Whether the words beside it take the noun out of its kind: "crossed arms", "a state of emergency"."""
    words = IDIOMS.get(token.text.lower(), IDIOMS.get(token.lemma))
    if not words:
        return False
    tokens = parse.tokens
    near = {tokens[c].lemma for c in parse.children[token.i]} | {tokens[c].text for c in parse.children[token.i]}
    near |= {tokens[o].lemma for c in parse.children[token.i] if tokens[c].lemma == "of" for o in parse.children[c]}
    above = tokens[token.head]
    near.add(above.lemma if token.dep in labels.UNDERGOERS else tokens[above.head].lemma if above.pos == "ADP" else "")
    near.add(f"{above.lemma}-" if above.pos == "ADP" else "")  # what it stands under: "in-"
    return bool(near & words)


def _leads(parse: Parse, token: Token) -> bool:
    """ "met the head of the Tulln Bank, Ana Ruiz": of a body that a name is hung on."""
    below = (o for of in parse.children[token.i] if parse.tokens[of].lemma == "of" for o in parse.children[of])
    return token.dep in labels.CORE and any(
        phrases.in_apposition(parse.tokens[c]) and parse.tokens[c].pos == "PROPN"
        for o in below
        for c in parse.children[o]
    )


def _premodified(parse: Parse, candidate: Candidate, gazetteer: Gazetteer) -> None:
    """Takes in what stands before the noun: article, possessor, nation, number; the span begins after the article."""
    tokens, head = parse.tokens, candidate.head
    first, closed = head, False
    for child in reversed(parse.children[head]):
        left = tokens[child]
        if child > head:
            continue
        if left.dep in labels.DETERMINERS:
            if left.lemma in DEFINITE:
                candidate.definite = True
            elif left.lemma in INDEFINITE:
                candidate.indefinite = True
            closed = True  # what stands before the article is no part of the span
        elif phrases.owns(left):
            candidate.definite, candidate.owner = True, child
        elif not closed and left.dep in labels.BEFORE and left.tag != "POS" and left.text not in ('"', "'", "“", "”"):
            lowest = min(parse.subtree(child)) if parse.children[child] else child
            if any(tokens[i].dep in labels.SPECIFYING for i in range(lowest, child)):
                lowest = child
            first = min(first, lowest)
            candidate.number = candidate.number or left.dep == labels.NUMBER
            if left.text[:1].isupper():
                candidate.nation = _nation(left, gazetteer) or candidate.nation
    while first < head and (tokens[first].pos in ("PUNCT", "DET") or tokens[first].tag == "POS"):
        first += 1
    first = after_breaks(parse, first, head)
    while first < head and tokens[first].pos in ("PUNCT", "DET"):
        first += 1
    candidate.first, candidate.start = first, tokens[first].start


def _nation(token: Token, gazetteer: Gazetteer) -> str | None:
    word = plain(token.text)
    return gazetteer.adjectives.get(word) or (gazetteer.land_names.get(word) if token.pos == "PROPN" else None)


def _cleft(parse: Parse, noun: int) -> bool:
    """Whether "that" or "who" follows the noun at once."""
    return noun + 1 < len(parse.tokens) and parse.tokens[noun + 1].lemma in ("that", "who")


def _bare_number(parse: Parse, token: Token) -> Candidate | None:
    verb = parse.tokens[token.head]
    if (
        verb.lemma not in TO_PEOPLE
        or token.lemma == "one"
        or token.text.startswith(("19", "20"))
        and len(token.text) == 4
    ):
        return None
    if phrases.prepositions(parse, token.i, "of") or any(
        parse.tokens[c].text in ("$", "€", "£", "¥", "US$") for c in parse.children[token.i]
    ):
        return None
    below = parse.subtree(token.i)
    first = token.i
    while first - 1 in below:
        first -= 1
    candidate = Candidate(first, token.i + 1, token.i, "nominal", parse.tokens[first].start, token.end, "people")
    candidate.type, candidate.plural, candidate.number = "Group", True, True
    return candidate


def root_of(head: str) -> str:
    """The head noun within a compound of hyphens: "mega-prison" → "prison", "president-elect" → "president"."""
    if "-" not in head:
        return head
    parts = head.split("-")
    return parts[0] if parts[-1] in SECOND_HALVES else parts[-1]


def _pronoun(parse: Parse, token: Token) -> Candidate | None:
    lemma = plain(token.text)
    candidate = Candidate(token.i, token.i + 1, token.i, "pronoun", token.start, token.end, lemma)
    if lemma in HE or lemma in SHE:
        candidate.gender = "male" if lemma in HE else "female"
    elif lemma in PLURAL or lemma in WE:
        candidate.plural = True
    elif lemma in THING:
        if _is_pleonastic(parse, token):
            return None
    elif lemma in PLACE_PRONOUNS:
        if token.dep == labels.EXPLETIVE or lemma == "here" or lemma == "there" and token.pos != "ADV":
            return None
    elif lemma not in FIRST and lemma not in RELATIVE:
        return None
    return candidate


def _is_pleonastic(parse: Parse, token: Token) -> bool:
    """ "It is clear that", "it rained", "it seems", "make it hard to"."""
    if token.dep == labels.EXPLETIVE:
        return True
    verb = parse.tokens[token.head]
    if token.dep not in labels.CORE:
        return False
    if verb.lemma in WEATHER:
        return True
    below = [parse.tokens[c] for c in parse.children[verb.i]]
    if verb.lemma == "be" and any(
        phrases.equates(t)
        and t.i > verb.i
        and any(c > t.i for c in phrases.dependents(parse, t.i, {labels.RELATIVE_CLAUSE}))
        and _cleft(parse, t.i)
        for t in below
    ):
        return True  # "it is the airline that …"
    if verb.lemma == "be" or token.dep in labels.UNDERGOERS:
        clause = any(t.dep in labels.CLAUSES and t.i > verb.i for t in below)
        word = next((t for t in below if t.dep in labels.COMPLEMENTS and t.i > verb.i), None)
        if word is not None:
            deeper = any(c > word.i for c in phrases.dependents(parse, word.i, labels.CLAUSES))
            if (clause or deeper) and word.pos in ("ADJ", "NOUN") and (word.pos == "ADJ" or word.lemma in CLAUSE_NOUNS):
                return True
            if word.lemma in HOURS:
                return True
        if token.dep == labels.PASSIVE_SUBJECT and clause and verb.lemma in IMPERSONAL:
            return True
    return False
