"""What the grammar sees in one document before anybody in it is known: each part made once, when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from kg.grammar import cues
from kg.grammar.clauses import Clauses
from kg.grammar.speech.asides import Aside, find_asides
from kg.grammar.speech.quotations import Quotation, find_quotations
from kg.grammar.speech.statements import Statements
from kg.model import Parse, Predication


@dataclass(frozen=True)
class Analysis:
    """Clauses, predications, quotations, asides and statements of a parse, for the resolver and for the extractor."""

    parse: Parse = field(repr=False)

    @cached_property
    def clauses(self) -> Clauses:
        return Clauses(self.parse)

    @cached_property
    def predications(self) -> tuple[Predication, ...]:
        """Every predicate of the document with its arguments, in the order of the text."""
        return self.clauses.all()

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return find_quotations(self.parse)

    @cached_property
    def asides(self) -> tuple[Aside, ...]:
        return find_asides(self.parse, cues.load(), self.quotations)

    @cached_property
    def statements(self) -> Statements:
        return Statements(self)
