"""The built-in engine, the scanner and the start."""

from __future__ import annotations

import ctypes.util
import os
import pathlib
import re
import subprocess
import sys
from collections.abc import Callable

import measure
from measure import BENCHMARKS, BUILD, SUMMARIZE, Missing, available, figures, run, scaled
from report import Entrant, Metric, Report

COUNT = scaled(20_000)
"""Articles of 3 to 4 KB for the product. The peers get as few as `Peers` says."""


def engine(report: Report) -> None:
    report.table("engine", "articles of 3 to 4 KB; the whole process, of peers that summarize the ranking alone")
    articles = BUILD / "articles"
    articles.write_bytes(subprocess.check_output([BENCHMARKS, "engine-lines", str(COUNT)]))
    version = measure.product_version()
    alone = Entrant("summarize", version, lambda: figures([BENCHMARKS, "engine"], cores="0"))
    rate = Metric("wall", "articles/s", more_is_better=True)
    report.compare(
        "the engine alone, one core", [Metric("tables of the first article", "ms"), rate], [alone], most=7)

    def whole(cores: str, *options: str) -> Callable[[], list[float]]:
        def measured() -> list[float]:
            made = run([SUMMARIZE, "-q", *options], articles, cores)
            return [COUNT / made.wall, made.cpu / COUNT * 1e6]

        return measured

    one = Entrant("summarize", version, whole("0", "-j", "1"))

    def jq() -> Entrant:
        def cost() -> list[float]:
            made = run(["jq", "-c", ".id"], articles, "0")
            return [COUNT / made.wall, made.cpu / COUNT * 1e6]

        return Entrant("jq -c .id", measure.version([measure.program("jq", "jq"), "--version"]), cost)

    report.compare(
        "one core, -j 1", [rate, Metric("processor", "us an article", bounds={"jq -c .id": 2.0})],
        [one, *available([jq], report.skip)])
    peers = Peers(articles)
    by_processor = Metric("by processor time", "articles/s", more_is_better=True, bounds={"sumy LexRank": 150.0})
    ours = Entrant("summarize", version, lambda: [1e6 / whole("0", "-j", "1")()[1]])
    report.compare("one core", [by_processor], [ours, *available(peers.one_core(), report.skip)])

    if not {0, 1} <= os.sched_getaffinity(0):
        report.skip("the engine on two cores: there is one")
        return
    faster = Metric("wall", "articles/s", more_is_better=True, bounds={"one core, -j 1": 1.8})
    single = Entrant("one core, -j 1", version, whole("0", "-j", "1"))
    for options in (["-j", "2"], ["-k", "-j", "2"]):
        two = Entrant("summarize", version, whole("0,1", *options))
        others = available(peers.two_cores(), report.skip) if options[0] == "-j" else []
        report.compare(f"two cores, {' '.join(options)}", [faster], [two, single, *others])


class Peers:
    """Peers of the ranking, each with as many articles as it does in a second or two."""

    COUNTS = {"sumy LexRank": 50, "sumy TextRank": 50, "sumy LSA": 50, "summa TextRank": 50, "libots": 500}

    def __init__(self, articles: pathlib.Path):
        self.articles = articles

    def one_core(self) -> list[Callable[[], Entrant]]:
        return [lambda name=name: self.entrant(name, ["0"]) for name in self.COUNTS]

    def two_cores(self) -> list[Callable[[], Entrant]]:
        """Two processes that share nothing, each on its core."""
        return [lambda name=name: self.entrant(name, ["0", "1"]) for name in self.COUNTS]

    def entrant(self, name: str, cores: list[str]) -> Entrant:
        if name == "libots":
            interpreter, version = sys.executable, libots_version()
        else:
            interpreter, version = measure.python_with(name.partition(" ")[0])
            # The module of all peers imports the other package too, and LexRank needs numpy.
            for package in ("sumy", "summa", "numpy"):
                measure.python_with(package)

        def rank() -> list[float]:
            script = measure.HERE / "python/ranking.py"
            running = []
            for core in cores:
                with self.articles.open("rb") as source:
                    command = [interpreter, str(script), name, str(scaled(self.COUNTS[name], 5))]
                    command = measure.pinned(command, core)
                    running.append(subprocess.Popen(
                        command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL))
            outputs = [process.communicate()[0].split() for process in running]
            if any(process.returncode for process in running):
                raise RuntimeError(f"ranking.py {name} failed")
            # By processor time on one core, by the clock on two.
            return [sum(float(output[len(cores) - 1]) for output in outputs)]

        return Entrant(name, version, rank)


