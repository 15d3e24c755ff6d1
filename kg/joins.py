"""Joining and splitting entities across articles, by hand, from a file that a person reviews.

Proposals come with their evidence; a decision, `same` or `different`, is kept in the file and in the graph `links`, and is
never asked again. Joins are `owl:sameAs` (of events `kg:sameEvent`), parted pairs `owl:differentFrom`: links, nothing is
rewritten, and taking a decision back takes its link. One name that two people bear is kept apart when the article is built
again with the file.
"""
from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

from .errors import InputError
from .identity import Identity, slug
from .model import Reading
from .queries import why
from .rdf import IRI, Quad, kg, special_graph, term
from .store import Store
from .vocabulary import Vocabulary, load

__all__ = ["Join", "apply", "keep_apart", "proposals", "read", "write"]

#: Spellings at least this alike (difflib's ratio) are proposed; below, most pairs of namesakes' names are two people.
ALIKE = 0.86
#: A surname that more full names than this share joins none of them.
MOST_BEARERS = 3
DECISIONS = ("", "same", "different")


@dataclass(frozen=True, slots=True)
class Join:
    """A question to a person: are these one? `apart` asks of one node whether two documents mean two by it."""

    a: str                                       # IRI
    b: str                                       # IRI; of a question whether one node is two: the second document
    names: tuple[str, ...]
    reason: str
    quotes: tuple[str, ...]
    decision: str = ""                           # "same", "different", or open
    kind: str = "join"                           # "join", "event", or "apart"
    distinction: str = ""                        # of an `apart`: what to tell the second one by ("Mayor of Lund")

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.kind, *((self.a, self.b) if self.kind == "apart" else sorted((self.a, self.b))))


# ------------------------------------------------------------------ proposing

@dataclass(frozen=True, slots=True)
class _Node:
    iri: IRI
    kind: str                                    # the folder of its IRI: person, org, place
    names: tuple[str, ...]
    documents: frozenset[str]

    @property
    def is_local(self) -> bool:
        return len(self.documents) == 1 and self.iri.value.endswith(tuple(d.rpartition("/")[2] for d in self.documents))


def proposals(store: Store, decided: Iterable[Join] = ()) -> list[Join]:
    """Pairs that may be one, and names that may be two, without those already decided; in order of their reasons."""
    known = {j.key for j in decided if j.decision} | _linked(store)
    nodes = _nodes(store)
    asked: dict[tuple[str, str, str], Join] = {}
    for a, b, reason in (*_short(nodes), *_aliases(nodes), *_spellings(nodes)):
        join = Join(*sorted((a.iri.value, b.iri.value)), _names(a, b), reason, (_quote(store, a.iri), _quote(store, b.iri)))
        if join.key not in known:
            asked.setdefault(join.key, join)
    for join in (*_events(store), *_namesakes(store, nodes)):
        if join.key not in known:
            asked.setdefault(join.key, join)
    return sorted(asked.values(), key=lambda j: (j.kind, j.reason, j.names, j.key))


def _nodes(store: Store) -> list[_Node]:
    found: dict[str, tuple[set[str], set[str]]] = {}
    for row in store.query("""SELECT ?node ?name ?document { GRAPH ?document { ?node a ?class ; skos:prefLabel|skos:altLabel ?name } }"""):
        names, documents = found.setdefault(row["node"].value, (set(), set()))
        names.add(row["name"].value)
        documents.add(row["document"].value)
    pattern = re.compile(re.escape(store.base) + r"(person|org|place)/")
    return [_Node(IRI(iri), m[1], tuple(sorted(names, key=lambda n: (-len(n), n))), frozenset(documents))
            for iri, (names, documents) in sorted(found.items()) if (m := pattern.match(iri))]


def _short(nodes: list[_Node]) -> Iterator[tuple[_Node, _Node, str]]:
    """A person known in one article by surname alone, and those of other articles who bear it."""
    bearers: dict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        if node.kind == "person" and not node.is_local:
            for surname in {name.split()[-1].casefold() for name in node.names if " " in name}:
                bearers[surname].append(node)
    for node in nodes:
        if node.kind == "person" and node.is_local and " " not in node.names[0] and node.names[0][:1].isupper():
            others = [b for b in bearers.get(node.names[0].casefold(), ()) if not b.documents & node.documents]
            if 0 < len(others) <= MOST_BEARERS:
                for other in others:
                    yield node, other, "a surname alone, borne by a person of another article"


