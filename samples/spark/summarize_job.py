#!/usr/bin/env python3
"""Summarizes articles on a Spark cluster, with the summarize that is installed on its machines:

    spark-submit samples/spark/summarize_job.py --output /shared/results --at-once 16 --rate 500/m \\
        '/shared/articles/*.ndjson' -- -m openai:gpt-4o-mini -j 8

What stands behind "--" are options of summarize. Articles are lines of JSON, or the rows of Parquet files, from any
file system that Spark reads. --output is a folder that all machines see under this name; it gets

    log/NAME.ndjson        the log of a split (a file, or 64 MB of one): all its records, as they come
    results/NAME.ndjson    when the split is done: its results
    errors/NAME.ndjson     and its articles that failed; "line" counts from the first line of the split

The same command goes on where a job was cut short, or where files have come: what has a result is not paid for again,
what failed is tried again. That is what the logs are kept for. Another model, other tasks or another --split-size need
another folder, and files that are moved are other files.

A task that dies is done again by Spark. Its summarize gets SIGTERM when its Python worker dies, and ends within
--grace; the next one waits for that and takes up its log. Only calls in flight can be paid for twice.
"""
import argparse
import collections
import ctypes
import hashlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from typing import Any, BinaryIO, Iterable, Iterator

from pyspark import SparkConf, TaskContext
from pyspark.sql import DataFrame, SparkSession, functions

# Executors of a cluster do not have the environment of the driver. These travel with the tasks, and stand in no
# argument and in no page of Spark.
PASSED_ON = re.compile(
    r"(OPENAI|ANTHROPIC|OLLAMA)_\w+|SUMMARIZE_MODEL|(http|https|all|no)_proxy|CURL_CA_BUNDLE|SSL_CERT_(FILE|DIR)",
    re.IGNORECASE)
PR_SET_PDEATHSIG = 1
# Of standard error so much is kept.
TAIL = 65_536


