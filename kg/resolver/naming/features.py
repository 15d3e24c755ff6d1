"""What tells the kind of a name: its own words, the gazetteer, the votes of the pipeline, the words around each mention.

In: a chain of names. Out: strings, each a yes/no feature of the classifier of `typing`. The same function serves the
training, so that both see the same.
"""

from __future__ import annotations

from collections import Counter

from kg.model import Parse
from kg.names import Gazetteer, word_list
from kg.resolver.candidates import Candidate, Chain
from kg.resolver.naming.finding import LINKS

SEEN = 6  # mentions looked at


def features(parse: Parse, chain: Chain, gazetteer: Gazetteer, titled: set[int]) -> list[str]:
    """Features of a chain, without doubles, in a fixed order."""
    found: dict[str, None] = {}
    mentions = chain.candidates
    long = max(mentions, key=lambda c: (c.key.count(" "), len(c.key)))
    _words(parse, long, gazetteer, found)
    votes = Counter(c.label or "none" for c in mentions)
    total = len(mentions)
    for label, count in votes.items():
        share = "all" if count == total else "most" if 2 * count > total else "some"
        found[f"vote {label} {share}"] = None
        if count == total and total > 1:
            found[f"vote {label} all many"] = None
    for candidate in mentions:
        if candidate.label and candidate.key.count(" "):
            found[f"long vote {candidate.label}"] = None
    if any(c.head in titled for c in mentions):
        found["titled"] = None
    for candidate in mentions[:SEEN]:
        _around(parse, candidate, gazetteer, found)
    return list(found)


