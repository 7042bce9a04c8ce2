"""Rows of figures, ours beside the peers', as text while they are taken and as JSON at the end."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

import measure


@dataclass(frozen=True)
class Entrant:
    """One that takes part. `measure` is one round: a figure for each of the row's metrics, in their order."""

    name: str
    version: str
    measure: Callable[[], Sequence[float]]


@dataclass(frozen=True)
class Metric:
    """What is measured. `bounds` says what the ratio to a peer has to be; under the empty name, our figure itself."""

    name: str
    unit: str
    more_is_better: bool = False
    bounds: dict[str, float] = field(default_factory=dict)

    def holds(self, value: float, bound: float) -> bool:
        return value >= bound if self.more_is_better else value <= bound


class Report:
    def __init__(self, rounds: int):
        self.rounds = rounds
        self.tables: list[dict] = []
        self.skipped: list[str] = []
        self.failed: list[str] = []
        self.machine = machine()

    def skip(self, reason: str) -> None:
        if reason not in self.skipped:
            self.skipped.append(reason)
        print(f"skipped: {reason}", file=sys.stderr, flush=True)

    def table(self, name: str, title: str) -> None:
        self.tables.append({"name": name, "title": title, "rows": []})
        header = line("", "", "ours", "peer's", "ratio", "wanted", "peer")
        print(f"\n== {name}: {title}\n{header}", flush=True)

    def compare(
        self, case: str, metrics: Sequence[Metric], entrants: Sequence[Entrant], most: int | None = None
    ) -> None:
        """Measures the entrants in turn, round by round. The first is ours; `most` is for what takes long."""
        rounds = min(self.rounds, most or self.rounds)
        figures: list[list[Sequence[float]]] = [[] for _ in entrants]
        for _ in range(rounds):
            for values, entrant in zip(figures, entrants):
                values.append(entrant.measure())
        for index, metric in enumerate(metrics):
            columns = [[values[index] for values in rounds_of] for rounds_of in figures]
            self.add(row(case, metric, entrants, columns))

    def add(self, made: dict) -> None:
        self.tables[-1]["rows"].append(made)
        for text in describe(made):
            print(text, flush=True)

    def json(self) -> str:
        rows = [row for table in self.tables for row in table["rows"]]
        verdicts = [entry["holds"] for row in rows for entry in row["entries"] if "holds" in entry]
        whole = {
            "machine": {**self.machine, "load at the end": os.getloadavg()[0]},
            "scale": measure.SCALE,
            "rounds": self.rounds,
            "wanted": {"held": sum(verdicts), "of": len(verdicts)},
            "skipped": self.skipped,
            "failed": self.failed,
            "tables": self.tables,
        }
        return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def row(case: str, metric: Metric, entrants: Sequence[Entrant], columns: Sequence[Sequence[float]]) -> dict:
    """The ratio is the median of the rounds' ratios of ours to the peer's: both of a round had the same machine."""
    entries = []
    for entrant, values in zip(entrants, columns):
        entry = {"name": entrant.name, "version": entrant.version, "median": median(values), "values": list(values)}
        judged = entry["median"]
        bound = metric.bounds.get(entrant.name if entries else "")
        if entries:
            judged = entry["ratio"] = median(ours / theirs for ours, theirs in zip(columns[0], values))
        if bound is not None:
            entry |= {"bound": bound, "holds": metric.holds(judged, bound)}
        entries.append(entry)
    better = "more" if metric.more_is_better else "less"
    return {"case": case, "metric": metric.name, "unit": metric.unit, "better": better, "entries": entries}


def describe(row: dict) -> list[str]:
    """A line for each peer, and one for our figure where that is judged itself or has no peer."""
    ours, *peers = row["entries"]
    what = f"{row['metric']}, {row['unit']}"
    texts = []
    if not peers or "bound" in ours:
        texts.append(line(row["case"], what, figure(ours["median"]), "", "", wanted(row, ours), ""))
    for peer in peers:
        columns = [figure(ours["median"]), figure(peer["median"]), figure(peer["ratio"]), wanted(row, peer)]
        texts.append(line(row["case"], what, *columns, f"{peer['name']} {peer['version']}"))
    return texts


def wanted(row: dict, entry: dict) -> str:
    if "bound" not in entry:
        return ""
    return f"{'>=' if row['better'] == 'more' else '<='} {entry['bound']:g}{'' if entry['holds'] else ' MISSED'}"


def line(case: str, what: str, ours: str, theirs: str, ratio: str, bound: str, peer: str) -> str:
    return f"{case:<41} {what:<31} {ours:>9} {theirs:>9} {ratio:>7}  {bound:<14} {peer}".rstrip()


def figure(value: float) -> str:
    """Three digits that count, and all before the point."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.3f}"


def machine() -> dict:
    def first(command: Sequence[str]) -> str:
        made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return made.stdout.partition("\n")[0]

    with open("/proc/cpuinfo", errors="replace") as file:
        models = [text.partition(":")[2].strip() for text in file if text.startswith("model name")]
    return {
        "taken": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "commit": first(["git", "-C", str(measure.ROOT), "rev-parse", "HEAD"]),
        "swift": first(["swift", "--version"]),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": models[0] if models else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "load at the start": os.getloadavg()[0],
    }
