"""The store against rdflib's, on a million triples made like real output: `python benchmarks/store.py [--triples N]`.

Every step runs in a process of its own, ours and rdflib's in one run, so that their ratio holds whatever the machine is
doing. Writes benchmarks/store.json and prints the table. What rdflib has not answered within ten seconds counts as ten
seconds.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

#: The longest that a question may take.
PATIENCE = 10


# ------------------------------------------------------------------ a graph like real output


def articles(triples: int):
    """Readings of invented articles, each with people, places, offices, events, relations and their words, through
    the assembler.
    """
    from kg.assembler import assemble
    from kg.model import (
        Claim,
        Document,
        Entity,
        Event,
        Evidence,
        Mention,
        Quantity,
        Reading,
        Role,
        Standing,
        Time,
        Value,
    )
    from kg.vocabulary import load

    chance, words, made, n = random.Random(11), load(), 0, 0
    first = [
        a + b
        for a in ("Al", "Be", "Ca", "Do", "El", "Fa", "Gi", "Ha", "Io", "Ju")
        for b in ("ra", "no", "mi", "ta", "len")
    ]
    last = [
        a + b
        for a in ("Bran", "Cort", "Dell", "Farn", "Hol", "Kest", "Lund", "Marl", "Nor", "Pell", "Rost", "Vann")
        for b in ("er", "ow", "ing", "ard", "ley")
    ]
    towns = [
        f"{a}{b}"
        for a in ("North", "Port ", "Lake ", "Saint ", "East")
        for b in ("mere", "ford", "wick", "ham", "stead")
    ]
    kinds = (
        "Meeting",
        "Visit",
        "Arrest",
        "Statement",
        "Attack",
        "Announcement",
        "Transfer",
        "Sentencing",
        "Agreement",
        "Payment",
    )
    standings = (
        *[Standing()] * 6,
        Standing("reported", claimed_by="e1", stated_in="v1"),
        Standing("planned"),
        Standing("alleged"),
        Standing("denied"),
    )
    while made < triples:
        n += 1
        people = [f"{chance.choice(first)} {chance.choice(last)}" for _ in range(6)]
        places = chance.sample(towns, 3)
        body = [
            f"{chance.choice(people)} and {chance.choice(people)} met in {chance.choice(places)} on day {i} about "
            f"plan {n}."
            for i in range(24)
        ]
        text = " ".join(body)
        spans, at = [], 0
        for sentence in body:
            spans.append((at, at + len(sentence) - 1))
            at += len(sentence) + 1
        day = f"20{chance.randrange(20, 27)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
        document = Document(text, id=f"article-{n}", title=f"Plan {n}", date=day, publisher=f"Paper {n % 40}")
        mentions = lambda: tuple(Mention(a, a + 5, "name", -1) for a, _ in chance.sample(spans, 3))  # noqa: E731
        entities = [Entity(f"e{i + 1}", "Person", name, mentions()) for i, name in enumerate(people)]
        entities += [Entity(f"e{i + 7}", "Settlement", name, mentions()) for i, name in enumerate(places)]
        entities += [
            Entity("e10", "Company", f"{people[0].split()[1]} Works", mentions()),
            Entity("e11", "Office", f"Mayor of {places[0]}", mentions()),
            Entity("e12", "Prison", f"{places[1]} Prison", mentions()),
        ]
        time_of = lambda i: Time(*spans[i][:1], spans[i][0] + 5, f"day {i}", day, "day", day)  # noqa: E731
        events = []
        for i in range(10):
            kind, told = kinds[(n + i) % len(kinds)], Evidence(*spans[i], "frame")
            roles = [("agent", "e1"), ("patient", f"e{2 + i % 5}"), ("place", f"e{7 + i % 3}")]
            standing = standings[chance.randrange(len(standings))] if i else Standing()
            events.append(
                Event(
                    f"v{i + 1}",
                    "Statement" if i == 0 else kind,
                    "met",
                    ((spans[i][0], spans[i][0] + 5),),
                    tuple(Role(*role, told) for role in roles),
                    standing,
                    "frame",
                    (told,),
                    time_of(i) if i % 2 else None,
                )
            )
        pairs = [
            ("e1", "holdsOffice", "e11"),
            ("e11", "officeOf", "e7"),
            ("e2", "employedBy", "e10"),
            ("e3", "residesIn", "e8"),
            ("e10", "basedIn", "e7"),
            ("e4", "spouseOf", "e5"),
            ("e12", "locatedIn", "e8"),
            ("e12", "quantity", Quantity(chance.randrange(100, 9000), of="inmates", modifier="about")),
            ("e12", "openedOn", Value(str(chance.randrange(1950, 2025)), "xsd:gYear")),
            ("e6", "memberOf", "e10"),
        ]
        claims = [
            Claim(
                s,
                p,
                o,
                standings[chance.randrange(len(standings))],
                (Evidence(*spans[10 + i], p.lower()),),
                chance.choice(("current", "current", "current", "former")),
                0.9,
            )
            for i, (s, p, o) in enumerate(pairs)
        ]
        quads = assemble(Reading(document, tuple(entities), tuple(events), tuple(claims)), words)
        made += len(quads)
        yield quads


def generate(folder: Path, triples: int) -> dict[str, float]:
    """The files that are measured: N-Triples, Turtle, and a store; what a claim costs."""
    from kg import rdf
    from kg.rdf import RdfFormat, kg, term
    from kg.store import Store

    store = Store.open(folder / "news.kg", create=True, write=True)
    batch, claims, turtle, count, documents = [], set(), 0, 0, 0
    import io

    for quads in articles(triples):
        documents += 1
        batch += quads
        count += len(quads)
        claims |= {q.subject for q in quads if q.predicate == term("rdf:type") and q.object == kg("Claim")}
        if documents <= 20:
            out = io.BytesIO()
            rdf.serialize(quads, RdfFormat.TURTLE, out)
            turtle += len(out.getvalue())
            twenty = len(claims), count
        if len(batch) > 100_000:
            store.load(batch)
            batch = []
    store.load(batch)
    store.tidy()
    seen = len(store)
    with (folder / "g.nt").open("wb") as out:
        store.dump(out, RdfFormat.N_TRIPLES)
    with (folder / "g.ttl").open("wb") as out:
        store.dump(out, RdfFormat.TURTLE)
    store.close()
    return {
        "articles": documents,
        "quads": count,
        "triples": seen,
        "claims": len(claims),
        "quads a claim": round(twenty[1] / twenty[0], 1),
        "bytes of Turtle a claim": round(turtle / twenty[0]),
    }


# ------------------------------------------------------------------ one measured step, in a process of its own


def memory() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


def load_ours(path: Path):
    from kg.store import Store

    store = Store.memory()
    before, began = memory(), time.perf_counter()
    store.load_file(path)
    return store, time.perf_counter() - began, memory() - before


def load_rdflib(path: Path):
    import rdflib

    graph = rdflib.Graph()
    before, began = memory(), time.perf_counter()
    graph.parse(path, format="nt" if path.suffix == ".nt" else "turtle")
    return graph, time.perf_counter() - began, memory() - before


def step(name: str, folder: Path) -> dict:
    who, _, what = name.partition(" ")
    load = load_ours if who == "ours" else load_rdflib
    held, seconds, grown = load(folder / ("g.ttl" if what == "turtle" else "g.nt"))
    said: dict = {"load": seconds, "memory": grown}
    if what == "turtle":
        return said
    for ending in ("ttl", "nt"):
        began = time.perf_counter()
        with (folder / f"out-{who}.{ending}").open("wb") as out:
            if who == "ours":
                from kg.rdf import RdfFormat

                held.dump(out, RdfFormat.TURTLE if ending == "ttl" else RdfFormat.N_TRIPLES)
            else:
                held.serialize(out, format="turtle" if ending == "ttl" else "nt", encoding="utf-8")
        said[f"write {ending}"] = time.perf_counter() - began
    said["questions"] = questions(held, who)
    return said


def questions(held, who: str) -> dict[str, float]:
    """Seconds for each shipped question with its example's kinds of values, asked of things that are in the graph."""
    from kg import queries
    from kg.vocabulary import data_folder

    if who == "ours":
        held.learn()
    else:
        held.parse(data_folder("ontology") / "kg.ttl")
    person, prison = _somebody(held, who, "Person"), _somebody(held, who, "Prison")
    document = _somebody(held, who, "Document")
    told = {}
    for question in queries.questions().values():
        values = {}
        for parameter in question.parameters:
            if parameter.required:
                values[parameter.name] = {"document": document, "date": "2024-06-01"}.get(parameter.kind) or (
                    prison if parameter.name == "place" else person
                )
        told[question.name] = _timed(held, who, question.text, values)
    return told


