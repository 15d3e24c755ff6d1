"""Names that stand for one thing, before anything is said of its type.

In order of certainty: the same country, the same words, an alias in brackets, initials, a surname or a part of a
longer name. After the sieves of Lee et al. (2013), names alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from kg.grammar import labels
from kg.grammar.words import KIN
from kg.model import Gender, Parse
from kg.names import Gazetteer
from kg.resolver.candidates import Candidate, Chain, over
from kg.resolver.naming.finding import CLOSE, HONORIFIC_END, OPEN, age_behind
from kg.resolver.naming.trimming import LINKS
from kg.resolver.naming.typing import given_gender
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

SMALL = LINKS | _LISTS["joints"]
SIDES = _LISTS["sides"]
#: Words that a short form leaves out: "Lufthansa" for "Lufthansa AG", "Heathrow" for "Heathrow Airport".
DESIGNATORS, COMPANY_ENDS = _LISTS["designators"], _LISTS["company_ends"]
#: Of these, what a town gives its name to: the town is not its airport.
PLACED = _LISTS["placed_kinds"]
WHERE = _LISTS["where"]
#: A town of so many is meant by its name, whatever company has it, too.
TOWN = 30_000


def cluster(parse: Parse, names: list[Candidate], gazetteer: Gazetteer) -> list[Chain]:
    """Chains of names, in order of first mention."""
    by_key: dict[str, Chain] = {}
    chains: list[Chain] = []
    namesakes = _Namesakes(parse, names)
    families = _families(names)
    for name in names:
        key = name.own.iri if name.own else name.land or name.known or _area(name, gazetteer) or _normal(name.key)
        if key in namesakes.apart:
            key = namesakes.one(key, name)
        elif key in families and (sex := _sex(parse, name, gazetteer)):
            key = f"{key}, {sex}"  # "Mr Lund" is not "Mrs Lund"
        chain = by_key.get(key)
        if chain is None:
            chain = by_key[key] = Chain(namesake=key.partition(", ")[0] in namesakes.apart)
            chains.append(chain)
        chain.add(name, "same name" if chain.candidates else "")
        chain.own = chain.own or name.own
        if name.land and chain.land is None:
            chain.land = name.land
    _brackets(parse, names)
    chains = [c for c in chains if c.candidates]
    _initials(chains)
    chains = [c for c in chains if c.candidates]
    _abbreviated(chains)
    chains = [c for c in chains if c.candidates]
    _parts(parse, chains, gazetteer)
    chains = [c for c in chains if c.candidates]
    _halves(chains)
    chains = [c for c in chains if c.candidates]
    _nested(parse, chains)
    for chain in chains:
        chain.candidates.sort(key=lambda c: c.first)
    chains.sort(key=lambda c: c.candidates[0].first)
    return chains


def _families(names: list[Candidate]) -> set[str]:
    """Surnames that more than one full name of the article ends in."""
    full = {_normal(n.key) for n in names if n.label == "PERSON" and " " in n.key}
    ends = Counter(key.rpartition(" ")[2] for key in full)
    return {end for end, times in ends.items() if times > 1}


class _Namesakes:
    """Names that two people of the article share: "Ana Ruiz, 34, … Ana Ruiz, 71,"; what has no age is who was last."""

    def __init__(self, parse: Parse, names: list[Candidate]) -> None:
        self._parse = parse
        told: dict[str, set[int]] = defaultdict(set)
        for name in names:
            if age := age_behind(parse, name.last):
                told[_normal(name.key)].add(int(age))
        self.apart = {key for key, ages in told.items() if max(ages) - min(ages) > 1}
        self._last: dict[str, str] = {}

    def one(self, key: str, name: Candidate) -> str:
        """The name with the age of whom it means here."""
        if age := age_behind(self._parse, name.last):
            self._last[key] = f"{key}, {age}"
        return self._last.get(key, key)


def _area(name: Candidate, gazetteer: Gazetteer) -> str | None:
    """The main name of a region: "Va." is Virginia."""
    area = gazetteer.areas.get(name.key)
    return area.name if area is not None and name.label != "PERSON" else None


def _nested(parse: Parse, chains: list[Chain]) -> None:
    """One name inside another: "Ada Holm" in "Ada Holm Foundation", where the article names her by herself, too."""
    full = {c.key: chain for chain in chains for c in chain.candidates if " " in c.key and c.label == "PERSON"}
    if not full:
        return
    for chain in chains:
        for candidate in list(chain.candidates):
            words = candidate.key.split()
            if candidate.last - candidate.first != len(words) or candidate.kind != "name":
                continue
            for size in range(len(words) - 1, 1, -1):
                home = full.get(" ".join(words[:size]))
                if home is not None and home is not chain:
                    inner = over(
                        parse,
                        candidate.first,
                        candidate.first + size,
                        "name",
                        " ".join(words[:size]),
                        head=candidate.first + size - 1,
                    )
                    inner.label = "PERSON"
                    home.add(inner, "name within another name")
                    break


def _normal(key: str) -> str:
    return key.replace(".", "").replace("-", " ")


def _brackets(parse: Parse, names: list[Candidate]) -> None:
    """Long Name (SHORT), Long Name [SHORT] and SHORT (Long Name) are one."""
    tokens = parse.tokens
    ends = {name.last: name for name in names}
    for short in names:
        if (
            short.first == 0
            or short.last >= len(tokens)
            or tokens[short.first - 1].text not in OPEN
            or tokens[short.last].text not in CLOSE
        ):
            continue
        long = ends.get(short.first - 1)
        if long is None or long.chain is None or short.chain is None or long.chain is short.chain:
            continue
        if _is_alias(long, short):
            long.chain.absorb(short.chain, "alias in brackets")


def _is_alias(long: Candidate, short: Candidate) -> bool:
    if (
        long.land
        or short.land
        or short.label in ("DATE", "NORP")
        or short.known
        and not long.known
        and initials(long.key) != short.key
    ):
        return False
    if len(long.key) < len(short.key):
        long, short = short, long
    words = short.last - short.first
    if words > 2 or long.last - long.first < 2:
        return False
    bare = short.key.replace(".", "").rstrip("0123456789-")
    if words == 1 and bare and bare != short.key and initials(long.key).startswith(bare):
        return True  # "Mara Nueva (MN-7)"
    if long.label == "PERSON" and short.label != "PERSON" and short.key.split()[0] not in long.key:
        letters = [w[0] for w in long.key.split() if w not in SMALL]
        return short.key.replace(".", "") == "".join(letters) and long.last - long.first > 2
    return short.label != "GPE" or initials(long.key) == short.key.replace(".", "")


def initials(key: str, small: bool = False) -> str:
    """First letters of the words, without the small ones; "the hill guard" → "hg"."""
    return "".join(w[0] for w in key.replace("-", " ").split() if small or w not in SMALL)


def _initials(chains: list[Chain]) -> None:
    """ "EU" is the "European Union" of the same text."""
    long_forms: dict[str, Chain] = {}
    for chain in chains:
        if chain.land:
            continue
        person = any(c.label == "PERSON" for c in chain.candidates)
        for key in () if person else chain.keys:
            if " " in key:
                for letters in {initials(key), initials(key, True)}:
                    if len(letters) > 1:
                        long_forms.setdefault(letters, chain)
    for chain in chains:
        for candidate in chain.candidates:
            short = candidate.key.replace(".", "")
            if " " not in short and len(short) > 1 and candidate.last - candidate.first == 1 and not chain.land:
                found = long_forms.get(short)
                if candidate.known and found is not None and not any(c.known for c in found.candidates):
                    break  # "AP" is the agency, whatever "Azul Province" is shortened to
                if found is not None and found is not chain and found.candidates:
                    found.absorb(chain, "initials of the name")
                    break


def _abbreviated(chains: list[Chain]) -> None:
    """ "J. Q. Moss" is the one "John Quentin Moss" or "John Q. Moss" of the text."""
    people: dict[str, list[tuple[Chain, list[str]]]] = defaultdict(list)
    for chain in chains:
        if not chain.land and not chain.own:
            for key in sorted({c.key for c in chain.candidates if " " in c.key}):
                *given, last = key.replace(".", "").split()
                people[last].append((chain, given))
    for same in people.values():
        for short, given in same if len(same) > 1 else ():
            letters = [word for word in given if len(word) == 1]
            homes = {
                id(chain): chain
                for chain, full in same
                if chain is not short
                and letters == given
                and len(full) >= len(given)
                and len(full[0]) > 1
                and all(word[0] == letter for word, letter in zip(full, given, strict=False))
            }
            if len(homes) == 1 and short.candidates:
                next(iter(homes.values())).absorb(short, "initials of the name")


def _kept_apart(parse: Parse, chain: Chain) -> bool:
    """Named as somebody's relative alone: "his wife, Ana Ruiz"; "Ruiz" is then the one that she belongs to."""
    name, tokens = chain.candidates[0], parse.tokens
    head = tokens[name.head]
    if head.dep == labels.APPOSITION and tokens[head.head].lemma in KIN:
        return any(tokens[c].dep == labels.POSSESSOR for c in parse.children[head.head])
    return any(
        tokens[c].lemma in KIN and tokens[c].dep in (*labels.COMPOUNDS, labels.NOUN_MODIFIER)
        for c in parse.children[head.i]
    ) and any(tokens[c].dep == labels.POSSESSOR for c in parse.children[head.i])


