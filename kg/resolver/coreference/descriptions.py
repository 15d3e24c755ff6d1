"""Noun phrases and pronouns as candidates: span, number, gender, what they are, whose they are.

A nominal's span drops article, possessor and trailing clause, and keeps premodifiers, numerals and "about".
"""

from __future__ import annotations

from kg.model import Parse, Token
from kg.names import Gazetteer, plain, word_list
from kg.resolver.candidates import Candidate, after_breaks

SINGULAR_HUMAN = {
    "he": "male",
    "him": "male",
    "his": "male",
    "himself": "male",
    "she": "female",
    "her": "female",
    "hers": "female",
    "herself": "female",
}
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
THING = frozenset({"it", "its", "itself"})
FIRST = frozenset({"i", "me", "my", "mine", "myself"})
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
RELATIVE = frozenset({"who", "whom", "whose"})
PLACE_PRONOUNS = frozenset({"there", "here", "where"})

MALE = word_list("male")
FEMALE = word_list("female")
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
INDEFINITE = frozenset(
    {"a", "an", "another", "some", "any", "every", "each", "no", "several", "many", "few", "most", "all", "such"}
)
NOT_A_NOUN_PHRASE = frozenset({"compound", "npadvmod", "advmod", "amod", "nmod"})
#: Nouns that measure, order or hedge: never a thing that is spoken of again.
VAGUE = word_list("vague")


def plural_of_people(parse: Parse, token: Token) -> bool:
    """ "Some 300 herders gathered": a plural in -ers that does what people do."""
    return (
        token.tag == "NNS"
        and token.lemma.endswith(("er", "or", "ee", "ant"))
        and token.dep in ("nsubj", "nsubjpass")
        and parse.tokens[token.head].lemma in TO_PEOPLE
    )


#: Parts of the body that name a person in apposition.
LEADS = word_list("leads")
PEOPLE_ENDS = ("ologist", "ist", "woman", "sman", "erman", "ographer", "ician", "teer", "crat", "mate")
NO_PEOPLE = word_list("no_people")


def find_nominals(parse: Parse, gazetteer: Gazetteer, taken: bytearray) -> list[Candidate]:
    """Nominals and pronouns in order of the text; `taken` marks tokens that are in a name or a title already."""
    found: list[Candidate] = []
    tokens = parse.tokens
    for token in tokens:
        if taken[token.i]:
            continue
        pos = token.pos
        if (
            pos == "NOUN"
            and token.lemma in NUMBER_NOUNS
            and token.tag == "NNS"
            and token.dep in ("nsubj", "nsubjpass", "dobj")
        ):
            if (candidate := _bare_number(parse, token)) is not None:
                found.append(candidate)
        elif pos == "NOUN" or pos == "PROPN" and token.tag in ("NNP", "NNPS", "NN", "NNS"):
            if (candidate := _nominal(parse, token, gazetteer, taken)) is not None:
                found.append(candidate)
        elif token.tag == "CD" and token.dep in ("nsubj", "nsubjpass", "dobj") and token.pos == "NUM":
            if (candidate := _bare_number(parse, token)) is not None:
                found.append(candidate)
        elif (
            token.tag in ("PRP", "PRP$", "WP", "WP$", "WRB") or token.lemma in PLACE_PRONOUNS and pos in ("ADV", "PRON")
        ):
            if (candidate := _pronoun(parse, token)) is not None:
                found.append(candidate)
    return found


def _nominal(parse: Parse, token: Token, gazetteer: Gazetteer, taken: bytearray) -> Candidate | None:
    if token.dep in NOT_A_NOUN_PHRASE and parse.tokens[token.head].pos in ("NOUN", "PROPN") and token.head > token.i:
        return None
    lemma = token.lemma
    before = parse.tokens[token.i - 1] if token.i else token
    kind = (
        gazetteer.nouns.get(f"{before.lemma}-{lemma}") if before.head == token.i else None
    )  # "coast guard" before "guard"
    kind = kind or token.tag == "NNS" and gazetteer.nouns.get(token.text.lower()) or gazetteer.nouns.get(lemma)
    if token.tag == "NNPS" and token.text[-1:] == "s" and kind is None:
        kind = gazetteer.nouns.get(token.text.lower()[:-1])  # "NGOs": the lemmatizer leaves names as they are
    if kind is None and "-" in lemma:
        kind = "Person" if lemma.endswith("-year-old") else gazetteer.nouns.get(lemma.rpartition("-")[2])
    if (
        kind is None
        and token.pos == "NOUN"
        and len(lemma) > 6
        and lemma.endswith(PEOPLE_ENDS)
        and lemma not in NO_PEOPLE
    ):
        kind = "Person"  # "percussionist", "anchorwoman"
    if kind is None and plural_of_people(parse, token):
        kind = "Group"
    if lemma in LEADS and token.dep in ("appos", "attr") and token.tag == "NN":
        kind = "Person"  # "…, a former head of the union"
    people = gazetteer.people.get(plain(token.text)) if kind is None and token.text[:1].isupper() else None
    if people is not None and plain(token.text) not in gazetteer.adjectives:
        kind = "Group" if token.tag in ("NNS", "NNPS") or token.text.endswith("s") else "Person"
    if kind is None and (token.pos == "PROPN" or lemma in VAGUE):
        return None
    children = parse.children[token.i]
    first = token.i
    candidate = Candidate(first, first + 1, token.i, "nominal", token.start, token.end, lemma)
    plural, closed = token.tag in ("NNS", "NNPS"), False
    for child in reversed(children):
        if child > token.i:
            continue
        left = parse.tokens[child]
        if left.dep in ("det", "predet"):
            word = left.lemma
            if word in DEFINITE:
                candidate.definite = True
            elif word in INDEFINITE:
                candidate.indefinite = True
            closed = True  # what stands before the article is no part of the span
            continue
        if closed and left.dep != "poss":
            continue
        if left.dep == "poss":
            candidate.definite, candidate.owner = True, child
            continue
        if (
            left.dep in ("amod", "compound", "nummod", "nmod", "quantmod", "advmod")
            and left.tag not in ("POS",)
            and left.text not in ('"', "'", "“", "”")
        ):
            lowest = min(parse.subtree(child)) if parse.children[child] else child
            if lowest < first and not any(parse.tokens[i].dep in ("det", "poss", "case") for i in range(lowest, child)):
                first = lowest
            elif child < first:
                first = child
            if left.dep == "nummod":
                candidate.number = True
            nation = gazetteer.adjectives.get(plain(left.text)) or (
                gazetteer.land_names.get(plain(left.text)) if left.pos == "PROPN" else None
            )
            if nation and left.text[:1].isupper():
                candidate.nation = nation
    while first < token.i and (parse.tokens[first].pos in ("PUNCT", "DET") or parse.tokens[first].tag == "POS"):
        first += 1
    first = after_breaks(parse, first, token.i)
    while first < token.i and parse.tokens[first].pos in ("PUNCT", "DET"):
        first += 1
    candidate.first, candidate.start = first, parse.tokens[first].start
    candidate.plural = plural or kind == "Group" and people is not None
    if lemma in MALE:
        candidate.gender = "male"
    elif lemma in FEMALE:
        candidate.gender = "female"
    if kind == "Person" and plural:
        kind = "Group"
    candidate.nation = candidate.nation or people
    candidate.type = kind
    return candidate


