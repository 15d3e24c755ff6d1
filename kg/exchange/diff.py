"""What came, went or changed its standing between two graphs, fact by fact."""

from __future__ import annotations

from kg.queries import labels_of, show
from kg.rdf import IRI
from kg.store import Store

__all__ = ["differences"]

_FACTS = """
SELECT ?fact ?subject ?predicate ?object ?status ?polarity ?validity ?source WHERE {
  ?claim kg:fact ?fact ; rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
    kg:status ?status ; kg:polarity ?polarity ; kg:validity ?validity .
  OPTIONAL { ?claim kg:claimedBy ?source }
}
"""

Change = tuple[str, str, str, str, str, str]


def differences(old: Store, new: Store) -> list[Change]:
    """Rows (change, subject, predicate, object, before, after): a fact came, went, or stands otherwise than before."""
    before, after = _facts(old), _facts(new)
    found: list[Change] = []
    for fact in sorted(before.keys() | after.keys()):
        words, was = before.get(fact, (None, ()))
        words, now = after.get(fact, (words, ()))
        if was == now or words is None:
            continue
        change = "changed" if was and now else "came" if now else "went"
        found.append((change, *words, "; ".join(was), "; ".join(now)))
    return sorted(found, key=lambda row: (("changed", "came", "went").index(row[0]), *row[1:]))


def _facts(store: Store) -> dict[str, tuple[tuple[str, str, str], tuple[str, ...]]]:
    """Fact → its words, and how it stands in each of its claims."""
    rows = [
        (
            row["fact"].value,
            (row["subject"], row["predicate"], row["object"]),
            (row["status"], row["polarity"], row["validity"], row["source"]),
        )
        for row in store.select(_FACTS)
    ]
    nodes = {cell for _, words, standing in rows for cell in (*words, *standing) if isinstance(cell, IRI)}
    labels = labels_of(store, sorted(nodes, key=lambda n: n.value))
    found: dict[str, tuple[tuple[str, str, str], set[str]]] = {}
    for fact, words, (status, polarity, validity, source) in rows:
        said = show(status, labels, store.base)
        said += ", negative" if show(polarity, {}) == "negative" else ""
        said += f", {show(validity, {})}" if show(validity, {}) != "current" else ""
        said += f" by {show(source, labels, store.base)}" if source is not None else ""
        subject, predicate, object = (show(w, labels, store.base) for w in words)
        found.setdefault(fact, ((subject, predicate, object), set()))[1].add(said)
    return {fact: (words, tuple(sorted(standings))) for fact, (words, standings) in found.items()}
