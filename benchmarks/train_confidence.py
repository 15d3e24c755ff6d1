#!/usr/bin/env python3
"""Trains the confidence of events, roles and claims and writes `ontology/confidence.toml`.

    train_confidence.py [--redocred REDOCRED.jsonl] [--report]      # --report: figures alone, nothing is written

What is learned from: our own graphs that were seen (tests/graphs/dev.jsonl) and, for claims, Re-DocRED (Tan et al.
2022; MIT) where it is at hand. A statement is judged only where the gold could hold it:

- the type of an event is right if a gold event of it, or of a type below it, has a trigger there and a standing that
  allows the one given. An event of no listed type on no gold trigger counts half: gold leaves such events out, and
  readers of whole articles found about two thirds of them right, which half gives;
- a role or time, if its event is right, by the gold's roles of that event;
- a claim between known ends, if the gold has it, or a narrower one, in that standing and validity. Re-DocRED has holes:
  of 40 claims that it does not hold, read one by one, 22 were right, so that such a claim counts as right by that share.

Logistic regression with an L2 penalty chosen by cross-validation over documents; the record of a rule leaves out the
document that is judged. Our own graphs were looked at while rules were written, and flatter: the sign "seen" takes that
up where unseen documents are there to compare, and is left out of what ships. The default of `--sure` is the least
percentage at which nine of ten asserted statements are right, and five of a hundred more, by which seen graphs flatter;
by probabilities from folds that did not hold their document.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "scorer")]

import score  # noqa: E402

from kg import extractor, resolver  # noqa: E402
from kg.extractor.confidence import NOT_ASSERTED, Doubt, Records, Signs, Wing, model, odds, summed  # noqa: E402
from kg.grammar.analysis import Analysis  # noqa: E402
from kg.model import Document, Event, Parse, Reading  # noqa: E402
from kg.pipeline import Line  # noqa: E402
from kg.structure import given  # noqa: E402
from kg.vocabulary import table  # noqa: E402

Json = dict[str, Any]
SHIPPED = ROOT / "ontology" / "confidence.toml"
RESULTS = ROOT / "benchmarks" / "confidence.json"
WINGS: tuple[Wing, ...] = ("event", "role", "claim")
FOLDS, RIDGES = 8, (0.5, 1.0, 2.0, 4.0, 8.0)
MISSED = 22 / 40  # of claims that Re-DocRED does not hold, right when read one by one: its gold has holes
UNLISTED = 0.5  # weight of an event of no listed type on no gold trigger
SEEN, BINS = 5, 10  # how often a sign must be seen to be weighed; bins of the reliability table
GOAL, FLATTERS = 0.9, 0.05  # of plain triples, right; by how much graphs that were seen do better than others
OPENS = "# How a verb hangs"  # the tables of words, which stay as they stand
HEAD = """\
# How likely each event, role and claim is right: what its rule's record and each sign of doubt weigh, in logits.
# Written by benchmarks/train_confidence.py, trained on our own seen graphs and on Re-DocRED (Tan et al. 2022; MIT); the
# explanations (why) and which signs there are stay as they stand here. `sure` is the default of --sure, in percent.
# Records: for each rule how often it was right, of how many uses. A weight of 0.00: too seldom seen to be weighed.