class Job:
    """What a task has to know. It is sent to the tasks."""

    def __init__(self, command: list[str], folder: str, environment: dict[str, str]):
        self.command, self.folder, self.environment = command, folder, environment

    def task(self, rows: Iterable[tuple[str, int, bytes]]) -> Iterator[dict[str, Any]]:
        """Does the splits of a task, one after the other. Their rows follow each other."""
        for (path, start), lines in itertools.groupby(rows, key=lambda row: (row[0], row[1])):
            yield self.split(path, start, (line for _, _, line in lines))

    def split(self, path: str, start: int, lines: Iterable[bytes]) -> dict[str, Any]:
        # The file has no name, so that nothing of it is left when this process is killed. It is written whole before
        # summarize starts: if reading the articles fails, it does so here, and no line is ever cut.
        with tempfile.TemporaryFile(dir=scratch_folder()) as spool:
            count = 0
            for line in lines:
                # Blank lines give no record.
                count += bool(line.strip(b" \t\r"))
                spool.write(line)
                spool.write(b"\n")
            spool.flush()
            stats = self.run(spool, f"{self.folder}/log/{name(path, start)}.ndjson")
        if stats["articles"] + stats["already_done"] != count or not stats["read_whole_input"]:
            raise RuntimeError(f"of {count} articles from byte {start} of {path} not all have a record: {stats}")
        self.divide(name(path, start))
        return {"articles": count, "paid": stats["ok"], "failures": stats["failures"]}

    def run(self, spool: BinaryIO, log: str) -> dict[str, Any]:
        worker = os.getpid()
        # Loaded before the fork: after it only what is loaded may be used.
        libc = ctypes.CDLL(None)

        def die_with_worker() -> None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            # The worker may have died before.
            if os.getppid() != worker:
                os._exit(1)

        # A session of its own: a worker that goes down signals its process group, and a second signal would end the
        # calls in flight at once.
        process = subprocess.Popen(
            [*self.command, "--output", log, "--resume", f"/dev/fd/{spool.fileno()}"],
            env=os.environ | self.environment, pass_fds=[spool.fileno()], preexec_fn=die_with_worker,
            start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        tail = bytearray()

        def drain() -> None:
            while chunk := os.read(process.stderr.fileno(), TAIL):
                # Also to the log of the executor: outages and long waits are told there.
                os.write(2, chunk)
                tail.extend(chunk)
                del tail[:-TAIL]

        drainer = threading.Thread(target=drain, daemon=True)
        drainer.start()
        try:
            status = process.wait()
        finally:
            # Only where something is raised here: the run is told to end.
            if process.poll() is None:
                process.terminate()
        # What summarize started could still hold standard error.
        drainer.join(10)
        text = tail.decode(errors="replace").strip()
        # 1: articles failed, and the log says which. Whatever else it is, it is the run that failed.
        if status not in (0, 1):
            raise RuntimeError(f"summarize ended with status {status}, writing {log}:\n{text[-4000:]}")
        return json.loads(text.splitlines()[-1])

    def divide(self, name: str) -> None:
        """Writes the results and the errors of a log apart. They are not written apart in the first place, since a log
        that has the errors tells the next run which articles failed before, even after a kill -9."""
        kinds = ("results", "errors")
        new = {kind: f"{self.folder}/{kind}/.{name}.new" for kind in kinds}
        with (open(f"{self.folder}/log/{name}.ndjson", "rb") as log, open(new["results"], "wb") as results,
              open(new["errors"], "wb") as errors):
            for line in log:
                (errors if "error" in json.loads(line) else results).write(line)
        for kind in kinds:
            os.replace(new[kind], f"{self.folder}/{kind}/{name}.ndjson")


def scratch_folder() -> str | None:
    """One of Spark's own folders, which are large; which one, the number of the task says."""
    folders = [folder for folder in os.environ.get("SPARK_LOCAL_DIRS", "").split(",") if os.path.isdir(folder)]
    return folders[TaskContext.get().partitionId() % len(folders)] if folders else None


def name(path: str, start: int) -> str:
    """The name of a split: the same in each job that reads this file, whatever other files there are."""
    digest = hashlib.blake2b(path.encode(), digest_size=8).hexdigest()
    readable = re.sub(r"[^\w.-]", "_", os.path.basename(path), flags=re.ASCII)[-80:]
    return f"{readable}-{digest}-{start:014d}"


def articles(spark: SparkSession, paths: list[str], form: str) -> DataFrame:
    """The rows are (file, first byte of the split, line)."""
    if form == "parquet":
        lines = spark.read.parquet(*paths).select(functions.to_json(functions.struct("*")).alias("value"))
    else:
        # A line ends at a newline and nowhere else: without lineSep it also ends at a carriage return.
        lines = spark.read.text(paths, lineSep="\n")
    # Bytes, not text: what is not UTF-8 arrives as it was.
    return lines.select(functions.input_file_name(), functions.input_file_block_start(),
                        functions.col("value").cast("binary"))


def share(rate: str, tasks: int) -> str:
    """The rate of one of so many tasks, never more than its share."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)/(s|m|h)", rate)
    hourly = int(float(match[1]) * {"s": 3600, "m": 60, "h": 1}[match[2]] / tasks) if match else 0
    if hourly == 0:
        raise SystemExit(f"a rate is a number and /s, /m or /h, and leaves each task one call an hour, not {rate}")
    return f"{hourly}/h"


def parse(arguments: list[str]) -> argparse.Namespace:
    ours, options = arguments, []
    if "--" in arguments:
        cut = arguments.index("--")
        ours, options = arguments[:cut], arguments[cut + 1:]
    parser = argparse.ArgumentParser(description="Summarizes articles on a Spark cluster.",
                                     usage="%(prog)s [option ...] --output FOLDER FILE ... [-- SUMMARIZE_OPTION ...]")
    parser.add_argument("files", nargs="+", metavar="FILE", help="file, folder or pattern that Spark can read")
    parser.add_argument("--output", required=True, metavar="FOLDER", help="on a file system that all machines see")
    parser.add_argument("--format", choices=["ndjson", "parquet"], help="else the name of the first FILE tells")
    parser.add_argument("--at-once", type=int, metavar="N", help="make N tasks, so that no more run at the same time")
    parser.add_argument("--rate", metavar="RATE", help="for all tasks together, like summarize's; needs --at-once")
    parser.add_argument("--token-rate", metavar="RATE", help="the same for tokens")
    parser.add_argument("--split-size", default="64m", metavar="SIZE", help="of a file that is split (64m)")
    parser.add_argument("--grace", default="5s", metavar="TIME", help="for calls in flight when a task ends (5s)")
    parser.add_argument("--wait-lock", default="10m", metavar="TIME", help="for the end of a dead task's run (10m)")
    # A lost machine counts as a failure of each task that it ran, and Spark gives up after four. A retry is cheap here.
    parser.add_argument("--max-task-failures", type=int, default=20, metavar="N",
                        help="give up when a task has failed N times (20); takes the place of spark.task.maxFailures")
    parser.add_argument("--summarize", default=os.environ.get("SUMMARIZE", "summarize"), metavar="PATH",
                        help="the program, as each machine finds it")
    parsed = parser.parse_args(ours)
    if (parsed.rate or parsed.token_rate) and not parsed.at_once:
        parser.error("--rate and --token-rate are divided by --at-once")
    if parsed.at_once is not None and parsed.at_once < 1:
        parser.error("--at-once is at least 1")
    for option in options:
        if re.match(r"--((token-)?rate|output|errors|resume|grace|wait-lock|stats)(=|$)|-o", option):
            parser.error(f"{option} belongs to the job: it goes before --, or is set by the job")
    parsed.options = options
    return parsed


def main(arguments: list[str]) -> None:
    parsed = parse(arguments)
    folder = os.path.abspath(parsed.output)
    form = parsed.format or ("parquet" if ".parquet" in parsed.files[0] else "ndjson")
    # The last of a repeated option holds, so ours are last. Exit status 1 is expected, but --exit-zero makes it plain.
    command = [parsed.summarize, *parsed.options, "--stats", "json", "--exit-zero", "--grace", parsed.grace,
               "--wait-lock", parsed.wait_lock]
    for option, rate in (("--rate", parsed.rate), ("--token-rate", parsed.token_rate)):
        if rate:
            command += [option, share(rate, parsed.at_once)]
    environment = {key: value for key, value in os.environ.items() if PASSED_ON.fullmatch(key)}

    conf = SparkConf().setAppName("summarize")
    # What spark-submit was given cannot be seen here yet, so this has an option of its own.
    conf.set("spark.task.maxFailures", str(parsed.max_task_failures))
    # A second copy of a slow task could only wait for the lock of the first.
    conf.set("spark.speculation", "false")
    spark = SparkSession.builder.config(conf=conf).getOrCreate()
    # Each split is a partition of its own, and where it begins depends on its file alone: Spark closes a partition when
    # it is full, and opening a file is said to fill it. So an article is always the same log's.
    for setting in ("maxPartitionBytes", "openCostInBytes"):
        spark.conf.set(f"spark.sql.files.{setting}", parsed.split_size)

    for kind in ("log", "results", "errors"):
        os.makedirs(f"{folder}/{kind}", exist_ok=True)
    rows = articles(spark, parsed.files, form)
    if parsed.at_once:
        rows = rows.coalesce(parsed.at_once)
    splits = rows.rdd.mapPartitions(Job(command, folder, environment).task).collect()

    failures: collections.Counter[str] = collections.Counter()
    for split in splits:
        failures.update(split["failures"])
    count, failed = sum(split["articles"] for split in splits), failures.total()
    codes = "".join(f", {code} {number}" for code, number in failures.most_common())
    print(f"{count} articles: {count - failed} ok ({sum(split['paid'] for split in splits)} by the last attempts), "
          f"{failed} failed{codes}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
