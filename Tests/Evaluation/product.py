"""The built binary, run as a user runs it."""

import json
import os
import resource
import shutil
import subprocess
import tempfile
import time

BINARY = os.environ["SUMMARIZE"]


class Run:
    """What a run printed, and what it took as a whole process, from file to file: start, reading and writing included."""

    def __init__(self, lines, options, cores="0"):
        command = [*pin(cores), BINARY, "-k", "-q", *options]
        with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as sink:
            source.write(lines)
            source.seek(0)
            before, start = cpu(), time.perf_counter()
            subprocess.run(command, stdin=source, stdout=sink, check=True)
            self.wall, self.cpu = time.perf_counter() - start, cpu() - before
            sink.seek(0)
            self.output = sink.read()

    @property
    def results(self):
        return [json.loads(line) for line in self.output.splitlines()]


def pin(cores):
    return ["taskset", "-c", cores] if shutil.which("taskset") else []


def cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def lines(articles):
    """One NDJSON line an article: its title, where it has one, and its text."""
    rows = ({"title": article.get("title", ""), "content": article["content"]} for article in articles)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def run(articles, *options):
    return Run(lines(articles), options)


def rate(articles, rounds=5):
    """Articles by second of one core's processor time, all three tasks, the median of some rounds."""
    text = lines(articles)
    return len(articles) / sorted(Run(text, []).cpu for _ in range(rounds))[rounds // 2]


WITHHELD = ("--title-field", "(withheld)")
"""Options that hide the title: no article has a field of this name."""
