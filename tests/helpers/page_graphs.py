"""Graphs for the tests of the page, made here word by word, without the extractor: a readable sample of two articles,
a hostile one, and random ones of any size."""

from __future__ import annotations

import hashlib
import random

from rdflib import RDF, Dataset, Literal, Namespace, URIRef
from rdflib.namespace import PROV, RDFS, SKOS, XSD

KG = Namespace("https://w3id.org/article-kg/ontology#")
ID = Namespace("https://w3id.org/article-kg/id/")
SCHEMA = Namespace("https://schema.org/")
GEO = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")


def key(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:12]


class Article:
    """Builds one document's named graph from words and spans."""

    def __init__(self, dataset: Dataset, name: str, title: str, date: str, text: str) -> None:
        self.text, self.name, self.date = text, name, date
        self.iri = ID[f"document-{name}"]
        self.graph = dataset.graph(self.iri)
        self.say(self.iri, RDF.type, KG.Document)
        self.say(self.iri, SCHEMA.headline, Literal(title))
        self.say(self.iri, SCHEMA.datePublished, Literal(date, datatype=XSD.date))
        self.say(self.iri, SCHEMA.publisher, Literal("The Harbour Gazette"))
        self.say(self.iri, SCHEMA.articleBody, Literal(text))
        self.say(self.iri, KG.sha256, Literal(hashlib.sha256(text.encode()).hexdigest()))
        self.used: dict[str, int] = {}

    def say(self, *triple) -> None:
        self.graph.add(triple)

    def words(self, quote: str, nth: int = 0) -> URIRef:
        at = -1
        for _ in range(nth + 1):
            at = self.text.find(quote, at + 1)
            assert at >= 0, f"{quote!r} is not in {self.name}"
        return self.span(at, at + len(quote))

    def span(self, start: int, end: int, rule: str = "sample") -> URIRef:
        iri = ID[f"evidence-{self.name}-{start}-{end}"]
        self.say(iri, RDF.type, KG.Evidence)
        self.say(iri, KG.document, self.iri)
        self.say(iri, KG.start, Literal(start))
        self.say(iri, KG.end, Literal(end))
        self.say(iri, KG.quote, Literal(self.text[start:end]))
        self.say(iri, KG.rule, Literal(rule))
        return iri

    def thing(self, kind: str, label: str, *mentions: str) -> URIRef:
        iri = ID[f"{kind.lower()}-{key(label)}"]
        self.say(iri, RDF.type, KG[kind])
        self.say(iri, SKOS.prefLabel, Literal(label))
        for mention in mentions or (label,):
            at = self.text.find(mention)
            while at >= 0:
                self.say(iri, KG.evidence, self.span(at, at + len(mention), "name"))
                at = self.text.find(mention, at + 1)
            if mention != label:
                self.say(iri, SKOS.altLabel, Literal(mention))
        return iri

    def claim(
        self,
        subject,
        predicate,
        object_,
        quote: str,
        status="asserted",
        by=None,
        via=None,
        polarity="positive",
        validity="current",
        confidence=0.9,
        stated_in=None,
        nth=0,
    ) -> URIRef:
        iri = ID[f"claim-{key(subject, predicate, object_, status, by, via, polarity, validity)}"]
        for p, o in (
            (RDF.type, KG.Claim),
            (RDF.subject, subject),
            (RDF.predicate, predicate),
            (RDF.object, object_),
            (KG.status, KG[status]),
            (KG.polarity, KG[polarity]),
            (KG.validity, KG[validity]),
            (KG.origin, KG.extracted),
            (KG.fact, ID[f"fact-{key(subject, predicate, object_)}"]),
            (KG.evidence, self.words(quote, nth)),
            (KG.confidence, Literal(confidence, datatype=XSD.decimal)),
        ):
            self.say(iri, p, o)
        for p, o in ((KG.claimedBy, by), (KG.via, via), (KG.statedIn, stated_in)):
            if o is not None:
                self.say(iri, p, o)
        if (status, polarity, validity) == ("asserted", "positive", "current"):
            self.say(subject, predicate, object_)
        return iri

    def event(
        self, kind: str, trigger: str, quote: str, roles: dict, status="asserted", time=None, nth=0, **how
    ) -> URIRef:
        start = self.text.index(quote) + quote.index(trigger)
        iri = ID[f"event-{self.name}-{start}"]
        self.say(iri, RDFS.label, Literal(trigger))
        self.say(iri, KG.status, KG[status])
        self.say(iri, KG.evidence, self.span(start, start + len(trigger)))
        self.claim(iri, RDF.type, KG[kind], quote, status, **how)
        if status != "asserted":
            self.say(iri, RDF.type, KG.UnassertedEvent)
        for role, fillers in roles.items():
            for filler in fillers if isinstance(fillers, list) else [fillers]:
                self.claim(iri, KG[role], filler, quote, status, **how)
        if time:
            words, value, anchored = time
            node = ID[f"time-{key(words, value)}"]
            self.say(node, RDF.type, KG.Time)
            self.say(node, KG.words, Literal(words))
            if value:
                self.say(node, KG.value, Literal(value))
            if anchored:
                self.say(node, KG.anchor, Literal(self.date, datatype=XSD.date))
            self.claim(iri, KG.time, node, quote, status, **how)
        return iri


