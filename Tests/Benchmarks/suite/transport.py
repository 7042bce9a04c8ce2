"""The HTTP transport beside Go's net/http and aiohttp, against one local server in Go that only waits."""

from __future__ import annotations

import contextlib
import resource
import subprocess
from collections.abc import Iterator

import measure
from measure import BENCHMARKS, available, figures, scaled
from report import Entrant, Metric, Report

CERTIFICATE = measure.BUILD / "certificate.pem"
PROTOCOLS = {"http": "HTTP/1.1", "tls": "HTTP/1.1 over TLS", "h2": "HTTP/2 over TLS"}
# In flight, milliseconds of the server, calls: three seconds each.
CASES = {
    "http": ((5, 10, 1_500), (100, 50, 6_000), (1_000, 100, 30_000), (10_000, 1_000, 30_000)),
    "tls": ((100, 50, 6_000), (1_000, 100, 30_000)),
    "h2": ((100, 50, 6_000), (1_000, 100, 30_000)),
}


@contextlib.contextmanager
def server(binary: str, milliseconds: int, protocol: str) -> Iterator[str]:
    """The URL of a server that takes so long for an answer."""
    command = [binary, "serve", str(milliseconds), protocol, str(CERTIFICATE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def transport(report: Report) -> None:
    report.table("transport", "HTTP to a local server, connections kept")
    peer = measure.go("transport/main.go")
    for protocol, cases in CASES.items():
        for in_flight, milliseconds, count in cases:
            if not descriptors(in_flight + 100):
                report.skip(f"{in_flight:,} calls in flight: the limit of open files is lower (ulimit -n)")
                continue
            judged = protocol == "http" and in_flight == 1_000
            metrics = [
                Metric("processor", "us a call", bounds={"Go net/http": 1.0} if judged else {}),
                Metric("peak", "MiB", bounds={"": 48.0} if judged else {}),
                Metric("wall", "calls/s", more_is_better=True),
            ]
            with server(peer, milliseconds, protocol) as url:
                clients = entrants(report, peer, protocol, url, in_flight, scaled(count, in_flight))
                report.compare(f"{in_flight:,} in flight, {PROTOCOLS[protocol]}", metrics, clients, most=7)
    with server(peer, 500, "http") as url:
        waiting = [
            Entrant(one.name, one.version, lambda one=one: [one.measure()[3]])
            for one in entrants(report, peer, "http", url, 5, scaled(50))
        ]
        report.compare(
            "5 in flight, a slow server", [Metric("processor", "% of a core", bounds={"": 1.0})], waiting, most=5)


def entrants(report: Report, peer: str, protocol: str, url: str, in_flight: int, count: int) -> list[Entrant]:
    arguments = [url, str(in_flight), str(count)]

    def client(name: str, version: str, command: list[str]) -> Entrant:
        def calls() -> list[float]:
            trusted = str(CERTIFICATE)
            cost, peak, share = figures([*command, *arguments], SSL_CERT_FILE=trusted, CURL_CA_BUNDLE=trusted)
            return [cost, peak, share / 100 / cost * 1e6, share]

        return Entrant(name, version, calls)

    def aiohttp() -> Entrant:
        interpreter, version = measure.python_with("aiohttp")
        return client("aiohttp", version, [interpreter, str(measure.HERE / "python/aiohttp_client.py")])

    ours = client("summarize", measure.product_version(), [BENCHMARKS, "transport"])
    # aiohttp has no HTTP/2.
    others = [] if protocol == "h2" else [aiohttp]
    return [ours, client("Go net/http", measure.go_version(), [peer, "client"]), *available(others, report.skip)]


def descriptors(count: int) -> bool:
    """Whether the programs that are started from here may have so many; the limit is raised as far as it goes."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most == resource.RLIM_INFINITY or most >= count
