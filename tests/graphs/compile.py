#!/usr/bin/env python3
"""Turn the hand-written sources of the gold graphs into the annotation form.

    compile.py                 # rewrites dev.jsonl, held.jsonl and the sample articles from source/
    compile.py FILE.gold       # one source to standard output, for a look

A source has five parts, separated by lines of three dashes:

1. head: `id`, `date`, `set` (dev or held), and `sample` where the text also stands in samples/.
2. text with marks. A mark is `{LABELS words}`; marks nest. Labels, joined by commas:
   `ana.n` `ana.m` `ana.p` a name, nominal or pronoun of entity `ana`; with `?` after it neither asked for nor punished
   `ana.t President| Ana Ruiz` a title and a name: the name is the mention, the title an optional nominal
                             (`ana.t/office` makes it an optional mention of the office, too)
   `!visit` a trigger of event `visit`, in order of the text `=1s` `=1c` `=1q` source, cue and content of attribution 1
   `@when` a stretch to point at (time, duration, evidence) Inside a mention `<` and `>` bound the span asked for where
   the mark is wider, `^` is another start that is right too.
3. entities: `id Type|other "label" [opt]`
4. events: `id Type|other role=filler|role=other ?role=filler status=… by=… time=@when:VALUE dur=@long:P7M
polarity=negative same=id opt`
5. claims: `subject predicate object status=… validity=… by=… ev=@words opt`, then `attribution N opt` lines (such a one may lack its cue).
   Fillers: an id, `~words` or `~2023` (a literal), `#value;unit;of;modifier;from` (a quantity; `low..high` for a
   range). `|` gives further right answers everywhere. A value ending in `!` needs no anchor.

What follows from a claim (headOfStateOf: officialOf …) is added as `implied`: neither asked for nor punished.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "scorer"), str(HERE.parent.parent)]
from score import TYPE_PARENT, lineage  # noqa: E402

from kg import vocabulary  # noqa: E402

Row = dict[str, Any]

ROLES = set("agent patient recipient instrument topic place origin destination amount charge nonParticipant".split())
STATUSES = set("asserted negated reported planned requested alleged hypothetical denied".split())
#: predicate → what may be its subject, what may be its object (None: a literal or quantity)
PREDICATES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys("citizenOf residesIn bornIn originatesFrom".split(), ("Agent", "Place")),
    **dict.fromkeys(
        "educatedAt employedBy affiliatedWith represents headOf officialOf spokespersonFor ministerOf founderOf".split(),
        ("Agent", "Entity"),
    ),
    "memberOf": ("Entity", "Entity"),  # a country is a member, too
    "holdsOffice": ("Agent", "Office"),
    "officeOf": ("Office", "Entity"),
    **dict.fromkeys("headOfStateOf headOfGovernmentOf".split(), ("Agent", "Entity")),
    **dict.fromkeys("spouseOf partnerOf parentOf siblingOf relativeOf".split(), ("Agent", "Agent")),
    **dict.fromkeys("locatedIn near basedIn partOf ownedBy agencyOf opponentOf".split(), ("Entity", "Entity")),
    **dict.fromkeys("occupation openedOn foundedOn age quantity distance".split(), ("Entity", None)),
    **dict.fromkeys("before causedBy partOfEvent".split(), ("Event", "Event")),
}
_POST = "officialOf headOf memberOf employedBy affiliatedWith represents".split()
IMPLIED: dict[str, list[str]] = {
    "locatedIn": ["partOf", "basedIn"],
    "basedIn": ["locatedIn", "partOf", "originatesFrom", "residesIn"],
    "partOf": ["locatedIn", "affiliatedWith", "memberOf"],
    "agencyOf": ["partOf", "basedIn", "locatedIn", "affiliatedWith", "represents"],
    "headOfStateOf": [*_POST, "ministerOf", "headOfGovernmentOf"],
    "headOfGovernmentOf": [*_POST, "ministerOf", "headOfStateOf"],
    "ministerOf": _POST,
    "spokespersonFor": _POST,
    "headOf": [*_POST, "ministerOf"],
    "officialOf": _POST,
    "employedBy": ["memberOf", "affiliatedWith", "officialOf"],
    "memberOf": ["affiliatedWith", "employedBy"],
    "represents": ["affiliatedWith", "employedBy", "memberOf"],
    "founderOf": ["affiliatedWith"],
    "spouseOf": ["partnerOf", "relativeOf"],
    "parentOf": ["relativeOf"],
    "siblingOf": ["relativeOf"],
    "residesIn": ["originatesFrom", "locatedIn"],
    "bornIn": ["originatesFrom"],
    "citizenOf": ["originatesFrom", "residesIn"],
    "ownedBy": ["partOf", "affiliatedWith"],
    "holdsOffice": [],
    "near": [],
}
GROUNDED = {"locatedIn", "partOf"}  # followed through places: in a town, so in its country


class Wrong(SystemExit):
    """A fault of a source, with its file."""


# ------------------------------------------------------------------ the marked text


class Marked:
    """The bare text and what its marks point at."""

    def __init__(self, source: str, name: str) -> None:
        self.name, self.text = name, ""
        self.mentions: dict[str, list[Row]] = {}
        self.triggers: dict[str, list[list[int]]] = {}
        self.stretches: dict[str, list[int]] = {}
        self.said: dict[int, dict[str, list[list[int]]]] = {}
        open_marks: list[Row] = []
        at = 0
        while at < len(source):
            sign = source[at]
            if sign == "{":
                labels, space, _ = source[at + 1 :].partition(" ")
                open_marks.append({"labels": labels.split(","), "start": len(self.text), "cuts": {}})
                at += len(labels) + len(space) + 1
                continue
            if sign == "}":
                self._close(open_marks.pop())
            elif sign in "<>^|":
                open_marks[-1]["cuts"].setdefault(sign, []).append(len(self.text))
            else:
                self.text += sign
            at += 1
        if open_marks:
            raise Wrong(f"{name}: the mark {open_marks[-1]['labels']} is not closed")

    def _close(self, mark: Row) -> None:
        outer, cuts = [mark["start"], len(self.text)], mark["cuts"]
        if outer[0] >= outer[1] or self.text[outer[0]].isspace() or self.text[outer[1] - 1].isspace():
            raise Wrong(
                f"{self.name}: the mark {mark['labels']} has space at its edge: {self.text[outer[0] : outer[1]]!r}"
            )
        main = [cuts.get("<", [outer[0]])[0], cuts.get(">", [outer[1]])[0]]
        for label in mark["labels"]:
            if label.startswith("!"):
                self.triggers.setdefault(label[1:], []).append(main)
            elif label.startswith("@"):
                if label[1:] in self.stretches:
                    raise Wrong(f"{self.name}: the stretch {label} stands twice")
                self.stretches[label[1:]] = main
            elif label.startswith("="):
                self.said.setdefault(int(label[1:-1]), {}).setdefault(label[-1], []).append(main)
            elif match := re.fullmatch(r"(\w+)\.([nmpt])(?:/(\w+))?(\??)", label):
                entity, kind, office, optional = match.groups()
                self._mention(entity, kind, office, bool(optional), outer, main, cuts)
            else:
                raise Wrong(f"{self.name}: unknown label {label!r}")

    def _mention(
        self, entity: str, kind: str, office: str | None, optional: bool, outer: list[int], main: list[int], cuts: Row
    ) -> None:
        say = self.mentions.setdefault(entity, [])
        if kind == "t":
            cut = cuts["|"][0]
            name = [cut + (self.text[cut] == " "), outer[1]]
            title = [outer[0], cut]
            say.append({"span": name, "kind": "name", "ok": [outer], "optional": optional})
            say.append({"span": title, "kind": "nominal", "ok": [], "optional": True})
            if office:
                self.mentions.setdefault(office, []).append(
                    {"span": title, "kind": "nominal", "ok": [], "optional": True}
                )
            return
        starts, ends = [outer[0], main[0], *cuts.get("^", [])], [main[1], outer[1]]
        ok = [[a, b] for a in dict.fromkeys(starts) for b in dict.fromkeys(ends) if [a, b] != main]
        say.append(
            {"span": main, "kind": {"n": "name", "m": "nominal", "p": "pronoun"}[kind], "ok": ok, "optional": optional}
        )

    def find(self, words: str) -> list[int]:
        """`@label`, or words that stand once in the text."""
        if words.startswith("@"):
            if words[1:] not in self.stretches:
                raise Wrong(f"{self.name}: no stretch {words}")
            return self.stretches[words[1:]]
        if self.text.count(words) != 1:
            raise Wrong(f"{self.name}: {words!r} stands {self.text.count(words)} times in the text")
        return [self.text.index(words), self.text.index(words) + len(words)]


# ------------------------------------------------------------------ values


def number(words: str) -> float | int | None:
    if not words:
        return None
    return float(words) if "." in words else int(words)


def filler(words: str) -> Any:
    """An id, `~literal` or `#quantity`."""
    if words.startswith("~"):
        value = words[1:]
        kind = next(
            (
                k
                for k, form in (("gYear", r"\d{4}"), ("gYearMonth", r"\d{4}-\d\d"), ("date", r"\d{4}-\d\d-\d\d"))
                if re.fullmatch(form, value)
            ),
            "string",
        )
        return {"value": value, "datatype": f"xsd:{kind}"}
    if words.startswith("#"):
        parts = [*words[1:].split(";"), "", "", "", ""][:5]
        low, dots, high = parts[0].partition("..")
        quantity: Row = {
            "value": None if dots else number(low),
            "min": number(low) if dots else None,
            "max": number(high) if dots else None,
            "unit": parts[1] or None,
            "of": parts[2] or None,
            "modifier": parts[3] or None,
        }
        return quantity | ({"from": parts[4]} if parts[4] else {})
    return words


def moment(marked: Marked, words: str, date: str) -> Row:
    """`@when:VALUE`: the stretch, its value and the anchor it needs."""
    label, _, value = words.partition(":")
    fixed = value.endswith("!")
    value = value.rstrip("!")
    return {
        "span": marked.find(label),
        "value": value or None,
        "anchor": None if fixed or not value or value.startswith("P") else date,
    }


def options(row: Row, key: str, words: str, read: Any = lambda x: x) -> None:
    """`a|b|c`: the first is the gold's own, the rest are right too. `-` stands for none."""
    first, *rest = [None if w == "-" else read(w) for w in words.split("|")]
    row[key] = first
    if rest:
        row[f"{key}_ok"] = rest