FIRST = """Flood wall in Aveiro divides a coast

AVEIRO, Portugal — Environment minister Helena Duarte visited Aveiro on Monday and promised a new flood wall by 2028. She met mayor Rui Salgado at the Vera Cruz School, where about 240 families slept after the storm in January.

Duarte, who was born in Coimbra and studied at the University of Porto, said the wall would cost 85 million euros. The engineering company Marnoto, based in Lisbon, will build it, according to the ministry.

The environmental group Open Lagoon, led by biologist Ines Catarino, accused Marnoto of bribing two officials. Prosecutors opened an investigation into the company last week. Marnoto denied paying anyone. "We have never given money to an official," its spokesman Tomas Beirao said.

Police arrested harbour director Paulo Veiga in Porto on Friday. He is suspected of accepting money from Marnoto. Salgado did not attend the ceremony in Lisbon where the contract was signed in December 2025.
"""

SECOND = """Harbour director released

PORTO, Portugal — A court in Porto released Paulo Veiga on Thursday. The judge, Marta Quintela, said there was no evidence that he had taken money.

Open Lagoon plans a protest in Lisbon on March 20. Ines Catarino asked the European Commission to review the contract. The commission sent a team to Aveiro in February, two people familiar with the matter said.

Duarte's Coastal Party won the election in Aveiro in 2025. If the wall is stopped, Marnoto could leave the country, Rui Salgado said.
"""


