"""`Tests/Benchmarks/run NAME [ROUNDS]`: one table, or `all` of them and .build/benchmarks/all.json."""

from __future__ import annotations

import subprocess
import sys

import engine
import measure
import pipe
import transport
from report import Report

# Each with the rounds that it has by itself.
TABLES = {
    "operator": (pipe.operator, 7),
    "pipe": (pipe.pipe, 5),
    "overhead": (pipe.overhead, 5),
    "engine": (engine.engine, 7),
    "scan": (engine.scan, 1),
    "start": (engine.start, 41),
    "series": (pipe.series, 3),
    "memory": (pipe.memory, 3),
    "in-flight": (pipe.in_flight, 5),
    "transport": (transport.transport, 5),
}


def main(name: str, rounds: int | None) -> None:
    measure.BUILD.mkdir(parents=True, exist_ok=True)
    if name != "all":
        table, usual = TABLES[name]
        table(Report(rounds or usual))
        return
    report = Report(rounds or 5)
    for one, (table, _) in TABLES.items():
        try:
            if one == "start":
                engine.start(report, build_static=measure.SCALE == 1)
            else:
                table(report)
        except measure.Missing as reason:
            report.skip(str(reason))
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            # The other tables are wanted all the same.
            report.failed.append(f"{one}: {error}")
            print(f"failed: {report.failed[-1]}", file=sys.stderr, flush=True)
        # Kept after every table: a run of all takes long.
        (measure.BUILD / "all.json").write_text(report.json())
    print(f"\n{measure.BUILD / 'all.json'}")
    if report.failed:
        sys.exit(1)


main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else None)
