"""The operator and the whole pipe: what is left when the work takes no time, and what bounds the rest."""

from __future__ import annotations

import json
import subprocess

import measure
from measure import BENCHMARKS, BUILD, SUMMARIZE, available, figures, run, scaled
from report import Entrant, Metric, Report

NO_WORK = ["-q", "-m", "simulated:latency=0-0"]


def operator(report: Report) -> None:
    report.table("operator", "concurrentMap without work, results delivered to a consumer; Go's are in no order")
    count = scaled(500_000)
    pool, version = measure.go("main.go"), measure.go_version()
    for limit in (1, 5, 64, 1024):
        for times in (1, 8):
            window = limit * times
            capacity = 0 if times == 1 else limit
            bound = {} if limit == 1024 else {"Go pool": 1.0 if times == 8 else 1.5 if limit == 1 else 1.1}
            for order in ("input", "completion"):
                ours = [BENCHMARKS, "operator", str(limit), str(window), order, str(count)]
                theirs = [pool, str(limit), str(capacity), str(count)]
                report.compare(
                    f"limit {limit}, window {window}, {order} order",
                    [Metric("wall", "ns an element", bounds=bound)],
                    [
                        Entrant("summarize", measure.product_version(), lambda: figures(ours)),
                        Entrant("Go pool", version, lambda: figures(theirs)),
                    ],
                )