def sample() -> Dataset:
    """Two invented articles, some forty nodes; statuses of every kind, dates, places with coordinates."""
    data = Dataset(default_union=True)
    a = Article(data, "flood", "Flood wall in Aveiro divides a coast", "2026-03-03", FIRST)
    duarte = a.thing("Person", "Helena Duarte", "Helena Duarte", "Duarte")
    salgado = a.thing("Person", "Rui Salgado", "Rui Salgado", "Salgado")
    catarino, beirao = a.thing("Person", "Ines Catarino"), a.thing("Person", "Tomas Beirao")
    veiga = a.thing("Person", "Paulo Veiga")
    marnoto = a.thing("Company", "Marnoto")
    lagoon = a.thing("NonGovernmentalOrganization", "Open Lagoon")
    ministry = a.thing("GovernmentBody", "the ministry")
    police, prosecutors = a.thing("SecurityForce", "Police"), a.thing("GovernmentBody", "Prosecutors")
    university = a.thing("University", "University of Porto")
    aveiro, lisbon, porto = (a.thing("Settlement", n) for n in ("Aveiro", "Lisbon", "Porto"))
    coimbra, portugal = a.thing("Settlement", "Coimbra"), a.thing("Country", "Portugal")
    school = a.thing("School", "Vera Cruz School")
    families = a.thing("Group", "about 240 families", "about 240 families", "families")
    officials = a.thing("Group", "two officials")
    wall, contract = a.thing("Facility", "flood wall", "flood wall"), a.thing("Work", "the contract")
    a.event(
        "Visit",
        "visited",
        "Helena Duarte visited Aveiro on Monday",
        {"agent": duarte, "place": aveiro},
        time=("Monday", "2026-03-02", True),
    )
    a.event("Promise", "promised", "promised a new flood wall by 2028", {"agent": duarte, "topic": wall})
    a.event(
        "Construction",
        "flood wall",
        "a new flood wall by 2028",
        {"patient": wall},
        "planned",
        ("by 2028", "2028", False),
        by=duarte,
    )
    a.event(
        "Meeting",
        "met",
        "She met mayor Rui Salgado at the Vera Cruz School",
        {"agent": [duarte, salgado], "place": school},
    )
    a.event("Disaster", "storm", "the storm in January", {}, time=("January", "2026-01", True))
    a.event("Stay", "slept", "about 240 families slept after the storm", {"agent": families, "place": school})
    a.claim(salgado, KG.headOf, aveiro, "mayor Rui Salgado")
    a.claim(duarte, KG.bornIn, coimbra, "born in Coimbra")
    a.claim(duarte, KG.educatedAt, university, "studied at the University of Porto")
    a.claim(university, KG.locatedIn, porto, "University of Porto", confidence=0.6)
    a.claim(duarte, KG.ministerOf, portugal, "Environment minister Helena Duarte", confidence=0.8)
    a.claim(beirao, KG.employedBy, ministry, "its spokesman Tomas Beirao", validity="former")
    a.claim(duarte, KG.occupation, Literal("minister"), "Environment minister")
    a.claim(marnoto, KG.basedIn, lisbon, "based in Lisbon")
    a.claim(aveiro, KG.locatedIn, portugal, "AVEIRO, Portugal" if "AVEIRO, Portugal" in FIRST else "Aveiro")
    said = a.event("Statement", "said", "said the wall would cost 85 million euros", {"agent": duarte, "topic": wall})
    cost = ID["quantity-85m"]
    for p, o in (
        (RDF.type, KG.Quantity),
        (KG.value, Literal(85000000)),
        (KG.unit, Literal("EUR")),
        (RDFS.label, Literal("85 million euros")),
    ):
        a.say(cost, p, o)
    a.claim(wall, KG.quantity, cost, "the wall would cost 85 million euros", "reported", by=duarte, stated_in=said)
    a.event("Construction", "build", "will build it", {"agent": marnoto, "patient": wall}, "planned", by=ministry)
    a.claim(catarino, KG.headOf, lagoon, "led by biologist Ines Catarino")
    accusation = a.event(
        "Accusation", "accused", "accused Marnoto of bribing two officials", {"agent": lagoon, "recipient": marnoto}
    )
    a.event(
        "Payment",
        "bribing",
        "bribing two officials",
        {"agent": marnoto, "recipient": officials},
        "alleged",
        by=lagoon,
        stated_in=accusation,
        confidence=0.55,
    )
    a.event(
        "Investigation",
        "investigation",
        "Prosecutors opened an investigation into the company last week",
        {"agent": prosecutors, "patient": marnoto},
        time=("last week", "2026-02-23/2026-03-01", True),
    )
    denial = a.event("Denial", "denied", "Marnoto denied paying anyone", {"agent": marnoto})
    a.event("Payment", "paying", "denied paying anyone", {"agent": marnoto}, "denied", by=marnoto, stated_in=denial)
    a.claim(beirao, KG.spokespersonFor, marnoto, "its spokesman Tomas Beirao")
    quote = a.event("Statement", "said", "its spokesman Tomas Beirao said", {"agent": beirao})
    a.event(
        "Giving",
        "given",
        "We have never given money to an official",
        {"agent": marnoto},
        "reported",
        by=beirao,
        polarity="negative",
        stated_in=quote,
    )
    a.event(
        "Arrest",
        "arrested",
        "Police arrested harbour director Paulo Veiga in Porto on Friday",
        {"agent": police, "patient": veiga, "place": porto},
        time=("Friday", "2026-02-27", True),
    )
    a.event(
        "Payment",
        "accepting money",
        "suspected of accepting money from Marnoto",
        {"agent": marnoto, "recipient": veiga},
        "alleged",
        by=police,
        confidence=0.7,
    )
    a.event(
        "Ceremony",
        "ceremony",
        "the ceremony in Lisbon where the contract was signed in December 2025",
        {"place": lisbon},
        time=("December 2025", "2025-12", False),
    )
    a.event(
        "Agreement",
        "signed",
        "the contract was signed in December 2025",
        {"patient": contract, "place": lisbon},
        time=("December 2025", "2025-12", False),
    )
    a.claim(salgado, KG.residesIn, lisbon, "Salgado did not attend", "negated", polarity="negative", confidence=0.4)

    b = Article(data, "release", "Harbour director released", "2026-03-13", SECOND)
    for kind, label in (
        ("Person", "Paulo Veiga"),
        ("Settlement", "Porto"),
        ("Settlement", "Aveiro"),
        ("Settlement", "Lisbon"),
        ("Company", "Marnoto"),
        ("NonGovernmentalOrganization", "Open Lagoon"),
        ("Person", "Ines Catarino"),
        ("Person", "Rui Salgado"),
        ("Work", "the contract"),
        ("Country", "Portugal"),
    ):
        b.thing(kind, label)
    court, judge = b.thing("Court", "A court in Porto", "A court"), b.thing("Person", "Marta Quintela")
    commission = b.thing(
        "IntergovernmentalOrganization", "European Commission", "European Commission", "The commission"
    )
    party = b.thing("PoliticalParty", "Coastal Party")
    two = b.thing("Group", "two people familiar with the matter")
    team = b.thing("Group", "a team")
    b.event(
        "Release",
        "released",
        "A court in Porto released Paulo Veiga on Thursday",
        {"agent": court, "patient": veiga, "place": porto},
        time=("Thursday", "2026-03-12", True),
    )
    b.claim(judge, KG.memberOf, court, "The judge, Marta Quintela", confidence=0.75)
    b.event(
        "Payment",
        "taken money",
        "no evidence that he had taken money",
        {"agent": veiga},
        "reported",
        by=judge,
        polarity="negative",
    )
    b.event(
        "Protest",
        "protest",
        "Open Lagoon plans a protest in Lisbon on March 20",
        {"agent": lagoon, "place": lisbon},
        "planned",
        ("March 20", "2026-03-20", True),
    )
    b.event(
        "Request",
        "asked",
        "Ines Catarino asked the European Commission to review the contract",
        {"agent": catarino, "recipient": commission, "topic": contract},
    )
    b.event(
        "Deployment",
        "sent",
        "The commission sent a team to Aveiro in February",
        {"agent": commission, "patient": team, "destination": aveiro},
        "reported",
        ("February", "2026-02", True),
        by=two,
    )
    b.event(
        "Election",
        "election",
        "won the election in Aveiro in 2025",
        {"agent": party, "place": aveiro},
        time=("2025", "2025", False),
    )
    b.claim(duarte, KG.memberOf, party, "Duarte's Coastal Party")
    b.event(
        "Departure",
        "leave",
        "Marnoto could leave the country",
        {"agent": marnoto, "origin": portugal},
        "hypothetical",
        by=salgado,
    )

    background = data.graph(ID["background"])
    for place, lat, long in (
        (aveiro, 40.64, -8.65),
        (lisbon, 38.72, -9.14),
        (porto, 41.15, -8.61),
        (coimbra, 40.21, -8.43),
    ):
        background.add((place, GEO.lat, Literal(lat)))
        background.add((place, GEO.long, Literal(long)))
    inferred = data.graph(ID["inferred"])
    derived = ID["claim-inferred-1"]
    premise = ID[f"claim-{key(duarte, KG.ministerOf, portugal, 'asserted', None, None, 'positive', 'current')}"]
    for p, o in (
        (RDF.type, KG.Claim),
        (RDF.subject, duarte),
        (RDF.predicate, KG.citizenOf),
        (RDF.object, portugal),
        (KG.status, KG.asserted),
        (KG.polarity, KG.positive),
        (KG.validity, KG.current),
        (KG.origin, KG.inferred),
        (PROV.wasDerivedFrom, premise),
    ):
        inferred.add((derived, p, o))
    return data


