"""The only reader of queries/: named questions with parameters, any SPARQL, and the words behind an answer."""

from __future__ import annotations

from kg.queries.answers import Answer, labels_of, shorten, show
from kg.queries.asking import MOST, STATUSES, ask, counts, find, run, terms
from kg.queries.catalogue import KINDS, Parameter, Question, catalogue_page, question, questions
from kg.queries.evidence import Grounds, why
from kg.queries.unknown import unknown

__all__ = [
    "Answer",
    "Grounds",
    "KINDS",
    "MOST",
    "Parameter",
    "Question",
    "STATUSES",
    "ask",
    "catalogue_page",
    "counts",
    "find",
    "labels_of",
    "question",
    "questions",
    "run",
    "shorten",
    "show",
    "terms",
    "unknown",
    "why",
]