# ------------------------------------------------------------------ the parts


def read_entities(lines: list[str], marked: Marked) -> list[Row]:
    entities = []
    for line in lines:
        key, kinds, label, *flags = shlex.split(line)
        row: Row = {"id": key}
        options(row, "type", kinds)
        row["label"] = label
        said = marked.mentions.pop(key, [])
        asked = [m for m in said if not m["optional"]]
        row["mentions"] = [[*m["span"], m["kind"]] for m in asked]
        row["mentions_ok"] = [m["ok"] for m in asked]
        extra = [[*span, m["kind"]] for m in said if m["optional"] for span in (m["span"], *m["ok"])]
        row["mentions_optional"] = extra
        if "opt" in flags:
            row["optional"] = True
        if not said and row["type"] != "Office" and "opt" not in flags:
            raise Wrong(f"{marked.name}: entity {key} has no mention")
        entities.append(row)
    if marked.mentions:
        raise Wrong(f"{marked.name}: mentions of unknown entities {sorted(marked.mentions)}")
    return entities


def read_events(lines: list[str], marked: Marked, date: str) -> list[Row]:
    events = []
    for line in lines:
        key, kinds, *fields = shlex.split(line)
        if key not in marked.triggers:
            raise Wrong(f"{marked.name}: event {key} has no trigger")
        triggers = marked.triggers.pop(key)
        row: Row = {"id": key}
        options(row, "type", kinds)
        row |= {
            "trigger": triggers[0],
            "triggers": triggers,
            "status": "asserted",
            "claimedBy": None,
            "roles": [],
            "roles_ok": [],
            "time": None,
            "duration": None,
        }
        for item in fields:
            name, _, value = item.partition("=")
            if item == "opt":
                row["optional"] = True
            elif name == "status":
                options(row, "status", value)
            elif name == "by":
                options(row, "claimedBy", value)
            elif name in ("via", "polarity"):
                row[name] = value
            elif name == "same":
                row["same_as"] = value
            elif name in ("time", "time?"):
                row["time_optional" if name[-1] == "?" else "time"] = moment(marked, value, date)
            elif name == "dur":
                row["duration"] = moment(marked, value, date)
            else:
                pairs = [[r, filler(f)] for r, _, f in (w.partition("=") for w in item.lstrip("?").split("|"))]
                if strange := {r for r, _ in pairs} - ROLES:
                    raise Wrong(f"{marked.name}: event {key}: unknown role {strange}")
                if item.startswith("?"):
                    row.setdefault("roles_optional", []).extend(pairs)
                else:
                    row["roles"].append(pairs[0])
                    row["roles_ok"].append(pairs[1:])
        events.append(row)
    if marked.triggers:
        raise Wrong(f"{marked.name}: triggers of unknown events {sorted(marked.triggers)}")
    return events


