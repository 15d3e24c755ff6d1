"""Four invented articles, understood by hand: what the tests of store, questions, checks and exports stand on.

They say the same things, contradict each other, quote, deny, plan and change their minds, so that every question has an
answer.
"""

from __future__ import annotations

from kg import vocabulary
from kg.assembler import assemble
from kg.model import Claim, Document, Entity, Event, Evidence, Mention, Quantity, Reading, Role, Standing, Time, Value
from kg.rdf import Quad

ASSERTED, DENIED = Standing(), Standing("denied")


class Writer:
    """Builds one Reading; words stand for their span, the nth occurrence as `("words", n)`."""

    def __init__(self, id: str, date: str | None, publisher: str | None, title: str, text: str) -> None:
        self.document = Document(text, id=id, date=date, publisher=publisher, title=title)
        self.entities: list[Entity] = []
        self.events: list[Event] = []
        self.claims: list[Claim] = []

    def span(self, words: str | tuple[str, int]) -> tuple[int, int]:
        words, n = (words, 0) if isinstance(words, str) else words
        at = -1
        for _ in range(n + 1):
            at = self.document.text.index(words, at + 1)
        return at, at + len(words)

    def evidence(self, words, rule: str) -> Evidence:
        return Evidence(*self.span(words), rule)

    def entity(self, id: str, type: str, label: str, *mentions, **more) -> str:
        spans = [self.span(m) for m in mentions or (label,)]
        self.entities.append(Entity(id, type, label, tuple(Mention(a, b, "name", -1) for a, b in spans), **more))
        return id

    def event(
        self,
        id: str,
        type: str,
        trigger,
        where,
        roles,
        standing=ASSERTED,
        time=None,
        duration=None,
        content=(),
        confidence=None,
    ) -> str:
        told = self.evidence(where, type.lower())
        filled = tuple(Role(r[0], r[1], told, r[2] if len(r) > 2 else None) for r in roles)
        self.events.append(
            Event(
                id,
                type,
                trigger if isinstance(trigger, str) else trigger[0],
                (self.span(trigger),),
                filled,
                standing,
                type.lower(),
                (told,),
                time,
                duration,
                tuple(self.span(c) for c in content),
                confidence,
            )
        )
        return id

    def claim(
        self, subject: str, predicate: str, object, where, standing=ASSERTED, validity="current", confidence=None
    ) -> None:
        self.claims.append(
            Claim(
                subject, predicate, object, standing, (self.evidence(where, predicate.lower()),), validity, confidence
            )
        )

    def time(self, words, value, granularity="day", kind="time") -> Time:
        return Time(
            *self.span(words),
            words if isinstance(words, str) else words[0],
            value,
            granularity,
            self.document.date,
            kind,
        )

    def reading(self) -> Reading:
        return Reading(self.document, tuple(self.entities), tuple(self.events), tuple(self.claims))


