"""Asking a store: a shipped question with values for its parameters, or any SPARQL."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg import rdf
from kg.errors import QueryError, meant, nearest
from kg.queries.answers import Answer, labels_of, shorten
from kg.queries.catalogue import KINDS, Parameter, Question, question
from kg.queries.unknown import is_in, names, unheard, unknown
from kg.rdf import IRI, Literal, Term, as_iri, kg, term
from kg.store import Solutions, Store, Truth

__all__ = ["MOST", "STATUSES", "ask", "counts", "find", "run", "terms", "uncalled"]

#: At most so many rows are kept of an answer, and so many things of one name are asked for.
MOST, NAMESAKES = 10_000, 200

_CALLED = tuple(term(c) for c in ("skos:prefLabel", "skos:altLabel", "rdfs:label"))
_TITLED = tuple(term(c) for c in ("schema:headline", "schema:identifier", "schema:url"))
_NONE = (rdf.literal("0", "xsd:integer"), Literal(""))
_DATE = re.compile(r"-?\d{4}(-\d{2}(-\d{2})?)?")
STATUSES = ("asserted", "negated", "reported", "planned", "requested", "alleged", "hypothetical", "denied")


def ask(
    store: Store,
    name: str | Question,
    parameters: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    *,
    most: int = MOST,
    folder: Path | str | None = None,
) -> Answer:
    """Ask a question of the catalogue. A value is bound to its variable, never written into the query.

    A name stands for everything in the graph that is called so, and what review has joined with it.
    """
    asked = name if isinstance(name, Question) else question(name, folder)
    given = dict(parameters.items() if isinstance(parameters, Mapping) else parameters)
    missing = [p.name for p in asked.parameters if p.required and not given.get(p.name)]
    if missing:
        raise QueryError(f"needs a value for {' and '.join(missing)}", asked.name, f"ask it as: {asked.usage}")
    choices: list[list[tuple[str, Term]]] = []
    for key, value in given.items():
        parameter = asked.parameter(key)
        stands_for = values(store, parameter, value)
        if not stands_for:
            return _nothing(store, parameter, value)
        choices.append([(key, v) for v in stands_for])
    columns: tuple[str, ...] = ()
    rows: dict[tuple[Term | None, ...], None] = {}
    named = any(asked.parameter(key).kind in ("entity", "document") for key in given)
    text, ontology = store.climbing(asked.text, asked.wide and not named)
    for chosen in itertools.product(*choices):
        result = store.select(text, dict(chosen), ontology=ontology)
        columns = tuple(v.value for v in result.variables)
        for solution in result:
            rows[tuple(solution)] = None
            if len(rows) > most:
                break
    aside: set[str | None] = {p.name for p in asked.parameters if p.aside}
    kept = [i for i, c in enumerate(columns) if c not in aside]
    body = list(dict.fromkeys(tuple(row[i] for i in kept) for row in rows))
    columns = tuple(columns[i] for i in kept)
    at = columns.index(asked.grounds) if asked.grounds in columns else None
    note = f"more than {most:,} rows: these are the first" if len(body) > most else ""
    return Answer(
        columns,
        tuple(body[:most]),
        labels_of(store, (c for row in body[:most] for c in row if isinstance(c, IRI))),
        frozenset({columns[at]} if at is not None else ()),
        tuple(as_iri(row[at]) if row[at] is not None else None for row in body[:most]) if at is not None else (),
        note,
        store.base,
    )


def run(store: Store, text: str, *, most: int = MOST) -> Answer:
    """Any SPARQL query, as rows: the triples of a CONSTRUCT or DESCRIBE in three columns, an ASK as one cell."""
    result = store.query(text)
    if isinstance(result, Truth):
        truth = rdf.literal("true" if result else "false", "xsd:boolean")
        return Answer(("answer",), ((truth,),), note="" if result else unknown(store, text), base=store.base)
    columns = (
        tuple(v.value for v in result.variables)
        if isinstance(result, Solutions)
        else ("subject", "predicate", "object")
    )
    rows = [tuple(row) for row in itertools.islice(result, most + 1)]
    note = f"more than {most:,} rows: these are the first" if len(rows) > most else ""
    if all(cell is None or cell in _NONE for row in rows for cell in row):  # no row, or a count of none
        note = unknown(store, text)
    rows = rows[:most]
    return Answer(
        columns,
        tuple(rows),
        labels_of(store, (c for row in rows for c in row if isinstance(c, IRI))),
        note=note,
        base=store.base,
    )


def terms(store: Store) -> Answer:
    """The classes and properties that the graph uses, with how often: what queries can be written by."""
    told = store.tally()
    rows = [
        (Literal(kind), IRI(name), rdf.literal(str(number), "xsd:integer"))
        for kind, numbers in (("class", told.classes), ("property", told.properties))
        for name, number in sorted(numbers.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Answer(("kind", "term", "count"), tuple(rows), base=store.base)


def counts(store: Store) -> list[tuple[str, int]]:
    """How much a graph holds: articles, triples, and nodes of each kind."""
    told = store.tally()
    found = [
        ("articles", told.classes.get(kg("Document").value, 0)),
        ("copies among them", told.properties.get(kg("copyOf").value, 0)),
        ("triples", told.triples),
    ]
    for name, kind in (
        ("claims", "Claim"),
        ("pieces of evidence", "Evidence"),
        ("times", "Time"),
        ("quantities", "Quantity"),
        ("unasserted events", "UnassertedEvent"),
        ("unsure events", "UnsureEvent"),
    ):
        found.append((name, told.classes.get(kg(kind).value, 0)))
    for name, kind in (
        ("asserted events", "Event"),
        ("people", "Person"),
        ("groups", "Group"),
        ("organizations", "Organization"),
        ("places", "Place"),
    ):
        found.append((name, told.kinds.get(kind, 0)))
    return found


# ------------------------------------------------------------------ what a value means


def find(store: Store, value: str) -> list[IRI]:
    """Everything that an IRI, a short IRI, a label or an alias stands for, in order; letter case counts only where
    it tells apart.
    """
    value = value.strip()
    if (named := _iri(store, value)) is not None:
        found = {named}
    else:
        found = {q.subject for p in _CALLED for q in store.match(None, p, Literal(value))}
        if not found and value:
            text = (
                "SELECT ?s ?name { ?s skos:prefLabel|skos:altLabel|rdfs:label ?called . "
                "FILTER(LCASE(STR(?called)) = LCASE(STR(?name))) }"
            )
            found = {row["s"] for row in store.select(text, {"name": Literal(value)})}
    same, todo = term("owl:sameAs"), list(found)
    while todo:  # joined by review: one thing under several IRIs
        node = todo.pop()
        for other in (
            *(q.object for q in store.match(node, same)),
            *(q.subject for q in store.match(None, same, node)),
        ):
            if isinstance(other, IRI) and other not in found:
                found.add(other)
                todo.append(other)
    return sorted((n for n in found if isinstance(n, IRI)), key=lambda n: n.value)[:NAMESAKES]


def values(store: Store, parameter: Parameter, value: str) -> list[Term]:
    """The terms that a parameter's value can mean; none if nothing in the graph fits."""

    def wrong(what: str, known: Iterable[str] = ()) -> QueryError:
        remedy = meant(value.removeprefix("kg:"), known, otherwise=f"give {KINDS[parameter.kind]}")
        return QueryError(f"{value!r} is no {what}", parameter.name, remedy)

    match parameter.kind:
        case "entity":
            return [node for node in find(store, value) if is_in(store, node)]
        case "document":
            named = _iri(store, value)
            found = [q.subject for p in _TITLED for q in store.match(None, p, Literal(value))]
            found += [named] if named and is_in(store, named) else []
            return sorted(set(found), key=lambda n: n.value)
        case "type" | "predicate":
            kind = "class" if parameter.kind == "type" else "property"
            known = _terms(store, kind)
            flat = value.removeprefix("kg:").replace(" ", "").lower()
            names = (n for n, label in known.items() if flat in (shorten(n).lower(), label.replace(" ", "").lower()))
            if (name := next(names, None)) is None:
                raise wrong(f"{kind} of the ontology", (*map(shorten, known), *known.values()))
            return [name]
        case "status":
            if value.lower() not in STATUSES:
                raise wrong("status", STATUSES)
            return [kg(value.lower())]
        case "date":
            if not _DATE.fullmatch(value):
                raise wrong("date")
            return [Literal(value)]
        case "number":
            if not re.fullmatch(r"\d{1,9}", value):
                raise wrong("whole number")
            return [rdf.literal(value, "xsd:integer")]
    return [Literal(value)]