def nearest(a: list[list[int]], b: list[list[int]], text: str) -> list[int] | None:
    """The smallest stretch of one paragraph that holds a mention of each."""
    spans = [[min(x[0], y[0]), max(x[1], y[1])] for x in a for y in b]
    spans = [s for s in spans if "\n" not in text[slice(*s)]]
    return min(spans, key=lambda s: (s[1] - s[0], s), default=None)


def read_claims(lines: list[str], marked: Marked, nodes: dict[str, Row]) -> list[Row]:
    claims: list[Row] = []
    spots = {
        k: [m[:2] for m in [*n.get("mentions", []), *n.get("mentions_optional", [])]] or n.get("triggers", [])
        for k, n in nodes.items()
    }
    for line in lines:
        subject, predicate, thing, *fields = shlex.split(line)
        if lost := [w for w in f"{subject}|{thing}".split("|") if w[0] not in "~#" and w not in nodes]:
            raise Wrong(f"{marked.name}: claim {predicate} names {lost[0]!r}")
        row: Row = {}
        options(row, "subject", subject)
        options(row, "predicate", predicate)
        options(row, "object", thing, filler)
        row |= {"status": "asserted", "validity": "current", "claimedBy": None}
        spot = None
        for item in fields:
            name, _, value = item.partition("=")
            if item == "opt":
                row["optional"] = True
            elif name in ("status", "validity"):
                options(row, name, value)
            elif name == "by":
                options(row, "claimedBy", value)
            elif name in ("via", "polarity"):
                row[name] = value
            elif name == "ev":
                spot = marked.find(value)
            else:
                raise Wrong(f"{marked.name}: unknown field {item!r} of a claim")
        if spot is None and isinstance(row["object"], str):
            spot = nearest(spots.get(row["subject"], []), spots.get(row["object"], []), marked.text)
        if spot is None:
            raise Wrong(f"{marked.name}: no evidence for {line}")
        row["evidence"] = [spot]
        claims.append(row)
    return claims + follow(claims)


