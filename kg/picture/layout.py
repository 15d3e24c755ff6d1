"""Where the nodes stand, computed beforehand so that a picture stands still: same graph, same picture.

Small graphs: stress majorization (Gansner, Koren and North 2004: each pair of nodes as far apart as its path is long).
Larger ones: the forces of Fruchterman and Reingold (1991), repulsion cut off beyond a grid cell, neighbours from a k-d tree.
Then boxes of node and label are pushed apart. Pure numpy; no clock, one fixed seed.
"""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial import cKDTree

__all__ = ["place"]

_STRESS = 300                                    # nodes up to which every pair is weighed
_SEED = 20


def place(count: int, edges: Sequence[tuple[int, int]], boxes: Sequence[tuple[float, float]], groups: Sequence[int] = (),
          aspect: float = 1.45) -> np.ndarray:
    """Coordinates of nodes 0 … count-1 in pixels, centred on 0, wider than high by `aspect`.

    In: edges as pairs of nodes; boxes: width and height that node and label take, the node at the box's upper part;
    groups: a community number a node, which draws large graphs together.
    """
    if count == 0:
        return np.zeros((0, 2))
    size = np.array(boxes, float).reshape(count, 2)
    ends = np.array([e for e in edges if e[0] != e[1]], int).reshape(-1, 2)
    joined = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), (count, count)).tocsr()
    parts, part_of = connected_components(joined, directed=False)
    blocks = []
    for part in range(parts):
        members = np.flatnonzero(part_of == part)
        index = np.full(count, -1)
        index[members] = np.arange(len(members))
        inner = index[ends[np.isin(ends[:, 0], members)]] if parts > 1 else ends
        n = len(members)
        if n == 1:
            at = np.zeros((1, 2))
        elif n <= _STRESS:
            at = _stress(n, inner)
        else:
            at = _forces(n, inner, np.array(groups)[members] if len(groups) else np.zeros(n, int))
        spread = np.sqrt((size[members].prod(axis=1).sum() * 2.6) / max(np.prod(np.ptp(at, axis=0) + 1e-9), 1e-9)) if n > 2 else 170.0
        at = at * min(spread, 400.0)
        if n > 2:
            at = at * (np.sqrt(aspect), 1 / np.sqrt(aspect))
        if n <= 3000:
            at = _apart(at, size[members], 300 if n <= 400 else 40)
        blocks.append((members, at))
    return _packed(count, blocks, size, aspect)


def _stress(n: int, ends: np.ndarray) -> np.ndarray:
    """Stress majorization from a circle turned by its principal components; edge length 1."""
    graph = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), (n, n)).tocsr()
    far = shortest_path(graph, directed=False, unweighted=True)
    # Neighbours of a hub stand further off than those of a leaf: room for their labels.
    degree = np.bincount(ends.ravel(), minlength=n)
    near = far == 1
    far = np.where(near, 1 + .12 * np.sqrt(np.minimum(np.maximum.outer(degree, degree), 25)), far)
    np.fill_diagonal(far, 1)
    weight = far ** -2.0
    np.fill_diagonal(weight, 0)
    centred = -.5 * _centre(far ** 2 * (1 - np.eye(n)))
    value, vector = np.linalg.eigh(centred)
    at = vector[:, [-1, -2]] * np.sqrt(np.maximum(value[[-1, -2]], 1e-6))      # the longer way lies across
    at = at * np.where(at[np.abs(at).argmax(axis=0), [0, 1]] < 0, -1, 1)
    at += np.random.default_rng(_SEED).normal(scale=.02, size=at.shape)
    total = weight.sum(axis=1)
    inverse = np.linalg.pinv(np.diag(total) - weight)
    for _ in range(120):
        gap = at[:, None] - at[None]
        length = np.sqrt((gap ** 2).sum(axis=2)) + 1e-9
        pull = -weight * far / length
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        moved = inverse @ (pull @ at)
        if np.abs(moved - at).max() < 1e-3:
            return moved
        at = moved
    return at


def _centre(square: np.ndarray) -> np.ndarray:
    return square - square.mean(axis=0) - square.mean(axis=1, keepdims=True) + square.mean()


