"""What tells the kind of a name: its words, the gazetteer, the votes of the pipeline, the words around each mention.

In: a chain of names. Out: strings, each a yes/no feature of the classifier of `typing`. The same function serves the
training, so that both see the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.grammar import labels, phrases
from kg.model import Parse, Token
from kg.names import Gazetteer
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.naming.trimming import LINKS
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

#: Whom only a person can do this, be done to, or have.
HUMAN_SUBJECT, HUMAN_OBJECT, HUMAN_OWNED = _LISTS["human_subject"], _LISTS["human_object"], _LISTS["human_owned"]

HE_OR_SHE = word_lists("grammar").spellings("gendered")

SEEN = 6  # mentions looked at
AHEAD = 14  # words after a mention in which the next pronoun is looked for


def features(parse: Parse, chain: Chain, gazetteer: Gazetteer, titled: set[int]) -> list[str]:
    """Features of a chain, without doubles, in a fixed order."""
    mentions = chain.candidates
    long = max(mentions, key=lambda c: (c.key.count(" "), len(c.key)))
    found = dict.fromkeys(_shape(parse, long))
    found |= dict.fromkeys(_words(long, gazetteer))
    found |= dict.fromkeys(_votes(mentions))
    if any(c.head in titled for c in mentions):
        found["titled"] = None
    for candidate in mentions[:SEEN]:
        for side in (_before, _after, _governor, _below, _said):
            found |= dict.fromkeys(side(parse, candidate, gazetteer))
    return list(found)


def _votes(mentions: list[Candidate]) -> Iterator[str]:
    """What the pipeline takes the mentions for."""
    total = len(mentions)
    for label, count in Counter(c.label or "none" for c in mentions).items():
        yield f"vote {label} {'all' if count == total else 'most' if 2 * count > total else 'some'}"
        if count == total and total > 1:
            yield f"vote {label} all many"
    yield from (f"long vote {c.label}" for c in mentions if c.label and " " in c.key)


def _shape(parse: Parse, name: Candidate) -> Iterator[str]:
    """Letters, length, endings."""
    words = name.key.split()
    text = parse.document.text[name.start : name.end]
    last, first = words[-1], words[0]
    yield f"length {min(len(words), 4)}"
    yield f"last {last}"
    yield f"first {first}"
    yield f"end {last[-3:]}"
    yield f"end2 {last[-2:]}"
    yield f"start {first[:3]}"
    if len(words) == 1:
        yield f"only end {last[-3:]}"
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        yield "capitals" if len(letters) < 7 else "long capitals"
    elif len(words) == 1 and sum(c.isupper() for c in letters) > 1:
        yield "mixed case"
    if any(c.isdigit() for c in text):
        yield "digit"
    if "&" in text:
        yield "ampersand"


def _words(name: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """What the gazetteer and the nouns know of the name and its words."""
    key, words = name.key, name.key.split()
    last, first, many = words[-1], words[0], len(words) > 1
    cut = next((i for i, w in enumerate(words) if w in LINKS and i), len(words))
    if cut < len(words):
        yield f"link {words[cut]}"
        yield f"before link {words[cut - 1]}"
    if many:
        yield from (f"noun {kind}" for word in (last, words[cut - 1]) if (kind := gazetteer.nouns.get(word)))
        if any(w in gazetteer.nouns for w in words[:-1]):
            yield "noun inside"
    if first in gazetteer.given:
        yield "given name" if many else "given name alone"
    if key in gazetteer.land_names:
        yield "is land"
    elif key in gazetteer.adjectives:
        yield "is adjective"
    elif any(w in gazetteer.land_names or w in gazetteer.adjectives for w in words):
        yield "has land"
    if (area := gazetteer.areas.get(key)) is not None:
        yield f"is {area.type}"
    if name.known:
        yield f"known {gazetteer.known[key].type}"
    if cities := gazetteer.cities.find(key):
        size = cities[0].population
        yield f"city {'great' if size > 500_000 else 'large' if size > 50_000 else 'small'}"
    elif many and (gazetteer.cities.find(last) or gazetteer.cities.find(first)):
        yield "city inside"


def _kind(token: Token, gazetteer: Gazetteer) -> str:
    return gazetteer.nouns.get(token.lemma, "thing")


def _by_noun(side: str, token: Token, gazetteer: Gazetteer) -> Iterator[str]:
    if token.pos in ("NOUN", "PROPN") and (kind := gazetteer.nouns.get(token.lemma)):
        yield f"noun {side} {kind}"


def _before(parse: Parse, name: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """The words before it."""
    tokens, start = parse.tokens, parse.sentences[parse.tokens[name.head].sentence].first
    if name.first <= start:
        yield "before -"
        return
    before = tokens[name.first - 1]
    closed = before.pos in ("ADP", "DET", "PUNCT", "VERB", "CCONJ", "AUX")
    yield f"before {before.lemma if closed else before.pos}"
    yield from _by_noun("before", before, gazetteer)
    if before.lemma == "the" and name.first - 2 >= start:
        yield f"before the {tokens[name.first - 2].lemma}"


def _after(parse: Parse, name: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """The words after it, and the next pronoun."""
    tokens, head = parse.tokens, parse.tokens[name.head]
    end = parse.sentences[head.sentence].last
    if name.last < end:
        after = tokens[name.last]
        closed = after.pos in ("ADP", "PUNCT", "VERB", "PART", "AUX", "PRON")
        yield f"after {after.lemma if closed else after.pos}"
        yield from _by_noun("after", after, gazetteer)
        if after.text == ",":
            yield from _after_comma(tokens[name.last + 1 : min(name.last + 3, end)])
        if after.text in ("who", "whose", "where"):
            yield after.text
        if after.tag == "POS" and head.head != head.i and phrases.owns(head):
            owned = tokens[head.head]
            yield f"owns {owned.lemma}"
            if owned.lemma in HUMAN_OWNED:
                yield "human owner"
            if kind := gazetteer.nouns.get(owned.lemma):
                yield f"owns a {kind}"
    for token in tokens[name.last : min(end, name.last + AHEAD)]:
        if token.tag in ("PRP", "PRP$"):
            word = token.text.lower()
            yield f"then {'he' if word in HE_OR_SHE else word}"
            return


def _after_comma(tokens: tuple[Token, ...]) -> Iterator[str]:
    """ "X, 45, …", "X, who …"; at most two words."""
    if len(tokens) == 2 and tokens[0].tag == "CD" and tokens[1].text in (",", "-"):
        yield "age"
    for token in tokens[:1]:
        yield f"comma {token.lemma if token.pos in ('PRON', 'DET', 'SCONJ', 'ADV') else token.pos}"
        if token.text == "who":
            yield "who"


def _governor(parse: Parse, name: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """What it hangs on, and by what."""
    head = parse.tokens[name.head]
    dep, governor = head.dep, parse.tokens[head.head]
    if dep in labels.CORE:
        yield f"{dep} {governor.lemma}"
        if governor.lemma in (HUMAN_SUBJECT if dep == labels.SUBJECT else HUMAN_OBJECT):
            yield f"human {dep}"
    elif phrases.after(parse, head.i):
        yield f"pobj {governor.lemma}"
        if governor.head != governor.i:
            above = parse.tokens[governor.head].lemma
            yield f"pobj {governor.lemma} {above}"
            if (
                governor.lemma in ("of", "by", "at")
                and above in HUMAN_OBJECT | HUMAN_OWNED
                or governor.lemma == "by"
                and above in HUMAN_SUBJECT
            ):
                yield f"human pobj {governor.lemma}"
    elif dep in labels.PREMODIFIERS:
        if governor.lemma in HUMAN_OWNED:
            yield "human compound"
        yield f"of a {_kind(governor, gazetteer)}"
        yield f"{dep} {governor.lemma}"
    elif phrases.in_apposition(head):
        yield f"beside a {_kind(governor, gazetteer)}"
    else:
        yield f"dep {dep}"


def _below(parse: Parse, name: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """What hangs on it."""
    for child in parse.children[name.head]:
        token = parse.tokens[child]
        if name.first <= child < name.last:
            continue
        if phrases.in_apposition(token):
            yield f"is a {_kind(token, gazetteer)}"
        elif token.dep in labels.COMPOUNDS and token.pos == "NOUN":
            yield f"called a {_kind(token, gazetteer)}"
        elif phrases.determines(token):
            yield f"det {token.lemma}"
        elif token.dep == labels.RELATIVE_CLAUSE:
            yield "relcl"


def _said(parse: Parse, name: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    """ "X is a lawyer"."""
    head = parse.tokens[name.head]
    if head.dep == labels.SUBJECT and parse.tokens[head.head].lemma == "be":
        for child in parse.children[head.head]:
            if phrases.equates(parse.tokens[child]):
                yield f"is a {_kind(parse.tokens[child], gazetteer)}"