def _cleft(parse: Parse, noun: int) -> bool:
    """Whether "that" or "who" follows the noun at once."""
    return noun + 1 < len(parse.tokens) and parse.tokens[noun + 1].lemma in ("that", "who")


#: What happens to people: a bare number before it counts people ("about 8,000 were released").
TO_PEOPLE = word_list("to_people")


#: Nouns that stand for a number of people where nothing follows ("dozens more were hurt", "260 others").
NUMBER_NOUNS = word_list("number_nouns")


def _bare_number(parse: Parse, token: Token) -> Candidate | None:
    verb = parse.tokens[token.head]
    if (
        verb.lemma not in TO_PEOPLE
        or token.lemma == "one"
        or token.text.startswith(("19", "20"))
        and len(token.text) == 4
    ):
        return None
    if any(
        parse.tokens[c].dep == "prep"
        and parse.tokens[c].lemma == "of"
        or parse.tokens[c].text in ("$", "€", "£", "¥", "US$")
        for c in parse.children[token.i]
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
    return parts[0] if parts[-1] in ("elect", "designate", "in-law", "general", "law") else parts[-1]


def _pronoun(parse: Parse, token: Token) -> Candidate | None:
    lemma = plain(token.text)
    candidate = Candidate(token.i, token.i + 1, token.i, "pronoun", token.start, token.end, lemma)
    if lemma in SINGULAR_HUMAN:
        candidate.gender = SINGULAR_HUMAN[lemma]
    elif lemma in PLURAL or lemma in WE:
        candidate.plural = True
    elif lemma in THING:
        if _is_pleonastic(parse, token):
            return None
    elif lemma in PLACE_PRONOUNS:
        if token.dep == "expl" or lemma == "here" or lemma == "there" and token.pos != "ADV":
            return None
    elif lemma not in FIRST and lemma not in RELATIVE:
        return None
    return candidate


def _is_pleonastic(parse: Parse, token: Token) -> bool:
    """ "It is clear that", "it rained", "it seems", "make it hard to"."""
    if token.dep == "expl":
        return True
    verb = parse.tokens[token.head]
    if token.dep not in ("nsubj", "nsubjpass", "dobj"):
        return False
    if verb.lemma in ("rain", "snow", "seem", "appear", "turn"):
        return True
    below = [parse.tokens[c] for c in parse.children[verb.i]]
    if verb.lemma == "be" and any(
        t.dep == "attr"
        and t.i > verb.i
        and any(parse.tokens[c].dep == "relcl" and c > t.i for c in parse.children[t.i])
        and _cleft(parse, t.i)
        for t in below
    ):
        return True  # "it is the airline that …"
    if verb.lemma == "be" or token.dep == "nsubjpass" or token.dep == "dobj":
        clause = any(t.dep in ("ccomp", "xcomp", "advcl", "csubj", "acl", "relcl") and t.i > verb.i for t in below)
        word = next((t for t in below if t.dep in ("acomp", "attr", "oprd") and t.i > verb.i), None)
        if word is not None:
            deeper = any(
                parse.tokens[c].dep in ("ccomp", "xcomp", "acl", "relcl", "advcl") and c > word.i
                for c in parse.children[word.i]
            )
            if (
                (clause or deeper)
                and word.pos in ("ADJ", "NOUN")
                and (word.pos == "ADJ" or word.lemma in ("time", "fact", "shame", "pity", "day", "year", "idea"))
            ):
                return True
            if word.lemma in ("monday", "tuesday", "o'clock", "time", "late", "early", "winter", "summer", "morning"):
                return True
        if (
            token.dep == "nsubjpass"
            and clause
            and verb.lemma
            in ("say", "believe", "report", "know", "think", "expect", "hope", "fear", "estimate", "announce", "assume")
        ):
            return True
    return False
