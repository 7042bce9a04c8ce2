"""Where the texts come from: sets beside the package, which may be absent, and the package's own samples."""

import hashlib
import json
import os
import pathlib

PACKAGE = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("SUMMARIZE_TEST_DATA", PACKAGE.parent / "shared/data"))


class Absent(Exception):
    """A set that is not on this machine."""


def read(path):
    if not path.exists():
        raise Absent(f"{path.name} is not there ({path.parent})")
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def posts():
    """Posts of government sites; some have a `reference`, a summary in the editors' own words."""
    return read(SHARED / "govnews-dev.ndjson")


def samples():
    """The package's own articles, written as plain news is: the point first."""
    return read(PACKAGE / "samples/articles.ndjson")


def sentences(half):
    """News sentences with a human label. Which half one is in depends on its id alone: the parity of the first byte of its SHA-256."""
    rows = read(SHARED / "news-sentences-dev.ndjson")
    return rows if half == "all" else [row for row in rows if is_held_out(row["id"]) == (half == "held-out")]


def is_held_out(identifier):
    return hashlib.sha256(identifier.encode()).digest()[0] % 2 == 1