def pipe(report: Report) -> None:
    report.table("pipe", "the whole process without work beside a Go pool with encoding/json, to a null device")
    pool, version = measure.go("pipe/main.go"), measure.go_version()
    for size in (50, 500, 4600):
        count = scaled(200_000 if size < 100 else 10_000_000 // size)
        lines = measure.lines(size, count)

        def costs(command: list[str]) -> list[float]:
            made = run(command, lines)
            return [made.wall / count * 1e6, made.cpu / count * 1e6]

        for jobs in (1, 5, 64):
            for order in ([], ["-k"]):
                command = [SUMMARIZE, *NO_WORK, "-j", str(jobs), *order]
                limit = {"": 4.0} if size == 50 else {}
                report.compare(
                    " ".join([f"{size} bytes, -j {jobs}", *order]),
                    [
                        Metric("wall", "us a line", bounds={"Go pool": 1.0}),
                        Metric("processor", "us a line", bounds={"Go pool": 1.0, **limit}),
                    ],
                    [
                        Entrant("summarize", measure.product_version(), lambda: costs(command)),
                        Entrant("Go pool", version, lambda: costs([pool, str(jobs)])),
                    ],
                )


def overhead(report: Report) -> None:
    report.table("overhead", "lines a second without work, five at a time where a tool can; to a null device")
    for size, count in ((100, scaled(200_000)), (3000, scaled(10_000))):
        lines = measure.lines(size, count)
        fewer = max(count // 100, 10)
        few = BUILD / "few"
        # A process a line is so slow that fewer lines tell the same.
        few.write_text("".join(lines.read_text().splitlines(keepends=True)[:fewer]))

        def rate(command: list[str], source=lines, number=count):
            return lambda: [number / run(command, source).wall]

        def tool(name: str, package: str, command: list[str], **input) -> Entrant:
            path = measure.program(command[0], package)
            return Entrant(name, measure.version([path, "--version"]), rate(command, **input))

        peers = [
            lambda: Entrant("Go pool", measure.go_version(), rate([measure.go("pipe/main.go"), "5"])),
            lambda: tool("jq -c .id", "jq", ["jq", "-c", ".id"]),
            lambda: tool("mlr cat", "miller", ["mlr", "--ijsonl", "--ojsonl", "cat"]),
            lambda: tool("parallel --pipe -j 5 cat", "parallel", ["parallel", "--pipe", "-j", "5", "cat"]),
            lambda: tool(
                "xargs -P 5 -n 1 echo", "findutils", ["xargs", "-P", "5", "-d", "\\n", "-n", "1", "echo"],
                source=few, number=fewer),
            lambda: tool(
                "python3 asyncio, semaphore", "python3",
                ["python3", str(measure.HERE / "python/asyncio_pool.py"), "5"]),
        ]
        ours = Entrant("summarize", measure.product_version(), rate([SUMMARIZE, *NO_WORK, "-j", "5"]))
        report.compare(
            f"lines of {size} bytes, -j 5", [Metric("wall", "lines/s", more_is_better=True)],
            [ours, *available(peers, report.skip)])


def series(report: Report) -> None:
    report.table("series", "-m simulated samples/simulated.ndjson, beside a schedule that costs nothing")
    articles = measure.ROOT / "samples/simulated.ndjson"
    # Half a second to one and a half a call, as it is by itself.
    model = "simulated" if measure.SCALE == 1 else "simulated:latency=5-15"
    command = [SUMMARIZE, "-q", "-m", model]
    for jobs in (1, 5, 20):
        alone: list[float] = []

        def wall() -> list[float]:
            # How long each article takes by itself is taken from a run in which none waits for another.
            made = subprocess.run([*command, "-j", "20", "-k", "--meta", articles], stdout=subprocess.PIPE, check=True)
            alone[:] = [json.loads(line)["meta"]["latency_ms"] / 1000 for line in made.stdout.splitlines()]
            return [run([*command, "-j", str(jobs), str(articles)]).wall]

        report.compare(
            f"-j {jobs}", [Metric("wall", "s", bounds={"greedy list schedule": 1.01})],
            [
                Entrant("summarize", measure.product_version(), wall),
                Entrant("greedy list schedule", "", lambda: [greedy(alone, jobs)]),
            ],
            most=3)


def greedy(latencies: list[float], jobs: int) -> float:
    """When the last article is done, if each goes in input order to the first slot that is free."""
    free = [0.0] * jobs
    for latency in latencies:
        slot = free.index(min(free))
        free[slot] += latency
    return max(free)


def memory(report: Report) -> None:
    report.table("memory", "the peak of memory, lines of 1 KB through a pipe, -j 64")
    text = "The council voted on Tuesday to rebuild the old bridge before the winter comes. " * 12
    block = b"".join(b'{"id":%d,"content":"%s"}\n' % (number, text.encode()) for number in range(1000))
    version = measure.product_version()
    for model in (["-m", "simulated:latency=0-0"], ["-m", "extractive"]):
        command = [SUMMARIZE, "-q", *model, "-j", "64"]

        def peak(count: int) -> Entrant:
            name = "summarize" if count > 10_000 else "with 10,000 lines"
            return Entrant(name, version, lambda: [measure.peak_memory(command, block, count // 1000)])

        for count in (10_000, scaled(100_000, 20_000), scaled(1_000_000, 30_000)):
            # Two MiB of 40 are not growth.
            bounds = {"": 40.0, "with 10,000 lines": 1.05} if count > 100_000 else {"": 40.0}
            entrants = [peak(count)] if count == 10_000 else [peak(count), peak(10_000)]
            report.compare(f"{count:,} lines, {model[1]}", [Metric("peak", "MiB", bounds=bounds)], entrants, most=3)


def in_flight(report: Report) -> None:
    report.table("in-flight", "as many simulated articles in flight as are named, a second each")
    count, jobs = scaled(30_000), scaled(10_000)
    lines = measure.lines(100, count)
    block = lines.read_bytes()
    command = [SUMMARIZE, "-q", "-m", "simulated:latency=1000-1000", "--tasks", "summary", "-j", str(jobs)]
    ideal = Entrant("ideal", "", lambda: [count / jobs])
    ours = Entrant("summarize", measure.product_version(), lambda: [run(command, lines).wall])
    report.compare(f"{count:,} articles", [Metric("wall", "s", bounds={"ideal": 1.03})], [ours, ideal], most=5)
    peak = Entrant("summarize", measure.product_version(), lambda: [measure.peak_memory(command, block, 1)])
    report.compare(f"{count:,} articles", [Metric("peak", "MiB", bounds={"": 100.0})], [peak], most=5)
