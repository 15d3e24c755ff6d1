"""Where: GeoJSON (RFC 7946) of the places that have coordinates, and of the events at them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.exchange.records import Records
from kg.exchange.tables import period

__all__ = ["write_places"]

#: How often a place that has no coordinates is sought in the one it lies in.
STEPS = 3
_ROLES = ("place", "origin", "destination")


def write_places(records: Records, out: BinaryIO) -> int:
    """One FeatureCollection; how many features it has.

    An event's feature stands at the coordinates of its place, or of the nearest place that holds it: `at` names it, and
    `within` is true where it is not the place itself. `status` and `speaker` tell how the event stands, and `label`
    opens with it where the event is not vouched for.
    """
    count = 0
    out.write(b'{"type": "FeatureCollection", "features": [')
    for count, feature in enumerate(_features(records), 1):
        line = json.dumps(feature, ensure_ascii=False, sort_keys=True)
        out.write((",\n" if count > 1 else "\n").encode() + line.encode())
    out.write(b"\n]}\n")
    return count


def _features(r: Records) -> Iterator[dict[str, Any]]:
    points = dict(_points(r))
    holds: dict[str, str] = {}
    for claim in r.claims:
        if claim.firm and claim.predicate == "locatedIn":
            holds.setdefault(claim.subject, claim.object)
    for id, point in points.items():
        thing = r.things[id]
        told = {
            "id": id,
            "kind": "place",
            "label": thing.label,
            "type": thing.type,
            "mentions": len(thing.mentions),
            "articles": len({q.article for q in thing.mentions}),
            "country": thing.values.get("country"),
        }
        yield _feature(id, point, told)
    for event in r.events.values():
        for role in event.told(*_ROLES):
            at = _nearest(role.object, points, holds)
            if not at or not event.typed:
                continue
            begins, ends = period(r.time_of(event))
            quote = event.passage
            article = r.articles.get(quote.article) if quote else None
            told = {
                "id": event.id,
                "kind": "event",
                "label": event.label if event.firm else f"{r.standing(event.typed)}: {event.label}",
                "type": event.type,
                "status": event.typed.status,
                "polarity": event.typed.polarity,
                "speaker": r.label(event.typed.speaker) or None,
                "confidence": event.typed.confidence,
                "role": role.predicate,
                "place": r.label(role.object),
                "at": r.label(at),
                "within": at != role.object,
                "begins": begins,
                "ends": ends,
                "quote": quote.words if quote else None,
                "article": article.label if article else None,
                "url": article.url or None if article else None,
            }
            yield _feature(f"{event.id}#{role.predicate}-{role.object.rpartition('/')[2]}", points[at], told)


def _points(r: Records) -> Iterator[tuple[str, tuple[float, float]]]:
    """Places with coordinates that an article names: longitude, latitude."""
    for thing in r.things.values():
        if thing.kind == "Place" and thing.mentions:
            try:
                east, north = float(thing.values["longitude"]), float(thing.values["latitude"])
            except (KeyError, ValueError):
                continue
            if abs(east) <= 180 and abs(north) <= 90:
                yield thing.id, (east, north)


def _nearest(place: str, points: dict[str, tuple[float, float]], holds: dict[str, str]) -> str:
    for _ in range(STEPS):
        if place in points or not place:
            return place
        place = holds.get(place, "")
    return place if place in points else ""


def _feature(id: str, point: tuple[float, float], told: dict[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in told.items() if value is not None}
    return {
        "type": "Feature",
        "id": id,
        "geometry": {"type": "Point", "coordinates": list(point)},
        "properties": properties,
    }
