"""Why: the words behind a claim, an event or an entity, in their context, with status and speaker."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.queries.answers import labels_of, show
from kg.queries.asking import find, uncalled
from kg.rdf import IRI, Literal, Term, kg, term
from kg.store import Store

__all__ = ["Grounds", "why"]

#: So many characters of context stand on either side of a quote, cut at a word.
AROUND = 90


@dataclass(frozen=True, slots=True)
class Grounds:
    """One claim, or one mention of an entity, with the words that carry it in one document."""

    claim: IRI | None = field(repr=False)
    said: str  # the claim in words
    status: str
    polarity: str
    validity: str
    speaker: str  # who claims it, and who passes it on; empty: the article itself
    quote: str
    before: str
    after: str
    document: IRI = field(repr=False)
    title: str
    date: str
    publisher: str
    start: int
    end: int
    rule: str


def why(store: Store, value: str | IRI, *, most: int = 200) -> list[Grounds]:
    """The quotes behind whatever a name, an IRI or a short IRI stands for.

    Of a claim its own evidence, of a fact that of all its claims, of an event that of its type and roles; of an entity
    what is claimed of it, and its mentions where nothing is.
    """
    nodes = [value] if isinstance(value, IRI) else find(store, value)
    if not isinstance(value, IRI) and not any(next(iter(store.match(n)), None) for n in nodes):
        raise QueryError(uncalled(store, value), "", "`kg ask GRAPH who` lists what is")
    found: list[Grounds] = []
    for node in nodes:
        claims = _claims(store, node)
        for claim in claims:
            found += _grounds(store, claim)
        if not claims:
            found += [
                _quoted(store, evidence, None, show(node, labels_of(store, [node]), store.base), {})
                for evidence in _objects(store, node, "kg:evidence")
            ]
    unique = {(g.claim, g.document, g.start, g.end): g for g in found}
    return sorted(unique.values(), key=lambda g: (g.date, g.document.value, g.start, g.end, g.said, g.status))[:most]


def _claims(store: Store, node: IRI) -> list[IRI]:
    if any(True for _ in store.match(node, term("rdf:type"), kg("Claim"))):
        return [node]
    for property in ("kg:fact", "rdf:subject"):
        if found := [q.subject for q in store.match(None, term(property), node)]:
            if property == "rdf:subject":
                found += [q.subject for q in store.match(None, term("rdf:object"), node)]
            return sorted(dict.fromkeys(found), key=lambda n: n.value)
    return sorted((q.subject for q in store.match(None, term("rdf:object"), node)), key=lambda n: n.value)


def _grounds(store: Store, claim: IRI) -> list[Grounds]:
    said: dict[str, Term] = {}
    for quad in store.match(claim):
        said.setdefault(quad.predicate.value, quad.object)
    parts = [said.get(term(f"rdf:{p}").value) for p in ("subject", "predicate", "object")]
    by, via = said.get(kg("claimedBy").value), said.get(kg("via").value)
    labels = labels_of(store, (n for n in (*parts, by, via) if isinstance(n, IRI)))
    words = " · ".join(show(p, labels, store.base) for p in parts)
    speaker = show(by, labels, store.base) + (f" (via {show(via, labels, store.base)})" if via is not None else "")
    standing = {name: show(said.get(kg(name).value), {}, store.base) for name in ("status", "polarity", "validity")}
    return [
        _quoted(store, evidence, claim, words, standing, speaker) for evidence in _objects(store, claim, "kg:evidence")
    ]


def _quoted(
    store: Store, evidence: IRI, claim: IRI | None, said: str, standing: dict[str, str], speaker: str = ""
) -> Grounds:
    def one(node: IRI, curie: str) -> str:
        return next((q.object.value for q in store.match(node, term(curie)) if isinstance(q.object, Literal)), "")

    document = next(iter(_objects(store, evidence, "kg:document")), evidence)
    start, end, quote = (
        int(one(evidence, "kg:start") or 0),
        int(one(evidence, "kg:end") or 0),
        one(evidence, "kg:quote"),
    )
    text = one(document, "schema:articleBody")
    before = after = ""
    if text[start:end] == quote:
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        before = before.partition(" ")[2] if start > AROUND else before
        after = after.rpartition(" ")[0] if end + AROUND < len(text) else after
    return Grounds(
        claim,
        said,
        standing.get("status", "mention"),
        standing.get("polarity", ""),
        standing.get("validity", ""),
        speaker,
        quote,
        before,
        after,
        document,
        one(document, "schema:headline"),
        one(document, "schema:datePublished"),
        one(document, "schema:publisher"),
        start,
        end,
        one(evidence, "kg:rule"),
    )


def _objects(store: Store, node: IRI, curie: str) -> list[IRI]:
    return sorted(
        (q.object for q in store.match(node, term(curie)) if isinstance(q.object, IRI)), key=lambda n: n.value
    )
