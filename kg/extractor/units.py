"""Units of measure and money as news writes them, each with the one name the graph uses."""
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

CURRENCY_SIGNS = {"$": "USD", "us$": "USD", "u.s.$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW",
                  "₪": "ILS", "₺": "TRY", "₴": "UAH", "₦": "NGN", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD",
                  "r$": "BRL", "au$": "AUD", "ca$": "CAD"}
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
NATIONAL = {("canadian", "USD"): "CAD", ("australian", "USD"): "AUD", ("new zealand", "USD"): "NZD", ("hong kong", "USD"): "HKD",
            ("singapore", "USD"): "SGD", ("taiwan", "USD"): "TWD", ("mexican", "peso"): "MXN", ("argentine", "peso"): "ARS",
            ("chilean", "peso"): "CLP", ("colombian", "peso"): "COP", ("philippine", "peso"): "PHP", ("cuban", "peso"): "CUP",
            ("swiss", "franc"): "CHF", ("pakistani", "INR"): "PKR", ("kenyan", "shilling"): "KES", ("saudi", "riyal"): "SAR",
            ("iranian", "rial"): "IRR", ("swedish", "krona"): "SEK", ("norwegian", "krone"): "NOK", ("danish", "krone"): "DKK"}
