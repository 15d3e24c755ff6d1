"""What the grammar sees in one document before anybody in it is known: each part made once, when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from kg.grammar import cues
from kg.grammar.clauses import predications
from kg.grammar.speech.asides import Aside, find_asides
from kg.grammar.speech.quotations import Quotation, find_quotations
from kg.model import Parse, Predication


@dataclass(frozen=True)
class Analysis:
    """The predications, quotations and asides of a parse, for the resolver and then for the extractor."""

    parse: Parse = field(repr=False)

    @cached_property
    def predications(self) -> tuple[Predication, ...]:
        return predications(self.parse)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return find_quotations(self.parse)

    @cached_property
    def asides(self) -> tuple[Aside, ...]:
        return find_asides(self.parse, cues.load(), self.quotations)