def _parts(parse: Parse, chains: list[Chain], gazetteer: Gazetteer) -> None:
    """Surnames and given names join the full name; a company without its designator joins the long form."""
    full: dict[str, list[Chain]] = defaultdict(list)  # a word or run of words at an end of a longer name
    for chain in chains:
        if chain.land:
            continue
        for key in sorted({c.key for c in chain.candidates if " " in c.key}):
            words = key.split()
            if words[-1] in HONORIFIC_END:
                for i in range(1, len(words) - 1):
                    full[" ".join(words[i:])].append(chain)  # "Hale Jr."
                words = words[:-1]
            for word in set(words[1:-1]) - SMALL if _persons(chain) else ():
                full[word].append(chain)  # the first of two surnames
            for i in range(1, len(words)):
                full[" ".join(words[i:])].append(chain)
                full[" ".join(words[:i])].append(chain)
            if len(words) > 2:
                full[f"{words[0]} {words[-1]}"].append(chain)
    for chain in sorted(chains, key=lambda c: -max(len(k.key.split()) for k in c.candidates)):
        if chain.land and not _persons(chain):
            continue
        key = max((c.key for c in chain.candidates), key=lambda k: (len(k.split()), k))
        longer = {id(other): other for other in full.get(key, ()) if other is not chain and other.candidates}
        short = _Short(chain, key) if longer else None
        homes = [other for other in longer.values() if short and _joins(parse, short, other, gazetteer)]
        if homes:
            first = chain.candidates[0].first
            before = [h for h in homes if h.candidates[0].first < first] or homes
            if " " not in key and not _courteous(parse, chain, gazetteer):
                before = [h for h in before if not _kept_apart(parse, h)] or before
            before = _of_one_sex(parse, chain, before, gazetteer)
            home = max(
                before, key=lambda h: h.candidates[0].first if h.candidates[0].first < first else -h.candidates[0].first
            )
            home.absorb(chain, "part of a longer name")
            home.candidates.sort(key=lambda c: c.first)