def harbour_march() -> Reading:
    w = Writer(
        "harbour-1",
        "2026-03-02",
        "Harbour Post",
        "Mayor meets governor",
        (
            "Mayor Ines Calder met Governor Tomas Rhee at Fenwick Hall in Port Arlen on Monday. "
            "Calder said that Saltmarsh Prison would close next year. "
            "The prison, opened in 2019, lies near Port Arlen, 12 kilometers from Dunmore, and holds about 800 "
            "inmates. "
            "Police arrested Oskar Lind in Port Arlen on Sunday. He is accused of attacking the Arlen Bank. "
            "Prosecutors say Lind belongs to the Copper Ring, which the province designated as a criminal "
            "organization. "
            "Rhee did not join the tour of the prison. Lind denied the charge. "
            "Calder is married to Jon Calder. Mila Voss, a former judge, will become minister of health in May."
        ),
    )
    calder = w.entity("e1", "Person", "Ines Calder", "Ines Calder", ("Calder", 1), aliases=("Calder",))
    rhee = w.entity("e2", "Person", "Tomas Rhee", "Tomas Rhee", ("Rhee", 1))
    hall = w.entity("e3", "GovernmentBuilding", "Fenwick Hall")
    port = w.entity("e4", "Settlement", "Port Arlen")
    prison = w.entity("e5", "Prison", "Saltmarsh Prison", aliases=("Saltmarsh",))
    lind = w.entity("e6", "Person", "Oskar Lind")
    bank = w.entity("e7", "Company", "Arlen Bank")
    police = w.entity("e8", "SecurityForce", "Police", scope="document")
    ring = w.entity("e9", "ArmedGroup", "Copper Ring")
    prosecutors = w.entity("e10", "Group", "Prosecutors", scope="document", plural=True)
    dunmore = w.entity("e11", "Settlement", "Dunmore")
    province = w.entity("e12", "GovernmentBody", "the province", scope="document")
    jon = w.entity("e13", "Person", "Jon Calder")
    voss = w.entity("e14", "Person", "Mila Voss")
    judge = w.entity("e15", "Office", "Judge", "judge")
    minister = w.entity("e16", "Office", "Minister of Health", "minister of health")
    mayor = w.entity("e17", "Office", "Mayor of Port Arlen", "Mayor")
    outlaw = w.entity("e18", "Concept", "criminal organization")
    met = "Mayor Ines Calder met Governor Tomas Rhee at Fenwick Hall in Port Arlen on Monday"
    w.event(
        "v1",
        "Meeting",
        "met",
        met,
        [("agent", calder), ("agent", rhee), ("place", hall)],
        time=w.time("Monday", "2026-03-02"),
    )
    said = "Calder said that Saltmarsh Prison would close next year"
    w.event(
        "v2",
        "Statement",
        "said",
        said,
        [("agent", calder), ("topic", prison)],
        content=["Saltmarsh Prison would close next year"],
    )
    w.event(
        "v3",
        "Opening",
        "opened",
        "The prison, opened in 2019",
        [("patient", prison)],
        time=w.time("2019", "2019", "year"),
    )
    w.event(
        "v4",
        "Arrest",
        "arrested",
        "Police arrested Oskar Lind in Port Arlen on Sunday",
        [("agent", police), ("patient", lind), ("place", port)],
        time=w.time("Sunday", "2026-03-01"),
        confidence=0.94,
    )
    w.event(
        "v5",
        "Attack",
        "attacking",
        "attacking the Arlen Bank",
        [("agent", lind), ("patient", bank)],
        Standing("alleged"),
    )
    w.event(
        "v6",
        "Designation",
        "designated",
        "the province designated as a criminal organization",
        [("agent", province), ("patient", ring), ("topic", outlaw)],
    )
    w.event(
        "v7", "Visit", "tour", "Rhee did not join the tour of the prison", [("place", prison), ("nonParticipant", rhee)]
    )
    w.event("v8", "Denial", "denied", "Lind denied the charge", [("agent", lind)], content=["the charge"])
    w.event(
        "v9",
        "TakingOffice",
        "become",
        "Mila Voss, a former judge, will become minister of health in May",
        [("agent", voss), ("topic", minister)],
        Standing("planned"),
        time=w.time("May", "2026-05", "month"),
    )
    w.claim(prison, "openedOn", Value("2019", "xsd:gYear"), "The prison, opened in 2019")
    w.claim(prison, "near", port, "lies near Port Arlen")
    w.claim(hall, "locatedIn", port, "Fenwick Hall in Port Arlen")
    w.claim(prison, "distance", Quantity(12, unit="kilometre", of=None, from_=dunmore), "12 kilometers from Dunmore")
    w.claim(prison, "quantity", Quantity(800, of="inmates", modifier="about"), "holds about 800 inmates")
    w.claim(
        lind,
        "memberOf",
        ring,
        "Lind belongs to the Copper Ring",
        Standing("alleged", claimed_by=prosecutors),
        confidence=0.55,
    )
    w.claim(calder, "spouseOf", jon, "Calder is married to Jon Calder")
    w.claim(calder, "holdsOffice", mayor, "Mayor Ines Calder")
    w.claim(mayor, "officeOf", port, "Mayor Ines Calder")
    w.claim(voss, "holdsOffice", judge, "a former judge", validity="former")
    w.claim(
        voss, "holdsOffice", minister, "will become minister of health in May", Standing("planned"), validity="future"
    )
    return w.reading()


