"""Where the nodes stand, computed beforehand so that a picture stands still: same graph, same picture.

Small graphs: stress majorization (Gansner, Koren and North 2004: each pair of nodes as far apart as its path is long).
Larger ones: the forces of Fruchterman and Reingold (1991), repulsion cut off beyond a grid cell, neighbours from a
k-d tree.
Then boxes of node and label are pushed apart. Pure numpy; no clock, one fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components, shortest_path
from scipy.spatial import cKDTree

__all__ = ["place"]

_STRESS = 300  # nodes up to which every pair is weighed
_SEED = 20


def place(
    count: int,
    edges: Sequence[tuple[int, int]],
    boxes: Sequence[tuple[float, float]],
    groups: Sequence[int] = (),
    aspect: float = 1.45,
) -> np.ndarray:
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
        spread = (
            np.sqrt((size[members].prod(axis=1).sum() * 2.2) / max(np.prod(np.ptp(at, axis=0) + 1e-9), 1e-9))
            if n > 2
            else 130.0
        )
        at = at * min(spread, 400.0)
        if n > 2:
            at = at * (np.sqrt(aspect), 1 / np.sqrt(aspect))
        if n <= 3000:
            at = _apart(at, size[members], 300 if n <= 400 else 40)
        blocks.append((members, at, inner))
    return _packed(blocks, size, aspect)


def _stress(n: int, ends: np.ndarray) -> np.ndarray:
    """Stress majorization from a circle turned by its principal components; edge length 1."""
    graph = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), (n, n)).tocsr()
    far = shortest_path(graph, directed=False, unweighted=True)
    # Neighbours of a hub stand further off than those of a leaf: room for their labels.
    degree = np.bincount(ends.ravel(), minlength=n)
    near = far == 1
    far = np.where(near, 1 + 0.12 * np.sqrt(np.minimum(np.maximum.outer(degree, degree), 25)), far)
    np.fill_diagonal(far, 1)
    weight = far**-2.0
    np.fill_diagonal(weight, 0)
    centred = -0.5 * _centre(far**2 * (1 - np.eye(n)))
    value, vector = np.linalg.eigh(centred)
    at = vector[:, [-1, -2]] * np.sqrt(np.maximum(value[[-1, -2]], 1e-6))  # the longer way lies across
    at = at * np.where(at[np.abs(at).argmax(axis=0), [0, 1]] < 0, -1, 1)
    at += np.random.default_rng(_SEED).normal(scale=0.02, size=at.shape)
    total = weight.sum(axis=1)
    inverse = np.linalg.pinv(np.diag(total) - weight)
    for _ in range(120):
        gap = at[:, None] - at[None]
        length = np.sqrt((gap**2).sum(axis=2)) + 1e-9
        pull = -weight * far / length
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        moved = inverse @ (pull @ at)
        if np.abs(moved - at).max() < 1e-3:
            result: np.ndarray = moved
            return result
        at = moved
    result = at
    return result


def _centre(square: np.ndarray) -> np.ndarray:
    result: np.ndarray = square - square.mean(axis=0) - square.mean(axis=1, keepdims=True) + square.mean()
    return result


def _forces(n: int, ends: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Fruchterman–Reingold with cut-off repulsion; nodes of one group are drawn to its middle."""
    chance = np.random.default_rng(_SEED)
    kinds, member = np.unique(groups, return_inverse=True)
    turn = np.arange(len(kinds)) * 2.399963  # sunflower: groups spread evenly over a disc
    middles = (
        np.sqrt(np.arange(len(kinds)) + 0.5)[:, None]
        * np.column_stack((np.cos(turn), np.sin(turn)))
        * np.sqrt(n / len(kinds))
    )
    at = middles[member] + chance.normal(scale=np.sqrt(n) / 12, size=(n, 2))
    cool, rounds = np.sqrt(n) / 8, 60 if n <= 4000 else 30
    degree = np.bincount(ends.ravel(), minlength=n).astype(float)
    for step in range(rounds):
        force = np.zeros((n, 2))
        pairs = cKDTree(at).query_pairs(2.2, output_type="ndarray")
        if len(pairs) > 40 * n:
            pairs = pairs[chance.permutation(len(pairs))[: 40 * n]]
        gap = at[pairs[:, 0]] - at[pairs[:, 1]]
        push = gap / ((gap**2).sum(axis=1, keepdims=True) + 0.02)
        for axis in (0, 1):
            force[:, axis] += np.bincount(pairs[:, 0], push[:, axis], n) - np.bincount(pairs[:, 1], push[:, axis], n)
        gap = at[ends[:, 0]] - at[ends[:, 1]]
        pull = gap * np.sqrt((gap**2).sum(axis=1, keepdims=True)) * 0.12
        pull /= np.sqrt(np.minimum(degree[ends[:, 0]], degree[ends[:, 1]]))[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 1], pull[:, axis], n) - np.bincount(ends[:, 0], pull[:, axis], n)
        force += (middles[member] - at) * 0.03 - at * 0.01
        length = np.sqrt((force**2).sum(axis=1, keepdims=True)) + 1e-9
        at = at + force / length * np.minimum(length, cool * (1 - step / rounds) + 0.02)
    result: np.ndarray = at
    return result


