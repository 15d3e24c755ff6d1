"""What follows from what is said: the rules of queries/rules/, run until nothing new follows, into the graph
`inferred`.

Each rule is a CONSTRUCT whose premises stand plain and whose conclusion is a claim of origin `kg:inferred` that names
them. They are logic, not guesses: containment, both ways, the broader property. A conclusion rests on what stood before
it: on what is said, and on conclusions of earlier rounds, so that nothing holds itself up.

Beside its conclusions the store keeps what changed since (`kg.store.seen`). From that the next run concludes what comes
and what goes (`small`), and the graph is what inferring anew would give. Anew it goes where that is not known, where
much changed, and where a rule has a form that is not understood (`forms`). Either way the store changes once, at the
end.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from kg.errors import InputError
from kg.inference.forms import forms
from kg.inference.index import Index
from kg.inference.rounds import ROUNDS, closure
from kg.inference.small import differences
from kg.rdf import IRI, Quad, kg, prefixes, special_graph, term
from kg.store import Seen, Store
from kg.vocabulary import data_folder

__all__ = ["Outcome", "infer", "remove", "rules"]

#: Inferring anew is faster where more than one triple in so many has changed.
SHARE = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run changed: conclusions that came, that went, and that now rest on other premises; how many stand.
    `other` names the rules whose form is not understood, `anew` tells that everything was looked at.
    """

    came: int = 0
    went: int = 0
    moved: int = 0
    stand: int = 0
    anew: bool = False
    other: tuple[str, ...] = ()


def rules(folder: Path | None = None) -> tuple[tuple[str, str], ...]:
    """The rules of a folder (the shipped one if none is given), by name: name and text."""
    found = tuple(
        (path.stem, path.read_text(encoding="utf-8"))
        for path in sorted((folder or data_folder("queries") / "rules").glob("*.rq"))
    )
    if not found:
        raise InputError("holds no rules", str(folder), "give a folder of SPARQL CONSTRUCT queries, NAME.rq")
    return found


def infer(store: Store, folder: Path | None = None, *, owl: bool = False) -> Outcome:
    """Make the graph `inferred` what follows from what the store says now; what that changed.

    With `owl` also what OWL 2 RL concludes: that is computed whole each time, and the run after it begins anew.
    """
    texts = rules(folder)
    read = {name: forms(name, text, prefixes(store.base)) for name, text in texts}
    other = tuple(name for name, known in read.items() if not known)
    index = Index(form for some in read.values() for form in some)
    mark = sha256(repr((1, ROUNDS, texts)).encode()).hexdigest()
    seen, changed = store.seen()
    if seen and seen.rules == mark and not owl and not other and len(changed) * SHARE <= seen.read:
        if (found := differences(store, texts, index, changed)) is not None:
            before, after = found
            told = _outcome(before, after, seen.stand)
            if changed:
                store.conclude(before - after, after - before, Seen(mark, seen.reads, seen.read, told.stand))
            return told
    graph = special_graph("inferred", store.base)
    before = {Quad(q.subject, q.predicate, q.object) for q in store.graph(graph)}
    after, count = _anew(store, texts, None if other else index)
    if owl:
        from kg.inference.owl import conclusions

        after |= conclusions(store, after)
    told = _outcome(before, after, anew=True, other=other)
    store.conclude(
        before - after,
        sorted(after - before, key=str),
        None if owl or other else Seen(mark, _named(index), count, told.stand),
    )
    return told


def remove(store: Store) -> Outcome:
    """Take all conclusions out, and what was kept to draw the next."""
    before = {Quad(q.subject, q.predicate, q.object) for q in store.graph(special_graph("inferred", store.base))}
    store.conclude(before, (), None)
    return _outcome(before, set())


def _anew(store: Store, texts: Iterable[tuple[str, str]], index: Index | None) -> tuple[set[Quad], int]:
    """All that follows, and from how many triples that the rules read. It is concluded beside the store: in memory,
    from what the rules read, or in a copy of the whole where their forms do not tell what they read.
    """
    if index is None:
        with _copy(store) as bench:
            return set(closure(bench, texts)), 0
    concluded = {Quad(q.subject, q.predicate, q.object) for q in store.graph(special_graph("inferred", store.base))}
    said = (quad for quad in index.read(store) if quad not in concluded or store.says(quad))
    count = 0
    with Store.memory(store.base) as bench:
        while some := list(islice(said, 50_000)):
            bench.load(some)
            count += len(some)
        return set(closure(bench, texts)), count


def _named(index: Index) -> tuple[tuple[str, str | None], ...]:
    return tuple((predicate.value, None if value is None else str(value)) for predicate, value in index.reads())


@contextmanager
def _copy(store: Store) -> Iterator[Store]:
    """The store without its conclusions, to work in."""
    if store.folder is None:
        with Store.memory(store.base) as bench:
            bench.load(store.quads(beside=("background", "links", "added")))
            yield bench
        return
    place = store.folder / "inferring"
    shutil.rmtree(place, ignore_errors=True)  # one that a crash left
    try:
        store.snapshot(place)
        with Store.open(place, write=True) as bench:
            bench.replace_graph("inferred", ())
            yield bench
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _outcome(before: Collection[Quad], after: Collection[Quad], stood: int | None = None, **more: object) -> Outcome:
    """What the difference amounts to. Triples that describe a conclusion's claim are no conclusions of their own."""
    old, new = _described(before), _described(after)
    came, went = new[0] - old[0], old[0] - new[0]
    moved = sum(1 for claim in old[1].keys() & new[1].keys() if old[1][claim] != new[1][claim])
    return Outcome(len(came), len(went), moved, len(new[0]) if stood is None else stood + len(came) - len(went), **more)  # type: ignore[arg-type]


def _described(triples: Collection[Quad]) -> tuple[set[Quad], dict[IRI, set[Quad]]]:
    """The conclusions among them, and the claims with what describes each."""
    claims: dict[IRI, set[Quad]] = {
        q.subject: set() for q in triples if q.predicate == term("rdf:type") and q.object == kg("Claim")
    }
    plain = set()
    for quad in triples:
        if quad.subject in claims:
            claims[quad.subject].add(quad)
        else:
            plain.add(quad)
    return plain, claims