def _sex(parse: Parse, name: Candidate, gazetteer: Gazetteer) -> Gender | None:
    """What the title before a name says: "Mrs Ruiz"."""
    word = parse.tokens[name.first - 1].text.lower() if name.first else ""
    return "male" if word in gazetteer.male_titles else "female" if word in gazetteer.female_titles else None


def _courteous(parse: Parse, chain: Chain, gazetteer: Gazetteer) -> bool:
    """Whether a title of one sex says which of two people is meant: "Mrs Ruiz"."""
    return any(_sex(parse, c, gazetteer) for c in chain.candidates)


def _of_one_sex(parse: Parse, short: Chain, homes: list[Chain], gazetteer: Gazetteer) -> list[Chain]:
    """Those that "Mr" or "Mrs" before a surname may mean, by their own titles and given names; all if none fits."""
    said = {_sex(parse, c, gazetteer) for c in short.candidates} - {None}
    if len(said) != 1:
        return homes
    known = [(h, {_sex(parse, c, gazetteer) or given_gender(h, gazetteer) for c in h.candidates}) for h in homes]
    fitting = [h for h, sexes in known if sexes & said]
    return fitting or [h for h, sexes in known if sexes == {None}] or homes


def _halves(chains: list[Chain]) -> None:
    """ "The North" is North Korea where the article speaks of that and of no other northern country."""
    halves: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        if chain.land:
            for word in {c.key.split()[0] for c in chain.candidates if " " in c.key} & SIDES:
                halves[word].append(chain)
    for chain in chains if halves else ():
        homes = halves.get(chain.candidates[0].key, ())
        if len(homes) == 1 and homes[0] is not chain:
            homes[0].absorb(chain, "half of a divided country")