def _words(parse: Parse, name: Candidate, gazetteer: Gazetteer, found: dict[str, None]) -> None:
    key = name.key
    words = key.split()
    text = parse.document.text[name.start : name.end]
    found[f"length {min(len(words), 4)}"] = None
    last, first = words[-1], words[0]
    found[f"last {last}"] = None
    found[f"first {first}"] = None
    found[f"end {last[-3:]}"] = None
    found[f"end2 {last[-2:]}"] = None
    found[f"start {first[:3]}"] = None
    if len(words) == 1:
        found[f"only end {last[-3:]}"] = None
    letters = [c for c in text if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        found["capitals" if len(letters) < 7 else "long capitals"] = None
    elif len(words) == 1 and sum(c.isupper() for c in letters) > 1:
        found["mixed case"] = None
    if any(c.isdigit() for c in text):
        found["digit"] = None
    if "&" in text:
        found["ampersand"] = None
    cut = next((i for i, w in enumerate(words) if w in LINKS and i), len(words))
    if cut < len(words):
        found[f"link {words[cut]}"] = None
        found[f"before link {words[cut - 1]}"] = None
    for word in {last, words[cut - 1]}:
        if len(words) > 1 and (kind := gazetteer.nouns.get(word)):
            found[f"noun {kind}"] = None
    if len(words) > 1 and any(w in gazetteer.nouns for w in words[:-1]):
        found["noun inside"] = None
    if first in gazetteer.given:
        found["given name" if len(words) > 1 else "given name alone"] = None
    land = any(w in gazetteer.land_names or w in gazetteer.adjectives for w in words)
    if key in gazetteer.land_names:
        found["is land"] = None
    elif key in gazetteer.adjectives:
        found["is adjective"] = None
    elif land:
        found["has land"] = None
    if (area := gazetteer.areas.get(key)) is not None:
        found[f"is {area.type}"] = None
    if name.known:
        found[f"known {gazetteer.known[key].type}"] = None
    if cities := gazetteer.cities.find(key):
        size = cities[0].population
        found[f"city {'great' if size > 500_000 else 'large' if size > 50_000 else 'small'}"] = None
    elif len(words) > 1 and (gazetteer.cities.find(last) or gazetteer.cities.find(first)):
        found["city inside"] = None


def _around(parse: Parse, name: Candidate, gazetteer: Gazetteer, found: dict[str, None]) -> None:
    tokens, children = parse.tokens, parse.children
    head = tokens[name.head]
    sentence = parse.sentences[head.sentence]
    before = tokens[name.first - 1] if name.first > sentence.first else None
    after = tokens[name.last] if name.last < sentence.last else None
    if before is None:
        found["before -"] = None
    else:
        found[
            f"before {before.lemma if before.pos in ('ADP', 'DET', 'PUNCT', 'VERB', 'CCONJ', 'AUX') else before.pos}"
        ] = None
        if before.pos in ("NOUN", "PROPN") and (kind := gazetteer.nouns.get(before.lemma)):
            found[f"noun before {kind}"] = None
        if before.lemma == "the" and name.first - 2 >= sentence.first:
            found[f"before the {tokens[name.first - 2].lemma}"] = None
    if after is not None:
        found[f"after {after.lemma if after.pos in ('ADP', 'PUNCT', 'VERB', 'PART', 'AUX', 'PRON') else after.pos}"] = (
            None
        )
        if after.pos in ("NOUN", "PROPN") and (kind := gazetteer.nouns.get(after.lemma)):
            found[f"noun after {kind}"] = None
        if (
            after.text == ","
            and name.last + 2 < sentence.last
            and tokens[name.last + 1].tag == "CD"
            and tokens[name.last + 2].text in (",", "-")
        ):
            found["age"] = None
        if after.text == "," and name.last + 1 < sentence.last:
            found[
                f"comma {tokens[name.last + 1].lemma if tokens[name.last + 1].pos in ('PRON', 'DET', 'SCONJ', 'ADV') else tokens[name.last + 1].pos}"
            ] = None
            if tokens[name.last + 1].text == "who":
                found["who"] = None
        if after.text in ("who", "whose", "where"):
            found[after.text] = None
        if after.tag == "POS" and head.head != head.i and head.dep == "poss":
            owned = tokens[head.head]
            found[f"owns {owned.lemma}"] = None
            if owned.lemma in HUMAN_OWNED:
                found["human owner"] = None
            if kind := gazetteer.nouns.get(owned.lemma):
                found[f"owns a {kind}"] = None
    governor = tokens[head.head]
    if head.dep in ("nsubj", "nsubjpass", "dobj"):
        found[f"{head.dep} {governor.lemma}"] = None
        if governor.lemma in (HUMAN_SUBJECT if head.dep == "nsubj" else HUMAN_OBJECT):
            found[f"human {head.dep}"] = None
    elif head.dep == "pobj":
        found[f"pobj {governor.lemma}"] = None
        if governor.head != governor.i:
            found[f"pobj {governor.lemma} {tokens[governor.head].lemma}"] = None
            if (
                governor.lemma in ("of", "by", "at")
                and tokens[governor.head].lemma in HUMAN_OBJECT | HUMAN_OWNED
                or governor.lemma == "by"
                and tokens[governor.head].lemma in HUMAN_SUBJECT
            ):
                found[f"human pobj {governor.lemma}"] = None
    elif head.dep in ("compound", "nmod", "amod"):
        if governor.lemma in HUMAN_OWNED:
            found["human compound"] = None
        found[f"of a {gazetteer.nouns.get(governor.lemma, 'thing')}"] = None
        found[f"{head.dep} {governor.lemma}"] = None
    elif head.dep == "appos":
        found[f"beside a {gazetteer.nouns.get(governor.lemma, 'thing')}"] = None
    else:
        found[f"dep {head.dep}"] = None
    for child in children[name.head]:
        if name.first <= child < name.last:
            continue
        token = tokens[child]
        if token.dep == "appos":
            found[f"is a {gazetteer.nouns.get(token.lemma, 'thing')}"] = None
        elif token.dep in ("compound", "nmod") and token.pos == "NOUN":
            found[f"called a {gazetteer.nouns.get(token.lemma, 'thing')}"] = None
        elif token.dep == "det":
            found[f"det {token.lemma}"] = None
        elif token.dep == "relcl":
            found["relcl"] = None
    if head.dep in ("nsubj",) and governor.lemma == "be":
        for child in children[governor.i]:
            if tokens[child].dep == "attr":
                found[f"is a {gazetteer.nouns.get(tokens[child].lemma, 'thing')}"] = None
    last = min(sentence.last, name.last + 14)
    for i in range(name.last, last):
        token = tokens[i]
        if token.tag in ("PRP", "PRP$"):
            word = token.text.lower()
            found[f"then {'he' if word in HE else word}"] = None
            break


#: Whom only a person can do this, or be done to.
HUMAN_SUBJECT = word_list("human_subject")
HUMAN_OBJECT = word_list("human_object")
HUMAN_OWNED = word_list("human_owned")
HE = frozenset("he she his her him hers himself herself".split())