def follow(claims: list[Row]) -> list[Row]:
    """What follows from the claims: broader and neighbouring properties, and places through places."""

    def made(claim: Row, predicate: str, thing: Any) -> Row:
        kept = {k: v for k, v in claim.items() if k not in ("predicate_ok", "object_ok", "subject_ok", "optional")}
        return kept | {"predicate": predicate, "object": thing, "optional": True, "implied": True}

    known = {(c["subject"], c["predicate"], str(c["object"])) for c in claims}
    found: list[Row] = []
    inside = {
        (c["subject"], c["object"]): c
        for c in claims
        if c["predicate"] in ("locatedIn", "basedIn", "agencyOf") and isinstance(c["object"], str)
    }
    steps = [(c, p, c["object"]) for c in claims for p in IMPLIED.get(c["predicate"], [])]
    for (low, middle), claim in inside.items():
        steps += [(claim, "locatedIn", top) for (lower, top) in inside if lower == middle]
    for claim, predicate, thing in steps:
        if (key := (claim["subject"], predicate, str(thing))) not in known:
            known.add(key)
            found.append(made(claim, predicate, thing))
    return found


def verify(doc: Row, name: str) -> None:
    """Types, predicates, references, statuses against what the graph may say."""
    nodes = {n["id"]: n for n in [*doc["entities"], *doc["events"]]}
    if twice := {e["id"] for e in doc["entities"]} & {v["id"] for v in doc["events"]}:
        raise Wrong(f"{name}: ids of an entity and an event: {sorted(twice)}")
    types = {*TYPE_PARENT, "Entity", *vocabulary.load().types}
    for node in nodes.values():
        if strange := {node["type"], *node.get("type_ok", [])} - types - {"Document"}:
            raise Wrong(f"{name}: {node['id']} has the unknown type {strange}")
    for event in doc["events"]:
        if "Event" not in lineage(event["type"]):
            raise Wrong(f"{name}: {event['id']} is no event")
        fillers = [
            f
            for _, f in [
                *event["roles"],
                *event.get("roles_optional", []),
                *(x for ok in event["roles_ok"] for x in ok),
            ]
        ]
        if lost := [
            f
            for f in [*fillers, event["claimedBy"], *event.get("claimedBy_ok", [])]
            if isinstance(f, str) and f not in nodes
        ]:
            raise Wrong(f"{name}: event {event['id']} names {lost}")
    for item in [*doc["events"], *doc["claims"]]:
        said = {item["status"], *item.get("status_ok", [])}
        if said - STATUSES:
            raise Wrong(f"{name}: unknown status {said - STATUSES}")
        if item.get("claimedBy") and item["status"] in ("asserted", "negated"):
            raise Wrong(f"{name}: {item} is {item['status']} yet has a source")
    for claim in doc["claims"]:
        if claim["predicate"] not in PREDICATES:
            raise Wrong(f"{name}: unknown predicate {claim['predicate']}")
        domain, reach = PREDICATES[claim["predicate"]]
        for end, kind in (("subject", domain), ("object", reach)):
            for value in [claim[end], *claim.get(f"{end}_ok", [])]:
                if not isinstance(value, str):
                    continue
                if value not in nodes:
                    raise Wrong(f"{name}: claim {claim['predicate']} names {value!r}")
                if (
                    kind
                    and not claim.get("implied")
                    and claim[end] == value
                    and kind not in [nodes[value]["type"], *lineage(nodes[value]["type"])]
                ):
                    if not (kind == "Entity" or (kind == "Place" and "Organization" in lineage(nodes[value]["type"]))):
                        raise Wrong(
                            f"{name}: {claim['subject']} {claim['predicate']} {claim['object']}: {value} is no {kind}"
                        )