def _persons(chain: Chain) -> bool:
    """Mostly taken for a person by the pipeline."""
    labels = [c.label for c in chain.candidates]
    return labels.count("PERSON") * 2 > len(labels)


class _Short:
    """A chain that may be called by a part of a longer name, `key`, and what the pipeline takes it for."""

    def __init__(self, chain: Chain, key: str) -> None:
        self.chain, self.key = chain, key
        self.labels = Counter(c.label for c in chain.candidates)
        self.persons = _persons(chain) and not chain.land
        places = sum(self.labels[label] for label in ("GPE", "LOC", "ORG", "FAC"))
        # the label of a bare surname is a guess; three times a place or a body may well be one
        self.surname = bool(self.labels["PERSON"] or self.labels[None]) or places < 3 and not chain.land


def _joins(parse: Parse, short: _Short, long: Chain, gazetteer: Gazetteer) -> bool:
    key = short.key
    person = [c for c in long.candidates if c.label == "PERSON" and " " in c.key]
    words = next((c.key.split() for c in long.candidates if f" {key} " in f" {c.key} " and c.key != key), [])
    if person:
        if (
            words
            and " ".join(words[-len(key.split()) :]) != key
            and words[-1] not in HONORIFIC_END
            and not (len(key.split()) == 2 and words[0] == key.split()[0] and words[-1] == key.split()[-1])
        ):
            # a first name alone: only where the pipeline takes it for a person, too
            return short.persons
        return short.surname
    rest = " ".join(words).replace(key, "", 1).split() if words else []
    if (
        len(rest) > 0
        and " " in key
        and words[-1] == key.split()[-1]
        and (" ".join(rest) in gazetteer.land_names or " ".join(rest) in gazetteer.adjectives)
    ):
        return not short.labels["GPE"]  # "Home Office" for "United Kingdom Home Office"
    if not rest or short.chain.land or not all(w in DESIGNATORS | COMPANY_ENDS for w in rest):
        return False
    placed = bool(gazetteer.cities.find(key) or short.labels["GPE"])
    if words[-1] in COMPANY_ENDS and words[-1] in rest and " " not in key:
        return not placed or not _located(parse, short.chain) and not _large(gazetteer, key)
    return not placed or not set(rest) & PLACED and not short.labels["GPE"]


def _located(parse: Parse, chain: Chain) -> bool:
    """Spoken of as a place: "in Bergen"."""
    tokens = parse.tokens
    return any(
        tokens[c.head].dep == labels.PREPOSITIONAL_OBJECT and tokens[tokens[c.head].head].lemma in WHERE
        for c in chain.candidates
    )


def _large(gazetteer: Gazetteer, key: str) -> bool:
    return any(city.population > TOWN for city in gazetteer.cities.find(key)[:1])