def _aliases(nodes: list[_Node]) -> Iterator[tuple[_Node, _Node, str]]:
    """Two nodes of one kind that share a name, one calling itself what the other is called."""
    named: dict[tuple[str, str], list[_Node]] = defaultdict(list)
    for node in nodes:
        if not node.is_local:
            for name in sorted({slug(n) for n in node.names}):
                named[node.kind, name].append(node)
    for group in named.values():
        for a, b in combinations(group[:8], 2):
            yield a, b, "they share a name"


def _spellings(nodes: list[_Node]) -> Iterator[tuple[_Node, _Node, str]]:
    """Full names that differ by a few letters."""
    near: dict[tuple[str, str, int], list[_Node]] = defaultdict(list)
    for node in nodes:
        words = slug(node.names[0]).split("-")
        if not node.is_local and len(words) > 1:
            near[node.kind, words[0] if node.kind == "person" else words[0][:3], len(words)].append(node)
    for group in near.values():
        for a, b in combinations(group[:60], 2):
            if SequenceMatcher(None, slug(a.names[0]), slug(b.names[0])).ratio() >= ALIKE:
                yield a, b, "their names are spelt nearly alike"


#: What one person seldom has two of at one time, when the two belong to different countries or bodies.
_SINGLE = ("citizenOf", "headOfStateOf", "headOfGovernmentOf", "holdsOffice")


def _namesakes(store: Store, nodes: list[_Node]) -> Iterator[Join]:
    """One node of which two articles say what is seldom true of one person."""
    wanted = " ".join(f"kg:{name}" for name in _SINGLE)
    said: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in store.query(f"""SELECT ?who ?what ?object ?label ?document {{
            VALUES ?what {{ {wanted} }} GRAPH ?document {{ ?who ?what ?object . ?object skos:prefLabel ?label }} }}"""):
        said[row["who"].value, row["what"].value].setdefault(row["document"].value, (row["object"].value, row["label"].value))
    people = {n.iri.value: n for n in nodes if n.kind == "person" and not n.is_local}
    for (who, what), by_document in sorted(said.items()):
        first, *rest = sorted(by_document)
        if who in people:
            for other in rest:
                if by_document[first][0] != by_document[other][0]:
                    values = by_document[first][1], by_document[other][1]
                    yield Join(who, other, people[who].names, f"{what}: {values[0]} in one article, {values[1]} in another",
                               tuple(_quote(store, IRI(who), d) for d in (first, other)), kind="apart", distinction=values[1])


def _events(store: Store) -> Iterator[Join]:
    """Events of two articles that are of one type, of one day, and share a participant; speech is too common to be asked."""
    words = load()
    for row in store.query("""SELECT DISTINCT ?a ?b ?type ?name ?one ?other ?day {
            GRAPH ?first { ?a a ?type ; rdfs:label ?one ; kg:participant ?who ; kg:time/kg:value ?day . ?who skos:prefLabel ?name }
            GRAPH ?second { ?b a ?type ; rdfs:label ?other ; kg:participant ?who ; kg:time/kg:value ?day }
            FILTER (STR(?first) != STR(?second) && STR(?a) < STR(?b)) } ORDER BY ?a ?b ?name"""):
        name, day = row["type"].value.rpartition("#")[2], row["day"]
        if day.datatype == term("xsd:date") and words.is_a(name, "Event") and name != "Event" and not words.is_a(name, "Communication"):
            a, b = row["a"], row["b"]
            yield Join(a.value, b.value, (row["one"].value, row["other"].value),
                       f"{name} of one day, {day.value}, with {row['name'].value} in both", (_quote(store, a), _quote(store, b)), kind="event")


def _linked(store: Store) -> set[tuple[str, str, str]]:
    return {(kind, *sorted((q.subject.value, q.object.value))) for q in store.graph(special_graph("links", store.base))
            if q.predicate.value in _LINKS.values() for kind in ("join", "event")}


