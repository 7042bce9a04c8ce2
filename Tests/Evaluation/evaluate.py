"""Runs the tasks that were named, or all that judge the engine."""

import argparse
import os
import sys
import warnings

warnings.filterwarnings("ignore")  # The peers', about Python versions.
# One core a process: numpy's threads would make the peers look faster than a core is.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import keywords
import languages
import lead
import markup
import reading
import sentiment
import speed
import summaries
import wrapped
from dataset import Absent

TASKS = {task.__name__: task for task in (summaries, lead, keywords, sentiment, markup, wrapped, languages, speed, reading)}


def main():
    parser = argparse.ArgumentParser(prog="run", description="The built-in engine against its peers.")
    parser.add_argument("task", nargs="*", help=", ".join(TASKS))
    parser.add_argument("--half", choices=["dev", "held-out", "all"], default="dev", help="of the sentiment set")
    parser.add_argument("--keywords", type=int, default=5, metavar="N", help="how many each extractor may name")
    parser.add_argument("--seed", type=int, default=1, help="of the articles that are picked for reading")
    options = parser.parse_args()
    if unknown := [name for name in options.task if name not in TASKS]:
        parser.error(f"no task {unknown[0]}: {', '.join(TASKS)}")
    for name in options.task or [name for name in TASKS if name != "reading"]:
        try:
            TASKS[name].report(options)
        except Absent as absence:
            print(f"{name}: skipped, {absence}")
        print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
