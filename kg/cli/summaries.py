"""What people see of a reading: the summary of an article, and its explanation sentence by sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from kg.cli.reasons import reasons
from kg.cli.terminal import counted, printable, silence
from kg.model import Attribution, Claim, Entity, Event, Filler, Parse, Quantity, Reading, Sentence, Standing, Value
from kg.structure import placed

#: At most so many lines under each heading of a summary; the rest is counted.
MOST = 8


def summary(reading: Reading, is_place: dict[str, bool], *, talk: bool = False) -> None:
    """Who, where, what happened, who says what. `is_place` tells for a type whether it is one of places."""
    try:
        print(
            "\n".join(printable(line) for line in lines_of(reading, is_place)),
            file=sys.stderr if talk else sys.stdout,
            flush=True,
        )
    except BrokenPipeError:  # who listened has gone, as `head` does: the work goes on
        silence()


def explanation(parse: Parse, reading: Reading, silent: bool = False) -> None:
    """Sentence by sentence what each stage saw; with `silent` only the sentences that gave no claim."""
    labels = {e.id: e.label for e in reading.entities} | {v.id: f"“{v.label}”" for v in reading.events}
    parts = parse.view.parts if parse.view else ()
    parse = placed(parse)

    def inside(start: int, sentence: Sentence) -> bool:
        return sentence.start <= start < sentence.end

    if not silent:
        print(
            f"{parse.document.source}: {counted(len(parse.sentences), 'sentence')}, "
            f"{counted(len(parse.tokens), 'word')}, "
            f"{counted(len(parse.names), 'name')} seen by the annotator"
        )
        for part in parts:
            print(f"   {part.kind:10}{printable(' '.join(parse.quote((part.start, part.end)).split()))[:100]}")
    for s in parse.sentences:
        events = [v for v in reading.events if any(inside(a, s) for a, _ in v.triggers)]
        claims = [c for c in reading.claims if any(inside(e.start, s) for e in c.evidence)]
        if silent and (events or claims):
            continue
        lines = [f"name      {parse.quote((n.start, n.end))} ({n.label})" for n in parse.names if inside(n.start, s)]
        mentions = sorted(
            ((m, e) for e in reading.entities for m in e.mentions if inside(m.start, s)), key=lambda pair: pair[0].span
        )
        lines += [
            f"entity    {parse.quote(m.span)} → {e.label} ({e.type}, {m.kind}{f': {m.joined}' if m.joined else ''})"
            for m, e in mentions
        ]
        lines += [f"time      {t.text} → {t.value or 'unresolved'}" for t in reading.times if inside(t.start, s)]
        lines += [f"quantity  {_filler(q, labels)}" for q in reading.quantities if inside(q.start, s)]
        lines += [
            f"said      {_attribution(a, parse, labels)}"
            for a in reading.attributions
            if a.cue and inside(a.cue[0][0], s)
        ]
        for v in events:
            lines.append(f"event     [{_standing(v.standing, labels)}] {_event(v, labels)} ({v.rule})")
            lines += [f"  because {why}" for why in reasons(parse.document, reading.attributions, v.standing)]
        for c in claims:
            lines.append(f"claim     [{_standing(c.standing, labels)}] {_relation(c, labels)} ({c.evidence[0].rule})")
            lines += [f"  because {why}" for why in reasons(parse.document, reading.attributions, c.standing)]
        lines += [
            f"silent    {f'“{parse.tokens[x.token].text}”: ' if x.token is not None else ''}{x.reason}"
            for x in reading.silences
            if x.sentence == s.i
        ]
        print(f"\n{s.i + 1}. {printable(parse.quote((s.start, s.end)))}")
        for line in lines:
            print(f"   {printable(line)}")
        if not lines:
            print("   silent    nothing was seen here")


def lines_of(reading: Reading, is_place: dict[str, bool]) -> Iterable[str]:
    """The summary, line by line."""
    document, labels = (
        reading.document,
        {e.id: e.label for e in reading.entities} | {v.id: f"“{v.label}”" for v in reading.events},
    )
    words = len(document.text.split())
    yield f"{document.title or document.source}: {counted(words, 'word')}" + (
        f", {document.date}" if document.date else ", no date"
    )
    if not reading.entities:
        yield "  no name, place or person was found: the graph holds the document alone"
    named = [e for e in reading.entities if e.mentions]
    for heading, wanted in (("Who", False), ("Where", True)):
        found = sorted((e for e in named if is_place.get(e.type, False) is wanted), key=_prominence)
        if found:
            yield from _section(
                heading,
                [f"{e.label} ({e.type}{f', {len(e.mentions)}×' if len(e.mentions) > 1 else ''})" for e in found],
            )
    happened = sorted((v for v in reading.events if v.standing.status == "asserted"), key=lambda v: v.type == "Event")
    if happened:
        yield from _section("What happened", [_event(v, labels) for v in happened])
    facts = [c for c in reading.claims if c.standing.status == "asserted"]
    if facts:
        yield from _section("What is so", [_relation(c, labels) for c in facts])
    said = [(v.standing, _event(v, labels)) for v in reading.events if v.standing.status != "asserted"]
    said += [(c.standing, _relation(c, labels)) for c in reading.claims if c.standing.status != "asserted"]
    if said:
        yield from _section("Who says what", [f"{_standing(standing, labels)}: {line}" for standing, line in said])
    weak = len(said)
    yield (
        f"{counted(len(reading.entities), 'entity', 'entities')}, {counted(len(reading.events), 'event')}, "
        f"{counted(len(reading.claims), 'relation')}; {weak} of them not asserted; "
        f"{counted(len(reading.attributions), 'attribution')}"
    )


def _prominence(entity: Entity) -> tuple[bool, int, int]:
    """Those with a name first, then those spoken of most, then in order of the text."""
    return all(m.kind != "name" for m in entity.mentions), -len(entity.mentions), entity.mentions[0].start


def _section(heading: str, lines: Sequence[str]) -> Iterable[str]:
    yield f"{heading} ({len(lines)})"
    yield from (f"  {line}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"  … and {len(lines) - MOST} more"


def _event(event: Event, labels: dict[str, str]) -> str:
    roles = "; ".join(
        f"{role.name} {_filler(role.filler, labels)}"
        + (" (not)" if role.standing and role.standing.polarity == "negative" else "")
        for role in event.roles
    )
    when = f", {event.time.value or event.time.text}" if event.time else ""
    how_long = f", for {event.duration.text}" if event.duration else ""
    return f"{event.type} “{event.label}”{when}{how_long}{': ' + roles if roles else ''}"


def _attribution(said: Attribution, parse: Parse, labels: dict[str, str]) -> str:
    """`by Ana Ruiz, “said”: that it rained [reported]`"""
    source, cue, content = ("; ".join(map(parse.quote, spans)) for spans in (said.source, said.cue, said.content))
    return f"by {labels.get(said.source_entity or '', source or 'nobody named')}, “{cue}”: {content} [{said.status}]"


def _relation(claim: Claim, labels: dict[str, str]) -> str:
    """`Ana Ruiz holdsOffice Mayor of Porto (former)`"""
    held = f" ({claim.validity})" if claim.validity != "current" else ""
    return f"{labels.get(claim.subject, claim.subject)} {claim.predicate} {_filler(claim.object, labels)}{held}"


def _standing(standing: Standing, labels: dict[str, str]) -> str:
    by = f" by {labels.get(standing.claimed_by, standing.claimed_by)}" if standing.claimed_by else ""
    via = f" (via {labels.get(standing.via, standing.via)})" if standing.via else ""
    return f"{standing.status}{', that not' if standing.polarity == 'negative' else ''}{by}{via}"


def _filler(filler: Filler, labels: dict[str, str]) -> str:
    if isinstance(filler, Value):
        return filler.value
    if isinstance(filler, Quantity):
        size = f"{filler.value:,}" if filler.value is not None else f"{filler.min}–{filler.max}"
        return " ".join(str(part) for part in (filler.modifier, size, filler.unit, filler.of) if part)
    return labels.get(filler, filler)
