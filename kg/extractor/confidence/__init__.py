"""How likely each statement of a reading is right: the probability that the words say this, measured, not felt.

Three additive models, one a wing: of the type of an event; of a role (or time), given that its event is right; of a
claim. Each adds up what its rule's own record and its signs of doubt weigh, and calibrates the sum, for what is
asserted and what is not apart (Platt 1999). The numbers are in `ontology/confidence.toml`, which
`benchmarks/train_confidence.py` writes and which explains every sign. Whether what the words say is true is another
matter, and how firmly they say it is the standing's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import exp, log

from kg.extractor.confidence.signs import NOT_ASSERTED, Doubt, Signs, Wing
from kg.model import Claim, Event, Parse, Reading, Time
from kg.vocabulary import table

__all__ = ["NOT_ASSERTED", "Doubt", "Model", "Signs", "Wing", "model", "rated"]

#: How many uses at the mean of its group (and of its wing) a record starts from: what is seldom seen says little.
SHRINKAGE = 4.0

#: Group of rules → rule → how often it was right, of how many uses.
Records = Mapping[str, Mapping[str, tuple[float, float]]]


@dataclass(frozen=True)
class Model:
    """The weights of one wing. Probabilities are rounded to hundredths, so that they are the same everywhere."""

    bias: float
    record: float  # weight of the rule's record, in logits from the mean of the wing
    asserted: tuple[float, float]  # shift and slope of the sum, as calibrated: of what is asserted …
    other: tuple[float, float]  # … and of what is not
    weights: Mapping[str, float] = field(repr=False)
    records: Records = field(repr=False)

    def of(self, doubt: Doubt) -> float:
        """The probability that a statement is right, from its doubt."""
        score = self.bias + self.record * odds(self.records, doubt.group, doubt.rule)
        for sign in doubt.signs:
            score += self.weights.get(sign, 0.0)
        shift, slope = self.other if NOT_ASSERTED in doubt.signs else self.asserted
        return 1 / (1 + exp(-shift - slope * score))


def odds(records: Records, group: str, rule: str) -> float:
    """How much better or worse than its wing a rule fares, in logits, shrunk to the mean of its group and that to the
    wing's. `records` hold their sums (`summed`).
    """
    right, seen = records[""][""]
    mean = (right + 1) / (seen + 2)
    of_group, of_rule = records.get(group, {}).get("", (0.0, 0.0)), records.get(group, {}).get(rule, (0.0, 0.0))
    share = (of_group[0] + SHRINKAGE * mean) / (of_group[1] + SHRINKAGE)
    share = (of_rule[0] + SHRINKAGE * share) / (of_rule[1] + SHRINKAGE)
    return log(share / (1 - share)) - log(mean / (1 - mean))


@cache
def model(wing: Wing) -> Model:
    """The shipped model of a wing."""
    told = table("confidence")[wing]
    return Model(
        float(told["bias"]),
        float(told["record"]),
        (float(told["asserted"][0]), float(told["asserted"][1])),
        (float(told["other"][0]), float(told["other"][1])),
        {name: float(sign["weight"]) for name, sign in told["signs"].items()},
        summed({g: {r: (float(n[0]), float(n[1])) for r, n in rules.items()} for g, rules in told["records"].items()}),
    )


def summed(records: Records) -> Records:
    """Records with the sum of each group, and of all, under the empty name."""
    with_sums = {g: {"": _sum(rules.values()), **rules} for g, rules in records.items()}
    return {**with_sums, "": {"": _sum(rules[""] for rules in with_sums.values())}}


def _sum(counts: Iterable[tuple[float, float]]) -> tuple[float, float]:
    told = list(counts)
    return sum(right for right, _ in told), sum(seen for _, seen in told)


def rated(parse: Parse, reading: Reading) -> Reading:
    """A reading with the confidence of each type of an event, role, time and claim. None is surer than the event that
    it is about.
    """
    signs = Signs(parse, reading)
    events = tuple(_event(signs, event) for event in reading.events)
    sure = {v.id: v.confidence or 0.0 for v in events}
    return replace(reading, events=events, claims=tuple(_claim(signs, claim, sure) for claim in reading.claims))


def _event(signs: Signs, event: Event) -> Event:
    right = model("event").of(signs.of_event(event))
    of_role = model("role")

    def timed(name: str, time: Time | None) -> Time | None:
        if time is None:
            return None
        return replace(time, confidence=round(right * of_role.of(signs.of_role(event, name, time, time.span)), 2))

    return replace(
        event,
        confidence=round(right, 2),
        roles=tuple(
            replace(
                r,
                confidence=round(
                    right
                    * of_role.of(
                        signs.of_role(
                            event, r.name, r.filler, (r.evidence.start, r.evidence.end), weaker=r.standing is not None
                        )
                    ),
                    2,
                ),
            )
            for r in event.roles
        ),
        time=timed("time", event.time),
        duration=timed("duration", event.duration),
    )


def _claim(signs: Signs, claim: Claim, sure: Mapping[str, float]) -> Claim:
    right = model("claim").of(signs.of_claim(claim))
    for about in (claim.subject, claim.object):
        if isinstance(about, str):
            right *= sure.get(about, 1.0)
    return replace(claim, confidence=round(right, 2))