def _somebody(held, who: str, kind: str):
    from kg.rdf import kg, term

    if who == "ours":
        return min((q.subject for q in held.match(None, term("rdf:type"), kg(kind))), key=lambda n: n.value).value
    import rdflib

    return str(min(held.subjects(rdflib.RDF.type, rdflib.URIRef(kg(kind).value))))


def _timed(held, who: str, text: str, values: dict[str, str]) -> float:
    """Seconds until the last row, in a child that is given up after ten seconds."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        began = time.perf_counter()
        try:
            if who == "ours":
                from kg.rdf import IRI, Literal

                bound = {k: IRI(v) if "://" in v else Literal(v) for k, v in values.items()}
                text, ontology = held.climbing(text)  # as `kg ask` does
                rows = sum(1 for _ in held.select(text, bound, ontology=ontology))
            else:
                import rdflib

                bound = {k: rdflib.URIRef(v) if "://" in v else rdflib.Literal(v) for k, v in values.items()}
                rows = sum(1 for _ in held.query(text, initBindings=bound))
            os.write(into, json.dumps([time.perf_counter() - began, rows]).encode())
        finally:
            os._exit(0)
    os.close(into)
    import select

    ready = select.select([out], [], [], PATIENCE)[0]
    said = os.read(out, 1000) if ready else b""
    os.close(out)
    try:
        os.kill(child, 9)
    except ProcessLookupError:
        pass
    os.waitpid(child, 0)
    return json.loads(said)[0] if said else float(PATIENCE)


# ------------------------------------------------------------------ the whole process of kg ask


def whole_process(folder: Path, runs: int = 5) -> tuple[float, float]:
    """The fastest of some runs of `kg ask` on the store, and of importing what it is made of."""

    def fastest(*command: str) -> float:
        times = []
        for _ in range(runs):
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=HERE.parent)
            times.append(time.perf_counter() - began)
        return min(times)

    name = next(iter(_names(folder)))
    return (
        fastest(sys.executable, "-m", "kg", "ask", str(folder / "news.kg"), "about", "--where", f"who={name}"),
        fastest(sys.executable, "-c", "import typer, rich.table, pyoxigraph"),
    )


def _names(folder: Path):
    from kg.rdf import kg, term
    from kg.store import Store

    with Store.open(folder / "news.kg") as store:
        somebody = min((q.subject for q in store.match(None, term("rdf:type"), kg("Person"))), key=lambda n: n.value)
        yield next(store.match(somebody, term("skos:prefLabel"))).object.value


def mean(ratios: list[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--step", nargs=2, metavar=("NAME", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        json.dump(step(given.step[0], Path(given.step[1])), sys.stdout)
        return
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as temporary:
        folder = Path(temporary)
        about = generate(folder, given.triples)
        print(", ".join(f"{value:,} {key}" for key, value in about.items()), file=sys.stderr)
        said = {}
        for name in ("ours nt", "rdflib nt", "ours turtle", "rdflib turtle"):
            done = subprocess.run(
                [sys.executable, __file__, "--step", name, str(folder)], capture_output=True, text=True
            )
            if done.returncode:
                sys.exit(f"{name}: {done.stderr[-3000:]}")
            said[name] = json.loads(done.stdout)
            print(f"{name}: load {said[name]['load']:.1f} s", file=sys.stderr)
        ask, imports = whole_process(folder)
    ours, theirs = said["ours nt"], said["rdflib nt"]
    ratios = {name: theirs["questions"][name] / seconds for name, seconds in ours["questions"].items()}
    table = [
        ("load N-Triples", "×8", theirs["load"] / ours["load"], f"{ours['load']:.1f} s against {theirs['load']:.1f} s"),
        (
            "load Turtle",
            "×8",
            said["rdflib turtle"]["load"] / said["ours turtle"]["load"],
            f"{said['ours turtle']['load']:.1f} s against {said['rdflib turtle']['load']:.1f} s",
        ),
        (
            "write Turtle",
            "×20",
            theirs["write ttl"] / ours["write ttl"],
            f"{ours['write ttl']:.1f} s against {theirs['write ttl']:.1f} s",
        ),
        (
            "write N-Triples",
            "×4",
            theirs["write nt"] / ours["write nt"],
            f"{ours['write nt']:.1f} s against {theirs['write nt']:.1f} s",
        ),
        (
            f"{len(ratios)} shipped questions, geometric mean",
            "×20",
            mean(list(ratios.values())),
            f"slowest of ours {max(ours['questions'].values()):.2f} s; rdflib gave up on "
            f"{sum(s >= PATIENCE for s in theirs['questions'].values())}",
        ),
        (
            "memory",
            "×2 less",
            theirs["memory"] / ours["memory"],
            f"{ours['memory'] / 1e6:,.0f} MB against {theirs['memory'] / 1e6:,.0f} MB",
        ),
        (
            "kg ask, whole process, against its imports",
            "at most ×2.5",
            ask / imports,
            f"{ask:.2f} s against {imports:.2f} s",
        ),
    ]
    print(
        f"\n| on {about['triples']:,} triples of {about['articles']:,} articles | to reach | measured | |\n| --- | "
        "--- | --- | --- |"
    )
    for what, goal, ratio, detail in table:
        print(f"| {what} | {goal} | ×{ratio:.1f} | {detail} |")
    print(
        f"| quads a claim | | {about['quads a claim']} | with its evidence, and its share of entities, events and "
        "times |"
    )
    print(f"| bytes of Turtle a claim | | {about['bytes of Turtle a claim']} | |")
    kept = {
        "about": about,
        "figures": {
            what: {"ratio": round(ratio, 2), "goal": goal, "detail": detail} for what, goal, ratio, detail in table
        },
        "questions": {
            name: {"ours": round(ours["questions"][name], 4), "rdflib": round(theirs["questions"][name], 3)}
            for name in ratios
        },
    }
    (HERE / "store.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
