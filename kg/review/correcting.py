"""What the words of a correction stand for: terms of the graph that fit their property, found out once and kept with
the decision.

A name is understood as `kg ask` understands it, within the claim's own article first. Whatever is unknown, ambiguous or
does not fit is refused in one line that names the choices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Literal as Choice

from kg import rdf
from kg.errors import InputError, QueryError
from kg.identity import Identity
from kg.model import Document, Quantity, Time
from kg.queries import Parameter, find, labels_of, shorten
from kg.queries.asking import values
from kg.rdf import IRI, Literal, Quad, Term, as_iri, kg, term
from kg.review.decisions import Decision
from kg.store import Store
from kg.vocabulary import Vocabulary, load

__all__ = ["understood"]

_TYPE, _PREF, _LABEL = term("rdf:type"), term("skos:prefLabel"), term("rdfs:label")
_SUBJECT, _PREDICATE, _OBJECT = (term(f"rdf:{part}") for part in ("subject", "predicate", "object"))
_DAY, _MONTH, _YEAR = (
    ("xsd:date", "inXSDDate", "day"),
    ("xsd:gYearMonth", "inXSDgYearMonth", "month"),
    ("xsd:gYear", "inXSDgYear", "year"),
)
_DATES = {term(kind[0]) for kind in (_DAY, _MONTH, _YEAR)}
#: What a value of a datatype looks like, where not every text is one.
_FORMS = {
    term(f"xsd:{name}"): form
    for name, form in (
        ("integer", r"[+-]?\d+"),
        ("decimal", r"[+-]?\d+(\.\d+)?"),
        ("double", r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?"),
        ("boolean", "true|false"),
        ("gYear", r"\d{4}"),
        ("gYearMonth", r"\d{4}-(0[1-9]|1[0-2])"),
        ("date", r"\d{4}-\d\d-\d\d"),
        ("duration", r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?"),
    )
}
#: Who can claim something.
_SPEAKERS = ("Agent", "Place", "Office", "Artifact", "Document")
#: Properties that only follow from claims, or are no claims.
_NO_CLAIMS = ("participant", "content", "sameEvent")


def understood(store: Store, decision: Decision, said: Iterable[Quad], where: str = "") -> Decision:
    """The decision with what its words mean; `said` is the claim that it corrects, as its article makes it."""
    return _Correction(store, decision, list(said), where).meaning()


class _Correction:
    """One claim on its way to be corrected."""

    def __init__(self, store: Store, decision: Decision, said: list[Quad], where: str) -> None:
        self.store, self.decision, self.where = store, decision, where
        self.words: Vocabulary = load()
        told = {q.predicate: q.object for q in said}
        self.claim = said[0].subject
        self.subject, self.predicate, self.object = told[_SUBJECT], told[_PREDICATE], told[_OBJECT]
        self.documents = {as_iri(q.graph_name) for q in said}
        self.meant: dict[Quad, None] = {}

    def meaning(self) -> Decision:
        d, typing = self.decision, self.predicate == _TYPE
        if typing and (d.subject or d.predicate):
            raise self.wrong(
                "is the type of an event", "correct its object, status, validity or claimedBy, or reject it"
            )
        if d.predicate:
            self.predicate = self.property(d.predicate)
            self.put(_PREDICATE, self.predicate)
        if d.subject:
            self.subject = self.put(_SUBJECT, self.entity("subject", d.subject, self.takes))
        if d.object:
            self.object = self.put(_OBJECT, self.type(d.object) if typing else self.value(d.object))
        elif d.predicate and not self.ends(self.object):
            raise self.wrong(
                f"{self.name()} cannot end at {self.shown(self.object)}", f"give its object too: {self.range()}"
            )
        if d.predicate and not d.subject and not self.takes(self.subject):
            raise self.wrong(
                f"{self.name()} is not said of {self.shown(self.subject)}",
                f"give its subject too: {self.alternatives(self.words.domain(self.name()))}",
            )
        if d.claimedBy:
            self.put(kg("claimedBy"), self.entity("claimedBy", d.claimedBy, self.speaks))
        return replace(d, meant=tuple(self.meant))

    def put(self, part: IRI, meant: Term) -> Term:
        self.meant[Quad(self.claim, part, meant)] = None
        return meant

    # -------------------------------------------------------------- values

    def property(self, words: str) -> IRI:
        found = self.one_term("predicate", words)
        if found is None or not self.claimable(_local(found)):
            near = [
                name for name in self.words.properties if words[:4].lower() in name.lower() and self.claimable(name)
            ][:6]
            raise self.wrong(
                f"{words!r} is no property of the ontology",
                f"did you mean {' or '.join(near)}?" if near else "`kg terms` lists those in use",
            )
        return found

    def one_term(self, kind: str, words: str) -> IRI | None:
        """The term of the ontology that words name, where they name one."""
        try:
            (found,) = values(self.store, Parameter(kind, kind, ""), words)
        except QueryError:
            return None
        return as_iri(found)

    def claimable(self, name: str) -> bool:
        domain = self.words.properties[name].domain if name in self.words.properties else ()
        return name not in _NO_CLAIMS and any(self.words.is_a(d, "Entity") and d != "Quantity" for d in domain)

    def type(self, words: str) -> IRI:
        found = self.one_term("type", words)
        if found is None or not self.words.is_a(_local(found), "Event"):
            raise self.wrong(
                f"{words!r} is no type of event",
                "give one such as Meeting, Arrest or Visit; `kg explain --frames` lists them",
            )
        return found

    def value(self, words: str) -> Term:
        """What the object should be: a time, a quantity, a literal, or a thing that the property can end at."""
        kinds = self.words.range(self.name()) if self.name() in self.words.properties else ()
        if kinds == ("Time",):
            return self.time(words)
        if kinds == ("Quantity",):
            return self.quantity(words)
        literal = [rdf.term(k) for k in kinds if k.startswith("xsd:")]
        if literal or isinstance(self.object, Literal) and not kinds and "://" not in words:
            return self.literal(words, literal)
        return self.entity("object", words, self.ends)

    def literal(self, words: str, allowed: list[IRI]) -> Literal:
        kept = self.object.datatype if isinstance(self.object, Literal) else None
        tried = [kept] if kept and (not allowed or kept in allowed) else []
        tried += [k for k in allowed or (sorted(_DATES, key=str) if kept in _DATES else ()) if k not in tried]
        for datatype in tried:
            if _fits(words, datatype):
                return Literal(words, datatype=datatype)
        raise self.wrong(
            f"{words!r} is no {' or '.join(shorten(k) for k in tried)}",
            f"write it in the form of {self.shown(self.object)}",
        )

    def time(self, words: str) -> IRI:
        told = self.told(self.object)
        kind: Choice["time", "duration"] = "duration" if self.name() == "duration" else "time"
        form = next((f for f in (_DAY, _MONTH, _YEAR) if _fits(words, term(f[0]))), None) if kind == "time" else None
        if kind == "duration" and _fits(words, term("xsd:duration")):
            form = ("xsd:duration", "hasXSDDuration", told.get(kg("granularity"), ""))
        if form is None:
            raise self.wrong(
                f"{words!r} is no {kind}",
                "write it as P3D or P7Y"
                if kind == "duration"
                else "write a day, month or year: 2026-03-02, 2026-03 or 2026",
            )
        said = told.get(kg("words"), words)
        node = self.identity().of_time(Time(0, 0, said, words, form[2], told.get(kg("anchor")), kind))
        value = rdf.literal(words, form[0])
        self.describe(
            node,
            (_TYPE, kg("Time")),
            (_TYPE, term("time:Duration" if kind == "duration" else "time:TemporalEntity")),
            (_LABEL, Literal(said)),
            (kg("words"), Literal(said)),
            (kg("value"), value),
            (term(f"time:{form[1]}"), value),
            (kg("granularity"), Literal(form[2] or "unresolved")),
            *((kg("anchor"), rdf.literal(told[kg("anchor")], "xsd:date")) for _ in (1,) if kg("anchor") in told),
        )
        return node

    def quantity(self, words: str) -> IRI:
        """The same thing counted, in the same unit, with another number or range."""
        numbers = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(?:\s*[-–]\s*(\d[\d,]*(?:\.\d+)?))?", words)
        if numbers is None:
            raise self.wrong(
                f"{words!r} is no number", "write digits, such as 900, 2.5 or 800-900; unit and what is counted stay"
            )
        told = self.told(self.object)
        low, high = (float(n.replace(",", "")) if n else None for n in numbers.groups())
        low, high = (int(n) if n is not None and n == int(n) else n for n in (low, high))
        source = (
            next((as_iri(q.object) for q in self.store.match(self.object, kg("from"))), None)
            if isinstance(self.object, IRI)
            else None
        )
        unit, of, modifier = (told.get(kg(p)) for p in ("unit", "of", "modifier"))
        q = Quantity(low if high is None else None, None if high is None else low, high, unit, of, modifier)
        size = f"{low}" if high is None else f"{low}–{high}"
        label = " ".join(filter(None, (modifier, size, unit, of if of != unit else None)))
        node = self.identity().of_quantity(q, source)
        self.describe(
            node,
            (_TYPE, kg("Quantity")),
            (_LABEL, Literal(label)),
            *(
                (kg(p), rdf.literal(str(n), "xsd:integer" if isinstance(n, int) else "xsd:decimal"))
                for p, n in (("value", q.value), ("min", q.min), ("max", q.max))
                if n is not None
            ),
            *((kg(p), Literal(text)) for p, text in (("unit", unit), ("of", of), ("modifier", modifier)) if text),
            *((kg("from"), source) for _ in (1,) if source is not None),
        )
        return node

    # -------------------------------------------------------------- things

    def entity(self, part: str, words: str, fits: Callable[[Term], bool]) -> IRI:
        """The one thing of that name that fits: of the claim's own articles where they have one, else of any."""
        found = [n for n in find(self.store, words) if next(iter(self.store.match(n)), None) is not None]
        if not found:
            raise self.wrong(f"nothing in the store is called {words!r}", self.near(words))
        fitting = [n for n in found if fits(n)]
        if not fitting:
            whom = {
                "subject": f"{self.name()} is said of "
                f"{self.alternatives(self.words.domain(self.name()) if self.name() in self.words.properties else ())}",
                "object": f"{self.name()} ends at {self.range()}",
                "claimedBy": "a person, a group, an organization or a document claims",
            }[part]
            raise self.wrong(
                f"{words!r} is {self.shown(found[0], kind=True)}: {whom}", "name another, or correct the predicate too"
            )
        fitting = [n for n in fitting if self.here(n)] or fitting
        joined = set(find(self.store, f"<{fitting[0].value}>"))
        if not joined.issuperset(fitting):
            choices = " or ".join(f"{shorten(n, self.store.base)} ({self.shown(n, kind=True)})" for n in fitting[:6])
            raise self.wrong(f"{words!r} may be several", f"write one of {choices}")
        node = min(fitting, key=lambda n: (len(n.value), n.value))
        label = labels_of(self.store, [node]).get(node)
        if not any(q.predicate == kg("status") for q in self.store.match(node)):  # an event stands in the article alone
            self.describe(
                node,
                *((_TYPE, q.object) for q in self.store.match(node, _TYPE)),
                *((name, Literal(label)) for name in (_PREF, _LABEL) if label),
            )
        return node

    def takes(self, node: Term) -> bool:
        return self.goes(node, lambda type: self.words.fits(type, self.name()))

    def ends(self, node: Term) -> bool:
        if isinstance(node, Literal):
            kinds = self.words.range(self.name()) if self.name() in self.words.properties else ()
            return not kinds or any(rdf.term(k) == node.datatype for k in kinds if k.startswith("xsd:"))
        domain = (*self.words.domain(self.name()), "Entity") if self.name() in self.words.properties else ("Entity",)
        return self.goes(node, lambda type: self.words.fits(domain[0], self.name(), type))

    def speaks(self, node: Term) -> bool:
        return any(self.words.is_a(t, s) for t in self.types(node) for s in _SPEAKERS)

    def goes(self, node: Term, fits: Callable[[str], bool]) -> bool:
        if self.name() not in self.words.properties:
            return True  # a property of the user's own
        types = self.types(node)
        return any(map(fits, types)) and (
            "Event" not in {a for t in types for a in self.words.lineage(t)} or self.here(node)
        )

    def types(self, node: Term) -> list[str]:
        """The classes of a thing; of an event those that are claimed of it."""
        claimed = (
            q.subject
            for q in self.store.match(None, _SUBJECT, node)
            if (next(iter(self.store.match(q.subject, _PREDICATE, _TYPE)), None))
        )
        found = [
            *(q.object for q in self.store.match(as_iri(node), _TYPE)),
            *(q.object for c in claimed for q in self.store.match(c, _OBJECT)),
        ]
        return list(dict.fromkeys(_local(as_iri(t)) for t in found))

    def here(self, node: Term) -> bool:
        return isinstance(node, IRI) and any(
            next(iter(self.store.graph(d, node)), None) is not None for d in self.documents
        )

    # -------------------------------------------------------------- small things

    def describe(self, node: IRI, *facts: tuple[IRI, Term]) -> None:
        self.meant.update(dict.fromkeys(Quad(node, p, o) for p, o in facts))

    def told(self, node: Term) -> dict[IRI, str]:
        return {q.predicate: q.object.value for q in self.store.match(node)} if isinstance(node, IRI) else {}

    def identity(self) -> Identity:
        return Identity(Document(""), self.words, self.store.base)

    def name(self) -> str:
        return _local(as_iri(self.predicate))

    def range(self) -> str:
        return self.alternatives(self.words.range(self.name()) if self.name() in self.words.properties else ())

    @staticmethod
    def alternatives(kinds: Iterable[str]) -> str:
        return " or ".join(_one(k) if ":" not in k else k for k in kinds) or "anything"

    def shown(self, node: Term, kind: bool = False) -> str:
        words = (
            node.value
            if isinstance(node, Literal)
            else labels_of(self.store, [node]).get(node) or shorten(node, self.store.base)
        )
        return f"{words}, {_one(' and '.join(self.types(node)) or 'thing')}" if kind else repr(words)

    def near(self, words: str) -> str:
        text = (
            "SELECT DISTINCT ?called ?name { ?s skos:prefLabel|skos:altLabel ?called "
            "FILTER(CONTAINS(LCASE(STR(?called)), LCASE(STR(?name)))) } "
            "ORDER BY ?called LIMIT 5"
        )
        near = [row["called"].value for row in self.store.select(text, {"name": Literal(words)})]
        return f"did you mean {' or '.join(near)}?" if near else "write a name that `kg ask STORE who` lists, or an IRI"

    def wrong(self, what: str, remedy: str) -> InputError:
        return InputError(f"the correction of {(self.decision.said or self.claim.value)!r}: {what}", self.where, remedy)


def _one(kind: str) -> str:
    return f"{'an' if kind[0] in 'AEIO' else 'a'} {kind}"


def _local(iri: IRI) -> str:
    return iri.value.rpartition("#")[2]


def _fits(words: str, datatype: IRI) -> bool:
    """Whether words are a value of a datatype."""
    if datatype in _FORMS and re.fullmatch(_FORMS[datatype], words) is None:
        return False
    if datatype == term("xsd:date"):
        try:
            date.fromisoformat(words)
        except ValueError:
            return False
    return True