def _forces(n: int, ends: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Fruchterman–Reingold with cut-off repulsion; nodes of one group are drawn to its middle."""
    chance = np.random.default_rng(_SEED)
    kinds, member = np.unique(groups, return_inverse=True)
    turn = np.arange(len(kinds)) * 2.399963                    # sunflower: groups spread evenly over a disc
    middles = np.sqrt(np.arange(len(kinds)) + .5)[:, None] * np.column_stack((np.cos(turn), np.sin(turn))) * np.sqrt(n / len(kinds))
    at = middles[member] + chance.normal(scale=np.sqrt(n) / 12, size=(n, 2))
    cool, rounds = np.sqrt(n) / 8, 60 if n <= 4000 else 30
    degree = np.bincount(ends.ravel(), minlength=n).astype(float)
    for step in range(rounds):
        force = np.zeros((n, 2))
        pairs = cKDTree(at).query_pairs(2.2, output_type="ndarray")
        if len(pairs) > 40 * n:
            pairs = pairs[chance.permutation(len(pairs))[:40 * n]]
        gap = at[pairs[:, 0]] - at[pairs[:, 1]]
        push = gap / ((gap ** 2).sum(axis=1, keepdims=True) + .02)
        for axis in (0, 1):
            force[:, axis] += np.bincount(pairs[:, 0], push[:, axis], n) - np.bincount(pairs[:, 1], push[:, axis], n)
        gap = at[ends[:, 0]] - at[ends[:, 1]]
        pull = gap * np.sqrt((gap ** 2).sum(axis=1, keepdims=True)) * .12
        pull /= np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 1], pull[:, axis], n) - np.bincount(ends[:, 0], pull[:, axis], n)
        force += (middles[member] - at) * .03 - at * .01
        length = np.sqrt((force ** 2).sum(axis=1, keepdims=True)) + 1e-9
        at = at + force / length * np.minimum(length, cool * (1 - step / rounds) + .02)
    return at


def _apart(at: np.ndarray, size: np.ndarray, rounds: int) -> np.ndarray:
    """Push overlapping boxes apart along their shorter overlap; the few that stay are left to the labels' own culling."""
    at = at.copy()
    half = size / 2 + 3
    reach = float(np.sqrt((size ** 2).sum(axis=1)).max()) + 6
    for _ in range(rounds):
        pairs = cKDTree(at).query_pairs(reach, output_type="ndarray")
        if not len(pairs):
            break
        one, other = pairs[:, 0], pairs[:, 1]
        gap = at[other] - at[one]
        over = half[one] + half[other] - np.abs(gap)
        hit = (over > 0).all(axis=1)
        if not hit.any():
            break
        one, other, gap, over = one[hit], other[hit], gap[hit], over[hit]
        across = over[:, 0] < over[:, 1]
        move = np.zeros_like(gap)
        move[across, 0] = over[across, 0] * np.where(gap[across, 0] < 0, -1, 1)
        move[~across, 1] = over[~across, 1] * np.where(gap[~across, 1] < 0, -1, 1)
        move *= .5 if rounds > 100 else .3
        np.add.at(at, one, -move / 2 - move * 1e-3)
        np.add.at(at, other, move / 2 + move * 1e-3)
    return at


def _packed(count: int, blocks: list[tuple[np.ndarray, np.ndarray]], size: np.ndarray, aspect: float) -> np.ndarray:
    """Components beside each other on shelves, the largest first."""
    placed = np.zeros((count, 2))
    sized = []
    for members, at in blocks:
        low, high = (at - size[members] / 2).min(axis=0), (at + size[members] / 2).max(axis=0)
        sized.append((members, at - low, high - low))
    sized.sort(key=lambda b: (-b[2][0] * b[2][1], int(b[0][0])))
    room = max(np.sqrt(sum(b[2][0] * b[2][1] for b in sized) * aspect * 1.1), sized[0][2][0])
    x = y = high = 0.0
    for members, at, (w, h) in sized:
        if x and x + w > room:
            x, y, high = 0.0, y + high + 24, 0.0
        placed[members] = at + (x, y)
        x, high = x + w + 24, max(high, h)
    low, top = (placed - size / 2).min(axis=0), (placed + size / 2).max(axis=0)
    return np.round(placed - (low + top) / 2, 1)
