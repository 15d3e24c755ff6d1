"""Parses written by hand, so that a test of grammar needs no model.

One sentence a line, one token a word: `text=lemma/TAG/dependency/head`.

    by_hand("Police/NNS/nsubj/arrested arrested=arrest/VBD Ana/NNP/compound/Ruiz Ruiz/NNP/dobj/arrested ./.", {"Ana
    Ruiz": "PERSON"})

- `=lemma` is left out where it is the lower-cased text; the tag is Penn's, the dependency spaCy's.
- The head is a word of the same sentence ("Ruiz", or "said#2" for its second occurrence) or a token's number in it,
  from 0. A token without dependency is the root; punctuation without one hangs on the root.
- Words are joined by single spaces, but for punctuation, clitics and brackets, as print has it.
- `names` gives a label to every occurrence of those words.
"""

from __future__ import annotations

from kg.model import Document, Name, Parse, Sentence, Token

_POS = {
    "NN": "NOUN",
    "NNS": "NOUN",
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "PRP": "PRON",
    "PRP$": "PRON",
    "WP": "PRON",
    "WP$": "PRON",
    "WDT": "PRON",
    "EX": "PRON",
    "DT": "DET",
    "PDT": "DET",
    "CD": "NUM",
    "JJ": "ADJ",
    "JJR": "ADJ",
    "JJS": "ADJ",
    "RB": "ADV",
    "RBR": "ADV",
    "RBS": "ADV",
    "WRB": "SCONJ",
    "IN": "ADP",
    "RP": "ADP",
    "TO": "PART",
    "POS": "PART",
    "CC": "CCONJ",
    "MD": "AUX",
    "UH": "INTJ",
    "$": "SYM",
    "SYM": "SYM",
    "VB": "VERB",
    "VBD": "VERB",
    "VBG": "VERB",
    "VBN": "VERB",
    "VBP": "VERB",
    "VBZ": "VERB",
}
_NO_SPACE_BEFORE = {".", ",", ";", ":", "!", "?", ")", "]", "”", "’", "%", "'s", "’s", "n't", "n’t"}
_NO_SPACE_AFTER = {"(", "[", "“", "‘", "$"}


def by_hand(notation: str, names: dict[str, str] | None = None, *, date: str | None = None) -> Parse:
    """The Parse that the notation describes."""
    text, tokens, sentences = "", [], []
    for line in filter(None, (line.strip() for line in notation.splitlines())):
        first = len(tokens)
        if text:
            text += "\n"
        parts = [_fields(word) for word in line.split()]
        words = [part[0] for part in parts]
        deps = [
            part[3] or ("punct" if part[2] in {".", ",", ":", "``", "''", "-LRB-", "-RRB-"} else "ROOT")
            for part in parts
        ]
        root = deps.index("ROOT")
        for at, ((word, lemma, tag, _, head), dep) in enumerate(zip(parts, deps)):
            if at and word not in _NO_SPACE_BEFORE and words[at - 1] not in _NO_SPACE_AFTER:
                text += " "
            start = len(text)
            text += word
            to = at if dep == "ROOT" else root if head is None else _index(head, words)
            pos = (
                "AUX"
                if dep in {"aux", "auxpass"}
                else "PUNCT"
                if not tag[0].isalpha() and tag != "$"
                else _POS.get(tag, "X")
            )
            tokens.append(Token(first + at, word, lemma, pos, tag, dep, first + to, start, len(text), len(sentences)))
        sentences.append(Sentence(len(sentences), first, len(tokens), tokens[first].start, len(text)))
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i:
            children[token.head].append(token.i)
    found = sorted(
        (name for words, label in (names or {}).items() for name in _occurrences(words, label, text, tokens)),
        key=lambda n: n.start,
    )
    return Parse(Document(text, date=date), tuple(tokens), tuple(sentences), tuple(found), tuple(map(tuple, children)))


def _fields(word: str) -> tuple[str, str, str, str | None, str | None]:
    text, tag, *rest = word.split("/")
    text, _, lemma = text.partition("=")
    dep, head = (rest + [None, None])[:2]
    return text, lemma or text.lower(), tag, dep, head


def _index(head: str, words: list[str]) -> int:
    if head.isdigit() and head not in words:
        return int(head)
    word, _, number = head.partition("#")
    places = [i for i, other in enumerate(words) if other == word]
    assert places, f"no word {word!r} in {words}"
    return places[int(number or 1) - 1]


def _occurrences(words: str, label: str, text: str, tokens: list[Token]) -> list[Name]:
    found, at = [], text.find(words)
    assert at >= 0, f"no {words!r} in {text!r}"
    while at >= 0:
        inside = [t.i for t in tokens if t.start >= at and t.end <= at + len(words)]
        found.append(Name(at, at + len(words), inside[0], inside[-1] + 1, label))
        at = text.find(words, at + 1)
    return found
