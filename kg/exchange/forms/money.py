"""FollowTheMoney, the model of Aleph, OpenAleph and OpenSanctions: entities as JSON, one a line.

Only what the articles themselves assert becomes an entity, a property or a link (`Claim.firm`); every other claim
becomes a Note that opens with its status and its speaker and holds the quote. Whom only a plan or an allegation names,
and no name, is in no line of its own. Ids are SHA-1 of the IRIs, so that the same thing has the same id in every
export; things that review has joined are one entity.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from kg.exchange.records import Claim, Event, Quote, Records, Thing
from kg.exchange.tables import named, period

__all__ = ["entities", "write_money"]

Line = dict[str, Any]
Values = Mapping[str, Iterable[str]]

#: Our classes → schemata, the first that fits.
SCHEMATA = (
    ("Person", "Person"),
    ("Group", "LegalEntity"),
    ("GovernmentBody", "PublicBody"),
    ("IntergovernmentalOrganization", "PublicBody"),
    ("Company", "Company"),
    ("Organization", "Organization"),
    ("Place", "Address"),
    ("Office", "Position"),
    ("Vehicle", "Vehicle"),
    ("Program", "Project"),
)
#: What each schema counts as, of those that ends of links ask for.
COUNTS_AS = {
    "Person": ("Person", "LegalEntity", "Thing"),
    "LegalEntity": ("LegalEntity", "Thing"),
    "PublicBody": ("Organization", "LegalEntity", "Thing"),
    "Organization": ("Organization", "LegalEntity", "Thing"),
    "Company": ("Company", "Asset", "Organization", "LegalEntity", "Thing"),
    "Address": ("Address", "Thing"),
    "Position": ("Position", "Thing"),
    "Vehicle": ("Vehicle", "Asset", "Thing"),
    "Project": ("Project", "Thing"),
    "Event": ("Event", "Thing"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A property of ours as a link: its schema, its ends with what they must count as, and the word for it."""

    schema: str
    source: tuple[str, str]
    target: tuple[str, str]
    word: str = ""  # the property that holds what kind of link it is


_FAMILY = Link("Family", ("person", "Person"), ("relative", "Person"), "relationship")
_AGENT = Link("Representation", ("agent", "LegalEntity"), ("client", "LegalEntity"), "role")
_MEMBER = Link("Membership", ("member", "LegalEntity"), ("organization", "Organization"))
_HEAD = Link("Directorship", ("director", "LegalEntity"), ("organization", "Organization"), "role")
_OTHER = Link("UnknownLink", ("subject", "Thing"), ("object", "Thing"), "role")
LINKS = {
    "holdsOffice": Link("Occupancy", ("holder", "Person"), ("post", "Position")),
    "memberOf": _MEMBER,
    "employedBy": Link("Employment", ("employee", "Person"), ("employer", "Organization")),
    "headOf": _HEAD,
    "represents": _AGENT,
    "spokespersonFor": _AGENT,
    **dict.fromkeys(("spouseOf", "partnerOf", "parentOf", "siblingOf", "relativeOf"), _FAMILY),
}
_OWNED = Link("Ownership", ("asset", "Asset"), ("owner", "LegalEntity"))
#: Properties of the subject that a firm, current claim fills: of ours → (schema it must count as, property, what of the
#: object).
FILLED: dict[str, tuple[str, str, str]] = {
    "citizenOf": ("Person", "nationality", "country"),
    "bornIn": ("Person", "birthPlace", "label"),
    "educatedAt": ("Person", "education", "label"),
    "occupation": ("Person", "profession", "label"),
    "foundedOn": ("LegalEntity", "incorporationDate", "date"),
    "basedIn": ("LegalEntity", "country", "country"),
    "officeOf": ("Position", "country", "country"),
    "locatedIn": ("Address", "country", "country"),
}
#: Events whose agents bring them about for others.
_ORGANIZED = ("Ceremony", "Protest", "Operation", "Launch", "Opening")
_CASES = ("Lawsuit", "Charge", "Trial", "Ruling", "Sentencing", "Appeal")
_PARTIES = ("agent", "patient", "recipient", "participant")


