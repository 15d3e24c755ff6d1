"""Word classes and lemmas, each distinct word looked up once.

spaCy's attribute ruler and lemmatizer go over all words of a text, every time, and were a fourth of the parse. What
they say of a word hangs on the word, its tag and its link alone, but for a few rules about two words ("gon na"). So
they are asked about each word once, and about words side by side which such a rule may fit; the answers are kept. What
comes out is the same, word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Kept answers, before all are forgotten: more than a long novel has.
KEPT = 1 << 16

#: Pipes whose work hangs on nothing that the ruler and the lemmatizer write, by the names of their factories.
APART = frozenset(
    {"tok2vec", "tagger", "parser", "ner", "begin_after_abbreviations", "begin_after_headings", "keep_ages_with_names"}
)
#: What a rule may ask of a word so that the word, its tag and its link decide, and what it may then say.
ASKED = frozenset({"TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"})
SAID = frozenset({"POS", "MORPH", "LEMMA"})

#: What a word is asked by: numbers of its letters, its tag, its link.
Asked = tuple[int, int, int]
#: Word classes and lemmas (in small letters), one a token.
Words = list[tuple[str, str]]


class Known(NamedTuple):
    """What is known of a word; the bits of `opens` are the rules about several words that may begin with it, those of
    `follows` the ones whose second word it may be.
    """

    word: tuple[str, str]
    opens: int
    follows: int


def plainly(doc: Doc) -> Words:
    """As the pipeline left them on the tokens."""
    return [(token.pos_, token.lemma_.lower()) for token in doc]


def take_over(nlp: Language) -> Callable[[Doc], Words]:
    """Who says classes and lemmas from now on: the ruler and the lemmatizer of the pipeline leave it for that, if this
    comes to the same.
    """
    if not _can_be_asked(nlp):
        return plainly
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    for name in ("attribute_ruler", "lemmatizer"):
        nlp.disable_pipe(name)
    return _asking(nlp, ruler, lemmatizer)


def _can_be_asked(nlp: Language) -> bool:
    """Whether the two are spaCy's, stand behind the parser, and judge a word by itself, its tag and its link."""
    from spacy.pipeline import Lemmatizer

    factories = [nlp.get_pipe_meta(name).factory for name in nlp.pipe_names]
    if not {"attribute_ruler", "lemmatizer"} <= set(factories) or set(factories) - APART != {
        "attribute_ruler",
        "lemmatizer",
    }:
        return False
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    return (
        factories.index("parser") < factories.index("attribute_ruler") < factories.index("lemmatizer")
        and isinstance(lemmatizer, Lemmatizer)
        and type(lemmatizer).__module__.startswith("spacy.")
        and lemmatizer.mode in ("rule", "lookup")
        and all(map(_judges_words, getattr(nlp.get_pipe("attribute_ruler"), "patterns")))  # noqa: B009
    )


def _judges_words(rule: dict[str, Any]) -> bool:
    asked = {key for pattern in rule["patterns"] for word in pattern for key in word}
    of_spaces = all(word.get("IS_SPACE") is True for pattern in rule["patterns"] for word in pattern)
    return asked <= ASKED and (set(rule["attrs"]) <= SAID or of_spaces)


def _asking(nlp: Language, ruler: Any, lemmatizer: Any) -> Callable[[Doc], Words]:
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

    _index(lemmatizer)
    of_one = AttributeRuler(nlp.vocab)
    several: list[list[dict[str, Any]]] = []
    for rule in ruler.patterns:
        several += [pattern for pattern in rule["patterns"] if len(pattern) > 1]
        if ones := [pattern for pattern in rule["patterns"] if len(pattern) == 1]:
            of_one.add(patterns=ones, attrs=rule["attrs"], index=rule["index"])
    matchers = []
    for place in (0, 1):
        matcher = Matcher(nlp.vocab)
        for number, pattern in enumerate(several):
            matcher.add(str(number), [[pattern[place]]])
        matchers.append(matcher)
    known: dict[Asked, Known] = {}
    together: dict[tuple[Asked, ...], Words] = {}

    def made(asked: Sequence[Asked]) -> Doc:
        strings = nlp.vocab.strings
        words, tags, deps = ([strings[word[place]] for word in asked] for place in range(3))
        return Doc(nlp.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(asked))))

    def judged(doc: Doc, ruler: Any) -> Words:
        said = plainly(lemmatizer(ruler(doc)))
        lemmatizer.cache.clear()
        return said

    def learn(asked: list[Asked]) -> None:
        """Asks about words that were never met, all at once: no rule of one word looks at the word beside it."""
        doc = made(asked)
        rules = [[0] * len(asked) for _ in matchers]
        for fits, matcher in zip(rules, matchers, strict=True):
            for number, at, _ in matcher(doc, allow_missing=True):
                fits[at] |= 1 << int(nlp.vocab.strings[number])
        known.update(zip(asked, map(Known, judged(doc, of_one), *rules), strict=True))

    def words(doc: Doc) -> Words:
        asked: list[Asked] = list(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist()))
        if len(known) + len(together) > KEPT:
            known.clear()
            together.clear()
        if new := [word for word in dict.fromkeys(asked) if word not in known]:
            learn(new)
        alone = [known[word] for word in asked]
        said = [one.word for one in alone]
        for first, last in _runs([bool(one.opens & other.follows) for one, other in pairwise(alone)]):
            run = tuple(asked[first:last])
            if run not in together:
                together[run] = judged(made(run), ruler)
            said[first:last] = together[run]
        return said

    return words


def _runs(joined: list[bool]) -> list[tuple[int, int]]:
    """Stretches of words of which each may fit a rule with the next, as the first and the one behind the last."""
    runs: list[tuple[int, int]] = []
    for i in (i for i, one in enumerate(joined) if one):
        first = runs.pop()[0] if runs and runs[-1][1] == i + 1 else i
        runs.append((first, i + 2))
    return runs


def _index(lemmatizer: Any) -> None:
    """Makes sets of the words that the lemmatizer looks forms up in: its lists have up to a hundred thousand."""
    if lemmatizer.lookups.has_table("lemma_index"):
        table = lemmatizer.lookups.get_table("lemma_index")
        for part in list(table):
            table[part] = frozenset(table[part])
