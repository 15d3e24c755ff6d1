"""The line, readable aloud: read → annotate → resolve → extract → assemble.

Every arrow is a pure function over one document, streamed over many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import TypeVar

from kg import annotator, extractor, names, resolver, structure, vocabulary
from kg.annotation import Json, annotate
from kg.assembler import assemble
from kg.background import background
from kg.errors import DocumentError, InputError, KgError
from kg.grammar.analysis import Analysis
from kg.joins import keep_apart
from kg.model import Document, Parse, Reading
from kg.names import Gazetteer
from kg.rdf import BASE, Quad
from kg.review import Decision, read as read_decisions
from kg.sandbox import within

__all__ = ["Line", "allowed", "groups"]

#: Called with a document that failed and why; the line goes on with the next one.
OnError = Callable[[Document, Exception], None]


#: Processor seconds that an article may take, and those that each of its characters adds: many times what prose takes.
SECONDS, SECONDS_A_CHARACTER = 60.0, 0.005
#: Documents are parsed together up to so many characters, where each comes out as if it were alone.
TOGETHER = 20_000

T = TypeVar("T")


def groups(items: Iterable[T], length: Callable[[T], int]) -> Iterator[list[T]]:
    """Items in their order, in lists of at most TOGETHER characters; one that is longer is alone. Should `items` fail,
    those before come first.
    """
    group, size = list[T](), 0
    failed: Exception | None = None
    source = iter(items)
    while True:
        try:
            item = next(source)
        except StopIteration:
            break
        except Exception as error:
            failed = error
            break
        if group and size + length(item) > TOGETHER:
            yield group
            group, size = [], 0
        group.append(item)
        size += length(item)
    if group:
        yield group
    if failed is not None:
        raise failed


def allowed(document: Document, seconds: float = SECONDS) -> float:
    """How many processor seconds reading an article may take."""
    return seconds + seconds * SECONDS_A_CHARACTER / SECONDS * len(document.text)


@dataclass(frozen=True)
class Line:
    """The whole way from text to graph, with its parts loaded once, when first needed.

    `model` names an installed spaCy pipeline (the default one if `None`); `ontology` and `frames` add a user's own
    terms and frames; `names` is a user's own gazetteer (SKOS); `base` is the namespace of the data.
    """

    model: str | None = None
    base: str = BASE
    ontology: Path | None = None
    frames: Path | None = None
    names: Path | None = None
    joins: Path | None = None  # a review file, whose splits keep namesakes apart
    curated: bool = False  # leave out events of no listed type
    with_text: bool = True
    sure: int | None = None  # least confidence of a plain triple, in percent; by default as measured

    def __post_init__(self) -> None:
        if self.sure is not None and not 0 <= self.sure <= 100:
            raise InputError(f"{self.sure} is no percentage", "sure", "give a number from 0 to 100")

    @cached_property
    def annotator(self) -> annotator.Annotator:
        return annotator.load(self.model)

    @cached_property
    def vocabulary(self) -> vocabulary.Vocabulary:
        return vocabulary.load(self.ontology, self.frames)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return names.load(self.names) if self.names else names.load()

    @cached_property
    def lexicon(self) -> structure.Lexicon:
        """What is known of words before a text is read."""
        names = self.gazetteer
        return structure.Lexicon(
            names.is_place, names.is_proper, names.is_given, self.annotator.is_word, names.is_acronym
        )

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        return read_decisions(self.joins) if self.joins else ()

    def parse(self, documents: Iterable[Document]) -> Iterator[Parse]:
        """Parses of the prose of each document, in order; offsets are those of the view it was read in
        (`Parse.view`).
        """
        for document in documents:
            yield from self.parse_together([document])

    def parse_together(self, documents: Sequence[Document]) -> list[Parse]:
        """Parses of documents, as `parse` gives them, sooner."""
        seen = [structure.seen(document, self.lexicon) for document in documents]
        parses = self.annotator.parse_together([prose for prose, _ in seen])
        return [structure.seen_in(parse, view) for parse, (_, view) in zip(parses, seen, strict=True)]

    def parse_ahead(self, documents: Sequence[Document], seconds: float = SECONDS) -> list[Parse]:
        """Parses of documents where several together are faster and all go well; else none, and each is its own."""
        if len(documents) < 2 or not self.annotator.company:
            return []
        try:
            with within(sum(allowed(document, seconds) for document in documents)):
                return self.parse_together(documents)
        except Exception:
            return []

    def understand(self, parse: Parse) -> Reading:
        """Entities, events, claims and attributions of one parsed document."""
        analysis = Analysis(parse)
        resolved = resolver.resolve(parse, self.gazetteer, analysis)
        reading = extractor.extract(parse, resolved, self.vocabulary, curated=self.curated, analysis=analysis)
        reading = structure.given(structure.yielding(reading, parse), parse)
        return keep_apart(reading, self.decisions, self.vocabulary, self.base) if self.decisions else reading

    def read(self, documents: Iterable[Document], on_error: OnError | None = None) -> Iterator[Reading]:
        """A reading a document, in order. With `on_error` a document that fails, or takes more than its time, costs
        only itself.
        """
        self.annotator  # noqa: B018  # loading it takes nothing from an article's time
        for group in groups(documents, lambda document: len(document.text)):
            ahead = self.parse_ahead(group)
            for document, parse in zip_longest(group, ahead):
                try:
                    with within(allowed(document)):
                        reading = self.understand(parse or next(self.parse([document])))
                except Exception as problem:
                    if on_error is None or isinstance(problem, KgError) and not isinstance(problem, DocumentError):
                        raise
                    on_error(document, problem)
                else:
                    yield reading

    def quads(self, reading: Reading) -> list[Quad]:
        """What a reading says as a graph named by its document, and the background of its places beside it."""
        return assemble(
            reading,
            self.vocabulary,
            base=self.base,
            with_text=self.with_text,
            producer=self.producer,
            sure=self.least,
            background=lambda places: background(places, self.gazetteer, self.base),
        )

    def annotate(self, reading: Reading) -> Json:
        """A reading in the annotation form."""
        return annotate(reading, self.vocabulary, self.base, self.least)

    @cached_property
    def least(self) -> int:
        """The least confidence at which a claim may stand plain, in percent."""
        return int(vocabulary.table("confidence")["sure"]) if self.sure is None else self.sure

    @cached_property
    def producer(self) -> str:
        from kg import __version__

        return f"article-kg {__version__}, {self.annotator.name} {self.annotator.version}"
