"""Antecedents: which chain a nominal or a pronoun belongs to, in order of the text.

Sieves of falling certainty: title and apposition, copula, the possessor's own noun, role and nationality, head noun,
then pronouns by gender, number, kind and distance.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import islice

from kg.grammar import labels, phrases
from kg.grammar.constructions import apposed
from kg.grammar.posts import Borne, borne
from kg.grammar.tree import Tree
from kg.model import Parse
from kg.names import Gazetteer, synonyms
from kg.resolver.candidates import QUOTES, Candidate, Chain
from kg.resolver.coreference.described import (
    Posts,
    Titled,
    another_body,
    by_age,
    introduced,
    of_that_age,
    other_post,
    owner_beside,
    told_of,
)
from kg.resolver.coreference.descriptions import FIRST, LEADS, RELATIVE, WE, root_of
from kg.resolver.coreference.fitting import (
    FAR,
    ORGANIZED,
    PLACE_TYPES,
    clashing,
    fits,
    means,
    noun_after_of,
    repeated,
    superlative,
    told_apart,
)
from kg.resolver.coreference.history import History
from kg.resolver.coreference.scoring import GROUPS, features, group_of
from kg.resolver.naming.typing import PLACES
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

#: How far a pronoun reaches: chains looked at, sentences back, candidates scored.
REACH, SENTENCES, MOST = 40, 5, 12
#: The least score, in hundredths, at which a pronoun is linked rather than left alone.
#: The same for a description such as "the city".
THE, AGAIN = -100, -200
#: Chains that a mention may mean, each with its last mention before and what speaks for it.
Options = list[tuple[Chain, Candidate, list[str]]]
THRESHOLDS = {"he": -200, "they": -125, "it": -100, "there": -50}
#: Heads that stand for the two last named.
PAIRED = _LISTS["paired"]
#: Nouns that news uses for what it has just named; "the government", "the court" mean the one there is.
SPOKEN_OF = _LISTS["spoken_of"]
SYNONYMS = synonyms()
#: What a name of a body stands before, and is the same as.
CALLED = _LISTS["called"]
POSTED = _LISTS["posted"]
#: What joins somebody to where he is sent.
TOWARD = frozenset(("to", "for"))
#: Verbs that give somebody's name: "a man named".
NAMING = _LISTS["naming"]
OPEN_PLACES = PLACE_TYPES - PLACES | {"NaturalFeature"}
NAMED_AFTER_OF, TOWNS = _LISTS["named_after_of"], _LISTS["towns"]
#: What countries are to one another, as persons are.
OF_STATES = _LISTS["of_states"]
#: Sentences back within which a noun alone means a name of its kind.
NEAR = 4
#: Heads too general to find a name by.
GENERIC = frozenset({"Company"})


def _apposed_to(parse: Parse, i: int) -> int:
    """The noun that a chain of appositions and titles hangs from: "lawyer" of "a lawyer, Ana Ruiz"."""
    while parse.tokens[i].dep in labels.TITLES and parse.tokens[i].head != i:
        i = parse.tokens[i].head
    return i


def _only(chains: Iterable[Chain]) -> Chain | None:
    """The one that all of these are."""
    found = None
    for chain in chains:
        if found is not None and chain is not found:
            return None
        found = chain
    return found


class _Bodies:
    """Where the first named body of each type stands."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}

    def add(self, chain: Chain) -> None:
        if chain.named and chain.candidates and chain.type in ORGANIZED:
            at = min(c.head for c in chain.candidates)
            self._first[chain.type] = min(at, self._first.get(chain.type, at))

    def before(self, chain: Chain) -> bool:
        """Whether a named body that the description may mean stands before it: it does not wait for a name."""
        here = min(c.head for c in chain.candidates)
        return chain.type in ORGANIZED and any(
            at < here and (kind == "Organization" or means(chain.type, kind)) for kind, at in self._first.items()
        )


