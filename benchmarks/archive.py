"""An archive by many processes: `python benchmarks/archive.py [PART …] [--articles N] [--sizes SMALL LARGE]`.

    speed    two workers against one, and Dask with two against those: articles a second, loading the model included
    memory   the most memory of the program and of its one worker, at many articles against few
    restart  the program killed at three moments: what was made twice

Articles are invented here, each of other names. Runs are taken in turn and the best of each counts; whole processes of
`kg build` are measured, started as people start them. Each part asked for is written to benchmarks/archive.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "archive.json"
TO_REACH = {
    "two workers against one": ">= 1.85",
    "Dask with two workers against two workers": ">= 0.85",
    "memory of the worker, many articles against few": "<= 1.05",
    "memory of the program, many articles against few": "<= 1.05",
    "shards made twice after a kill, by two workers": "<= 2",
}

# ------------------------------------------------------------------ articles

_SYLLABLES = "ba den kor mi ras tol ve lin sha gor pel u nas dri fe kul zo win ar het mon sel ta bru gan".split()
_SENTENCES = (
    "{a} visited {p} on {day} and met {b}, the mayor of {q}.",
    "{c} will open a mill in {p} and hire {n:,} people, {b} said.",
    "Police in {q} arrested {a}, {age}, on suspicion of theft.",
    "The minister of transport, {b}, told reporters in {p} that the bridge over the {q} would be closed until {day}.",
    "According to {c}, prices rose by {age} per cent last year, while wages in {q} stayed where they were.",
    "{a} denied that he had paid {b} ${n:,} for the land near {p}.",
    "The court in {q} sentenced {b} to {few} years in prison for fraud.",
    "{c} and the union reached an agreement after {few} weeks of talks in {p}.",
    '"We did not expect so many people," {a} said.',
    "{b} was elected chair of {c} in 2019 and resigned {few} years later.",
)


def article(number: int, sentences: int) -> str:
    """An article of its own names, the same for the same number."""
    chance = random.Random(number)

    def name(*syllables: int) -> str:
        return " ".join("".join(chance.choices(_SYLLABLES, k=n)).capitalize() for n in syllables)

    told = []
    for n in range(sentences):
        if n % 4 == 0:
            people = dict(a=name(2, 3), b=name(2, 2), c=f"{name(2, 2)} Company", p=name(3), q=name(2))
        numbers = dict(n=chance.randrange(10, 9000), age=chance.randrange(20, 80), few=chance.randrange(2, 9))
        day = chance.choice("Monday Tuesday Wednesday Thursday Friday".split())
        told.append(_SENTENCES[(number + n) % len(_SENTENCES)].format(**people, **numbers, day=day))
    return " ".join(told)


def archive(path: Path, articles: int, sentences: int) -> Path:
    """A file of JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for number in range(articles):
            text = article(number, sentences or 2 + number % 2)
            out.write(json.dumps({"id": f"a{number}", "date": "2025-03-12", "text": text}) + "\n")
    return path


# ------------------------------------------------------------------ processes


def command(articles: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "kg", "build", str(articles), "-o", f"{articles.parent}/out/", *options]


def started(*given: str) -> subprocess.Popen:
    return subprocess.Popen(given, stderr=subprocess.PIPE, cwd=HERE.parent)


def ended(process: subprocess.Popen) -> str:
    """What it said at last; the benchmark ends with a process that fails."""
    said = process.communicate()[1].decode().strip()
    if process.returncode:
        sys.exit(said)
    return said.rpartition("\n")[2]


def seconds(articles: Path, *options: str) -> tuple[float, float]:
    """Wall time, and processor time of all its processes."""
    subprocess.run(["rm", "-rf", f"{articles.parent}/out"], check=True)
    before, began = os.times(), time.perf_counter()
    ended(started(*command(articles, *options)))
    taken, after = time.perf_counter() - began, os.times()
    return taken, after.children_user + after.children_system - before.children_user - before.children_system


def children(pid: int) -> Iterator[int]:
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            yield from map(int, path.read_text().split())
        except OSError:
            pass


