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
        was, now = before.get(fact), after.get(fact)
        if was and now and was[1] == now[1]:
            continue
        change = "changed" if was and now else "came" if now else "went"
        words = (now or was)[0]
        found.append((change, *words, "; ".join(was[1]) if was else "", "; ".join(now[1]) if now else ""))
    return sorted(found, key=lambda row: (("changed", "came", "went").index(row[0]), *row[1:]))


def _facts(store: Store) -> dict[str, tuple[tuple[str, str, str], tuple[str, ...]]]:
    """Fact → its words, and how it stands in each of its claims."""
    rows = [
        (
            row["fact"].value,
            (row["subject"], row["predicate"], row["object"]),
            (row["status"], row["polarity"], row["validity"], row["source"]),
        )
        for row in store.query(_FACTS)
    ]
    nodes = {cell for _, words, standing in rows for cell in (*words, *standing) if isinstance(cell, IRI)}
    labels = labels_of(store, sorted(nodes, key=lambda n: n.value))
    found: dict[str, tuple[tuple[str, str, str], set[str]]] = {}
    for fact, words, (status, polarity, validity, source) in rows:
        said = show(status, labels, store.base)
        said += ", negative" if show(polarity, {}) == "negative" else ""
        said += f", {show(validity, {})}" if show(validity, {}) != "current" else ""
        said += f" by {show(source, labels, store.base)}" if source is not None else ""
        found.setdefault(fact, (tuple(show(w, labels, store.base) for w in words), set()))[1].add(said)
    return {fact: (words, tuple(sorted(standings))) for fact, (words, standings) in found.items()}
