"""What is doubtful in a store, why, and the words of it: put so that a person can decide without opening the
article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg import queries
from kg.queries import labels_of, show
from kg.rdf import IRI, Literal, Term, as_iri, kg, term
from kg.review.decisions import Decision
from kg.store import Store

__all__ = ["doubtful", "mention", "sentence", "told"]

#: Below this confidence a claim is put before a person.
DOUBTFUL = 0.7
#: So many quotes of a claim are shown, and so many characters of a sentence on either side.
QUOTES, AROUND = 3, 300
_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])|\n\s*\n")
_NUMBER = re.compile(r"\d+")
#: A row by its columns; `None` where the answer leaves a cell empty.
Row = dict[str, Term | None]
_AGAINST = {kg("negated"), kg("denied"), kg("negative")}


def doubtful(store: Store, decided: Iterable[Decision] = ()) -> list[Decision]:
    """Claims of low confidence, contradicted ones, and rival values, that nobody has decided; the least sure first,
    then in order of their words.
    """
    known = {d.id for d in decided if d.kind == "claim" and d.decision}
    reasons: dict[IRI, str] = {}
    sure: dict[str, float] = {}
    for row in store.select(
        f"SELECT ?claim (MIN(?c) AS ?sure) {{ ?claim a kg:Claim ; kg:confidence ?c FILTER(?c < {DOUBTFUL}) }} GROUP "
        "BY ?claim"
    ):
        sure[row["claim"].value] = confidence = float(row["sure"].value)
        reasons[row["claim"]] = (
            f"what is read in this way is right about {round(confidence * 100)} times in 100, as measured"
        )
    for claim, reason in (*_denied(store), *_rivals(store)):
        reasons.setdefault(claim, reason)
    revised = {q.subject for q in store.match(None, term("prov:wasRevisionOf"))}
    found = (
        told(store, Decision(claim.value, why=why))
        for claim, why in reasons.items()
        if claim.value not in known and claim not in revised
    )
    return sorted((d for d in found if d.quotes), key=lambda d: (sure.get(d.id, 1.0), d.said, d.why, d.id))


def told(store: Store, decision: Decision) -> Decision:
    """The decision with what its claim says, how it stands, and the sentences that say it; without a claim of the store
    as it was.
    """
    grounds = [g for g in queries.why(store, IRI(decision.id)) if g.claim == IRI(decision.id)]
    if not grounds:
        return decision
    first = grounds[0]
    stands = ", ".join(
        filter(None, (first.status, "" if first.polarity == "positive" else first.polarity, first.validity))
    ) + (f", by {first.speaker}" if first.speaker else "")
    return replace(
        decision,
        said=first.said,
        stands=stands,
        quotes=tuple(dict.fromkeys(sentence(store, g.document, g.start, g.end, g.quote) for g in grounds))[:QUOTES],
    )


def sentence(store: Store, document: IRI, start: int, end: int, quote: str) -> str:
    """A quote in its sentence, with the article's title and date; on one line, without control characters."""
    text = next((q.object.value for q in store.match(document, term("schema:articleBody"))), "")
    before = after = ""
    if text[start:end] == quote:
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        ends = [m.end() for m in _END.finditer(before + quote[:1]) if m.end() <= len(before)]
        before = before[ends[-1] :] if ends else before if start <= AROUND else "… " + before.partition(" ")[2]
        last = quote[-1:]
        found = _END.search(last + after)
        if last in ".!?" and not after[:1].strip():
            after = ""
        elif found:
            after = (last + after)[1 : max(1, found.end())]
        elif end + AROUND < len(text):
            after = after.rpartition(" ")[0] + " …"
    return f"{_article(store, document)}: " + " ".join(show(Literal(f"{before}[{quote}]{after}"), {}).split())


def mention(store: Store, node: IRI, document: str | None = None) -> str:
    """The first place in an article where an entity or event is spoken of, in its sentence; nothing where there is
    none.
    """
    words = [q.object for q in store.match(node, kg("evidence"))]
    words = words or [
        q.object for c in store.match(None, term("rdf:subject"), node) for q in store.match(c.subject, kg("evidence"))
    ]
    for evidence in sorted(words, key=lambda n: _NUMBER.sub(lambda m: m[0].zfill(9), n.value)):
        told = {q.predicate: q.object for q in store.match(as_iri(evidence))}
        where, *place = (told.get(kg(name)) for name in ("document", "start", "end", "quote"))
        if isinstance(where, IRI) and None not in place and document in (None, where.value):
            start, end, quote = (part.value for part in place if part is not None)
            return sentence(store, where, int(start), int(end), quote)
    return ""


def _denied(store: Store) -> Iterator[tuple[IRI, str]]:
    """Claims that another article denies, and the denials."""
    for claim, row in _rows(store, "contradictions"):
        labels = labels_of(store, [as_iri(row["denier"])] if row["denier"] is not None else [])
        by = f", by {show(row['denier'], labels, store.base)}" if row["denier"] is not None else ""
        yield claim, f"another article denies it{by}: {_article(store, as_iri(row['counter']))}"
        for fact in [q.object for q in store.match(claim, kg("fact"))]:
            for other in sorted((q.subject for q in store.match(None, kg("fact"), fact)), key=str):
                if not _AGAINST.isdisjoint(q.object for q in store.match(other)):
                    yield other, f"another article says that it is so: {_article(store, as_iri(row['document']))}"


def _rivals(store: Store) -> Iterator[tuple[IRI, str]]:
    """Claims that give one thing two values, in two articles."""
    for claim, row in _rows(store, "two-values", "otherValue"):
        labels = labels_of(store, (c for c in (row["value"], row["otherValue"]) if isinstance(c, IRI)))
        yield (
            claim,
            f"another article says {show(row['otherValue'], labels, store.base)}: "
            f"{_article(store, as_iri(row['otherDocument']))}",
        )
        for other in sorted((q.subject for q in store.match(None, term("rdf:object"), row["otherValue"])), key=str):
            told = {q.predicate: q.object for q in store.match(other)}
            if (told.get(term("rdf:subject")), told.get(term("rdf:predicate"))) == (
                row["about"],
                row["predicate"],
            ) and told.get(kg("status")) in (kg("asserted"), kg("reported")):
                yield (
                    other,
                    f"another article says {show(row['value'], labels, store.base)}: "
                    f"{_article(store, as_iri(row['document']))}",
                )


def _rows(store: Store, name: str, *by: str) -> Iterator[tuple[IRI, Row]]:
    """The claims that a question rests on, each with its row, one for the same cells of these columns."""
    answer = queries.ask(store, name)
    met: dict[tuple[Term | None, ...], tuple[IRI, Row]] = {}
    for claim, cells in zip(answer.grounds, answer.rows):
        row = dict(zip(answer.columns, cells))
        if claim is not None:
            met.setdefault((claim, *(row.get(column) for column in by)), (claim, row))
    return iter(met.values())


def _article(store: Store, document: IRI) -> str:
    """An article's title, or how it begins, and its date; on one line."""
    told = {q.predicate: q.object.value for q in store.match(document)}
    begins = told.get(term("schema:articleBody"), "").strip()[:60].rpartition(" ")[0]
    title = told.get(term("schema:headline")) or (f"“{begins} …”" if begins else document.value)
    return " ".join(show(Literal(", ".join(filter(None, (title, told.get(term("schema:datePublished")))))), {}).split())