"""


@dataclass(frozen=True)
class Row:
    """A judged statement: its document, its doubt, whether it was right, and how much it counts.

    `about` are the doubts of the events that it is about (of a role its event), `given` whether their types were right;
    where they were not, neither is the statement. `plain`: it is asserted, positive and current; `wanted`: the gold asks
    for it. Rows of unseen documents are not `seen`.
    """

    document: str
    doubt: Doubt
    right: float  # 1 or 0, or how likely where the gold has holes
    weight: float = 1.0
    seen: bool = True
    plain: bool = True
    wanted: bool = False
    about: tuple[Doubt, ...] = ()
    given: bool = True

    @property
    def whole(self) -> float:
        """Whether the statement stands, its events included."""
        return self.right * self.given


# ------------------------------------------------------------------ what was right


def documents(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read(line: Line, gold: Json) -> tuple[Parse, Reading, Json]:
    """A parse, its reading with offsets of the parse, and the annotation form of that reading."""
    parse = next(line.parse([Document(gold["text"], id=gold["id"], date=gold.get("date"))]))
    analysis = Analysis(parse)
    resolved = resolver.resolve(parse, line.gazetteer, analysis)
    reading = extractor.extract(parse, resolved, line.vocabulary, analysis=analysis)
    said = line.annotate(given(reading, parse))
    for event in said["events"]:  # the scorer looks at name and filler
        event["roles"] = [role[:2] for role in event["roles"]]
    return parse, reading, said


def own(line: Line, path: Path) -> Iterator[Row]:
    """Rows of our own graphs."""
    for gold in documents(path):
        parse, reading, said = read(line, gold)
        graph, signs = score.Graph(score.Result(gold["id"]), gold, said), Signs(parse, reading)
        doubts, good = {v.id: signs.of_event(v) for v in reading.events}, {}
        for event in reading.events:
            right, weight, wanted = type_right(graph, event.id)
            good[event.id] = right
            plain = (event.standing.status, event.standing.polarity) == ("asserted", "positive")
            yield Row(gold["id"], doubts[event.id], right, weight, plain=plain, wanted=wanted)
            yield from roles(graph, signs, event, Row(gold["id"], doubts[event.id], right, weight, plain=plain))
        for claim, told in zip(reading.claims, said["claims"]):
            fits, wanted = claim_right(graph, told)
            if fits is not None:
                plain = (told["status"], told["validity"], told.get("polarity")) == ("asserted", "current", None)
                about = [i for i in (claim.subject, claim.object) if isinstance(i, str) and i in doubts]
                yield Row(
                    gold["id"],
                    signs.of_claim(claim),
                    fits,
                    plain=plain,
                    wanted=wanted,
                    about=tuple(doubts[i] for i in about),
                    given=all(good[i] for i in about),
                )


def roles(graph: Any, signs: Signs, event: Event, row: Row) -> Iterator[Row]:
    """Rows of the roles and times of an event, whose own row is given."""
    told, unit = graph.pred_events[event.id], graph.event_gold.get(event.id) or graph.split.get(event.id)
    if unit is not None and graph.gold_events[unit].get("optional"):
        return
    judged: list[tuple[Doubt, bool | None, bool]] = [
        (
            signs.of_role(event, r.name, r.filler, (r.evidence.start, r.evidence.end), r.standing is not None),
            *(role_right(graph, unit, as_told) if unit else (False, False)),
        )
        for r, as_told in zip(event.roles, told["roles"])
    ]
    for name, time in (("time", event.time), ("duration", event.duration)):
        if time is not None:
            fits = time_right(graph, unit, name, told[name]) if unit else False
            judged.append((signs.of_role(event, name, time, time.span), fits, bool(fits)))
    for doubt, right, wanted in judged:
        if right is not None:
            yield replace(row, doubt=doubt, right=right, wanted=wanted, about=(row.doubt,), given=row.right)


def nodes(graph: Any, unit: str) -> list[Json]:
    """A gold event and its second nodes."""
    return [v for k, v in graph.gold_events.items() if graph.unit[k] == unit]


def type_right(graph: Any, event: str) -> tuple[bool, float, bool]:
    """Whether the type of an event is right, how much that counts, and whether the gold asks for it."""
    told, unit = graph.pred_events[event], graph.event_gold.get(event) or graph.split.get(event)
    if unit is None:
        return False, UNLISTED if told["type"] == "Event" else 1.0, False
    right = any(
        (score.type_credit(v, told["type"]) == 1 or told["type"] in score.lineage(v["type"]))
        and told["status"] in score.allowed(v, "status")
        for v in nodes(graph, unit)
    )
    return right, 1.0, right and event in graph.event_gold and not graph.gold_events[unit].get("optional")


def role_right(graph: Any, unit: str, told: list[Any]) -> tuple[bool, bool]:
    """Whether the gold has a role of an event (as asked for, allowed or optional), and whether it asks for it."""
    asked: list[Any] = []
    for v in nodes(graph, unit):
        asked += [*v.get("roles", []), *(x for ok in v.get("roles_ok") or [] for x in ok)]
    free = [r for v in nodes(graph, unit) for r in v.get("roles_optional", [])]
    wanted, right = (
        any(name == told[0] and graph.filler(name, filler, told[1]) for name, filler, *_ in known)
        for known in (asked, asked + free)
    )
    return right, wanted


def time_right(graph: Any, unit: str, name: str, told: Json) -> bool | None:
    """Whether the gold has a time of an event; None if it has none at all."""
    wanted = [t for v in nodes(graph, unit) for key in (name, f"{name}_optional") if (t := v.get(key))]
    if not wanted:
        return None
    return any(
        t.get("value") == told.get("value")
        if t.get("value") is not None and name == "time"
        else bool(t.get("span")) and score.overlap(tuple(t["span"]), tuple(told["span"])) > 0
        for t in wanted
    )


def claim_right(graph: Any, told: Json) -> tuple[bool | None, bool]:
    """Whether the gold has a claim, in its standing (None where the gold could not hold it), and asks for it."""
    mates = [
        g
        for g in graph.gold_claims
        if graph.fits(
            g,
            told,
            [p for own_ in (g["predicate"], *g.get("predicate_ok", [])) for p in (own_, *score.BROADER.get(own_, ()))],
        )
    ]
    if not mates:
        return None if graph.is_free(told) else False, False
    right = [
        g
        for g in mates
        if told["status"] in score.allowed(g, "status") and told["validity"] in score.allowed(g, "validity")
    ]
    return bool(right), any(not g.get("optional") for g in right)


def redocred(line: Line, path: Path) -> Iterator[Row]:
    """Rows of claims between named clusters of Re-DocRED, for the properties that it annotates."""
    for gold in documents(path):
        parse, reading, said = read(line, gold)
        signs, kinds = Signs(parse, reading), {e["id"]: e["type"] for e in gold["entities"]}
        aligned = score.align_entities(
            {e["id"]: [(m[0], m[1]) for m in e["mentions"]] for e in gold["entities"]}, said["entities"]
        )
        truth = {tuple(t) for t in score.fold(gold["relations"])}
        for claim, told in zip(reading.claims, said["claims"]):
            if told["predicate"] not in score.REDOCRED_RELATIONS or not isinstance(told["object"], str):
                continue
            a, b = aligned.get(told["subject"]), aligned.get(told["object"])
            if a and b and a != b and {kinds[a], kinds[b]} <= {"PER", "ORG", "LOC"}:
                names = [n for part in score.REDOCRED_RELATIONS[told["predicate"]] for n in part]
                right = 1.0 if any(holds(truth, a, b, n) for n in names) else MISSED
                yield Row(gold["id"], signs.of_claim(claim), right, seen=False)


def holds(truth: set[tuple[str, ...]], a: str, b: str, name: str) -> bool:
    """Whether a triple is in the gold: `~` turns a property around."""
    if name.startswith("~"):
        a, b, name = b, a, name[1:]
    if name in score.INVERSE:
        a, b, name = b, a, score.INVERSE[name]
    return (a, name, b) in truth or name in score.SYMMETRIC and (b, name, a) in truth


# ------------------------------------------------------------------ the fit


def records_of(rows: Iterable[Row]) -> dict[str, dict[str, tuple[float, float]]]:
    """Group → rule → how often it was right, of how many uses."""
    told: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
    for row in rows:
        right, seen = told[row.doubt.group].get(row.doubt.rule, (0.0, 0.0))
        told[row.doubt.group][row.doubt.rule] = right + row.weight * row.right, seen + row.weight
    return dict(told)


def without(all_: Records, some: Records) -> Records:
    """Records less those of one document."""
    return {
        group: {
            rule: (
                counts[0] - some.get(group, {}).get(rule, (0, 0))[0],
                counts[1] - some.get(group, {}).get(rule, (0, 0))[1],
            )
            for rule, counts in rules.items()
        }
        for group, rules in all_.items()
    }


@dataclass(frozen=True)
class Fit:
    """A fitted wing: weights by sign, with those of the record and of what was seen; and the records."""

    bias: float
    record: float
    seen: float
    weights: dict[str, float]
    records: dict[str, dict[str, tuple[float, float]]]
    lines: dict[bool, tuple[float, float]] = field(default_factory=dict)

    @cached_property
    def sums(self) -> Records:
        return summed(self.records)

    def of(self, doubt: Doubt, seen: bool = False) -> float:
        """The sum, in logits, before it is calibrated."""
        told = self.bias + self.record * odds(self.sums, doubt.group, doubt.rule) + self.seen * seen
        return told + sum(self.weights.get(s, 0.0) for s in doubt.signs)


def fit(rows: list[Row], signs: list[str], ridge: float) -> Fit:
    """Weights with the least penalised loss. Columns: bias, record, seen, one a sign."""
    records, place = records_of(rows), {s: i + 3 for i, s in enumerate(signs)}
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_document[row.document].append(row)
    rest = {d: summed(without(records, records_of(mine))) for d, mine in by_document.items()}
    matrix = np.zeros((len(rows), len(signs) + 3))
    for i, row in enumerate(rows):
        matrix[i, :3] = 1, odds(rest[row.document], row.doubt.group, row.doubt.rule), row.seen
        for sign in row.doubt.signs:
            if sign in place:
                matrix[i, place[sign]] = 1
    truth, weight = np.array([r.right for r in rows], float), np.array([r.weight for r in rows])
    penalty = np.full(len(signs) + 3, ridge)
    penalty[0] = 0
    if len({r.seen for r in rows}) < 2:
        matrix[:, 2] = 0

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        shares = 1 / (1 + np.exp(-(matrix @ w)))
        cost = -(weight * (truth * np.log(shares + 1e-12) + (1 - truth) * np.log(1 - shares + 1e-12))).sum()
        return float(cost + (penalty * w * w).sum() / 2), matrix.T @ (weight * (shares - truth)) + penalty * w

    w = minimize(loss, np.zeros(len(signs) + 3), jac=True, method="L-BFGS-B").x
    return Fit(float(w[0]), float(w[1]), float(w[2]), {s: float(w[i]) for s, i in place.items()}, records)


def held_out(wing: list[Row], signs: list[str], ridge: float) -> list[tuple[float, float]]:
    """For each row of a wing the sum from a fit without its document: as it was seen, and as if unseen."""
    fold = {name: i % FOLDS for i, name in enumerate(sorted({r.document for r in wing}))}
    found: list[tuple[float, float]] = [(0.0, 0.0)] * len(wing)
    for k in range(FOLDS):
        made = fit([r for r in wing if r.given and fold[r.document] != k], signs, ridge)
        for i, row in enumerate(wing):
            if fold[row.document] == k:
                found[i] = made.of(row.doubt, row.seen), made.of(row.doubt)
    return found


def calibrated(rows: list[Row], told: list[float]) -> dict[bool, tuple[float, float]]:
    """Shift and slope of the sums of asserted statements (True) and of the others, by which they fit what was right."""
    found = {}
    for plain in (True, False):
        mine = [i for i, r in enumerate(rows) if (NOT_ASSERTED not in r.doubt.signs) == plain]
        x = np.array([told[i] for i in mine])
        truth, weight = np.array([rows[i].right for i in mine], float), np.array([rows[i].weight for i in mine])

        def loss(w: np.ndarray) -> float:
            z = w[0] + w[1] * x
            return float((weight * (np.logaddexp(0, z) - truth * z)).sum() + ((w - (0, 1)) ** 2).sum() / 2)

        w = minimize(loss, np.array([0.0, 1.0])).x
        found[plain] = round(float(w[0]), 2), round(float(w[1]), 2)
    return found


def chance(told: float, doubt: Doubt, lines: Mapping[bool, tuple[float, float]]) -> float:
    """The calibrated probability of a sum."""
    shift, slope = lines[NOT_ASSERTED not in doubt.signs]
    return float(1 / (1 + np.exp(-shift - slope * told)))


def log_loss(rows: list[Row], told: list[float]) -> float:
    p = np.clip(np.array(told), 1e-6, 1 - 1e-6)
    truth, weight = np.array([r.right for r in rows], float), np.array([r.weight for r in rows])
    return float(-(weight * (truth * np.log(p) + (1 - truth) * np.log(1 - p))).sum() / weight.sum())


@dataclass(frozen=True)
class Judged:
    """A statement as a user sees it: its confidence, and whether it was right."""

    wing: str
    confidence: float
    row: Row


def train(rows: list[Row]) -> tuple[dict[str, Fit], list[Judged], dict[str, Json]]:
    """The three fits; each row of our own graphs with its probability from a fit without its document, as if it were
    unseen; and what the fits are like.
    """
    fits: dict[str, Fit] = {}
    told: dict[str, Json] = {}
    alone: dict[str, dict[tuple[str, Doubt], float]] = defaultdict(dict)
    for wing in WINGS:
        mine = [r for r in rows if r.doubt.wing == wing]
        given = [i for i, r in enumerate(mine) if r.given]
        counts = Counter(s for i in given for s in mine[i].doubt.signs)
        signs = sorted(s for s in table("confidence")[wing]["signs"] if counts[s] >= SEEN)
        tried = {}
        for ridge in RIDGES:
            out = held_out(mine, signs, ridge)
            lines = calibrated([mine[i] for i in given], [out[i][0] for i in given])
            sure = [chance(out[i][0], mine[i].doubt, lines) for i in given]
            tried[ridge] = log_loss([mine[i] for i in given], sure), out, lines
        ridge = min(tried, key=lambda r: (tried[r][0], -r))
        mean = sum(mine[i].right * mine[i].weight for i in given) / sum(mine[i].weight for i in given)
        _, out, lines = tried[ridge]
        fits[wing] = replace(fit([mine[i] for i in given], signs, ridge), lines=lines)
        alone[wing] = {(r.document, r.doubt): chance(p, r.doubt, lines) for r, (_, p) in zip(mine, out)}
        told[wing] = {
            "rows": len(given),
            "ridge": ridge,
            "log_loss": tried[ridge][0],
            "log_loss_of_the_mean": log_loss([mine[i] for i in given], [mean] * len(given)),
        }
    judged = [
        Judged(
            r.doubt.wing,
            round(alone[r.doubt.wing][r.document, r.doubt] * prod(alone["event"][r.document, d] for d in r.about), 2),
            r,
        )
        for r in rows
        if r.seen
    ]
    return fits, judged, told


def rate(rows: Iterable[Row]) -> list[Judged]:
    """Rows with the confidence of the shipped models."""
    return [
        Judged(r.doubt.wing, round(model(r.doubt.wing).of(r.doubt) * prod(model("event").of(d) for d in r.about), 2), r)
        for r in rows
    ]


# ------------------------------------------------------------------ what is said of it


def reliability(judged: list[Judged]) -> list[Json]:
    """Ten bins: from where, how many, predicted and observed share right."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for j in judged:
        bins[min(int(j.confidence * BINS), BINS - 1)].append(j)
    return [
        {
            "from": k / BINS,
            "count": round(sum(j.row.weight for j in held), 1),
            "predicted": mean(held, lambda j: j.confidence),
            "observed": mean(held, lambda j: j.row.whole),
        }
        for k, held in enumerate(bins)
    ]