def _apart(at: np.ndarray, size: np.ndarray, rounds: int) -> np.ndarray:
    """Push overlapping boxes apart along their shorter overlap; the few that stay are left to the labels' own
    culling."""
    at = at.copy()
    half = size / 2 + 3
    reach = float(np.sqrt((size**2).sum(axis=1)).max()) + 6
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
        move *= 0.5 if rounds > 100 else 0.3
        np.add.at(at, one, -move / 2 - move * 1e-3)
        np.add.at(at, other, move / 2 + move * 1e-3)
    return at


def _packed(blocks: list[tuple[np.ndarray, np.ndarray, np.ndarray]], size: np.ndarray, aspect: float) -> np.ndarray:
    """Components beside each other: the largest in the middle, each next one where it fits nearest to it, between the
    others' nodes and lines if there is room. Beyond a hundred components the small ones stand on shelves, first at the
    right, then below, so that the whole is wider than high by `aspect`."""
    placed = np.zeros((len(size), 2))
    order = sorted(blocks, key=lambda b: (-len(b[0]), int(b[0][0])))
    nested = order[:100] if len(order[0][0]) <= 400 else order[:1]
    placed[order[0][0]] = order[0][1]
    if len(nested) > 1:
        _nest(nested, placed, size, aspect)
    done = np.concatenate([b[0] for b in nested])
    low, high = (placed[done] - size[done] / 2).min(axis=0), (placed[done] + size[done] / 2).max(axis=0)
    rest = [
        (m, at, (at - size[m] / 2).min(axis=0), (at + size[m] / 2).max(axis=0)) for m, at, _ in order[len(nested) :]
    ]
    area = np.prod(high - low) + sum(np.prod(far - corner + 16) for _, _, corner, far in rest) * 1.1
    edge = low[0] + max(float(np.sqrt(aspect * area)), high[0] - low[0], 900.0)
    left = high[0] + 20 if edge - high[0] > 0.15 * (edge - low[0]) else low[0]
    x, y, row = left, low[1] if left > low[0] else high[1] + 20, 0.0
    for members, at, corner, far in rest:
        wide, tall = far - corner
        if x > left and x + wide > edge:
            x, y, row = left, y + row + 16, 0.0
        if left > low[0] and y + tall > high[1]:
            left = x = low[0]
            y, row = high[1] + 20, 0.0
        placed[members] = at - corner + (x, y)
        x, row = x + wide + 16, max(row, tall)
    low, top = (placed - size / 2).min(axis=0), (placed + size / 2).max(axis=0)
    result: np.ndarray = np.round(placed - (low + top) / 2, 1)
    return result


_CELL = 12.0


def _nest(
    blocks: list[tuple[np.ndarray, np.ndarray, np.ndarray]], placed: np.ndarray, size: np.ndarray, aspect: float
) -> None:
    """Set components into the gaps that others leave, on a grid of small cells; where one overlaps another is read
    off for
    all places at once, by a convolution."""
    stamps = [_stamp(at, size[members], ends) for members, at, ends in blocks]
    room = np.sqrt(sum(m.size for m, _ in stamps)) * 1.5 + max(max(m.shape) for m, _ in stamps)
    board = np.zeros((int(room), int(room * 1.2)))
    middle = np.array(board.shape) / 2
    for (members, at, _), (mask, corner) in zip(blocks, stamps):
        h, w = mask.shape
        spectrum = np.fft.rfft2(board) * np.conj(np.fft.rfft2(mask, board.shape))
        over = np.fft.irfft2(spectrum, board.shape)[: board.shape[0] - h + 1, : board.shape[1] - w + 1]
        y, x = np.indices(over.shape)
        far = (y + h / 2 - middle[0]) ** 2 + ((x + w / 2 - middle[1]) / aspect) ** 2
        far[over > 0.5] = np.inf
        # Rounded, so that equal distances are equal on every machine.
        row, column = np.unravel_index(int(np.round(far, 3).argmin()), far.shape)
        board[row : row + h, column : column + w] += mask
        placed[members] = at - corner + np.array((column, row)) * _CELL


def _stamp(at: np.ndarray, size: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The cells that a component's boxes and lines cover, and the corner from which they count."""
    half = size / 2
    corner = (at - half).min(axis=0) - 4
    shape = np.ceil(((at + half).max(axis=0) + 4 - corner) / _CELL).astype(int) + 1
    mask = np.zeros((shape[1], shape[0]))
    low, high = ((at - half - corner) // _CELL).astype(int), np.ceil((at + half - corner) / _CELL).astype(int)
    for (x0, y0), (x1, y1) in zip(low, high):
        mask[y0 : y1 + 1, x0 : x1 + 1] = 1
    for one, other in ends:
        steps = np.linspace(at[one], at[other], 60)
        cells = ((steps - corner) // _CELL).astype(int)
        mask[cells[:, 1], cells[:, 0]] = 1
    return mask, corner