def _iri(store: Store, value: str) -> IRI | None:
    if value.startswith("<") and value.endswith(">"):
        value = value[1:-1]
    prefix, colon, name = value.partition(":")
    if colon and prefix in (known := rdf.prefixes(store.base)) and not name.startswith("//"):
        value = known[prefix] + name
    elif not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://|urn:", value):
        return None
    try:
        return IRI(value)
    except ValueError:
        return None


def _terms(store: Store, kind: str) -> dict[IRI, str]:
    """The classes or properties of the ontology with their labels, as the store knows them."""
    classes = "owl:Class" if kind == "class" else "owl:ObjectProperty, owl:DatatypeProperty, rdf:Property"
    text = f"SELECT DISTINCT ?t ?label {{ ?t a ?kind ; rdfs:label ?label FILTER(?kind IN ({classes})) }} ORDER BY ?t"
    return {row["t"]: row["label"].value for row in store.select(text, ontology=True)}


def _nothing(store: Store, parameter: Parameter, value: str) -> Answer:
    """No row, and the names that come near."""
    if (named := _iri(store, value)) is not None:
        return Answer((), (), note=f"{parameter.name}: {unheard(store, named)}", base=store.base)
    return Answer((), (), note=uncalled(store, value, parameter.name), base=store.base)


def uncalled(store: Store, value: str, parameter: str = "") -> str:
    """That nothing in the graph is called so, and what is: names with these words in them, else those that are
    spelt like it.
    """
    text = (
        "SELECT DISTINCT ?called ?name { ?s skos:prefLabel|skos:altLabel|schema:headline ?called . "
        "FILTER(CONTAINS(LCASE(STR(?called)), LCASE(STR(?name)))) } ORDER BY ?called LIMIT 5"
    )
    near = [row["called"].value for row in store.select(text, {"name": Literal(value)})]
    near = near or nearest(value, names(store, *_CALLED, *_TITLED), 5)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"nothing in the graph is called {value!r}{f' ({parameter})' if parameter else ''}{hint}"
