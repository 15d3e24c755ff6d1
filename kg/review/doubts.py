"""What is doubtful in a store, why, and the words of it: put so that a person can decide without opening the article."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .. import queries
from ..queries import Grounds, labels_of, show
from ..rdf import IRI, Literal, kg, term
from ..store import Store
from .decisions import Decision

__all__ = ["doubtful", "sentence", "told"]

#: Below this measured precision a claim is put before a person.
DOUBTFUL = 0.7
#: So many quotes of a claim are shown, and so many characters of a sentence on either side.
QUOTES, AROUND = 3, 300
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\n\s*\n")


def doubtful(store: Store, decided: Iterable[Decision] = ()) -> list[Decision]:
    """Claims of low measured confidence, contradicted ones, and rival values, that nobody has decided; in order of their words."""
    known = {d.id for d in decided if d.kind == "claim" and d.decision}
    reasons: dict[IRI, str] = {}
    for row in store.query(f"SELECT ?claim (MIN(?c) AS ?sure) {{ ?claim a kg:Claim ; kg:confidence ?c FILTER(?c < {DOUBTFUL}) }} GROUP BY ?claim"):
        reasons[row["claim"]] = f"what is read in this way was right in {round(float(row['sure'].value) * 100)} of 100 measured cases"
    for claim, reason in (*_denied(store), *_rivals(store)):
        reasons.setdefault(claim, reason)
    revised = {q.subject for q in store.match(None, term("prov:wasRevisionOf"))}
    found = (told(store, Decision(claim.value, why=why)) for claim, why in reasons.items() if claim.value not in known and claim not in revised)
    return sorted((d for d in found if d.quotes), key=lambda d: (d.said, d.why, d.id))


def told(store: Store, decision: Decision) -> Decision:
    """The decision with what its claim says, how it stands, and the sentences that say it; without a claim of the store as it was."""
    grounds = [g for g in queries.why(store, IRI(decision.id)) if g.claim == IRI(decision.id)]
    if not grounds:
        return decision
    first = grounds[0]
    stands = ", ".join(filter(None, (first.status, "" if first.polarity == "positive" else first.polarity, first.validity))) \
        + (f", by {first.speaker}" if first.speaker else "")
    return replace(decision, said=first.said, stands=stands, quotes=tuple(dict.fromkeys(sentence(store, g) for g in grounds))[:QUOTES])


def sentence(store: Store, ground: Grounds) -> str:
    """A quote in its sentence, with the article's title and date; on one line, without control characters."""
    text = next((q.object.value for q in store.match(ground.document, term("schema:articleBody"))), "")
    before = after = ""
    if text[ground.start:ground.end] == ground.quote:
        before, after = text[max(0, ground.start - AROUND):ground.start], text[ground.end:ground.end + AROUND]
        ends = [m.end() for m in _END.finditer(before + ground.quote[:1]) if m.end() <= len(before)]
        before = before[ends[-1]:] if ends else before if ground.start <= AROUND else "… " + before.partition(" ")[2]
        quoted = text[ground.end - 1:ground.end]
        done = quoted in ".!?" and not after[:1].strip()
        end = re.search(_END, quoted + after)
        after = "" if done else (quoted + after)[1:max(1, end.end())] if end else after if ground.end + AROUND >= len(text) else after.rpartition(" ")[0] + " …"
    return f"{_article(store, ground.document)}: " + " ".join(show(Literal(f"{before}[{ground.quote}]{after}"), {}).split())


def _denied(store: Store) -> Iterable[tuple[IRI, str]]:
    """Claims that another article denies, and the denials."""
    for claim, row in _rows(store, "contradictions"):
        labels = labels_of(store, (c for c in row.values() if isinstance(c, IRI)))
        by = f", by {show(row['denier'], labels, store.base)}" if row["denier"] is not None else ""
        yield claim, f"another article denies it{by}: {_article(store, row['counter'])}"
        for fact in [q.object for q in store.match(claim, kg("fact"))]:
            for other in sorted((q.subject for q in store.match(None, kg("fact"), fact)), key=str):
                denial = {q.object for q in store.match(other)} & {kg("negated"), kg("denied"), kg("negative")}
                if denial and _is_of(store, other, row["counter"]):
                    yield other, f"another article says that it is so: {_article(store, row['document'])}"


def _rivals(store: Store) -> Iterable[tuple[IRI, str]]:
    """Claims that give one thing two values, in two articles."""
    for claim, row in _rows(store, "two-values"):
        labels = labels_of(store, (c for c in row.values() if isinstance(c, IRI)))
        yield claim, f"another article says {show(row['otherValue'], labels, store.base)}: {_article(store, row['otherDocument'])}"
        for other in sorted((q.subject for q in store.match(None, term("rdf:object"), row["otherValue"])), key=str):
            told = {q.predicate: q.object for q in store.match(other)}
            if (told.get(term("rdf:subject")), told.get(term("rdf:predicate"))) == (row["about"], row["predicate"]) \
                    and told.get(kg("status")) in (kg("asserted"), kg("reported")) and _is_of(store, other, row["otherDocument"]):
                yield other, f"another article says {show(row['value'], labels, store.base)}: {_article(store, row['document'])}"


def _rows(store: Store, name: str) -> Iterable[tuple[IRI, dict]]:
    answer = queries.ask(store, name)
    return ((claim, dict(zip(answer.columns, row))) for claim, row in zip(answer.grounds, answer.rows) if claim is not None)


def _is_of(store: Store, claim: IRI, document: IRI) -> bool:
    return any(next(iter(store.match(q.object, kg("document"), document)), None) is not None for q in store.match(claim, kg("evidence")))


def _article(store: Store, document: IRI) -> str:
    """An article's title, or how it begins, and its date; on one line."""
    told = {q.predicate: q.object.value for q in store.match(document)}
    begins = told.get(term("schema:articleBody"), "").strip()[:60].rpartition(" ")[0]
    title = told.get(term("schema:headline")) or (f"“{begins} …”" if begins else document.value)
    return " ".join(show(Literal(", ".join(filter(None, (title, told.get(term("schema:datePublished")))))), {}).split())
