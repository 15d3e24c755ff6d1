"""How many and how much: value or range, unit, how exact, what is counted, and where a distance is measured from.

A number is no quantity where it is part of a name ("Route 66"), a date, an age, a label ("Article 5") or a score.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extractor.values import numbers
from kg.extractor.values.times import find_times
from kg.extractor.values.units import (
    AFTER,
    AWAY,
    BY_LAST,
    CHANGES,
    CURRENCIES,
    CURRENCY_SIGNS,
    DIRECTIONS,
    DURATIONS,
    LABELS,
    LENGTHS,
    MEASURES,
    NATIONAL,
    NO_COUNTS,
    OF_PEOPLE,
    PEOPLE,
    POWERED,
    SILENT,
    SUMS,
    TELLS,
)
from kg.grammar import labels, phrases
from kg.model import Parse, Quantity, Resolved, Time


def find_quantities(parse: Parse, resolved: Resolved, times: Sequence[Time] | None = None) -> tuple[Quantity, ...]:
    """All quantities of the document in order of the text; `times` are those of `find_times`, read if not given."""
    reader = _Reader(parse, resolved, find_times(parse) if times is None else times)
    found, i = [], 0
    words = reader.words
    while i < len(words):
        if (
            words[i][0].isdigit()
            or words[i] in numbers.OPENERS
            or "-" in words[i]
            or (words[i] == "a" and i + 1 < len(words) and words[i + 1] in numbers.WORD_SCALES)
        ):
            quantity, end = reader.at(i)
            if quantity is not None:
                found.append(quantity)
            i = max(end, i + 1)
        else:
            i += 1
    return tuple(found)


class _Reader:
    """The grammar of quantities over one document's words."""

    def __init__(self, parse: Parse, resolved: Resolved, times: Sequence[Time]) -> None:
        self.parse, self.resolved = parse, resolved
        self.tokens = parse.tokens
        self.words = [t.text.lower() for t in parse.tokens]
        self.closed = _covered(parse, resolved, times)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def at(self, i: int) -> tuple[Quantity | None, int]:
        """The quantity that starts at number word `i`, if it is one, and the index to go on from."""
        if i in self.closed:
            return None, i + 1
        if "-" in self.words[i] and numbers.plain(self.words[i]) is None:
            return self._hyphenated(i)
        read = numbers.read(self.words, i)
        if read is None:
            return None, i + 1
        end, number = read
        value: float | int | None = number
        low: float | int | None = None
        high: float | int | None = None
        joint, before = self.word(end), self.word(i - 1)
        if joint in ("to", "-", "–", "or") or (joint == "and" and before == "between"):
            second = numbers.read(self.words, end + 1)
            if (
                second is not None
                and end + 1 not in self.closed
                and (joint != "to" or before == "from" or second[1] > number)
            ):
                if joint in "-–" and second[1] <= number:
                    return None, second[0]  # a score, a label
                if second[1] > number or joint == "and":
                    low = self._scaled(number, end + 1, second)
                    high, end, value = second[1], second[0], None
        start, unit = i, None
        if (sign := self._sign(i - 1)) is not None:
            start, unit = i - 1, sign
        end, unit = self._unit(end, unit)
        if unit is None and self._is_label(i, end, value):
            return None, end
        if joint in ("to", "and") and low is not None and self.word(start - 1) in ("between", "from"):
            start -= 1
        start, modifier = self._modifier(start)
        if (self.word(end), self.word(end + 1)) in AFTER and modifier is None:
            modifier, end = AFTER[self.word(end), self.word(end + 1)], end + 2
        head = self._head(start, end)
        return Quantity(
            value=value,
            min=low,
            max=high,
            unit=unit,
            of=self._counted(i, end, head, unit),
            modifier=modifier,
            from_=self._origin(end) if unit in _LENGTH_NAMES else None,
            start=self.tokens[start].start,
            end=self.tokens[end - 1].end,
            head=head,
        ), end

    def _scaled(self, low: float | int, first: int, second: tuple[int, float | int]) -> float | int:
        """The lower end of a range, in the scale of the upper one: "2 to 3 million"."""
        scale = next((numbers.SCALES[w] for w in self.words[first : second[0]] if w in numbers.WORD_SCALES), 1)
        return numbers.tidy(low * scale) if scale > 1 and low * scale < second[1] and low < 1000 else low

    def _hyphenated(self, i: int) -> tuple[Quantity | None, int]:
        """ "a 75-kilometre road", "a 10-percent rise", "a 300-bed hospital"."""
        first, _, rest = self.words[i].partition("-")
        if first == "magnitude":  # "a magnitude-6.8 earthquake"
            first, rest = rest, first
        value = numbers.plain(first)
        if value is None or not rest.isalpha():
            return None, i + 1
        token = self.tokens[i]
        over = self.tokens[token.head]
        unit = MEASURES.get(rest) or (rest if rest in ("percent", "magnitude") else CURRENCIES.get(rest))
        if unit is None:
            if not first[0].isdigit() or rest in DURATIONS or rest in NO_COUNTS or over.pos not in ("NOUN", "PROPN"):
                return None, i + 1
            return Quantity(value=value, of=f"{rest}s", start=token.start, end=token.end, head=i), i + 1
        head = over.text.lower() if token.head != i else None
        return Quantity(value=value, unit=unit, of=head, start=token.start, end=token.end, head=i), i + 1

    def _sign(self, i: int) -> str | None:
        word = self.word(i)
        return CURRENCY_SIGNS.get(word) or (
            CURRENCIES[word] if word in _CODES and self.tokens[i].text.isupper() else None
        )

    def _unit(self, end: int, unit: str | None) -> tuple[int, str | None]:
        """The unit at `end`, one found before the number kept unless a currency's name refines it."""
        word, after = self.word(end), self.word(end + 1)
        if unit is not None:
            return (end + 1, unit) if CURRENCIES.get(word) == unit else (end, unit)
        if word in ("%", "percent", "pct"):
            if after in ("point", "points"):
                return end + 2, "percentage point"
            return end + 1, "percent"
        if word == "per" and after == "cent":
            return end + 2, "percent"
        if word == "percentage" and after in ("point", "points"):
            return end + 2, "percentage point"
        if word in ("square", "sq", "cubic") and MEASURES.get(after) in POWERED:
            return end + 2, f"{'cubic' if word == 'cubic' else 'square'} {MEASURES[after]}"
        if word in ("us", "u.s.", "american") and after in ("dollar", "dollars"):
            return end + 2, "USD"
        if after in CURRENCIES and (word, CURRENCIES[after]) in NATIONAL:
            return end + 2, NATIONAL[word, CURRENCIES[after]]
        if word in ("metric", "nautical") and after in MEASURES:
            return end + 2, f"{word} {MEASURES[after]}" if word == "nautical" else "tonne"
        if word in ("pound", "pounds"):
            return end + 1, "pound" if after != "sterling" else "GBP"
        if word in MEASURES or word in DURATIONS:
            return end + 1, MEASURES.get(word) or DURATIONS[word]
        if word in CURRENCIES and self.tokens[end].pos != "VERB":
            return end + 1, CURRENCIES[word]
        return end, None

    def _is_label(self, i: int, end: int, value: float | int | None) -> bool:
        """A bare number that names, scores or ages rather than counts."""
        token, before, after = self.tokens[i], self.word(i - 1), self.word(end)
        if self.tokens[end - 1].pos not in ("NUM", "NOUN", "PRON", "ADJ", "DET", "X", "SYM") and token.pos != "NUM":
            return True
        if before in LABELS or (before.rstrip("s") in LABELS and token.dep in labels.APPENDED and token.head == i - 1):
            return True
        if i and token.dep in labels.APPENDED and token.head < i and self.tokens[token.head].text[:1].isupper():
            return True  # "Formula 1", "Ruiz, 45,"
        if before in ("-", "–", "#", "aged", "age", "/", ":") or after in ("-", "–", "/", ":", "th"):
            return True
        if (
            before in (",", "(")
            and after in (",", ")", ".", "")
            and token.dep in labels.APPENDED | {labels.ATTRIBUTE, labels.CONJUNCT, labels.LOOSE}
        ):
            return True
        if value == 1 and self.words[i] == "one":
            return (
                token.dep != labels.NUMBER
                or self.tokens[token.head].head < 0
                or before in ("no", "any", "every", "the", "this", "that")
            )
        if value is None:
            return False
        if token.dep in labels.COUNTING and token.head > i:
            return self.tokens[token.head].pos in ("VERB", "ADP")
        if after == "of" or self.words[i] in ("both",):
            return False
        return value < 1000 and not self._counts_as_noun(i, end)

    def _counts_as_noun(self, i: int, end: int) -> bool:
        """A bare number that stands for people or things: "about 800 were freed", "killing 12", "of the 300"."""
        token = self.tokens[end - 1]
        if phrases.is_subject(token):
            return True
        if phrases.after(self.parse, token.i, "at", "to"):
            return self.tokens[self.tokens[token.head].head].lemma in TELLS | SUMS
        if token.dep in labels.OBJECTS:
            return self.tokens[token.head].lemma in OF_PEOPLE
        return False

    def _modifier(self, start: int) -> tuple[int, str | None]:
        for words in BY_LAST.get(self.word(start - 1), ()):
            first = start - len(words)
            if first >= 0 and tuple(self.words[first:start]) == words:
                return first, None if words in SILENT else " ".join(words)
        return start, None

    def _head(self, start: int, end: int) -> int:
        """The token by which number and unit hang on the sentence."""
        inside = range(start, end)
        outer = [t for t in inside if self.tokens[t].head not in inside or self.tokens[t].head == t]
        solid = [
            t for t in outer if self.tokens[t].pos in ("NUM", "NOUN", "SYM", "PROPN") or self.words[t][0].isdigit()
        ]
        return (solid or outer or [end - 1])[-1]

    # -------------------------------------------------------------- what is counted

    def _counted(self, i: int, end: int, head: int, unit: str | None) -> str | None:
        tokens = self.tokens
        if unit in _LENGTH_NAMES and self._origin(end) is not None:
            return "distance"
        after = self.word(end)
        if unit is not None and after in ("of", "in") and end + 1 < len(tokens):
            for child in self.parse.children[head] + self.parse.children[end - 1]:
                if child == end:
                    objects = phrases.objects(self.parse, child)
                    if (
                        objects
                        and (unit == "percent" or after == "in" or unit not in DURATIONS.values())
                        and tokens[objects[0]].pos == "NOUN"
                    ):
                        return self._phrase(objects[0])
        at = tokens[head].head
        if at == head:
            return None
        over = tokens[at]
        if unit is None:
            return self._numbered(head, end)
        if unit in ("percent", "percentage point") and over.lemma in CHANGES and over.pos == "VERB":
            subject = next(iter(phrases.subjects(self.parse, at)), None)
            return self._phrase(subject) if subject is not None and tokens[subject].pos in ("NOUN", "PROPN") else None
        if over.pos == "NOUN" and at > head and tokens[head].dep in labels.MEASURING:
            return self._phrase(at)
        if over.pos == "ADP" and tokens[over.head].pos == "NOUN" and over.lemma in ("of", "at", "to", "by"):
            return self._phrase(over.head)
        return None

    def _numbered(self, head: int, end: int) -> str | None:
        """What a number without a unit counts."""
        tokens, at, after = self.tokens, self.tokens[head].head, self.word(end)
        if tokens[at].pos in ("NOUN", "PROPN", "ADJ") and at > head:
            if tokens[head].dep in labels.COUNTING:
                return self._together(at) or self._phrase(at, self._participle(at))
        if after == "of":
            for child in self.parse.children[end - 1]:
                objects = phrases.objects(self.parse, child)
                if child == end and objects:
                    return self._phrase(objects[0])
        if tokens[head].dep in labels.CORE:
            participle = self._participle(head)
            return f"people {participle}" if participle else "people"
        if phrases.after(self.parse, head) and after != "percent":
            return self._summed(at)
        if end < len(tokens) and tokens[end].tag == "VBN":
            return f"people {self.words[end]}"  # "more than 200 injured"
        return None

    def _together(self, noun: int) -> str | None:
        """ "65 passengers and crew": one number for people of two kinds, where the second has no word of its own."""
        for other in phrases.conjuncts(self.parse, noun):
            kinds = [self.resolved.entity_at(i) for i in (noun, other)]
            if (
                other == noun + 2
                and self.words[noun + 1] == "and"
                and self.tokens[other].pos == "NOUN"
                and all(kind is not None and kind.type == "Group" for kind in kinds)
                and not phrases.dependents(self.parse, other, labels.COORDINATION)
            ):
                return f"{self._phrase(noun)} {self.parse.quote((self.tokens[noun + 1].start, self.tokens[other].end))}"
        return None

    def _summed(self, preposition: int) -> str | None:
        """What the number is of in "put the number of marchers at 60,000"."""
        verb = self.tokens[preposition].head
        for noun in (verb, *self.parse.children[verb]):
            if self.tokens[noun].lemma in SUMS:
                for counted in phrases.under(self.parse, noun, "of"):
                    return self._phrase(counted)
        return None

    def _phrase(self, head: int, participle: str | None = None) -> str:
        """A noun with its premodifiers, without number, article and possessor."""
        tokens = self.tokens
        kept = [
            c
            for c in self.parse.children[head]
            if c < head
            and tokens[c].dep in labels.PREMODIFIERS
            and not self.words[c][0].isdigit()
            and self.words[c] not in ("more", "other", "many")
            and tokens[c].tag != "CD"
        ]
        first = head
        while first - 1 in kept:
            first -= 1
        words = self.parse.text[tokens[first].start : tokens[head].end]
        return f"{words} {participle}" if participle and tokens[head].lemma in PEOPLE else words

    def _participle(self, noun: int) -> str | None:
        """ "detained" where the noun is the subject of "have been detained"."""
        token = self.tokens[noun]
        if token.dep == labels.PASSIVE_SUBJECT and self.tokens[token.head].tag == "VBN":
            return self.words[token.head]
        return None

    def _origin(self, end: int) -> str | None:
        """The place that a distance ending at `end` is measured from: "(47 miles) north of Lima", "from the border"."""
        at = end
        if self.word(at) == "(":
            closing = next((k for k in range(at, min(at + 7, len(self.words))) if self.words[k] == ")"), None)
            if closing is None:
                return None
            at = closing + 1
        elif self.word(at) == ")":
            at += 1
        while self.word(at) in DIRECTIONS or self.word(at) in (",", "the", "to") and self.word(at + 1) in DIRECTIONS:
            at += 1
        if self.word(at) not in AWAY:
            return None
        if self.word(at) == "to":
            return None
        for k in range(at + 1, min(at + 7, len(self.tokens))):
            entity = self.resolved.entity_at(k)
            if entity is not None and self.tokens[k].pos in ("PROPN", "NOUN", "PRON") and self._heads(k, at):
                return entity.id
        return None

    def _heads(self, k: int, preposition: int) -> bool:
        """Whether token `k` is the object of the preposition, not a word inside its phrase."""
        head = self.tokens[k].head
        return self.tokens[k].dep in labels.JOINED or head <= preposition


_LENGTH_NAMES = frozenset(LENGTHS.values())
_CODES = frozenset(w for w in CURRENCIES if len(w) == 3 and CURRENCIES[w].lower() == w)


def _covered(parse: Parse, resolved: Resolved, times: Sequence[Time]) -> frozenset[int]:
    """The tokens whose digits are no quantity: inside names and times (a duration is both)."""
    spans = sorted(
        [(t.start, t.end) for t in times if t.kind == "time"]
        + [m.span for e in resolved.entities for m in e.mentions if m.kind == "name"]
    )
    found, at = set(), 0
    for i, token in enumerate(parse.tokens):
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if at < len(spans) and spans[at][0] <= token.start < spans[at][1]:
            found.add(i)
    for name in parse.names:
        if name.label not in ("CARDINAL", "ORDINAL", "QUANTITY", "MONEY", "PERCENT", "DATE", "TIME", "NORP"):
            numeric = [i for i in range(name.first, name.last) if parse.tokens[i].tag == "CD"]
            if len(numeric) < name.last - name.first:
                found.update(numeric)
    return frozenset(found)