class Linker:
    """Walks once through the candidates of a document and puts each into a chain, old or new."""

    def __init__(self, parse: Parse, gazetteer: Gazetteer, chains: list[Chain], speakers: dict[int, int]) -> None:
        self.parse, self.gazetteer, self.speakers = parse, gazetteer, speakers
        self.chains, self.tree = chains, Tree(parse)
        self.starts = [sentence.first for sentence in parse.sentences]
        self.seen: dict[int, Chain] = {}  # by identity, in order of last mention
        self.by_head: dict[str, dict[int, Chain]] = defaultdict(dict)  # noun → those called by it, in that order
        self.by_role: dict[str, dict[int, Chain]] = defaultdict(dict)  # the people among them, by its root
        self.lands: dict[int, Chain] = {}  # countries and regions among `seen`
        self.posts = Posts()
        self.at: dict[int, Candidate] = {}  # head token → candidate
        self.here = -1  # the token at which the walk is
        self._histories: dict[int, History] = {}  # by identity of the chain
        self._bodies: dict[int, Chain | None] = {}  # what a person speaks for

    @cached_property
    def aged(self) -> dict[str, list[Chain]]:
        """Those whose age the text says behind their names."""
        return by_age(self.parse, self.chains)

    def history(self, chain: Chain) -> History:
        """What is known of a chain at this point of the walk."""
        if (found := self._histories.get(id(chain))) is None:
            found = self._histories[id(chain)] = History(self.parse, chain)
        return found.read()

    def run(self, candidates: list[Candidate]) -> list[Chain]:
        """`candidates` in order of the text, names included (theirs are the chains given)."""
        for candidate in candidates:
            if not candidate.citizen:
                self.at[candidate.head] = candidate
        self._local(candidates)
        spoken: list[Candidate] = []
        for candidate in candidates:
            self.here = candidate.head
            if candidate.key in FIRST or candidate.key in WE:
                if candidate.kind == "pronoun":
                    spoken.append(candidate)
                    continue
            if candidate.chain is None:
                if candidate.kind == "nominal":
                    self._nominal(candidate)
                else:
                    self._pronoun(candidate)
            if candidate.chain is not None:
                self._see(candidate, candidate.chain)
        self.here = len(self.parse.tokens)
        self._look_ahead()
        self._introduced()
        for candidate in spoken:
            self._first_person(candidate)
        return [c for c in self.chains if c.candidates]

    def _look_ahead(self) -> None:
        """A description before the name: "the mega-prison … the Long Name, a prison": one named thing of that head."""
        named: dict[str, list[Chain]] = defaultdict(list)
        for chain in self.chains:
            if chain.named and chain.type not in ("Country", "Region", "Settlement", "Person"):
                for head in sorted(
                    {root_of(h) for h in chain.heads}
                    | {c.key.rsplit(" ", 1)[-1] for c in chain.candidates if c.kind == "name"}
                ):
                    named[head].append(chain)
        bodies = _Bodies()
        for chain in self.chains:
            bodies.add(chain)
        for chain in self.chains:
            if (
                chain.named
                or chain.plural
                or not chain.candidates
                or chain.type not in PLACES | ORGANIZED
                or chain.type in GENERIC
            ):
                continue
            if not any(c.definite for c in chain.candidates if c.kind == "nominal"):
                continue
            called = (h for head in chain.heads for h in named.get(root_of(head), ()))
            home = _only(h for h in called if not another_body(chain.candidates[0], h, self.gazetteer))
            if home is not None and not bodies.before(chain) and self._owners_agree(chain, home):
                home.absorb(chain, "described before it is named")
                home.candidates.sort(key=lambda c: (c.head, c.first))
                bodies.add(home)

    def _introduced(self) -> None:
        """ "A French judge … French Judge Ana Ruiz": one person, where nobody else is called so."""
        met = [
            chain
            for chain in self.chains
            if chain.type == "Person" and not chain.named and not chain.plural and chain.candidates
        ]
        titled = Titled.of(self.chains)
        homes = [(chain, introduced(self.parse, chain.candidates[0], titled)) for chain in met]
        times = Counter(id(home) for _, home in homes)
        for chain, home in homes:
            if home is not None and times[id(home)] == 1:
                home.absorb(chain, "described before the name")
                home.candidates.sort(key=lambda c: (c.head, c.first))

    def _owners_agree(self, chain: Chain, home: Chain) -> bool:
        """No possessor or country of the one speaks against the other."""
        mine, theirs = self._owner_of(chain), self._owner_of(home)
        if mine is not None and (mine is home or theirs is not None and mine is not theirs):
            return False
        return not (chain.nations and home.nations and not chain.nations & home.nations)

    def _first_person(self, candidate: Candidate) -> None:
        """ "I" in a quotation is its speaker; "we" one who is many."""
        speaker = self.at.get(self.speakers.get(candidate.head, -1))
        if speaker is None or speaker.chain is None:
            return
        if (
            candidate.key in WE
            and speaker.chain.type == "Person"
            and (body := self._body_of(speaker.chain)) is not None
        ):
            body.add(candidate, "body for which the speaker speaks")
            return
        many = speaker.chain.type == "Group" or speaker.chain.type in ORGANIZED or speaker.chain.plural
        if candidate.key in FIRST and not many and speaker.chain.type == "Person" or candidate.key in WE and many:
            speaker.chain.add(candidate, "speaker of the quotation")

    def _body_of(self, person: Chain) -> Chain | None:
        """The one organization that a person is said to speak for, lead or work for."""
        if id(person) not in self._bodies:
            self._bodies[id(person)] = self._find_body(person)
        return self._bodies[id(person)]

    def _find_body(self, person: Chain) -> Chain | None:
        found = {}
        for nominal in person.candidates:
            if nominal.kind != "nominal":
                continue
            beside = phrases.under(self.parse, nominal.head, "of", "for", "at", "with")
            beside += phrases.dependents(self.parse, nominal.head, labels.OWNING) + list(
                range(nominal.first, nominal.head)
            )
            for i in beside:
                other = self.at.get(i)
                if (
                    other is not None
                    and other.chain is not None
                    and other.chain is not person
                    and other.chain.type in ORGANIZED
                    and other.chain.named
                ):
                    found[id(other.chain)] = other.chain
        return next(iter(found.values())) if len(found) == 1 else None

    # ------------------------------------------------------------ what syntax settles

    def _local(self, candidates: list[Candidate]) -> None:
        """Apposition, copula and compound: a nominal beside a name is said of it."""
        tokens = self.parse.tokens
        for candidate in candidates:
            if candidate.kind != "nominal" or candidate.chain is not None:
                continue
            token = tokens[candidate.head]
            other: Candidate | None = None
            if phrases.in_apposition(token):
                other = self.at.get(token.head)
            elif phrases.equates(token) and tokens[token.head].lemma == "be":
                subject = next(iter(phrases.subjects(self.parse, token.head)), None)
                negated = phrases.dependents(self.parse, token.head, {labels.NEGATION})
                if (
                    subject is not None
                    and tokens[token.head].dep == labels.RELATIVE_CLAUSE
                    and tokens[subject].tag == "WP"
                ):
                    subject = tokens[token.head].head  # "X, who was a teacher": the pronoun is linked later
                other = self.at.get(subject) if subject is not None and not negated else None
                if other is not None and other.kind != "name":
                    other = None
            said = borne(self.parse, candidate.head) if candidate.type == "Person" else None
            other = self._of_bearer(candidate, said) or other
            for child in apposed(self.parse, candidate.head) if said is None else ():
                other = other or self.at.get(child)
            other = other or self._beyond_its_place(candidate) or self._posted(candidate) or self._said_name(candidate)
            shared = self._two_roles(candidate)
            other = other or shared or self._ally(candidate)
            if other is None and candidate.type in ("Settlement", "Region", "NaturalFeature"):
                other = self._kind_of_place(candidate)
            if other is None and candidate.key in CALLED and candidate.definite:
                other = self._called(candidate)
            if (
                other is not None
                and other.kind == "name"
                and other.chain is not None
                and self._agrees(candidate, other.chain)
                and (shared or said or not phrases.dependents(self.parse, candidate.head, labels.COORDINATION))
            ):
                candidate.type = "Country" if other.chain.type == "Country" else candidate.type
                stated = said is not None or phrases.equates(token)
                other.chain.add(candidate, "is said to be it" if stated else "stands beside the name")
                if other.chain.type == "Person":
                    other.chain.gender = other.chain.gender or candidate.gender  # "her son, Tim"

    def _of_bearer(self, candidate: Candidate, said: Borne | None) -> Candidate | None:
        """The name of whom a noun of a post is said; what the noun took in of it is given back."""
        other = self.at.get(said.bearer) if said is not None else None
        if other is not None and candidate.first <= other.head < candidate.head:
            candidate.first, candidate.start = other.last, self.parse.tokens[other.last].start
        return other

    def _beyond_its_place(self, candidate: Candidate) -> Candidate | None:
        """ "the governor of Tyrol, Ana Ruiz,": the parse hangs the person on the place."""
        tokens, children = self.parse.tokens, self.parse.children
        if candidate.type != "Person" and candidate.key not in LEADS or candidate.plural:
            return None
        for place in (o for of in children[candidate.head] if tokens[of].lemma == "of" for o in children[of]):
            near = self.at.get(place)
            kind = None if near is None else near.chain.type if near.chain is not None else near.type
            if kind not in PLACE_TYPES | ORGANIZED:
                continue
            for child in children[place]:
                name = self.at.get(child)
                if (
                    phrases.in_apposition(tokens[child])
                    and name is not None
                    and name.chain is not None
                    and name.chain.type == "Person"
                    and tokens[name.first - 1].text == ","
                ):
                    candidate.type = "Person"
                    return name
        return None

    def _posted(self, candidate: Candidate) -> Candidate | None:
        """ "U.S. ambassador to Moscow Ana Ruiz": the name right behind the place or body to which somebody is sent."""
        tokens, at = self.parse.tokens, candidate.head + 2
        if candidate.key not in POSTED or candidate.plural or at >= len(tokens) or tokens[at - 1].lemma not in TOWARD:
            return None
        at += tokens[at].pos == "DET"
        where = self._name_from(at)
        person = self._name_from(where.last) if where is not None else None
        if where is None or person is None or person.chain is None or person.chain.type != "Person":
            return None
        kind = where.chain.type if where.chain is not None else where.type
        return person if kind in PLACE_TYPES | ORGANIZED else None

    def _name_from(self, first: int) -> Candidate | None:
        """The name that begins at a token."""
        near = (self.at.get(i) for i in range(first, min(first + 5, len(self.parse.tokens))))
        return next((c for c in near if c is not None and c.kind == "name" and c.first == first), None)

    def _kind_of_place(self, candidate: Candidate) -> Candidate | None:
        """ "the city of Kano", "Kano city": the noun and the name are the one place."""
        tokens, children, key = self.parse.tokens, self.parse.children, candidate.key
        before = self.at.get(candidate.head - 1)
        if key in TOWNS and before is not None and before.kind == "name" and before.last == candidate.head:
            return before if before.chain is not None and before.chain.type == "Settlement" else None
        if key not in NAMED_AFTER_OF or not candidate.definite or candidate.owner is not None:
            return None
        named = (o for of in children[candidate.head] if tokens[of].lemma == "of" for o in children[of])
        for at in named:
            name = self.at.get(at)
            if (
                name is not None
                and name.kind == "name"
                and not any(phrases.is_conjunct(tokens[c]) for c in children[at])
            ):
                return name if name.chain is not None and name.chain.type in OPEN_PLACES else None
        return None

    def _two_roles(self, candidate: Candidate) -> Candidate | None:
        """ "Velo founder and chairman Ana Ruiz": the first role is hers, too, where no article parts the two."""
        tokens, below = self.parse.tokens, self.parse.children[candidate.head]
        i = candidate.head
        if (
            candidate.type != "Person"
            or candidate.plural
            or i + 2 >= len(tokens)
            or tokens[i + 1].lemma != "and"
            or tokens[i + 2].pos not in ("NOUN", "PROPN")
            or any(phrases.determines(tokens[c]) for c in below)
            or any(tokens[c].tag == "VBP" for c in self.parse.children[tokens[i].head])  # "… have left": two people
        ):
            return None
        for c in below:
            name = self.at.get(c)
            if phrases.is_conjunct(tokens[c]) and name is not None and name.kind == "name" and name.first > i + 2:
                role = tokens[name.first - 1]
                known = role.lemma in self.gazetteer.titles or self.gazetteer.nouns.get(role.lemma) == "Person"
                return name if known and role.head in range(name.first, name.last) else None
        return None

    def _ally(self, candidate: Candidate) -> Candidate | None:
        """ "flew to Palau, an American ally": the country before the comma, wherever the parse hangs the words."""
        tokens = self.parse.tokens
        start = min((c for c in self.parse.children[candidate.head] if c < candidate.first), default=candidate.first)
        if candidate.key not in OF_STATES or not candidate.indefinite or start < 2 or tokens[start - 1].text != ",":
            return None
        name = self.at.get(start - 2)
        land = name is not None and name.kind == "name" and name.last == start - 1 and name.land and not name.adjective
        return name if land else None

    def _said_name(self, candidate: Candidate) -> Candidate | None:
        """ "a woman named Ana Ruiz", "named the victim as Ana Ruiz": the name that the verb gives."""
        tokens, children = self.parse.tokens, self.parse.children
        head = tokens[candidate.head]
        given = [c for c in children[head.i] if tokens[c].dep == labels.ADNOMINAL_CLAUSE and tokens[c].tag == "VBN"]
        if head.dep in labels.UNDERGOERS:
            given.append(head.head)
        for verb in given:
            if tokens[verb].lemma not in NAMING:
                continue
            below = children[verb] if tokens[verb].dep == labels.ADNOMINAL_CLAUSE else ()
            names = [c for c in below if tokens[c].dep in (labels.OBJECT_PREDICATE, labels.ATTRIBUTE, labels.OBJECT)]
            names += [
                o
                for c in children[verb]
                if tokens[c].lemma == "as"
                for o in children[c]
                if tokens[o].dep == labels.PREPOSITIONAL_OBJECT
            ]
            for at in names:
                name = self.at.get(at)
                if name is not None and name.kind == "name" and not name.land:
                    return name
        return None

    def _called(self, candidate: Candidate) -> Candidate | None:
        """The name right before its kind: "the Red Hand group", 'the "Red Hand" militant group'."""
        tokens, i = self.parse.tokens, candidate.head - 1
        while (
            i > candidate.head - 4
            and i > 0
            and (tokens[i].text in QUOTES or tokens[i].dep in labels.PREMODIFIERS and tokens[i].text.islower())
        ):
            i -= 1
        name = next(
            (
                self.at[j]
                for j in range(i, max(i - 6, -1), -1)
                if j in self.at and self.at[j].kind == "name" and self.at[j].last == i + 1
            ),
            None,
        )
        if (
            name is None
            or name.land
            or name.chain is None
            or name.chain.type not in ORGANIZED | {"Entity"}
            or tokens[name.head].sentence != tokens[i].sentence
        ):
            return None
        if name.chain.type == "Entity":
            name.chain.type = candidate.type or "Organization"
        return name

    def _agrees(self, candidate: Candidate, chain: Chain) -> bool:
        """Kind, number and gender do not forbid it."""
        kind, home = candidate.type, chain.type
        if candidate.plural or kind is None:
            return False
        if home == "Country" and candidate.key in OF_STATES:
            return True
        if kind == "Person":
            return home == "Person" and not (candidate.gender and chain.gender and candidate.gender != chain.gender)
        if kind == "Group":
            return home in ORGANIZED
        if kind in ORGANIZED:
            return home in ORGANIZED
        if kind in PLACE_TYPES:
            return home in PLACE_TYPES
        return home == kind

    # ------------------------------------------------------------ nominals

    def _nominal(self, candidate: Candidate) -> None:
        if candidate.definite and not (candidate.number and candidate.owner is None):
            found = self._antecedent(candidate)
            if found is not None:
                found.add(candidate, candidate.how)
                return
        members = self._members(candidate)
        chain = Chain(
            type="Group" if members else candidate.type or "Entity",
            members=members,
            plural=candidate.plural,
            gender=candidate.gender,
        )
        chain.add(candidate)
        self.chains.append(chain)

    def _antecedent(self, candidate: Candidate) -> Chain | None:
        owner = self._owner(candidate)
        nation = candidate.nation
        if candidate.type == "Person" and not candidate.plural:
            candidate.how = "same post"
            if (found := self.posts.of_that_post(self.parse, candidate)) is not None:
                return found
            candidate.how = "same age"
            if (found := of_that_age(candidate, self.aged, self.seen)) is not None:
                return found
        if (found := self._chosen(candidate, self.called_alike(candidate, owner), AGAIN)) is not None:
            candidate.how = "same noun again"
            return found
        if (found := self._by_synonym(candidate, owner)) is not None:
            return found
        if candidate.plural:
            return None
        kind = candidate.type
        candidate.how = "same role" if kind == "Person" else "what is nearest of its kind"
        if kind == "Person" and (land := nation or (owner.land if owner is not None else None)):
            return self._by_role(candidate, land)
        if kind is None or superlative(self.parse, candidate):
            return None
        if kind == "Country" and owner is not None and owner.type == "Person":
            lands = owner.nations | self._lands_of_owners(owner)
            return next((c for c in reversed(self.lands.values()) if c.land in lands and c.candidates), None)
        if kind == "Country":
            for chain in reversed(self.lands.values()):
                if chain.type == "Country" and chain.candidates:
                    return chain
            return None
        if owner is not None or candidate.last - candidate.first > 3:
            return None
        if candidate.key in SPOKEN_OF and (candidate.last - candidate.first == 1 or self._says_its_kind(candidate)):
            return self._by_kind(candidate)
        return self._best(candidate)

    def called_alike(self, candidate: Candidate, owner: Chain | None) -> Options:
        """Chains called by the same noun that no nation and no possessor speaks against, the nearest first."""
        found: Options = []
        called = self.by_head[candidate.key].values() if candidate.key in self.by_head else ()
        for chain in islice(reversed(called), REACH):
            if (
                not chain.candidates
                or chain.plural != candidate.plural
                or candidate.nation
                and chain.nations
                and candidate.nation not in chain.nations
            ):
                continue
            if owner is not None and (theirs := self._owner_of(chain)) is not None and theirs is not owner:
                continue
            history, last = self.history(chain), self._last(chain, candidate)
            if (
                last is not None
                and not clashing(self.parse, candidate, chain, history)
                and not told_apart(self.parse, candidate, chain, history)
                and not other_post(self.parse, candidate, history.posts)
                and not another_body(candidate, chain, self.gazetteer)
            ):
                before = history.nominals_before
                found.append((chain, last, repeated(self.parse, candidate, chain, last, len(found), before)))
        return found

    def _members(self, candidate: Candidate) -> list[Chain]:
        """ "the two countries", "both men": the two of that kind last spoken of."""
        if (
            not candidate.plural
            or not candidate.definite
            or candidate.type not in ("Country", "Group")
            or candidate.key not in PAIRED
        ):
            return []
        words = {self.parse.tokens[c].lemma for c in self.parse.children[candidate.head]}
        if not words & {"two", "both"}:
            return []
        kind = "Country" if candidate.type == "Country" else "Person"
        found: list[Chain] = []
        for chain in islice(reversed(self.seen.values()), REACH):
            if (
                chain.type == kind
                and chain.named
                and chain.candidates
                and not (candidate.gender and chain.gender and candidate.gender != chain.gender)
            ):
                found.append(chain)
                if len(found) == 2:
                    return found
        return []

    def _says_its_kind(self, candidate: Candidate) -> bool:
        """ "the rebel group": two words that the lists have as one kind."""
        words = (t.lemma for t in self.parse.tokens[candidate.first : candidate.last])
        return self.gazetteer.nouns.get("-".join(words)) == candidate.type == "ArmedGroup"

    def _by_kind(self, candidate: Candidate) -> Chain | None:
        """ "the company": the one named company spoken of nearby."""
        tokens = self.parse.tokens
        if (
            candidate.key not in SPOKEN_OF
            or noun_after_of(self.parse, candidate.head)
            or phrases.dependents(self.parse, candidate.head, {labels.RELATIVE_CLAUSE})
        ):
            return None
        here = tokens[candidate.head].sentence
        near: list[Chain] = []
        for chain in islice(reversed(self.seen.values()), REACH):
            if (
                not chain.named
                or not chain.candidates
                or not means(candidate.type, chain.type)
                or another_body(candidate, chain, self.gazetteer)
                or candidate.type == "Person"
            ):
                continue
            last = self._last(chain, candidate)
            if (
                last is None
                or here - tokens[last.head].sentence > NEAR
                or candidate.nation
                and chain.nations
                and candidate.nation not in chain.nations
            ):
                continue
            if here == tokens[last.head].sentence and (
                tokens[last.head].head == candidate.head or self._shares_subject(candidate, last)
            ):
                continue
            if chain.type == "Organization" != candidate.type and tokens[last.head].dep in labels.PREMODIFIERS:
                continue  # the name of a land, most likely: "the Norland government"
            near.append(chain)
        return near[0] if len(near) == 1 else None

    def _shares_subject(self, candidate: Candidate, other: Candidate) -> bool:
        """ "Velo ended the deal and sued the company": who does the first does the second."""
        tokens = self.parse.tokens
        verb = tokens[candidate.head].head
        while phrases.is_conjunct(tokens[verb]) and tokens[verb].head != verb:
            verb = tokens[verb].head
        return phrases.is_subject(tokens[other.head]) and tokens[other.head].head == verb

    def _by_synonym(self, candidate: Candidate, owner: Chain | None) -> Chain | None:
        """ "the vessel" after "a trawler": the nearest thing called by a word of like meaning."""
        if owner is not None or candidate.last - candidate.first > 1 or noun_after_of(self.parse, candidate.head):
            return None
        tokens = self.parse.tokens
        here, best, nearest = tokens[candidate.head].sentence, None, -1
        for word in SYNONYMS.get(candidate.key, ()):
            for chain in self.by_head[word].values() if word in self.by_head else ():
                last = self._last(chain, candidate) if chain.candidates and chain.plural == candidate.plural else None
                if (
                    last is not None
                    and last.head > nearest
                    and here - tokens[last.head].sentence <= NEAR
                    and not told_apart(self.parse, candidate, chain, self.history(chain))
                ):
                    best, nearest = chain, last.head
        candidate.how = "word of like meaning"
        return best

    def _by_role(self, candidate: Candidate, nation: str) -> Chain | None:
        """ "the Chilean president": who was called so of that country, else its one person of the same role."""
        role = root_of(candidate.key)
        fitting = []
        for chain in self.by_role[role].values() if role in self.by_role else ():
            if chain.type != "Person" or not chain.candidates or chain.plural:
                continue
            if candidate.gender and chain.gender and candidate.gender != chain.gender:
                continue
            lands = chain.nations | self._lands_of_owners(chain)
            if nation in lands:
                return chain
            if not lands:
                fitting.append(chain)
        return fitting[0] if len(fitting) == 1 else None

    def _owner(self, candidate: Candidate) -> Chain | None:
        if candidate.owner is None:
            return None
        owner = self.at.get(candidate.owner)
        return owner.chain if owner is not None else None

    def _owner_of(self, chain: Chain) -> Chain | None:
        return next((o for c in self._owned(chain) if (o := self._owner(c)) is not None), None)

    def _owned(self, chain: Chain) -> Iterable[Candidate]:
        """The candidates of a chain that have a possessor, without those at the head of which it is settled that
        nothing is known of him.
        """
        owned = self.history(chain).owned
        while owned and (owned[0].owner or 0) < self.here and self._owner(owned[0]) is None:
            owned.popleft()
        return owned

    def _lands_of_owners(self, chain: Chain) -> set[str]:
        return {o.land for c in self._owned(chain) if (o := self._owner(c)) is not None and o.land}

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, candidate: Candidate) -> None:
        word = candidate.key
        if word in RELATIVE or word == "where":
            found, how = self._relative(candidate), "opens a clause on it"
        elif word in GROUPS:
            found, how = self._both(candidate), "the two just named together"
            if found is None and word.endswith("self"):
                found, how = self._emphatic(candidate), "stands beside it"
            if found is None and GROUPS[word] == "there":
                found, how = self._there(candidate), "the one place just told of"
            if found is None:
                found, how = self._best(candidate), "best of those that fit the pronoun"
            if found is not None and candidate.gender and found.type == "Person":
                found.gender = candidate.gender
        else:
            return
        if found is not None:
            found.add(candidate, how)

    def _both(self, candidate: Candidate) -> Chain | None:
        """ "Ana Ruiz and Karl Dahl ran it. They …": people named together as the subject of the sentence before."""
        tokens, here = self.parse.tokens, self.parse.tokens[candidate.head]
        if GROUPS[candidate.key] != "they" or not phrases.is_subject(here) or not here.sentence:
            return None
        opens = all(tokens[i].pos in ("CCONJ", "ADV", "PUNCT") for i in range(self.starts[here.sentence], here.i))
        before = range(self.starts[here.sentence - 1], self.starts[here.sentence])
        root = next((i for i in before if tokens[i].head == i), None)
        subject = next((c for c in self.parse.children[root or 0] if phrases.is_subject(tokens[c])), None)
        if not opens or subject is None or tokens[subject].sentence != here.sentence - 1:
            return None
        named = [subject]
        for i in named:
            named += [c for c in self.parse.children[i] if phrases.is_conjunct(tokens[c])]
        members = [c.chain for i in named if (c := self.at.get(i)) is not None and c.chain is not None]
        if len(named) < 2 or len(members) < len(named) or any(m.type != "Person" or m.plural for m in members):
            return None
        if len({id(m) for m in members}) < len(members) or not all(m.named for m in members):
            return None
        group = Chain(type="Group", members=members, plural=True)
        self.chains.append(group)
        return group

    def _emphatic(self, candidate: Candidate) -> Chain | None:
        """ "Ana Ruiz, herself a nurse," and "Karl Dahl, who was himself accused": of the one right before, not of the
        subject of another sentence.
        """
        tokens, here = self.parse.tokens, self.parse.tokens[candidate.head]
        beside: int | None = None
        if here.dep == labels.APPOSITION:
            beside = here.head
        elif here.dep == labels.NOUN_ADVERB:
            beside = next((c for c in self.parse.children[here.head] if phrases.is_subject(tokens[c])), None)
        elif here.i > 1 and tokens[here.i - 1].text in (",", "–", "—"):
            beside = here.i - 2
        one = self.at.get(beside) if beside is not None and beside < here.i else None
        chain = one.chain if one is not None else None
        if chain is None or chain.plural or {chain.gender, candidate.gender} == {"male", "female"}:
            return None
        return chain

    def _there(self, candidate: Candidate) -> Chain | None:
        """ "X opened after Norway sent them there": the one place before it, in its sentence or the last, that does not
        do it.
        """
        tokens, here = self.parse.tokens, self.parse.tokens[candidate.head]
        near = [
            (here.sentence - tokens[last.head].sentence, chain)
            for chain, last, _ in self.fitting(candidate)
            if tokens[last.head].head != here.head and not last.adjective and not phrases.owns(tokens[last.head])
        ]
        nearest = min((distance for distance, _ in near), default=2)
        found = [chain for distance, chain in near if distance == nearest]
        return found[0] if nearest < 2 and len(found) == 1 else None

    def _relative(self, candidate: Candidate) -> Chain | None:
        tokens = self.parse.tokens
        i = candidate.head
        while tokens[i].head != i and tokens[i].dep != labels.RELATIVE_CLAUSE:
            i = tokens[i].head
        if tokens[i].dep != labels.RELATIVE_CLAUSE:
            return None
        above = self.tree.antecedent(i)
        noun = self.at.get(tokens[i].head if above is None else above)
        return noun.chain if noun is not None else None

    def fitting(self, pronoun: Candidate) -> Options:
        """Chains that the pronoun may mean, the nearest first, with their last mention before it and their features."""
        tokens, group = self.parse.tokens, group_of(pronoun)
        here = tokens[pronoun.head].sentence
        found: Options = []
        for chain in islice(reversed(self.seen.values()), REACH):
            if not chain.candidates or not fits(group, pronoun, chain):
                continue
            last = self._last(chain, pronoun)
            if (
                last is None
                or here - tokens[last.head].sentence > (SENTENCES if pronoun.kind == "pronoun" else FAR)
                or self._binds(pronoun, last)
                or pronoun.kind == "nominal"
                and (self._governed(pronoun, chain) or another_body(pronoun, chain, self.gazetteer))
                or owner_beside(self.parse, pronoun, chain, last, group)
            ):
                continue
            kinds = self.history(chain).kinds
            spoken = features(tokens, pronoun, chain, last, len(found), self.speakers, self.starts, kinds)
            found.append((chain, last, spoken))
            if len(found) > MOST:
                break
        if group == "he":
            near = [self.history(chain) for chain, _, _ in found]
            passed = {id(a.chain) for a in near for b in near if a is not b and told_of(self.parse, pronoun, a, b)}
            return [option for option in found if id(option[0]) not in passed]
        return found

    def _best(self, pronoun: Candidate) -> Chain | None:
        return self._chosen(pronoun, self.fitting(pronoun), THRESHOLDS.get(group_of(pronoun), THE))

    def _chosen(self, candidate: Candidate, options: Options, threshold: int) -> Chain | None:
        """The chain with the highest score, if it is over the threshold."""
        weights, best, highest, next_best = self.gazetteer.antecedents, None, threshold, threshold
        for chain, _, found in options:
            score = weights.get("", 0)
            for feature in found:
                score += weights.get(feature, 0)
            if score > highest:
                best, highest, next_best = chain, score, highest
            elif score > next_best:
                next_best = score
        candidate.margin = highest - next_best if best is not None else None
        return best

    def _last(self, chain: Chain, candidate: Candidate) -> Candidate | None:
        return self.history(chain).before(candidate.head)

    def _binds(self, candidate: Candidate, other: Candidate) -> bool:
        """A plain pronoun is not an argument of the same verb as its antecedent."""
        tokens = self.parse.tokens
        if candidate.key.endswith("self") or phrases.owns(tokens[candidate.head]):
            return False
        return (
            tokens[candidate.head].head == tokens[other.head].head
            and tokens[candidate.head].dep in labels.ANY_OBJECT
            and phrases.is_subject(tokens[other.head])
        )

    def _governed(self, candidate: Candidate, chain: Chain) -> bool:
        """A description does not mean the subject of a clause that it stands within: "Rehn said the minister had lied".

        Principle C of binding theory (Chomsky 1981), for subjects.
        """
        tokens = self.parse.tokens
        here = [c.head for c in self.history(chain).in_sentence.get(tokens[candidate.head].sentence, ())]
        nouns = [tokens[_apposed_to(self.parse, i)] for i in here]
        subjects = {noun.head for noun in nouns if phrases.is_subject(noun)}
        i = tokens[candidate.head].head
        while subjects and tokens[i].head != i:
            if i in subjects:
                return True
            i = tokens[i].head
        return i in subjects

    def _see(self, candidate: Candidate, chain: Chain) -> None:
        _last_of(self.seen, chain)
        if chain.land or chain.type == "Country":
            _last_of(self.lands, chain)
        for head in chain.heads if chain.type == "Person" else ():
            _last_of(self.by_role[root_of(head)], chain)
        if candidate.kind == "nominal":
            _last_of(self.by_head[candidate.key], chain)
            self.posts.add(self.parse, candidate, chain)
        elif candidate.kind == "name" and not chain.land:
            word = candidate.key.rsplit(" ", 1)[-1]
            if word in self.gazetteer.nouns:
                self.by_head[word].setdefault(id(chain), chain)


def _last_of(chains: dict[int, Chain], chain: Chain) -> None:
    """Moves a chain to the end."""
    chains.pop(id(chain), None)
    chains[id(chain)] = chain