def coast_march() -> Reading:
    w = Writer(
        "coast-1",
        "2026-03-03",
        "Coast Daily",
        "Governor tours Saltmarsh",
        (
            "Governor Tomas Rhee visited Saltmarsh Prison on Tuesday. The prison opened in 2018 and holds about 950 "
            "inmates, according to "
            "official figures. A spokesman denied that Oskar Lind belongs to the Copper Ring. Ines Calder is the "
            "mayor of Port Arlen. "
            "Rhee asked the council for help. He stayed in Dunmore for three days. The Coast Rights Watch says "
            "guards beat Nils Aker. "
            "Calder promised to pay 2 million dollars to the port."
        ),
    )
    rhee = w.entity("e1", "Person", "Tomas Rhee")
    prison = w.entity("e2", "Prison", "Saltmarsh Prison")
    lind = w.entity("e3", "Person", "Oskar Lind")
    ring = w.entity("e4", "ArmedGroup", "Copper Ring")
    calder = w.entity("e5", "Person", "Ines Calder")
    port = w.entity("e6", "Settlement", "Port Arlen")
    mayor = w.entity("e7", "Office", "Mayor of Port Arlen", "mayor")
    spokesman = w.entity("e8", "Person", "spokesman", scope="document")
    figures = w.entity("e9", "Work", "official figures", scope="document")
    council = w.entity("e10", "GovernmentBody", "council", scope="document")
    dunmore = w.entity("e11", "Settlement", "Dunmore")
    watch = w.entity("e12", "NonGovernmentalOrganization", "Coast Rights Watch")
    aker = w.entity("e13", "Person", "Nils Aker")
    guards = w.entity("e14", "Group", "guards", scope="document", plural=True)
    w.event(
        "v1",
        "Visit",
        "visited",
        "Governor Tomas Rhee visited Saltmarsh Prison on Tuesday",
        [("agent", rhee), ("place", prison)],
        time=w.time("Tuesday", "2026-03-03"),
        confidence=0.97,
    )
    w.event(
        "v2",
        "Request",
        "asked",
        "Rhee asked the council for help",
        [("agent", rhee), ("recipient", council), ("topic", Value("help"))],
    )
    w.event(
        "v3",
        "Stay",
        "stayed",
        "He stayed in Dunmore for three days",
        [("agent", rhee), ("place", dunmore)],
        duration=w.time("three days", "P3D", "day", "duration"),
    )
    w.event(
        "v4",
        "Statement",
        "says",
        "The Coast Rights Watch says guards beat Nils Aker",
        [("agent", watch)],
        content=["guards beat Nils Aker"],
    )
    w.event(
        "v5",
        "Attack",
        "beat",
        "guards beat Nils Aker",
        [("agent", guards), ("patient", aker)],
        Standing("reported", claimed_by=watch, stated_in="v4"),
    )
    w.event("v6", "Promise", "promised", "Calder promised to pay 2 million dollars to the port", [("agent", calder)])
    w.event(
        "v7",
        "Payment",
        "pay",
        "pay 2 million dollars to the port",
        [("agent", calder), ("recipient", port), ("amount", Quantity(2_000_000, unit="USD"))],
        Standing("planned", claimed_by=calder, stated_in="v6"),
    )
    w.claim(prison, "openedOn", Value("2018", "xsd:gYear"), "The prison opened in 2018")
    w.claim(
        prison,
        "quantity",
        Quantity(950, of="inmates", modifier="about"),
        "holds about 950 inmates",
        Standing("reported", claimed_by=figures),
    )
    w.claim(lind, "memberOf", ring, "Oskar Lind belongs to the Copper Ring", Standing("denied", claimed_by=spokesman))
    w.claim(calder, "holdsOffice", mayor, "Ines Calder is the mayor of Port Arlen")
    w.claim(mayor, "officeOf", port, "the mayor of Port Arlen")
    return w.reading()