def mean(judged: list[Judged], of: Callable[[Judged], float]) -> float | None:
    total = sum(j.row.weight for j in judged)
    return round(sum(j.row.weight * of(j) for j in judged) / total, 4) if total else None


def error(bins: list[Json]) -> float:
    """The expected calibration error, in points."""
    total = sum(b["count"] for b in bins)
    return round(100 * sum(b["count"] * abs(b["predicted"] - b["observed"]) for b in bins if b["count"]) / total, 2)


def figures(judged: list[Judged], wanted: Mapping[str, int]) -> Json:
    """Reliability, and what stands plain at some percentages: how much of it is right, how much of what the gold
    wants is there.
    """
    told: Json = {}
    for name in ("all", *WINGS):
        mine = [j for j in judged if name in ("all", j.wing)]
        bins = reliability(mine)
        told[name] = {"statements": len(mine), "error": error(bins), "bins": bins, "plain": {}}
        gold = sum(wanted.values()) if name == "all" else wanted[name]
        for sure in sorted({0, 50, 80, 90, 95, int(table("confidence")["sure"])}):
            plain = [j for j in mine if j.row.plain and 100 * j.confidence >= sure]
            told[name]["plain"][str(sure)] = {
                "statements": len(plain),
                "right": mean(plain, lambda j: j.row.whole),
                "recall": round(sum(j.row.wanted and j.row.whole for j in plain) / gold, 4),
            }
    return told


