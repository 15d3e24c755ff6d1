"""Units of measure and money as news writes them, each with the one name the graph uses, and the words that stand around numbers."""

from __future__ import annotations


def _table(lines: str) -> dict[str, str]:
    """ "name: spelling spelling" a line → spelling → name; the name itself is a spelling."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        name, _, spellings = line.strip().partition(":")
        found.update(dict.fromkeys([name, *spellings.split()], name))
    return found


LENGTHS = _table("""
    kilometre: kilometres kilometer kilometers km kms
    metre: metres meter meters
    centimetre: centimetres centimeter centimeters cm
    millimetre: millimetres millimeter millimeters mm
    mile: miles
    foot: feet ft
    inch: inches
    yard: yards
    block: blocks
    light-year: light-years""")
MEASURES = LENGTHS | _table("""
    hectare: hectares ha
    acre: acres
    kilogram: kilograms kilogramme kilogrammes kilo kilos kg
    gram: grams gramme grammes
    tonne: tonnes
    ton: tons
    ounce: ounces
    litre: litres liter liters
    gallon: gallons
    barrel: barrels
    bushel: bushels
    degree: degrees °c °f
    watt: watts
    kilowatt: kilowatts kw
    megawatt: megawatts mw
    gigawatt: gigawatts gw
    kilowatt-hour: kilowatt-hours kwh
    megabyte: megabytes
    gigabyte: gigabytes
    terabyte: terabytes
    megahertz: mhz
    knot: knots
    mile per hour: mph
    kilometre per hour: km/h kmh kph""")
DURATIONS = _table("""
    second: seconds
    minute: minutes
    hour: hours
    day: days
    week: weeks
    month: months
    year: years
    decade: decades
    century: centuries""")
#: After "square" and "cubic".
POWERED = frozenset("kilometre metre mile foot inch yard centimetre".split())

CURRENCY_SIGNS = {
    "$": "USD",
    "us$": "USD",
    "u.s.$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₽": "RUB",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "₴": "UAH",
    "₦": "NGN",
    "a$": "AUD",
    "c$": "CAD",
    "nz$": "NZD",
    "hk$": "HKD",
    "s$": "SGD",
    "r$": "BRL",
    "au$": "AUD",
    "ca$": "CAD",
}
CURRENCIES = _table("""
    USD: dollar dollars usd buck bucks
    EUR: euro euros eur
    GBP: sterling gbp
    JPY: yen jpy
    CNY: yuan renminbi cny rmb
    CHF: chf
    INR: rupee rupees inr
    RUB: ruble rubles rouble roubles rub
    KRW: won krw
    MXN: mxn
    ILS: shekel shekels
    UAH: hryvnia hryvnias
    TRY: lira liras
    NGN: naira
    ZAR: rand zar
    BRL: reais brl
    PLN: zloty zlotys
    AUD: aud
    CAD: cad
    SEK: sek
    NOK: nok
    DKK: dkk
    peso: pesos
    franc: francs
    dinar: dinars
    riyal: riyals
    dirham: dirhams
    shilling: shillings
    rial: rials
    rupiah: idr
    baht: thb
    forint: forints
    krona: kronor kronas
    krone: kroner""")
#: An adjective before the unit that makes it another currency.
NATIONAL = {
    ("canadian", "USD"): "CAD",
    ("australian", "USD"): "AUD",
    ("new zealand", "USD"): "NZD",
    ("hong kong", "USD"): "HKD",
    ("singapore", "USD"): "SGD",
    ("taiwan", "USD"): "TWD",
    ("mexican", "peso"): "MXN",
    ("argentine", "peso"): "ARS",
    ("chilean", "peso"): "CLP",
    ("colombian", "peso"): "COP",
    ("philippine", "peso"): "PHP",
    ("cuban", "peso"): "CUP",
    ("swiss", "franc"): "CHF",
    ("pakistani", "INR"): "PKR",
    ("kenyan", "shilling"): "KES",
    ("saudi", "riyal"): "SAR",
    ("iranian", "rial"): "IRR",
    ("swedish", "krona"): "SEK",
    ("norwegian", "krone"): "NOK",
    ("danish", "krone"): "DKK",
}

#: Words before a number that say how exact it is, longest first.
MODIFIERS: tuple[tuple[str, ...], ...] = tuple(
    sorted(
        (
            tuple(line.split())
            for line in (
                "about",
                "around",
                "approximately",
                "roughly",
                "some",
                "circa",
                "an estimated",
                "estimated",
                "nearly",
                "almost",
                "close to",
                "just under",
                "just over",
                "well over",
                "well under",
                "over",
                "under",
                "more than",
                "less than",
                "fewer than",
                "no more than",
                "no fewer than",
                "no less than",
                "not more than",
                "at least",
                "at most",
                "up to",
                "as many as",
                "as much as",
                "as few as",
                "as little as",
                "only",
                "just",
                "exactly",
                "above",
                "below",
                "in excess of",
                "upwards of",
                "a total of",
                "a record",
                "only about",
                "at least some",
                "up to around",
                "up to about",
                "slightly more than",
                "slightly less than",
                "slightly over",
                "little more than",
                "far more than",
                "much more than",
                "well above",
                "an additional",
                "another",
                "a further",
                "somewhere around",
                "perhaps",
                "barely",
            )
        ),
        key=lambda words: (-len(words), words),
    )
)
BY_LAST: dict[str, list[tuple[str, ...]]] = {}
for _words in MODIFIERS:
    BY_LAST.setdefault(_words[-1], []).append(_words)
#: Of those, the ones that add nothing to the number.
SILENT = frozenset({"exactly", "a total of", "a record", "another", "an additional", "a further", "just", "only"})
AFTER = {("or", "so"): "about", ("or", "more"): "at least", ("or", "less"): "at most", ("or", "fewer"): "at most"}
#: Nouns before a number that make it a label.
LABELS = frozenset(
    """article section chapter page room route highway flight line no no. number nos. channel gate platform terminal
    level phase category paragraph clause rule act unit group grade class type version season episode day week game round stage
    magnitude formula area zone district block building psalm verse volume part resolution apollo boeing airbus lot case""".split()
)
#: What after a number and a hyphen counts nothing ("a 4-way tie", "an 18-plus show").
NO_COUNTS = frozenset(
    "way time times fold odd plus something strong inch old long th st nd rd style gauge legged hand".split()
)
#: Verbs of going up and down: a percentage beside them is of their subject.
CHANGES = frozenset(
    "rise fall drop climb jump grow increase decline plunge slip gain lose soar surge tumble rally shrink edge slump sink add".split()
)
#: Verbs and nouns beside which "at" or "to" leads to a count ("put the toll at 26", "brings the total to 412").
TELLS = frozenset("put bring rise climb stand estimate fall drop increase grow reach raise lower".split())
SUMS = frozenset("number figure total toll count tally sum".split())
AWAY = frozenset("from of outside off before to beyond past".split())
DIRECTIONS = frozenset(
    """north south east west northeast northwest southeast southwest north-east north-west south-east south-west
    away upstream downstream inland offshore northeastern outside just""".split()
)
PEOPLE = frozenset("people person persons others men women children".split())
