"""Word classes and lemmas, each distinct word looked up once.

spaCy's attribute ruler and lemmatizer go over all words of a text, every time, and were a fourth of the parse. What
they say of a word hangs on the word, its tag and its link alone, but for a few rules about two words ("gon na"). So
they are asked about one word at a time, the answer is kept, and only a text in which such a rule may fit goes through
them whole. What comes out is the same, word for word.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Kept answers: more than a long novel has; the least used are forgotten.
KEPT = 1 << 16

#: Pipes whose work hangs on nothing that the ruler and the lemmatizer write, by the names of their factories.
APART = frozenset({"tok2vec", "tagger", "parser", "ner", "begin_after_abbreviations"})
#: What a rule may ask of a word so that the word, its tag and its link decide, and what it may then say.
ASKED = frozenset({"TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"})
SAID = frozenset({"POS", "MORPH", "LEMMA"})

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
    from spacy.tokens import Doc

    several = [pattern for rule in ruler.patterns for pattern in rule["patterns"] if len(pattern) > 1]
    matchers = []
    for place in (0, 1):
        matcher = Matcher(nlp.vocab)
        for number, pattern in enumerate(several):
            matcher.add(str(number), [[pattern[place]]])
        matchers.append(matcher)

    @lru_cache(maxsize=KEPT)
    def known(orth: int, tag: int, dep: int) -> Known:
        strings = nlp.vocab.strings
        alone = Doc(nlp.vocab, words=[strings[orth]], tags=[strings[tag]], deps=[strings[dep]], heads=[0])
        opens, follows = (
            sum({1 << int(strings[found]) for found, _, _ in matcher(alone, allow_missing=True)})
            for matcher in matchers
        )
        lemmatizer.cache.clear()
        return Known(plainly(lemmatizer(ruler(alone)))[0], opens, follows)

    def words(doc: Doc) -> Words:
        said = [known(*asked) for asked in doc.to_array(["ORTH", "TAG", "DEP"]).tolist()]
        if any(one.opens & other.follows for one, other in pairwise(said)):
            return plainly(lemmatizer(ruler(doc)))
        return [one.word for one in said]

    return words
