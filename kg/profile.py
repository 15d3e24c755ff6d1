"""Two forms of one graph: `full` says everything, `lean` leaves out what a rule restores.

Nothing is renamed: a lean graph is a part of the full one, and its documents say that it is one (`kg:profile "lean"`).
What is restored in a graph whose documents say so, each where the node itself says nothing of the kind:

    evidence   its IRI names document, start, end and rule, and the document's text has the quote
    claim      what has `rdf:subject`, `rdf:predicate`, `rdf:object` is a claim, positive, current, extracted, with the
               status of the event that it is about, or else asserted; its fact is the hash of the three
    label      what is called by one `skos:prefLabel` has it as `rdfs:label`
    event      an agent, a patient is a participant

The same rules stand in `queries/full.ru` as SPARQL Update, for stores that a lean graph is loaded into as it is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal as Choice

from kg import rdf
from kg.identity import digest
from kg.rdf import IRI, DefaultGraph, Literal, Quad, Term, kg, term

__all__ = [
    "LEFT_OUT",
    "LEFT_OUT_TYPES",
    "LINKS_TO_WORDS",
    "PROFILES",
    "Profile",
    "ROLES",
    "about",
    "full",
    "in_profile",
    "is_lean",
    "lean",
    "marks",
]

Profile = Choice["full", "lean"]
PROFILES: tuple[Profile, ...] = ("full", "lean")

_PROFILE, _LEAN = kg("profile"), Literal("lean")
_TYPE, _LABEL, _PREF = term("rdf:type"), term("rdfs:label"), term("skos:prefLabel")
_SUBJECT, _PREDICATE, _OBJECT = term("rdf:subject"), term("rdf:predicate"), term("rdf:object")
_DOCUMENT, _TEXT = kg("Document"), term("schema:articleBody")
_STATUS, _FACT, _PARTICIPANT = map(kg, ("status", "fact", "participant"))
_USUAL = {
    _TYPE: kg("Claim"),
    kg("polarity"): kg("positive"),
    kg("validity"): kg("current"),
    kg("origin"): kg("extracted"),
}
#: What leads to evidence, and the roles whose fillers are participants.
LINKS_TO_WORDS, ROLES = (kg("evidence"), kg("content")), (kg("agent"), kg("patient"))
#: The properties that a lean graph may leave out, or has of its own, and the classes.
LEFT_OUT = frozenset(
    {_LABEL, _STATUS, _FACT, _PARTICIPANT, _PROFILE, *(one for one in _USUAL if one != _TYPE)}
    | {kg(name) for name in ("document", "start", "end", "rule", "quote")}
)
LEFT_OUT_TYPES = frozenset({kg("Claim"), kg("Evidence")})
_CLAIM = re.compile(r"(.*)claim/[^/]*")
_EVIDENCE = re.compile(r"(.*)ev/([^/-]+)-([0-9]{1,9})-([0-9]{1,9})-([^/]+)")

_Triple = tuple[IRI, IRI, Term]
_Node = dict[IRI, list[Term]]  # what a node says, by property


def is_lean(quads: Iterable[Quad]) -> bool:
    """Whether a graph among these is lean."""
    return any(map(marks, quads))


def in_profile(quads: Iterable[Quad], profile: Profile) -> list[Quad]:
    """The quads as that profile has them."""
    return lean(quads) if profile == "lean" else full(quads)


def lean(quads: Iterable[Quad]) -> list[Quad]:
    """The quads without those that `full` restores, which gives back exactly what `lean` was given.

    A graph stays whole that tells of no document, or in which `full` would restore more than it had.
    """
    left: list[Quad] = []
    for graph, said in _by_graph(full(quads)).items():
        nodes = _nodes(said)
        gone = {t for t in _restorable(nodes) if t[1] == _PARTICIPANT or nodes.get(t[0], {}).get(t[1]) == [t[2]]}
        less = [t for t in said if t not in gone]
        documents = [node for node, told in nodes.items() if _DOCUMENT in told.get(_TYPE, ())]
        if documents and _whole(less).keys() == said.keys():
            said = dict.fromkeys([*less, *((node, _PROFILE, _LEAN) for node in documents)])
        left += (Quad(*triple, graph) for triple in said)
    return left


def full(quads: Iterable[Quad]) -> list[Quad]:
    """The quads with all that lean graphs among them leave out; other graphs as they are."""
    quads = list(quads)
    if not is_lean(quads):
        return quads
    whole: list[Quad] = []
    for graph, said in _by_graph(quads).items():
        kept = [t for t in said if (t[1], t[2]) != (_PROFILE, _LEAN)]
        whole += (Quad(*triple, graph) for triple in (_whole(kept) if len(kept) < len(said) else kept))
    return whole


def marks(quad: Quad) -> bool:
    """Whether this says that its graph is lean."""
    return quad.predicate == _PROFILE and quad.object == _LEAN


def about(node: IRI, say: Callable[[IRI | None, IRI | None, Term | None], Iterator[Quad]]) -> list[Quad]:
    """What a lean graph says of a node in full; `say` gives those of the graph's quads that fit (subject, predicate,
    object).
    """
    said = [q for q in say(node, None, None) if not marks(q)]
    for quad in list(said):
        if quad.predicate == _SUBJECT and isinstance(quad.object, IRI):
            said += say(quad.object, _STATUS, None)
    if evidence := _EVIDENCE.fullmatch(node.value):
        document = IRI(f"{evidence[1]}doc/{evidence[2]}")
        said += [*say(document, _TYPE, None), *say(document, _TEXT, None)]
        said += [q for link in LINKS_TO_WORDS for q in itertools.islice(say(None, link, node), 1)]
    if not said:
        return []
    graph = said[0].graph_name
    whole = _whole((q.subject, q.predicate, q.object) for q in said)
    return [Quad(*triple, graph) for triple in whole if triple[0] == node]


def _by_graph(quads: Iterable[Quad]) -> dict[IRI | DefaultGraph, dict[_Triple, None]]:
    graphs: dict[IRI | DefaultGraph, dict[_Triple, None]] = {}
    for q in quads:
        graphs.setdefault(q.graph_name, {})[q.subject, q.predicate, q.object] = None
    return graphs


def _nodes(triples: Iterable[_Triple]) -> dict[IRI, _Node]:
    nodes: dict[IRI, _Node] = {}
    for subject, predicate, object in triples:
        nodes.setdefault(subject, {}).setdefault(predicate, []).append(object)
    return nodes


def _whole(triples: Iterable[_Triple]) -> dict[_Triple, None]:
    """Triples of one graph, and what is restored in it."""
    whole = dict.fromkeys(triples)
    nodes = _nodes(whole)
    for triple in _restorable(nodes):
        if triple[1] == _PARTICIPANT or triple[1] not in nodes.get(triple[0], {}):
            whole[triple] = None
    return whole


def _restorable(nodes: dict[IRI, _Node]) -> Iterator[_Triple]:
    """What the rules tell of the nodes of one graph, whether they say it themselves or not."""
    words: dict[IRI, None] = {}
    for node, told in nodes.items():
        if len(names := told.get(_PREF, [])) == 1:
            yield node, _LABEL, names[0]
        for role in ROLES:
            yield from ((node, _PARTICIPANT, one) for one in told.get(role, ()))
        for link in LINKS_TO_WORDS:
            words |= dict.fromkeys(one for one in told.get(link, ()) if isinstance(one, IRI))
        if _OBJECT in told and (claim := _CLAIM.fullmatch(node.value)):
            yield from _claim(node, told, claim[1], nodes)
    texts: dict[str, str] = {}
    for node in words:
        if evidence := _EVIDENCE.fullmatch(node.value):
            yield from _evidence(node, evidence, nodes, texts)


def _claim(node: IRI, told: _Node, base: str, nodes: dict[IRI, _Node]) -> Iterator[_Triple]:
    parts = [told.get(part, []) for part in (_SUBJECT, _PREDICATE, _OBJECT)]
    if any(len(part) != 1 for part in parts):
        return
    about, predicate, object = (part[0] for part in parts)
    for usual, value in _USUAL.items():
        yield node, usual, value
    status = nodes.get(about, {}).get(_STATUS, [kg("asserted")]) if isinstance(about, IRI) else []
    yield from ((node, _STATUS, one) for one in status)
    if "\\" not in str(object):  # a rule in SPARQL cannot write what N-Triples escape
        yield node, _FACT, IRI(f"{base}fact/{digest(about, predicate, object)}")


def _evidence(node: IRI, named: re.Match[str], nodes: dict[IRI, _Node], texts: dict[str, str]) -> Iterator[_Triple]:
    base, key, start, end, rule = named.groups()
    document = IRI(f"{base}doc/{key}")
    about = nodes.get(document, {})
    if _DOCUMENT not in about.get(_TYPE, ()):
        return
    yield node, _TYPE, kg("Evidence")
    yield node, kg("document"), document
    yield node, kg("start"), rdf.literal(start, "xsd:integer")
    yield node, kg("end"), rdf.literal(end, "xsd:integer")
    yield node, kg("rule"), Literal(rule)
    if key not in texts:  # a literal gives its value anew each time it is asked for it
        texts[key] = body.value if isinstance(body := next(iter(about.get(_TEXT, ())), None), Literal) else ""
    if texts[key]:
        yield node, kg("quote"), Literal(texts[key][int(start) : int(end)])