def wanted(path: Path) -> dict[str, int]:
    """How many plain statements the gold asks for, a wing."""
    found: Counter[str] = Counter()
    for gold in documents(path):
        for v in gold["events"]:
            if v["status"] == "asserted" and not v.get("optional"):
                found["event"] += not v.get("same_as")
                found["role"] += len(v.get("roles", [])) + sum(bool(v.get(key)) for key in ("time", "duration"))
        for c in gold["claims"]:
            plain = c["status"] == "asserted" and (c.get("validity") or "current") == "current"
            found["claim"] += plain and not c.get("optional")
    return dict(found)


def least(judged: list[Judged]) -> int:
    """The least percentage at which plain statements are right as often as the goal says, what flatters taken off."""
    for sure in range(100):
        plain = [j for j in judged if j.row.plain and 100 * j.confidence >= sure]
        if plain and (mean(plain, lambda j: j.row.whole) or 0) >= GOAL + FLATTERS:
            return sure
    return 100


def write(fits: Mapping[str, Fit], sure: int) -> None:
    """ontology/confidence.toml anew, the explanations of its signs as they were."""
    old = SHIPPED.read_text(encoding="utf-8")
    tables = old[old.index(OPENS) : old.index("[event]")].rstrip()
    parts = [HEAD, f"sure = {sure}\n\n{tables}\n"]
    for wing in WINGS:
        made = fits[wing]
        parts.append(f"\n[{wing}]\nbias = {made.bias:.2f}\nrecord = {made.record:.2f}\n")
        parts += [f"{name} = {list(made.lines[name == 'asserted'])}\n" for name in ("asserted", "other")]
        parts.append(f"\n[{wing}.signs]\n")
        for name, sign in table("confidence")[wing]["signs"].items():
            weight = round(made.weights.get(name, 0.0), 2) + 0.0
            why = json.dumps(sign["why"], ensure_ascii=False)
            parts.append(f"{json.dumps(name)} = {{ weight = {weight:.2f}, why = {why} }}\n")
        for group, rules in sorted(made.records.items()):
            parts.append(f"\n[{wing}.records.{json.dumps(group)}]\n")
            parts += [f"{json.dumps(r)} = [{right:g}, {seen:g}]\n" for r, (right, seen) in sorted(rules.items())]
    SHIPPED.write_text("".join(parts), encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--redocred", type=Path, help="redocred_dev.jsonl")
    parser.add_argument("--held", action="store_true", help="score the held-back graphs, too")
    parser.add_argument("--keep", action="store_true", help="measure what is shipped; train nothing")
    options = parser.parse_args()
    line, graphs = Line(), ROOT / "tests" / "graphs"
    told = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    if not options.keep:
        rows = list(own(line, graphs / "dev.jsonl"))
        if options.redocred:
            rows += redocred(line, options.redocred)
        fits, judged, about = train(rows)
        write(fits, least(judged))
        model.cache_clear()
        told |= {"fits": about, "seen": figures(judged, wanted(graphs / "dev.jsonl"))}
        RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    if options.held:
        told["held"] = figures(rate(own(line, graphs / "held.jsonl")), wanted(graphs / "held.jsonl"))
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    for name in ("seen", "held"):
        for wing, f in told.get(name, {}).items():
            print(f"{name} {wing}: {f['statements']} statements, calibration error {f['error']} points")
            for sure, plain in f["plain"].items():
                print(f"    --sure {sure}: {plain}")


if __name__ == "__main__":
    main()