def harbour_april() -> Reading:
    w = Writer(
        "harbour-2",
        "2026-04-10",
        "Harbour Post",
        "Lind sentenced",
        (
            "Oskar Lind, a member of the Copper Ring, was sentenced to seven years for robbery on Thursday. Ines "
            "Calder, the former mayor of Port Arlen, "
            "was elected to the senate in Dunmore. A storm killed 14 people in Dunmore on April 2. The storm did not "
            "reach Port Arlen. "
            "Police never searched the Arlen Bank. Tomas Rhee met Ines Calder in Dunmore on April 8."
        ),
    )
    lind = w.entity("e1", "Person", "Oskar Lind")
    ring = w.entity("e2", "ArmedGroup", "Copper Ring")
    calder = w.entity("e3", "Person", "Ines Calder")
    port = w.entity("e4", "Settlement", "Port Arlen")
    dunmore = w.entity("e5", "Settlement", "Dunmore")
    mayor = w.entity("e6", "Office", "Mayor of Port Arlen", "mayor")
    police = w.entity("e7", "SecurityForce", "Police", scope="document")
    bank = w.entity("e8", "Company", "Arlen Bank")
    people = w.entity("e9", "Group", "people", "people", scope="document", plural=True)
    rhee = w.entity("e10", "Person", "Tomas Rhee")
    senate = w.entity("e11", "GovernmentBody", "senate", scope="document")
    robbery = w.entity("e12", "Concept", "robbery")
    w.event(
        "v1",
        "Sentencing",
        "sentenced",
        "Oskar Lind, a member of the Copper Ring, was sentenced to seven years for robbery on Thursday",
        [("patient", lind), ("charge", robbery)],
        time=w.time("Thursday", "2026-04-09"),
        duration=w.time("seven years", "P7Y", "year", "duration"),
    )
    w.event(
        "v2",
        "Election",
        "elected",
        "was elected to the senate in Dunmore",
        [("patient", calder), ("topic", senate), ("place", dunmore)],
    )
    w.event(
        "v3",
        "Disaster",
        "storm",
        "A storm killed 14 people in Dunmore on April 2",
        [("place", dunmore)],
        time=w.time("April 2", "2026-04-02"),
    )
    w.event(
        "v4",
        "Death",
        "killed",
        "A storm killed 14 people in Dunmore on April 2",
        [("patient", people), ("place", dunmore)],
        time=w.time("April 2", "2026-04-02"),
    )
    w.event(
        "v5", "Arrival", "reach", "The storm did not reach Port Arlen", [("destination", port)], Standing("negated")
    )
    w.event(
        "v6",
        "Investigation",
        "searched",
        "Police never searched the Arlen Bank",
        [("agent", police), ("patient", bank)],
        Standing("negated"),
    )
    w.event(
        "v7",
        "Meeting",
        "met",
        "Tomas Rhee met Ines Calder in Dunmore on April 8",
        [("agent", rhee), ("agent", calder), ("place", dunmore)],
        time=w.time("April 8", "2026-04-08"),
    )
    w.claim("v4", "causedBy", "v3", "A storm killed 14 people")
    w.claim(people, "quantity", Quantity(14, of="people"), "14 people")
    w.claim(lind, "memberOf", ring, "Oskar Lind, a member of the Copper Ring")
    w.claim(calder, "holdsOffice", mayor, "Ines Calder, the former mayor of Port Arlen", validity="former")
    w.claim(mayor, "officeOf", port, "mayor of Port Arlen")
    return w.reading()