def compile_source(path: Path) -> Row:
    """One source as a line of gold, with `set` and `sample` of its head."""
    head, body, *rest = path.read_text(encoding="utf-8").split("\n---\n")
    if len(rest) != 3:
        raise Wrong(f"{path.name}: five parts are wanted, there are {len(rest) + 2}")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    marked = Marked(body.strip("\n") + "\n", path.name)
    parts = [[x for x in part.splitlines() if x.strip() and not x.startswith("//")] for part in rest]
    entities = read_entities(parts[0], marked)
    events = read_events(parts[1], marked, fields["date"])
    nodes = {n["id"]: n for n in [*entities, *events]}
    claims = read_claims([x for x in parts[2] if not x.startswith("attribution ")], marked, nodes)
    free = {int(x.split()[1]) for x in parts[2] if x.startswith("attribution ")}
    attributions = []
    for key, said in sorted(marked.said.items()):
        if not said.get("q") or not (said.get("c") or key in free):
            raise Wrong(f"{path.name}: attribution {key} lacks its cue or its content")
        attributions.append(
            {"source": said.get("s", []), "cue": said.get("c", []), "content": said["q"]}
            | ({"optional": True} if key in free else {})
        )
    doc = {
        "id": fields["id"],
        "date": fields["date"],
        "text": marked.text,
        "entities": entities,
        "events": events,
        "claims": claims,
        "attributions": attributions,
    }
    verify(doc, path.name)
    return {"doc": doc, **fields}


def main(arguments: list[str]) -> None:
    sources = [Path(a) for a in arguments] or sorted((HERE / "source").glob("*.gold"))
    made = [compile_source(path) for path in sources]
    if arguments:
        for item in made:
            print(json.dumps(item["doc"], ensure_ascii=False))
        return
    for name in ("dev", "held"):
        lines = [json.dumps(m["doc"], ensure_ascii=False) + "\n" for m in made if m["set"] == name]
        if lines:
            (HERE / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    for item in made:
        if "sample" in item:
            (HERE.parent.parent / "samples" / item["sample"]).write_text(item["doc"]["text"], encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
