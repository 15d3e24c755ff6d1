#!/usr/bin/env python3
"""How far a second reader agrees with the source of a graph.

    agreement.py [FOLDER]      # a table of the readings in FOLDER (second/) and what the two read differently

A second reader sees the bare text, and writes the main facts into `second/ID.txt` before seeing the first reading:

    event TRIGGER | TYPE | STATUS                    claim SUBJECT | PREDICATE | OBJECT | STATUS

TRIGGER, SUBJECT and OBJECT are words of the text (`told#2` is the second `told`); an OBJECT may be a literal or a
number. An event agrees if the source has one at these words, with a type that is right or above or below a right one,
and a right status. A claim agrees if the source has it (or what follows from it) between the things so named.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from compile import compile_source, lineage  # noqa: E402
from score import BOTH_WAYS  # noqa: E402

Row = dict[str, Any]

#: What may stand before a mention and is no part of it.
BEFORE = re.compile(r"(?:the|an?|his|her|its|their) ", re.IGNORECASE)


def spot(text: str, words: str) -> list[int]:
    """Start and end of the words, or of their N-th standing (`words#N`)."""
    words, _, which = words.partition("#")
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(found) < int(which or 1):
        raise SystemExit(f"agreement: {words!r} does not stand {which or 1} times in the text")
    return list(found[int(which or 1) - 1])


def accepted(row: Row, key: str) -> list[Any]:
    return [row[key], *row.get(f"{key}_ok", [])]


def same_type(said: str, right: list[str]) -> bool:
    return any(said in lineage(r) or r in lineage(said) for r in right)


def event_agrees(doc: Row, fields: list[str]) -> bool:
    """Whether the source has such an event at these words."""
    start, end = spot(doc["text"], fields[0])
    there = [e for e in doc["events"] if any(a < end and start < b for a, b in e["triggers"])]
    return any(same_type(fields[1], accepted(e, "type")) and fields[2] in accepted(e, "status") for e in there)


def named(node: Row, words: str, text: str) -> bool:
    """Whether a mention, trigger or the label of a node is these words, or holds them."""
    spans = [*node.get("mentions", []), *node.get("mentions_optional", []), *node.get("triggers", [])]
    words = BEFORE.sub("", words, count=1) if BEFORE.match(words) else words
    known = [text[m[0] : m[1]] for m in spans] + [node.get("label", "")]
    return any(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", k, re.IGNORECASE) for k in known)


def meant(doc: Row, nodes: dict[str, Row], value: Any, words: str) -> bool:
    """Whether a filler of a claim is what the words say."""
    if isinstance(value, str):
        return named(nodes[value], words, doc["text"])
    held = str(value.get("value"))
    return held == words or words.lower() in held.lower()


def claim_agrees(doc: Row, fields: list[str]) -> bool:
    """Whether the source has the claim, or one that it follows from."""
    subject, predicate, thing, status = fields
    nodes = {n["id"]: n for n in [*doc["entities"], *doc["events"]]}
    ends = [(subject, thing), *([(thing, subject)] if predicate in BOTH_WAYS else [])]
    return any(
        predicate in accepted(c, "predicate")
        and status in accepted(c, "status")
        and any(meant(doc, nodes, s, a) for s in accepted(c, "subject"))
        and any(meant(doc, nodes, o, b) for o in accepted(c, "object"))
        for c in doc["claims"]
        for a, b in ends
    )


def compared(doc: Row, reading: str) -> tuple[Counter[str], list[str]]:
    """Counts of what was read and what agrees, and the lines that do not."""
    counts: Counter[str] = Counter()
    apart = []
    for line in filter(None, map(str.strip, reading.splitlines())):
        kind, _, rest = line.partition(" ")
        fields = [field.strip() for field in rest.split("|")]
        agrees = (event_agrees if kind == "event" else claim_agrees)(doc, fields)
        counts[kind] += 1
        counts[f"{kind} agrees"] += agrees
        if not agrees:
            apart.append(line)
    return counts, apart


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "second"
    total: Counter[str] = Counter()
    print("| text | events agree | claims agree |\n| --- | --- | --- |")
    different = []
    for path in sorted(folder.glob("*.txt")):
        doc = compile_source(HERE / "source" / f"{path.stem}.gold")["doc"]
        counts, apart = compared(doc, path.read_text(encoding="utf-8"))
        total += counts
        different += [f"{path.stem}: {line}" for line in apart]
        print(f"| {path.stem} | {shown(counts, 'event')} | {shown(counts, 'claim')} |")
    print(f"| all | {shown(total, 'event')} | {shown(total, 'claim')} |")
    print("\n".join(["", *different]))


def shown(counts: Counter[str], kind: str) -> str:
    of = counts[kind]
    return f"{counts[f'{kind} agrees']} of {of} ({100 * counts[f'{kind} agrees'] / of:.0f} %)" if of else "–"


if __name__ == "__main__":
    main()
