"""Why a query found nothing: the terms and names in it that neither the ontology nor the graph has, with those that
come near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import rdf
from kg.errors import meant
from kg.rdf import IRI, KG, PREFIXES, Literal, special_graph, term
from kg.store import Store
from kg.store.updates import tokens

__all__ = ["is_in", "names", "unheard", "unknown"]

_CALLED = tuple(term(c) for c in ("skos:prefLabel", "skos:altLabel", "rdfs:label"))
#: Namespaces whose terms are functions, types of literals and the like: no graph need hold them.
_ASIDE = (PREFIXES["xsd"], "http://www.w3.org/2005/xpath-functions", "http://www.w3.org/ns/sparql")


def unknown(store: Store, sparql: str) -> str:
    """What of a query that gave nothing is nowhere in the ontology or the graph; empty if all of it is."""
    store.know()
    terms, words = _read(store, sparql)
    told = [unheard(store, iri) for iri in terms if not is_in(store, iri)]
    told += [_unnamed(store, word) for word in words if next(store.match(None, None, Literal(word)), None) is None]
    if not told:
        told = [
            f"the graph has no {_short(store, iri)}"
            for iri in terms
            if iri.value.startswith(KG) and not _in_graph(store, iri)
        ]
    return "; ".join(told[:3])


def unheard(store: Store, iri: IRI) -> str:
    """That a term or node is nowhere, and what is spelt like it in its namespace."""
    value = iri.value
    cut = max(value.rfind("/"), value.rfind("#"), value.rfind(":")) + 1
    space = value[:cut]
    where = "neither in the ontology nor in the graph" if space == KG else "not in the graph"
    near = {name[cut:]: name for name in _like(store, space)}
    hint = meant(value[cut:], near)
    for local, whole in near.items():
        hint = hint.replace(repr(local), _short(store, IRI(whole)))
    return f"{_short(store, iri)} is {where}" + (f": {hint}" if hint else "")


def is_in(store: Store, iri: IRI) -> bool:
    """Whether the ontology or the graph says anything of a term or node."""
    return _in_graph(store, iri) or _in_graph(store, iri, special_graph("ontology", store.base))


def names(store: Store, *properties: IRI) -> Iterator[str]:
    """What things in the graph are called."""
    for property in properties or _CALLED:
        yield from (q.object.value for q in store.match(None, property) if isinstance(q.object, Literal))


def _in_graph(store: Store, iri: IRI, graph: IRI | None = None) -> bool:
    found = store.match(iri, graph=graph), store.match(None, iri, graph=graph), store.match(None, None, iri, graph)
    return any(next(quads, None) for quads in found) or graph is None and next(store.graph(iri), None) is not None


def _unnamed(store: Store, word: str) -> str:
    hint = meant(word, names(store), 3)
    return f"nothing in the graph is called {word!r}" + (f": {hint}" if hint else "")


def _like(store: Store, space: str) -> Iterator[str]:
    """What the ontology and the graph have in a namespace."""
    told = store.tally()
    graphs: tuple[Iterable[IRI], ...] = (
        (q.subject for q in store.graph(special_graph("ontology", store.base))),
        map(IRI, (*told.classes, *told.properties)),
        (q.subject for q in store.match(None, _CALLED[0])),
        (q.subject for q in store.match(None, _CALLED[2])),
    )
    for found in graphs[: 2 if space == KG else 4]:
        yield from dict.fromkeys(i.value for i in found if isinstance(i, IRI) and i.value.startswith(space))


def _short(store: Store, iri: IRI) -> str:
    for prefix, space in rdf.prefixes(store.base).items():
        if iri.value.startswith(space):
            return f"{prefix}:{iri.value[len(space) :]}"
    return f"<{iri.value}>"


def _read(store: Store, sparql: str) -> tuple[list[IRI], list[str]]:
    """The IRIs of a query, and the names that it asks for as labels, in their order and once."""
    known = dict(rdf.prefixes(store.base))
    found, words = dict[IRI, None](), dict[str, None]()
    read = tokens(sparql)
    for n, token in enumerate(read):
        before = read[n - 1].text if n else ""
        declared = n > 1 and read[n - 2].text.upper() == "PREFIX" or before.upper() in ("PREFIX", "BASE")
        if token.kind == "iri" and declared and n > 1:
            known[before.removesuffix(":")] = token.text[1:-1]
        elif token.kind == "iri" and not declared:
            _keep(found, token.text[1:-1])
        elif token.kind == "name" and not declared:
            prefix, _, name = token.text.partition(":")
            if prefix in known:
                _keep(found, known[prefix] + name.replace("\\", ""))
        elif token.kind == "string" and found and next(reversed(found)) in _CALLED and read[n - 1].kind != "sign":
            words[token.text.strip("\"'")] = None
    return list(found), list(words)


def _keep(found: dict[IRI, None], value: str) -> None:
    if ":" in value and not value.startswith(_ASIDE):
        iri = IRI(value)
        found.pop(iri, None)
        found[iri] = None