def signal_april() -> Reading:
    w = Writer(
        "signal-1",
        "2026-04-11",
        "The Signal",
        "Votes and voices",
        (
            "Ines Calder, the former mayor of Port Arlen, lives in Dunmore. Coast Steel bought Arlen Bank for 40 "
            "million euros last year. "
            "“We will rebuild every pier,” Tomas Rhee told reporters. Rhee, president-elect of Norvia, was born in "
            "Port Arlen. "
            "If the court agrees, the port may sue Coast Steel. Rhee met Calder in Dunmore on April 8. Coast Steel "
            "recently opened a mill."
        ),
    )
    calder = w.entity("e1", "Person", "Ines Calder")
    port = w.entity("e2", "Settlement", "Port Arlen")
    dunmore = w.entity("e3", "Settlement", "Dunmore")
    steel = w.entity("e4", "Company", "Coast Steel")
    bank = w.entity("e5", "Company", "Arlen Bank")
    rhee = w.entity("e6", "Person", "Tomas Rhee", "Tomas Rhee", ("Rhee", 1))
    norvia = w.entity("e7", "Country", "Norvia")
    president = w.entity("e8", "Office", "President of Norvia", "president-elect")
    mayor = w.entity("e9", "Office", "Mayor of Port Arlen", "mayor")
    reporters = w.entity("e10", "Group", "reporters", scope="document", plural=True)
    w.event(
        "v1",
        "Acquisition",
        "bought",
        "Coast Steel bought Arlen Bank for 40 million euros last year",
        [("agent", steel), ("patient", bank), ("amount", Quantity(40_000_000, unit="EUR"))],
        time=w.time("last year", "2025", "year"),
    )
    w.event(
        "v2",
        "Statement",
        "told",
        "“We will rebuild every pier,” Tomas Rhee told reporters",
        [("agent", rhee), ("recipient", reporters)],
        content=["We will rebuild every pier"],
    )
    w.event(
        "v3",
        "Lawsuit",
        "sue",
        "the port may sue Coast Steel",
        [("agent", port), ("patient", steel)],
        Standing("hypothetical"),
    )
    w.event(
        "v4",
        "Meeting",
        "met",
        "Rhee met Calder in Dunmore on April 8",
        [("agent", rhee), ("agent", calder), ("place", dunmore)],
        time=w.time("April 8", "2026-04-08"),
    )
    w.event(
        "v5",
        "Opening",
        "opened",
        "Coast Steel recently opened a mill",
        [("agent", steel)],
        time=w.time("recently", None),
    )
    w.claim(calder, "residesIn", dunmore, "Ines Calder, the former mayor of Port Arlen, lives in Dunmore")
    w.claim(calder, "holdsOffice", mayor, "Ines Calder, the former mayor of Port Arlen", validity="former")
    w.claim(bank, "ownedBy", steel, "Coast Steel bought Arlen Bank")
    w.claim(rhee, "bornIn", port, "was born in Port Arlen")
    w.claim(rhee, "holdsOffice", president, "president-elect of Norvia", validity="future")
    w.claim(president, "officeOf", norvia, "president-elect of Norvia")
    return w.reading()


def brief() -> Reading:
    """A few lines that have one of each kind of node: small enough to be broken in fifty ways."""
    w = Writer(
        "brief-1",
        "2026-03-02",
        "Harbour Post",
        "In brief",
        (
            "Tomas Rhee met Oskar Lind on Sunday. Saltmarsh Prison lies near Port Arlen and holds about 800 inmates. "
            "Lind is married to Tomas Rhee. He is accused of attacking Rhee and of belonging to the Copper Ring."
        ),
    )
    rhee, lind = w.entity("e1", "Person", "Tomas Rhee"), w.entity("e2", "Person", "Oskar Lind")
    prison, port = w.entity("e3", "Prison", "Saltmarsh Prison"), w.entity("e4", "Settlement", "Port Arlen")
    ring = w.entity("e5", "ArmedGroup", "Copper Ring")
    w.event(
        "v1",
        "Meeting",
        "met",
        "Tomas Rhee met Oskar Lind on Sunday",
        [("agent", rhee)],
        time=w.time("Sunday", "2026-03-01"),
    )
    w.event("v2", "Attack", "attacking", "attacking Rhee", [("agent", lind)], Standing("alleged"))
    w.claim(prison, "near", port, "lies near Port Arlen")
    w.claim(prison, "quantity", Quantity(800, of="inmates", modifier="about"), "holds about 800 inmates")
    w.claim(lind, "spouseOf", rhee, "Lind is married to Tomas Rhee")
    w.claim(lind, "memberOf", ring, "belonging to the Copper Ring", Standing("alleged"), confidence=0.55)
    return w.reading()


def readings() -> tuple[Reading, ...]:
    return harbour_march(), coast_march(), harbour_april(), signal_april()


def quads(reading: Reading | None = None, **options) -> list[Quad]:
    """The quads of one reading, or of all four."""
    words = vocabulary.load()
    return [q for r in ([reading] if reading else readings()) for q in assemble(r, words, **options)]
