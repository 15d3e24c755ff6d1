"""Room for the words: moves the nodes of a small picture until no line runs through a name and each line's word has a
place.

Simulated annealing (Davidson and Harel, 1996) from a given layout within a frame; one fixed seed, no clock.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

__all__ = ["make_room"]

_ROUNDS, _SEED = 4200, 7
_ALONG = np.linspace(0.06, 0.94, 12)
_CHARACTER, _LINE = 5.6, 15.0


def make_room(
    at: np.ndarray,
    edges: Sequence[tuple[int, int]],
    boxes: Sequence[tuple[float, float]],
    words: Sequence[str],
    frame: tuple[float, float] = (1010.0, 500.0),
) -> np.ndarray:
    """Places of nodes, in pixels, centred on 0.

    In: places to begin with; edges as pairs of nodes and their words; width and height of each node with its name;
    the frame.
    """
    if len(at) < 3 or not edges:
        return at
    chance = np.random.default_rng(_SEED)
    room = _Room(np.array(edges, int), np.array(boxes, float), np.array([len(w) * _CHARACTER + 8 for w in words]))
    half = np.maximum((np.array(frame) - room.boxes) / 2, 1)
    at = np.clip(at * (np.array(frame) - 60) / np.maximum(np.ptp(at, axis=0), 1), -half, half)
    cost = best_cost = room.cost(at)
    best = at
    for step in range(_ROUNDS):
        heat = (1 - step / _ROUNDS) ** 2
        new = at.copy()
        node = int(chance.integers(len(at)))
        if step % 5 == 4:
            other = int(chance.integers(len(at)))
            new[[node, other]] = new[[other, node]]
        else:
            new[node] += chance.normal(size=2) * (12 + 170 * heat) * (1.4, 0.8)
        new = np.clip(new, -half, half)
        reached = room.cost(new)
        if reached < cost or chance.random() < np.exp(min(0.0, (cost - reached) / (0.02 + 2.5 * heat))):
            at, cost = new, reached
            if cost < best_cost:
                best, best_cost = at, cost
    return np.round(best, 1)


class _Room:
    """What a placing costs."""

    def __init__(self, ends: np.ndarray, boxes: np.ndarray, wide: np.ndarray) -> None:
        self.ends, self.boxes, self.wide = ends, boxes, wide
        self.half = boxes / 2
        self.label = np.column_stack((wide / 2, np.full(len(wide), _LINE / 2)))
        nodes = np.arange(len(boxes))
        self.strange = (nodes[None] != ends[:, :1]) & (nodes[None] != ends[:, 1:])
        self.pairs = np.triu_indices(len(boxes), 1)
        self.edge_pairs = np.triu_indices(len(ends), 1)
        one, other = ends[self.edge_pairs[0]], ends[self.edge_pairs[1]]
        self.apart = (one[:, :, None] != other[:, None, :]).all(axis=(1, 2))
        self.shift = _fan(ends)

    def cost(self, at: np.ndarray) -> float:
        a, b = at[self.ends[:, 0]], at[self.ends[:, 1]]
        way = b - a
        length = np.sqrt((way**2).sum(axis=1)) + 1e-9
        across = np.column_stack((way[:, 1], -way[:, 0]))
        middle = (a + b) / 2 + across * self.shift[:, None]
        total = 6 * _overlap(
            at[self.pairs[0]] - at[self.pairs[1]], self.half[self.pairs[0]] + self.half[self.pairs[1]] + 6
        )
        total += 4 * _overlap(
            (middle[:, None] - at[None]).reshape(-1, 2), (self.label[:, None] + self.half[None]).reshape(-1, 2)
        )
        total += 4 * _overlap(
            middle[self.edge_pairs[0]] - middle[self.edge_pairs[1]],
            self.label[self.edge_pairs[0]] + self.label[self.edge_pairs[1]] + 2,
        )
        points = a[:, None] + way[:, None] * _ALONG[None, :, None]
        inside = (np.abs(points[:, :, None] - at[None, None]) < self.half[None, None] + 4).all(axis=3).any(
            axis=1
        ) & self.strange
        total += 8 * float(inside.sum())
        total += 1.0 * self._crossings(a, b)
        want = self.wide + 70
        total += float((np.maximum(want - length, 0) / want).sum()) * 4 + float(length.sum()) / 420
        return total

    def _crossings(self, a: np.ndarray, b: np.ndarray) -> float:
        i, j = self.edge_pairs
        side = _turn(a[i], b[i], a[j]) * _turn(a[i], b[i], b[j]), _turn(a[j], b[j], a[i]) * _turn(a[j], b[j], b[i])
        return float(((side[0] < 0) & (side[1] < 0) & self.apart).sum())


def _overlap(gap: np.ndarray, reach: np.ndarray) -> float:
    over = np.maximum(reach - np.abs(gap), 0)
    hit = over.min(axis=1)
    return float((np.minimum(hit, 20) / 20 + (hit > 0) * 0.3).sum())


def _turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    result: np.ndarray = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    return result


def _fan(ends: np.ndarray) -> np.ndarray:
    """How far the middles of edges between the same two stand off the straight line, as a part of its length."""
    same: dict[tuple[int, int], list[int]] = {}
    for i, (a, b) in enumerate(ends.tolist()):
        same.setdefault((min(a, b), max(a, b)), []).append(i)
    shift = np.zeros(len(ends))
    for edges in same.values():
        for k, i in enumerate(edges):
            turn = (k - (len(edges) - 1) / 2) * 0.14
            shift[i] = turn if ends[i][0] < ends[i][1] else -turn
    return shift
