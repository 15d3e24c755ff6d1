"""Units of measure and money, each with the one name the graph uses, and the words around numbers."""

from __future__ import annotations

from kg.vocabulary import word_lists

_LISTS = word_lists("quantities")

LENGTHS = _LISTS.spellings("lengths")
MEASURES = {**LENGTHS, **_LISTS.spellings("measures")}
DURATIONS = _LISTS.spellings("durations")
POWERED = _LISTS["powered"]
CURRENCIES = _LISTS.spellings("currencies")
CURRENCY_SIGNS = _LISTS.spellings("signs")
#: An adjective and a unit → the other currency that they make.
NATIONAL = {
    (adjective, unit): code
    for code, text in _LISTS.texts("national").items()
    for adjective, _, unit in [text.rpartition(" ")]
}

#: What says before a number how exact it is, by its last word, the longest first.
BY_LAST: dict[str, list[tuple[str, ...]]] = {}
for _row in sorted(_LISTS.rows("modifiers"), key=lambda row: (-len(row), row)):
    BY_LAST.setdefault(_row[-1], []).append(_row)
SILENT = frozenset(_LISTS.rows("silent"))
#: Two words after a number → how exact it is.
AFTER = {pair: modifier for modifier, pairs in _LISTS.tables("after").items() for pair in pairs}
LABELS = _LISTS["labels"]
NO_COUNTS = _LISTS["no_counts"]
CHANGES = _LISTS["changes"]
TELLS = _LISTS["tells"]
SUMS = _LISTS["sums"]
OF_PEOPLE = _LISTS["of_people"]
PEOPLE = _LISTS["people"]
AWAY = _LISTS["away"]
DIRECTIONS = _LISTS["directions"]
