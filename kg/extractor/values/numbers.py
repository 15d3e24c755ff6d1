"""Numbers as English writes them, in digits and in words: "91,000", "1.5 million", "twenty-five", "two dozen"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.vocabulary import word_lists

_LISTS = word_lists("quantities")

SMALL = {word: value for value, (word,) in enumerate(_LISTS.rows("small"))}
TENS = {word: 10 * value for value, (word,) in enumerate(_LISTS.rows("tens"), 2)}
ORDINALS = {word: value for value, (word,) in enumerate(_LISTS.rows("ordinals"), 1)}
SCALES = _LISTS.numbers("scales")
WORD_SCALES, ORDINAL_ENDINGS = _LISTS["word_scales"], _LISTS["ordinal_endings"]
#: Every word that can open a number in words.
OPENERS = frozenset(SMALL) | frozenset(TENS) | {"half", "dozen"}


def plain(word: str) -> float | int | None:
    """The value of one word: "91,000", "1.5", "seven", "twenty-five", "115m"; None if it is no number."""
    if word[:1].isdigit():
        return _digits(word)
    if word in SMALL:
        return SMALL[word]
    if word in TENS:
        return TENS[word]
    tens, hyphen, unit = word.partition("-")
    if hyphen and tens in TENS and 0 < SMALL.get(unit, 0) < 10:
        return TENS[tens] + SMALL[unit]
    return None


def _digits(word: str) -> float | int | None:
    scale = 1
    for ending in ("mn", "bn", "tn", "m", "b", "k"):
        if word.endswith(ending) and word[: -len(ending)].replace(".", "", 1).replace(",", "").isdigit():
            word, scale = word[: -len(ending)], SCALES[ending]
            break
    whole, dot, part = word.partition(".")
    groups = whole.split(",")
    if (
        not all(g.isdigit() and g.isascii() for g in groups)
        or any(len(g) != 3 for g in groups[1:])
        or (dot and not part.isdigit())
    ):
        return None
    return tidy(float(word.replace(",", "")) * scale) if dot else int("".join(groups)) * scale


def tidy(value: float) -> float | int:
    """A whole number as an integer, others without the noise of binary fractions."""
    value = round(value, 6)
    return int(value) if value == int(value) else value


def read(words: Sequence[str], i: int) -> tuple[int, float | int] | None:
    """The number that starts at word `i` (words in lower case): the index after it and its value."""
    if i >= len(words):
        return None
    word = words[i]
    if (
        word == "half"
        and i + 2 < len(words)
        and words[i + 1] == "a"
        and words[i + 2] in ("million", "billion", "dozen")
    ):
        return i + 3, tidy(SCALES[words[i + 2]] / 2)
    if word == "a" and i + 1 < len(words) and words[i + 1] in WORD_SCALES:
        start, total = i + 1, 1.0
    else:
        first = plain(word)
        if first is None:
            return (i + 1, 12) if word == "dozen" else None
        start, total = i + 1, float(first)
    in_words = not word[0].isdigit()
    group, at = total, start
    done = 0.0
    while at < len(words):
        step = words[at]
        if step in WORD_SCALES or (step in SCALES and not in_words and at == start):
            scale = SCALES[step]
            if scale < 1000:
                group *= scale
            else:
                done, group = done + group * scale, 0.0
            at += 1
        elif (
            in_words
            and not step[0].isdigit()
            and (more := plain(step)) is not None
            and (group % 100 == 0 or (group % 100 >= 20 and group % 10 == 0 and more < 10))
        ):
            group += float(more)
            at += 1
        elif (
            in_words
            and step == "and"
            and at + 1 < len(words)
            and words[at - 1] in WORD_SCALES
            and plain(words[at + 1]) is not None
            and not words[at + 1][0].isdigit()
        ):
            at += 1
        elif step == "and" and words[at + 1 : at + 3] == ["a", "half"]:
            group, at = group + 0.5, at + 3
        else:
            break
    return at, tidy(done + group)


def ordinal(word: str) -> int | None:
    """ "third", "3rd", "21st" → 3, 3, 21."""
    if word in ORDINALS:
        return ORDINALS[word]
    if word[:1].isdigit() and word[-2:] in ORDINAL_ENDINGS and word[:-2].isdigit():
        return int(word[:-2])
    tens, hyphen, unit = word.partition("-")
    return TENS[tens] + ORDINALS[unit] if hyphen and tens in TENS and ORDINALS.get(unit, 10) < 10 else None