HOSTILE = (
    "<script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=1">',
    "</script><script>window.hacked=1</script>",
    "quotes \" ' ` & < >",
    "\u202ertl mark \u2066turned\u2069",
    '<a href="javascript:window.hacked=1">href</a>',
    "{{7*7}}{% raw %}",
    "]]><!--",
    "long " * 2000,
)


def hostile() -> Dataset:
    """Labels, quotes, titles and rules that would run or break a careless page."""
    data = Dataset(default_union=True)
    text = "\n".join(HOSTILE) + "\nend"
    a = Article(data, "hostile", HOSTILE[2], "2026-01-01", text)
    things = [a.thing("Person", label) for label in HOSTILE]
    for one, other in zip(things, things[1:]):
        a.claim(one, KG.near, other, text[: len(HOSTILE[0])], "alleged", by=things[0])
    a.event("Visit", HOSTILE[1], HOSTILE[1], {"agent": things[0], "place": things[1]}, time=(HOSTILE[0], "2026", False))
    return data


def large(nodes: int, edges: int, seed: int = 7) -> Dataset:
    """A random graph with hubs and communities, as large as wanted, with a text of one line a claim."""
    chance = random.Random(seed)
    data = Dataset(default_union=True)
    lines = [f"Person {chance.randrange(nodes)} wrote note {i} there." for i in range(edges)]
    a = Article(data, "large", f"{nodes} nodes", "2026-01-01", "\n".join(lines))
    kinds = ("Person", "Company", "Settlement", "Group", "GovernmentBody", "Work")
    things = []
    for i in range(nodes):
        iri = ID[f"thing-{i}"]
        a.say(iri, RDF.type, KG[kinds[i % len(kinds)]])
        a.say(iri, SKOS.prefLabel, Literal(f"{kinds[i % len(kinds)]} {i}"))
        things.append(iri)
    statuses = ("asserted",) * 6 + ("reported", "alleged", "planned", "denied")
    predicates = (KG.memberOf, KG.near, KG.locatedIn, KG.employedBy, KG.affiliatedWith)
    # Most claims stay within a community of some forty; within it, and beyond, those who have much get more.
    groups = max(1, nodes // 40)
    inside: list[list[int]] = [[g] for g in range(groups)]
    at = 0
    for i in range(edges):
        one = i + 1 if i + 1 < nodes else chance.randrange(nodes)
        group = one % groups if chance.random() < 0.85 else chance.randrange(groups)
        other = chance.choice(inside[group])
        if one == other:
            other = (other + groups) % nodes if groups < nodes else (other + 1) % nodes
        inside[one % groups] += [one]
        inside[other % groups] += [other]
        iri = ID[f"claim-{i}"]
        for p, o in (
            (RDF.type, KG.Claim),
            (RDF.subject, things[one]),
            (RDF.predicate, predicates[i % 5]),
            (RDF.object, things[other]),
            (KG.status, KG[statuses[i % 10]]),
            (KG.polarity, KG.positive),
            (KG.validity, KG.current),
            (KG.origin, KG.extracted),
            (KG.evidence, a.span(at, at + len(lines[i]))),
            (KG.confidence, Literal(i % 10 / 10, datatype=XSD.decimal)),
        ):
            a.say(iri, p, o)
        at += len(lines[i]) + 1
    return data


def many(articles: int = 300, seed: int = 5) -> Dataset:
    """Short articles of twelve circles, each with its towns, people, firms and kind of happening."""
    chance = random.Random(seed)
    data = Dataset(default_union=True)
    kinds = ("Election", "Trial", "Attack", "Acquisition", "Protest", "Construction")
    verbs = ("elected", "tried", "attacked", "acquired", "denounced", "built")
    for i in range(articles):
        circle = i % 12
        # The first few of a circle are in most of its articles, others in one or two.
        who = [f"Person {circle}-{min(chance.randrange(40), chance.randrange(40))}" for _ in range(4)]
        who = list(dict.fromkeys(who))
        firm, town = f"Firm {circle}-{chance.randrange(6)}", f"Town {circle}-{chance.randrange(4)}"
        verb, word = verbs[circle % 6], chance.choice(("member", "partner"))
        lines = [
            f"{who[0]} {verb} {firm} in {town} in {2000 + i % 9}.",
            f"{who[-1]} is a {word} of {firm}.",
            f"{firm} is based in {town}.",
        ]
        lines += [f"{one} met {other}." for one, other in zip(who, who[1:])]
        lines += [f"{who[1 % len(who)]} bribed {who[-1]}, prosecutors say."]
        a = Article(data, f"m{i}", f"Report {i}", f"2025-{1 + i % 12:02}-{1 + i % 28:02}", "\n".join(lines))
        people, firm_, town_ = (
            [a.thing("Person", w) for w in who],
            a.thing("Company", firm),
            a.thing("Settlement", town),
        )
        a.event(
            kinds[circle % 6],
            verb,
            lines[0],
            {"agent": people[0], "patient": firm_, "place": town_},
            time=(str(2000 + i % 9), str(2000 + i % 9), False),
        )
        a.claim(people[-1], KG.memberOf if word == "member" else KG.affiliatedWith, firm_, lines[1], confidence=0.6)
        a.claim(firm_, KG.basedIn, town_, lines[2])
        for one, other, line in zip(people, people[1:], lines[3:]):
            a.event("Meeting", "met", line, {"agent": [one, other]})
        if people[1 % len(people)] != people[-1]:
            a.event("Payment", "bribed", lines[-1], {"agent": people[1], "patient": people[-1]}, "alleged")
    return data