def _names(a: _Node, b: _Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys((a.names[0], b.names[0])))


def _quote(store: Store, node: IRI, document: str | None = None) -> str:
    """One place in an article where it is spoken of, in its context."""
    for ground in why(store, node, most=200):
        if document is None or ground.document.value == document:
            words = " ".join(f"{ground.before}[{ground.quote}]{ground.after}".split())
            return f"{ground.title or ground.document.value}{f', {ground.date}' if ground.date else ''}: {words}"
    return ""


# ------------------------------------------------------------------ the file

_HEAD = """# Proposals to join or to keep apart. Set decision to "same" or "different"; leave it "" to be asked again.
# kg merge STORE --review THIS-FILE applies the decisions and adds new proposals; kg build --joins THIS-FILE keeps namesakes apart.
"""


def write(joins: Iterable[Join]) -> str:
    """The review file, TOML: decided ones last."""
    blocks = []
    for j in sorted(joins, key=lambda j: (bool(j.decision), j.kind, j.reason, j.names, j.key)):
        lines = ["[[proposal]]", f"decision = {_toml(j.decision)}", f"kind = {_toml(j.kind)}", f"reason = {_toml(j.reason)}",
                 f"names = [{', '.join(map(_toml, j.names))}]", "quotes = [", *(f"    {_toml(q)}," for q in j.quotes), "]",
                 f"a = {_toml(j.a)}", f"b = {_toml(j.b)}"]
        if j.kind == "apart":
            lines.append(f"distinction = {_toml(j.distinction)}")
        blocks.append("\n".join(lines))
    return _HEAD + "\n" + "\n\n".join(blocks) + ("\n" if blocks else "")


def read(path: Path) -> tuple[Join, ...]:
    """The proposals of a review file with their decisions."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("proposal", [])
        joins = tuple(Join(r["a"], r["b"], tuple(r.get("names", ())), r.get("reason", ""), tuple(r.get("quotes", ())),
                           r.get("decision", ""), r.get("kind", "join"), r.get("distinction", "")) for r in rows)
    except OSError as problem:
        raise InputError(problem.strerror or "cannot be read", str(path), "check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as problem:
        raise InputError(f"is no review file: {problem}", str(path), "let `kg merge` write a new one") from None
    for join in joins:
        if join.decision not in DECISIONS or join.kind not in ("join", "event", "apart"):
            raise InputError(f"decision {join.decision!r} is not known", str(path), 'write "same", "different" or ""')
    return joins


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


# ------------------------------------------------------------------ applying

def apply(store: Store, joins: Iterable[Join]) -> int:
    """Make the links of the graph `links` those that the decisions say; how many there are. Undecided pairs lose theirs."""
    graph = special_graph("links", store.base)
    joins = [j for j in joins if j.kind != "apart"]
    asked = {frozenset((j.a, j.b)) for j in joins}
    kept = [q for q in store.graph(graph)
            if q.predicate.value not in _LINKS.values() or frozenset((q.subject.value, q.object.value)) not in asked]
    made = [Quad(IRI(a), IRI(_LINKS["event" if (j.kind, j.decision) == ("event", "same") else j.decision]), IRI(b), graph)
            for j in joins if j.decision for a, b in (sorted((j.a, j.b)),)]
    return store.replace_graph("links", [*kept, *made])


_LINKS = {"same": term("owl:sameAs").value, "different": term("owl:differentFrom").value, "event": kg("sameEvent").value}


def keep_apart(reading: Reading, joins: Iterable[Join], vocabulary: Vocabulary, base: str) -> Reading:
    """The reading with a disambiguator on each entity that a person decided is another one in this document."""
    identity = Identity(reading.document, vocabulary, base)
    here = {j.a: j.distinction for j in joins
            if j.kind == "apart" and j.decision == "different" and j.b == identity.of_document().value}
    if not here:
        return reading
    nodes = identity.nodes(reading)
    return replace(reading, entities=tuple(
        replace(e, disambiguator=here[nodes[e.id].value]) if nodes[e.id].value in here else e for e in reading.entities))