def libots_version() -> str:
    library = ctypes.util.find_library("ots-1")
    if not library:
        raise Missing("libots is not installed (Debian: apt-get install libots0)")
    status = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libots0"], stdout=subprocess.PIPE, text=True)
    return status.stdout or library


def scan(report: Report) -> None:
    report.table("scan", "records scanned on one core, beside a scan byte by byte of the same lines in the same run")
    rows: dict[str, list[tuple[float, float]]] = {}
    for _ in range(min(report.rounds, 3)):
        for line in measure.output([BENCHMARKS, "scan"]).splitlines()[2:]:
            # Name, five figures each with its ratio in brackets, the plain scan, memchr.
            found = re.fullmatch(r"(.{20})((?: +[\d.]+ \([\d.]+\)){5}) +([\d.]+) +[\d.]+", line)
            rows.setdefault(found[1].strip(), []).append((float(found[2].split()[0]), float(found[3])))
    for name, taken in rows.items():
        bound = 8.0 if name == "plain ASCII" else 1.5 if name in ("metadata fields", "tiny random fields") else 3.0
        metric = Metric("record", "GB/s", more_is_better=True, bounds={"byte by byte": bound})
        left = iter(taken), iter(taken)
        report.compare(
            name, [metric],
            [
                Entrant("summarize", measure.product_version(), lambda: [next(left[0])[0]]),
                Entrant("byte by byte", "", lambda: [next(left[1])[1]]),
            ],
            most=3)


def start(report: Report, build_static: bool = False) -> None:
    report.table("start", "one article, from the start of the process; the input stays open until the result is there")
    line = (measure.ROOT / "samples/articles.ndjson").read_bytes().partition(b"\n")[0] + b"\n"
    alone = BUILD / "line"
    alone.write_bytes(line)

    def to_result(name: str, version: str, command: list[str]) -> Entrant:
        return Entrant(name, version, lambda: [measure.first_line(command, line) * 1000])

    def to_end(name: str, version: str, command: list[str]) -> Entrant:
        return Entrant(name, version, lambda: [run(command, alone).wall * 1000])

    def jq(entrant: Callable[..., Entrant]) -> Entrant:
        version = measure.version([measure.program("jq", "jq"), "--version"])
        return entrant("jq -c .id", version, ["jq", "--unbuffered", "-c", ".id"])

    def pool() -> Entrant:
        # It writes its results at the end, so that it has no time to the first.
        return to_end("Go pool", measure.go_version(), [measure.go("pipe/main.go"), "1"])

    for kind, binary in available([dynamic, lambda: static(build_static)], report.skip):
        path = stripped(binary, kind)
        ours = "summarize", measure.product_version(), [path]
        first = Metric("to the first result", "ms", bounds={"": 10.0} if kind == "static" else {})
        report.compare(
            f"linked {kind}ally", [first], [to_result(*ours), *available([lambda: jq(to_result)], report.skip)])
        report.compare(
            f"linked {kind}ally", [Metric("to the end", "ms")],
            [to_end(*ours), *available([lambda: jq(to_end), pool], report.skip)])
        size = Entrant(*ours[:2], lambda: [os.path.getsize(path) / 1e6])
        report.compare(f"linked {kind}ally", [Metric("size, stripped", "MB")], [size], most=1)


def dynamic() -> tuple[str, str]:
    return "dynamic", SUMMARIZE


def static(build: bool) -> tuple[str, str]:
    folder = BUILD / "static"
    if build and "STATIC_SUMMARIZE" not in os.environ:
        options = ["-c", "release", "--static-swift-stdlib", "--product", "summarize", "--scratch-path", str(folder)]
        subprocess.run(["swift", "build", *options], cwd=measure.ROOT, stdout=sys.stderr, check=True)
    binary = os.environ.get("STATIC_SUMMARIZE", str(folder / "release/summarize"))
    if not os.path.exists(binary):
        raise Missing("the start of a static binary, which `run all` builds")
    return "static", binary


def stripped(binary: str, kind: str) -> str:
    path = BUILD / f"stripped-{kind}"
    subprocess.run(["strip", binary, "-o", path], check=True)
    return str(path)
