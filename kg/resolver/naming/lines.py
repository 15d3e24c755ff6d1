"""Names in the furniture of a wire report: where it was written, and from which outlet it was taken.

LINDHOLM, Sweden (AP)            a town in capitals at the head of a line, before its land or the agency
Lima EL FARO in Spanish 3 Mar    a town, the outlet, the language
XY1402001894 Lima Radio Faro     a number of the archive, which is no name
"""

from __future__ import annotations

from kg.grammar import labels, phrases
from kg.model import Parse, Token
from kg.names import Gazetteer, plain
from kg.resolver.candidates import Candidate, Taken, over
from kg.vocabulary import word_lists

_LISTS = word_lists("names")

CASTS, TONGUES, AFTER_TONGUE = _LISTS["casts"], _LISTS["tongues"], _LISTS["after_tongue"]
#: Words of the longest town name looked for.
LONGEST = 4


def is_code(word: str) -> bool:
    """A number of an archive: letters and many digits."""
    return len(word) > 6 and word.isalnum() and sum(c.isdigit() for c in word) > 3 and not word.isdigit()


def is_language(parse: Parse, gazetteer: Gazetteer, i: int) -> bool:
    """ "in Spanish", "speaks Danish", "the Danish language": the tongue, not the country."""
    tokens = parse.tokens
    token = tokens[i]
    key = plain(token.text)
    if key not in gazetteer.adjectives or not token.text[:1].isupper():
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.lemma == "language":
        return True
    before = tokens[i - 1] if i else None
    if (
        before is None
        or before.sentence != token.sentence
        or before.text.lower() not in ("in", "into")
        and before.lemma not in TONGUES
    ):
        return False
    if (
        after is None
        or after.sentence != token.sentence
        or token.head == before.i
        and token.dep == labels.PREPOSITIONAL_OBJECT
    ):
        return True
    return not after.text[:1].isalpha() or after.text in AFTER_TONGUE


#: Ends of the adjectives of countries that no single person is called by: "a Briton", never "a British".
OF_NO_ONE = tuple(sorted(_LISTS["of_no_one_ends"]))


def is_citizen(parse: Parse, gazetteer: Gazetteer, i: int) -> bool:
    """ "a German", "the second Israeli": a person of the country, not the country."""
    tokens = parse.tokens
    token = tokens[i]
    key = plain(token.text)
    if key not in gazetteer.adjectives or not token.text[:1].isupper() or key.endswith(OF_NO_ONE):
        return False
    if phrases.premodifies(token):
        return False
    if i + 1 < len(tokens) and tokens[i + 1].pos in ("NOUN", "PROPN", "ADJ") and tokens[i + 1].head in (i, token.head):
        return False
    counted = any(c < i for c in phrases.numbers(parse, i))
    return counted or any(t.i < i and t.tag == "DT" for t in phrases.determiners(parse, i))


def line_names(parse: Parse, gazetteer: Gazetteer, taken: Taken) -> None:
    """Marks the names of datelines and of lines that say the source."""
    tokens = parse.tokens
    for sentence in parse.sentences:
        first, last = sentence.first, sentence.last
        while first < last and is_code(tokens[first].text):
            first += 1
        if not tokens[first:last]:
            continue
        _town(parse, gazetteer, first, last, taken)
        if first == sentence.first and not _is_line(tokens[first:last]):
            for i in range(first + 2, last):
                if (
                    tokens[i].text == "in"
                    and is_code_line(tokens, first, i)
                    and i + 1 < last
                    and is_language(parse, gazetteer, i + 1)
                ):
                    start = max(j for j in range(first, i) if is_code(tokens[j].text)) + 1
                    _outlet(parse, gazetteer, start, i, taken)
                    break
            continue
        end = next(
            (
                i
                for i in range(first, last)
                if tokens[i].text == "in" and i + 1 < last and is_language(parse, gazetteer, i + 1)
            ),
            None,
        )
        if end is not None or all(not t.text[0].islower() for t in tokens[first:last]):
            _outlet(parse, gazetteer, first, end or last, taken)


def is_code_line(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    return any(is_code(tokens[j].text) for j in range(max(first, last - 9), last - 1))


def _is_line(tokens: tuple[Token, ...]) -> bool:
    """Nothing but names before "in" a language or the end of the line."""
    for token in tokens:
        if token.text == "in":
            return True
        if not token.text[0].isupper():
            return False
    return len(tokens) > 1


def _town(parse: Parse, gazetteer: Gazetteer, first: int, last: int, taken: Taken) -> None:
    """ "ROYAL HILL, Mich.", "NEW YORK (AP)": words in capitals before a land, a state or an agency."""
    tokens = parse.tokens
    i = first
    while i < last and tokens[i].text.isupper() and tokens[i].text[0].isalpha() and i - first < LONGEST:
        i += 1
    if i == first or i + 1 >= last or tokens[i].text not in (",", "(") or sum(len(t.text) for t in tokens[first:i]) < 4:
        return
    key = plain(" ".join(t.text for t in tokens[first:i]))
    after = [plain(" ".join(t.text for t in tokens[i + 1 : i + 1 + n])) for n in (1, 2, 3) if i + n < last]
    if tokens[i].text == "(":
        fits = any(gazetteer.known[a].type == "MediaOutlet" for a in after[:1] if a in gazetteer.known)
    else:
        fits = any(
            a in gazetteer.land_names or (area := gazetteer.areas.get(a)) is not None and area.country for a in after
        )
    if not fits or key in gazetteer.land_names or key in gazetteer.known:
        return
    _mark(over(parse, first, i, "name", key), "GPE", "Settlement", taken)


def _outlet(parse: Parse, gazetteer: Gazetteer, first: int, last: int, taken: Taken) -> None:
    """A town and what is printed or sent there."""
    tokens = parse.tokens
    for n in range(min(LONGEST, last - first - 1), 0, -1):
        key = plain(" ".join(t.text for t in tokens[first : first + n]))
        rest = tokens[first + n : last]
        if (
            not gazetteer.cities.find(key.removeprefix("the "))
            or not rest
            or any(t.text in (",", ":", ";", "(") for t in rest)
        ):
            continue
        if (
            not (all(t.text.isupper() for t in rest) or any(t.lemma in CASTS for t in rest))
            or tokens[first].text.isupper()
        ):
            return
        start = first + (tokens[first].text.lower() == "the")
        town = over(parse, start, first + n, "name", key.removeprefix("the "))
        _mark(town, "GPE", "Settlement", taken)
        name = plain(" ".join(t.text for t in rest))
        outlet = over(parse, first + n, last, "name", name.removeprefix("the "))
        outlet.known = gazetteer.known[name].main if name in gazetteer.known else None
        _mark(outlet, "ORG", "MediaOutlet", taken)
        return


def _mark(name: Candidate, label: str, kind: str, taken: Taken) -> None:
    if any(taken[i] is not None for i in range(name.first, name.last)):
        return
    name.label, name.type = label, kind
    for i in range(name.first, name.last):
        taken[i] = name