def write_money(records: Records, out: BinaryIO) -> int:
    """All lines; how many they are."""
    count = 0
    for line in entities(records):
        out.write(json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")
        count += 1
    return count


def entities(records: Records) -> Iterator[Line]:
    """The entities: articles, then things, links and events, then notes and mentions."""
    return _Money.of(records).lines()


@dataclass
class _Money:
    r: Records
    ids: dict[str, str]  # IRI of a thing or an event → id of its entity
    schema: dict[str, str]  # id → its schema
    joined: dict[str, list[str]]  # id → IRIs of the things that are this entity
    filled: dict[str, dict[str, dict[str, None]]] = field(default_factory=dict)  # id → property → values
    proofs: dict[str, dict[str, None]] = field(default_factory=dict)  # id → articles

    @classmethod
    def of(cls, r: Records) -> _Money:
        firm = {node for c in r.claims if c.firm for node in (c.subject, c.object)}
        wanted = {t.id: s for t in r.things.values() if (s := _schema(r, t)) and (t.id in firm or named(t))}
        first = _canonical(r, wanted)
        ids = {iri: identifier(first[iri]) for iri in wanted}
        joined: dict[str, list[str]] = {}
        for iri, id in ids.items():
            joined.setdefault(id, []).append(iri)
        schema = {ids[iri]: wanted[first[iri]] for iri in wanted}
        for event in r.events.values():
            if event.firm and _event_schema(r, event, ids, schema) in ("Event", "Trip"):
                ids[event.id] = identifier(event.id)
                schema[ids[event.id]] = "Event"
        return cls(r, ids, schema, joined)

    def lines(self) -> Iterator[Line]:
        for claim in self.claims():
            if claim.firm:
                self.fill(claim)
        yield from self.articles()
        yield from (self.thing(id, map(self.r.things.__getitem__, iris)) for id, iris in self.joined.items())
        yield from (made for claim in self.claims() if claim.firm and (made := self.link(claim)))
        yield from (line for event in self.r.events.values() for line in self.event(event))
        for claim in self.claims():
            if not claim.firm or not self.fill(claim) and not self.link(claim):
                yield self.note(claim)
        yield from self.mentions()

    def claims(self) -> Iterator[Claim]:
        """Those that are not told with an event."""
        return (claim for claim in self.r.claims if claim.subject not in self.r.events)

    # -------------------------------------------------------------- nodes

    def articles(self) -> Iterator[Line]:
        for a in self.r.articles.values():
            yield made(
                "Article",
                identifier(a.id),
                title=[a.title or a.label],
                name=[a.title or a.label],
                fileName=[f"{a.identifier or a.label}.txt"],
                sourceUrl=[a.url],
                publishedAt=[a.date],
                modifiedAt=[a.modified],
                publisher=[a.publisher],
                author=[a.author],
                language=[a.language.partition("-")[0]],
                bodyText=[a.text],
                mimeType=["text/plain"],
            )

    def thing(self, id: str, joined: Iterable[Thing]) -> Line:
        """One entity of all that it was called and all that fills its properties."""
        schema, things = self.schema[id], list(joined)
        names = list(dict.fromkeys(t.label for t in things))
        values: dict[str, Iterable[str]] = {
            "name": names[:1],
            "alias": dict.fromkeys([*names[1:], *(alias for t in things for alias in t.aliases)]),
            "wikidataId": [s.rpartition("/")[2] for t in things for s in t.same_as if "wikidata.org/entity/" in s],
            **self.filled.get(id, {}),
        }
        if schema == "Address":
            values["full"] = names[:1]
            own = [t.values["country"].lower() for t in things if "country" in t.values]
            values["country"] = dict.fromkeys([*own, *values.get("country", ())])
            for place in ("latitude", "longitude"):
                values[place] = [t.values[place] for t in things if place in t.values][:1]
        quotes = [q for t in things for q in t.mentions]
        return made(schema, id, **values, **self.where(quotes, self.proofs.get(id, ())))

    def where(self, quotes: Iterable[Quote], more: Iterable[str] = ()) -> dict[str, list[str]]:
        """Where something is told: the articles, their addresses and publishers."""
        articles = dict.fromkeys([*(q.article for q in quotes), *more])
        known = [self.r.articles[a] for a in articles if a in self.r.articles]
        return {
            "proof": [identifier(a.id) for a in known],
            "sourceUrl": [a.url for a in known],
            "publisher": [a.publisher for a in known],
        }

    # -------------------------------------------------------------- claims

    def fits(self, node: str, kind: str) -> bool:
        return kind in COUNTS_AS.get(self.schema.get(self.ids.get(node, ""), ""), ())

    def fill(self, claim: Claim) -> bool:
        """Fill a property of the subject's entity; whether there is one for this claim."""
        kind, property, what = FILLED.get(claim.predicate, ("", "", ""))
        if not kind or claim.validity != "current" or not self.fits(claim.subject, kind):
            return False
        thing = self.r.things.get(claim.object)
        if what == "country":
            value = thing.values.get("country", "").lower() if thing else ""
        elif what == "date":
            value = (period(thing)[0] or "") if thing else claim.object if claim.datatype.startswith("xsd:") else ""
        else:
            value = self.r.label(claim.object, claim.datatype)
        if value:
            id = self.ids[claim.subject]
            self.filled.setdefault(id, {}).setdefault(property, {})[value] = None
            self.proofs.setdefault(id, {}).update(dict.fromkeys(q.article for q in claim.quotes))
        return bool(value)

    def link(self, claim: Claim) -> Line | None:
        """The link that a firm claim makes between two entities."""
        link = LINKS.get(claim.predicate, _OTHER)
        if claim.predicate == "ownedBy":
            link = _OWNED
        if not (self.fits(claim.subject, link.source[1]) and self.fits(claim.object, link.target[1])):
            link = _OTHER
        if not (self.fits(claim.subject, "Thing") and self.fits(claim.object, "Thing")):
            return None
        values: dict[str, list[str]] = {
            link.source[0]: [self.ids[claim.subject]],
            link.target[0]: [self.ids[claim.object]],
            "summary": [q.words for q in claim.quotes],
            "recordId": [claim.id],
            "modifiedAt": [max((self.r.articles[q.article].date for q in claim.quotes), default="")],
        }
        if link.word:
            values[link.word] = [_spaced(claim.predicate)]
        if link.schema == "Occupancy" or link.schema in ("Membership", "Employment", "Directorship", "UnknownLink"):
            values["status"] = [claim.validity]
        elif claim.validity != "current":
            values["description"] = [claim.validity]
        return made(link.schema, identifier(claim.id), **values, **self.where(claim.quotes))

    def note(self, claim: Claim, about: Iterable[str] = ()) -> Line:
        """What is claimed, and how: never without its status."""
        nodes = [*about, claim.subject, claim.object, claim.speaker, claim.via]
        return made(
            "Note",
            identifier("note " + claim.id),
            name=[f"{self.r.standing(claim)}: {self.r.sentence(claim)}"],
            description=[f"“{q.words}”" for q in claim.quotes],
            keywords=[claim.status, claim.predicate],
            entity=dict.fromkeys(self.ids[n] for n in nodes if n in self.ids),
            **self.where(claim.quotes),
        )

    def mentions(self) -> Iterator[Line]:
        """Each place where somebody is named; `span` beside the properties has its code points in the text."""
        for iri, id in self.ids.items():
            if iri in self.r.events or not self.fits(iri, "LegalEntity"):
                continue
            for q in self.r.things[iri].mentions:
                if q.article in self.r.articles:
                    yield {
                        **made(
                            "Mention",
                            identifier(f"mention {q.id} {iri}"),
                            document=[identifier(q.article)],
                            name=[q.words],
                            resolved=[id],
                            detectedSchema=[self.schema[id]],
                        ),
                        "span": [q.start, q.end],
                    }

    # -------------------------------------------------------------- events

    def event(self, event: Event) -> Iterator[Line]:
        """The entity of an event that happened, and notes of all that is only claimed of it."""
        firm = [role for role in event.roles if event.firm and event.as_firm(role)]
        if event.firm:
            yield from getattr(self, _MADE_BY.get(_event_schema(self.r, event, self.ids, self.schema), "happening"))(
                event
            )
        elif event.typed:
            yield self.unsure(event)
        for role in event.roles:
            if role not in firm and (event.firm or not event.as_firm(role)):
                yield self.note(role, [event.id])

    def unsure(self, event: Event) -> Line:
        """One note of an event that is not vouched for, with those of its roles that stand as it does."""
        claim = event.typed
        assert claim is not None
        roles = [role for role in event.roles if event.as_firm(role)]
        said = "; ".join(f"{role.predicate} {self.r.label(role.object, role.datatype)}" for role in roles)
        nodes = [*(role.object for role in roles), claim.speaker, claim.via]
        return made(
            "Note",
            identifier("note " + claim.id),
            name=[f"{self.r.standing(claim)}: {event.type} “{event.label}”" + (f" ({said})" if said else "")],
            description=dict.fromkeys(f"“{q.words}”" for c in (claim, *roles) for q in c.quotes),
            keywords=[claim.status, event.type],
            entity=dict.fromkeys(self.ids[n] for n in nodes if n in self.ids),
            **self.where(event.quotes),
        )

    def told(self, event: Event, *roles: str, kind: str = "LegalEntity") -> list[str]:
        return [self.ids[c.object] for c in event.told(*roles) if self.fits(c.object, kind)]

    def dated(self, event: Event) -> dict[str, list[str]]:
        begins, ends = period(self.r.time_of(event))
        if begins == ends:
            return {"date": [begins or ""]}
        return {"startDate": [begins or ""], "endDate": [ends or ""]}

    def names(self, event: Event) -> str:
        """An event by its words and those in it: "met: Ana Ruiz, Ivo Maric"."""
        who = dict.fromkeys(self.r.label(c.object, c.datatype) for c in event.told(*_PARTIES))
        return f"{event.label}: {', '.join(who)}" if who else event.label

    def happening(self, event: Event, schema: str = "Event", **more: Iterable[str]) -> Iterator[Line]:
        agents, places = self.told(event, "agent"), list(event.told("place", "destination", "origin"))
        organized = any(self.r.is_a(event.type, kind) for kind in _ORGANIZED)
        yield made(
            schema,
            self.ids[event.id],
            name=[self.names(event)],
            summary=[event.passage.words] if event.passage else (),
            keywords=[event.type],
            involved=dict.fromkeys([*agents, *self.told(event, *_PARTIES[1:])]),
            organizer=agents if organized else (),
            location=dict.fromkeys(self.r.label(c.object, c.datatype) for c in places),
            addressEntity=dict.fromkeys(self.ids[c.object] for c in places if self.fits(c.object, "Address")),
            notes=[
                f"{c.predicate}: {self.r.label(c.object, c.datatype)}"
                for c in event.roles
                if event.as_firm(c) and c.predicate not in (*_PARTIES, "place", "destination", "origin", "time")
            ],
            **self.dated(event),
            **more,
            **self.where(event.quotes),
        )

    def trip(self, event: Event) -> Iterator[Line]:
        start, end = (
            self.told(event, "origin", kind="Address"),
            self.told(event, "destination", "place", kind="Address"),
        )
        yield from self.happening(event, "Trip", startLocation=start, endLocation=end)

    def case(self, event: Event) -> Iterator[Line]:
        id, (begins, _) = identifier(event.id), period(self.r.time_of(event))
        closing = event.type in ("Ruling", "Sentencing")
        yield made(
            "CourtCase",
            id,
            name=[self.names(event)],
            category=[event.type],
            summary=[event.passage.words] if event.passage else (),
            description=[f"charge: {self.r.label(c.object, c.datatype)}" for c in event.told("charge")],
            court=[
                self.r.label(c.object) for c in event.told("agent") if self.r.is_a(self.r.type_of(c.object), "Court")
            ],
            closeDate=[begins or ""] if closing else (),
            fileDate=[begins or ""] if event.type in ("Lawsuit", "Charge") else (),
            **self.where(event.quotes),
        )
        for role in event.told(*_PARTIES[:3]):
            if self.fits(role.object, "LegalEntity"):
                yield made(
                    "CourtCaseParty",
                    identifier("party " + role.id),
                    case=[id],
                    party=[self.ids[role.object]],
                    role=[role.predicate],
                    **self.where(role.quotes),
                )

    def sanction(self, event: Event) -> Iterator[Line]:
        for role in event.told("patient"):
            if self.fits(role.object, "Thing"):
                yield made(
                    "Sanction",
                    identifier("sanction " + role.id),
                    entity=[self.ids[role.object]],
                    authority=[self.r.label(c.object) for c in event.told("agent")],
                    reason=[self.r.label(c.object, c.datatype) for c in event.told("topic", "charge")],
                    summary=[event.passage.words] if event.passage else (),
                    **self.dated(event),
                    **self.where(role.quotes),
                )

    def payment(self, event: Event) -> Iterator[Line]:
        sums = [self.r.things[c.object].values for c in event.told("amount") if c.object in self.r.things]
        yield made(
            "Payment",
            identifier(event.id),
            payer=self.told(event, "agent"),
            beneficiary=self.told(event, "recipient"),
            purpose=[self.r.label(c.object, c.datatype) for c in event.told("topic", "patient")],
            amount=[s["value"] for s in sums if "value" in s],
            currency=[s["unit"] for s in sums if "unit" in s],
            summary=[event.passage.words] if event.passage else (),
            **self.dated(event),
            **self.where(event.quotes),
        )


_MADE_BY = {"Trip": "trip", "CourtCase": "case", "Sanction": "sanction", "Payment": "payment"}


def _event_schema(r: Records, event: Event, ids: Mapping[str, str], schema: Mapping[str, str]) -> str:
    """The schema of an event that happened: the telling one where all that it needs is known."""

    def has(kind: str, *roles: str) -> bool:
        return any(kind in COUNTS_AS.get(schema.get(ids.get(c.object, ""), ""), ()) for c in event.told(*roles))

    if r.is_a(event.type, "Movement") and has("Address", "origin") and has("Address", "destination", "place"):
        return "Trip"
    if any(r.is_a(event.type, kind) for kind in _CASES):
        return "CourtCase"
    if r.is_a(event.type, "Sanction") and has("Thing", "patient"):
        return "Sanction"
    paid = any(r.is_a(event.type, kind) for kind in ("Payment", "Giving"))
    return "Payment" if paid and has("LegalEntity", "agent") and has("LegalEntity", "recipient") else "Event"


def _schema(r: Records, thing: Thing) -> str:
    return next((schema for type, schema in SCHEMATA if r.is_a(thing.type, type)), "")


def _canonical(r: Records, wanted: Mapping[str, str]) -> dict[str, str]:
    """Of each thing the first of those that review has joined with it, among things of the same schema."""
    first = {iri: iri for iri in wanted}

    def top(iri: str) -> str:
        while first[iri] != iri:
            iri = first[iri]
        return iri

    for iri in sorted(wanted):
        for other in r.things[iri].same_as:
            if wanted.get(other) == wanted[iri]:
                low, high = sorted((top(iri), top(other)))
                first[high] = low
    return {iri: top(iri) for iri in wanted}


def identifier(iri: str) -> str:
    """A stable id."""
    return hashlib.sha1(iri.encode(), usedforsecurity=False).hexdigest()


def made(schema: str, id: str, **values: Iterable[str]) -> Line:
    """An entity with those of its properties that have values."""
    properties = {name: [v for v in dict.fromkeys(told) if v] for name, told in values.items()}
    return {"id": id, "schema": schema, "properties": {name: told for name, told in properties.items() if told}}


def _spaced(name: str) -> str:
    """`headOfStateOf` as words."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name)
