"""Titles and roles that stand before a name as words of their own."""
from __future__ import annotations

from kg.model import Parse
from kg.names import Gazetteer
from kg.resolver.candidates import Candidate, over


def titles_beside(parse: Parse, gazetteer: Gazetteer, taken: list[Candidate | None],
                   titles: list[tuple[Candidate, Candidate]]) -> None:
    """Titles and roles that stand before a name as its modifier: "Home Secretary", "coast guard spokesman"."""
    tokens = parse.tokens
    done = {name.first for _, name in titles}
    previous: Candidate | None = None
    for name in taken:
        if name is None or name is previous or name.adjective:
            continue
        previous = name
        i = name.first - 1
        if i < 0 or name.first in done or taken[i] is not None or tokens[i].sentence != tokens[name.first].sentence:
            continue
        token = tokens[i]
        word = token.text.lower()
        role = gazetteer.nouns.get(token.lemma) == "Person" and token.tag in ("NN", "NNP") or word in gazetteer.titles and token.text[:1].isupper() \
            or name.label == "PERSON" and token.tag == "NN" and token.dep == "compound" and token.lemma not in gazetteer.nouns and token.text.islower()
        inside = range(name.first, name.last)
        modifies = token.dep in ("compound", "nmod", "amod", "appos") and token.head in inside or tokens[name.head].dep == "appos" and tokens[name.head].head == i
        if not role or name.land or not modifies and not (token.text[:1].isupper() and token.tag == "NNP"):
            continue
        if word in gazetteer.either_roles and token.text.islower() and name.label != "PERSON":
            continue
        first = i
        while first > 0 and tokens[first - 1].sentence == token.sentence and (
                tokens[first - 1].dep in ("compound", "amod", "nmod") and (name.first <= tokens[first - 1].head < name.last or first <= tokens[first - 1].head <= i)
                and tokens[first - 1].tag in ("NNP", "NN", "JJ", "VBN", "NNPS") or tokens[first - 1].tag == "NNP" and taken[first - 1] is None and token.tag == "NNP"):
            first -= 1
        title = over(parse, first, i + 1, "nominal", token.lemma, head=i)
        title.type = "Person"
        for j in range(first, i):
            if taken[j] is not None and taken[j].adjective or taken[j] is not None and taken[j].land:
                title.nation = taken[j].land
        titles.append((title, name))