def most_memory(pid: int) -> int:
    """The most bytes that a process has had in memory (Linux)."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


# ------------------------------------------------------------------ what is measured


def speed(folder: Path, articles: int, runs: int) -> tuple[dict, dict]:
    file = archive(folder / "in.jsonl", articles, 12)
    ways = {
        "one worker": ("--workers", "1"),
        "two workers": ("--workers", "2"),
        "Dask with two": ("--engine", "dask", "--workers", "2"),
    }
    best: dict[str, tuple[float, float]] = {}
    for _ in range(runs):
        for way, options in ways.items():
            best[way] = min(best.get(way, (1e9, 0.0)), seconds(file, *options))
    rate = {way: articles / wall for way, (wall, _) in best.items()}
    said = {
        way: {"articles a second": round(rate[way], 2), "processor s an article": round(cpu / articles, 3)}
        for way, (_, cpu) in best.items()
    }
    return {"articles": articles, **said}, {
        "two workers against one": rate["two workers"] / rate["one worker"],
        "Dask with two workers against two workers": rate["Dask with two"] / rate["two workers"],
    }


def memory(folder: Path, sizes: tuple[int, int]) -> tuple[dict, dict]:
    said: dict[int, dict[str, int]] = {}
    for size in sizes:
        subprocess.run(["rm", "-rf", f"{folder}/out"], check=True)
        process = started(*command(archive(folder / "in.jsonl", size, 0), "--workers", "1"))
        most = {"program": 0, "worker": 0}

        def watch(process: subprocess.Popen = process, most: dict[str, int] = most) -> None:
            while process.poll() is None:
                most["program"] = max(most["program"], most_memory(process.pid))
                most["worker"] = max([most["worker"], *map(most_memory, children(process.pid))])
                time.sleep(0.05)

        watcher = threading.Thread(target=watch)
        watcher.start()
        ended(process)
        watcher.join()
        said[size] = most
    few, many = (said[size] for size in sizes)
    return (
        {f"{size} articles": {who: f"{n / 1e6:.1f} MB" for who, n in most.items()} for size, most in said.items()},
        {f"memory of the {who}, many articles against few": many[who] / few[who] for who in ("worker", "program")},
    )


def restart(folder: Path, articles: int) -> tuple[dict, dict]:
    """Kill the program, and with it its workers, when a third, a half and two thirds of the shards are there."""
    file, size = archive(folder / "in.jsonl", articles, 12), 4
    shards, twice = -(-articles // size), []
    options = ("--workers", "2", "--shard-size", str(size))
    for part in (1 / 3, 1 / 2, 2 / 3):
        subprocess.run(["rm", "-rf", f"{folder}/out"], check=True)
        process = started(*command(file, *options))
        while len(list(folder.glob("out/shard-*.nq"))) < part * shards and process.poll() is None:
            time.sleep(0.01)
        time.sleep(random.Random(shards * part).random())  # anywhere between two shards
        process.send_signal(signal.SIGKILL)
        process.communicate()
        time.sleep(1)  # its workers end with it
        before = {path: path.stat().st_mtime_ns for path in folder.glob("out/shard-*.nq")}
        ended(started(*command(file, *options)))
        twice.append(sum(path.stat().st_mtime_ns != when for path, when in before.items()))
    # a worker gets another shard when its last one is noted: of one that loses a whole shard, none is in the making
    return {"shards": shards, "whole shards made twice": twice}, {
        "shards made twice after a kill, by two workers": max(twice)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=[[], "speed", "memory", "restart"], default=[])
    parser.add_argument(
        "--articles", type=int, default=1_024, help="articles whose speed is measured: whole shards of 32, evenly"
    )
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs=2, default=(2_000, 20_000), help="articles whose memory is measured")
    given = parser.parse_args()
    parts = given.parts or ["speed", "memory", "restart"]
    held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as temporary:
            folder = Path(temporary)
            if part == "speed":
                details, figures = speed(folder, given.articles, given.runs)
            elif part == "memory":
                details, figures = memory(folder, tuple(given.sizes))
            else:
                details, figures = restart(folder, 80)
        held[part] = {"figures": {name: round(value, 3) for name, value in figures.items()}, **details}
        for name, value in figures.items():
            print(f"{name:52} {value:8.2f}   {TO_REACH[name]}", flush=True)
    RESULTS.write_text(json.dumps(held, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
