"""Commands and what they take: wall time, processor time, memory; and what several tables need of peers."""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[3]
HERE = ROOT / "Tests/Benchmarks"
BUILD = ROOT / ".build/benchmarks"
SUMMARIZE = os.environ.get("SUMMARIZE", str(ROOT / ".build/release/summarize"))
SCALE = int(os.environ.get("BENCHMARK_SCALE", "1"))
"""Divides the numbers of lines and calls, where the question is whether everything works, and not how fast."""
BENCHMARKS = os.environ.get("BENCHMARKS", str(ROOT / ".build/release/Benchmarks"))


class Missing(Exception):
    """A peer that is not on this machine. The table goes on without it."""


@dataclass(frozen=True)
class Run:
    wall: float
    cpu: float


def run(command: Sequence[str], source: pathlib.Path | str = os.devnull, cores: str | None = None) -> Run:
    """Runs a command with a file as its input, without its output; seconds, those of its children included."""
    command = pinned(command, cores)
    messages = BUILD / "messages"
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, str(source), os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, str(messages), write, 0o644),
    ]
    start = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status:
        code = os.waitstatus_to_exitcode(status)
        raise RuntimeError(f"{' '.join(command)}: status {code}: {messages.read_text()[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime)


def output(command: Sequence[str], cores: str | None = None, **environment: str) -> str:
    """What a command prints. A shell stands between: the peak of memory of a process begins with that of its parent."""
    command = ["sh", "-c", '"$@"; exit $?', "sh", *pinned(command, cores)]
    everything = {**os.environ, **environment}
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=everything).stdout


def figures(command: Sequence[str], cores: str | None = None, **environment: str) -> list[float]:
    return [float(word) for word in output(command, cores, **environment).split()]


def pinned(command: Sequence[str], cores: str | None) -> list[str]:
    return ["taskset", "-c", cores, *command] if cores else list(command)


def first_line(command: Sequence[str], line: bytes) -> float:
    """Seconds from the start of a process to its first line of output. Its input stays open until then."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        process.stdin.write(line)
        process.stdin.flush()
        result = process.stdout.readline()
        elapsed = time.perf_counter() - start
        process.stdin.close()
        process.stdout.read()
    if process.returncode or not result:
        raise RuntimeError(f"{' '.join(command)}: no result, status {process.returncode}")
    return elapsed


def peak_memory(command: Sequence[str], block: bytes, times: int) -> float:
    """The peak of memory in MiB once all lines have results. Its input is still open then: the process is there."""
    wanted = block.count(b"\n") * times
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def feed() -> None:
            try:
                for _ in range(times):
                    process.stdin.write(block)
                process.stdin.flush()
            except BrokenPipeError:
                pass  # The results will be too few, and that is reported.

        feeder = threading.Thread(target=feed)
        feeder.start()
        found = 0
        while found < wanted and (chunk := process.stdout.read1(1 << 20)):
            found += chunk.count(b"\n")
        feeder.join()
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        process.stdin.close()
        rest = process.stdout.read()
    if found != wanted or rest or process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {found} of {wanted} results, status {process.returncode}")
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) / 1024


def scaled(count: int, least: int = 10) -> int:
    return max(count // SCALE, least)


def lines(size: int, count: int) -> pathlib.Path:
    """A file of articles, each a line of about so many bytes."""
    text = "Ferries return. "
    while len(text) < size - 30:
        text += "Passengers were pleased to hear about it. "
    path = BUILD / f"lines-{size}"
    with path.open("w") as file:
        file.writelines(f'{{"id":{number},"content":"{text[:size - 30]}"}}\n' for number in range(count))
    return path


# MARK: peers


def program(name: str, package: str) -> str:
    path = shutil.which(name)
    if not path:
        raise Missing(f"{name} is not installed (Debian: apt-get install {package})")
    return path


def version(command: Sequence[str]) -> str:
    """The first number with a point, or the first number, of what a command says about itself."""
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    found = re.search(r"\d+(\.\d+)+", made) or re.search(r"\d+", made)
    return found[0] if found else "?"


def go(source: str) -> str:
    """The path of a built peer in Go."""
    program("go", "golang-go")
    path = BUILD / ("go-" + (pathlib.Path(source).parent.name or "pool"))
    # Where there is no home, as in some CI services, go asks for a cache of its own.
    environment = {"GOCACHE": str(BUILD / "go-cache")} | os.environ
    subprocess.run(["go", "build", "-o", path, HERE / "go" / source], check=True, env=environment)
    return str(path)


def go_version() -> str:
    return version(["go", "version"])


def python_with(package: str) -> tuple[str, str]:
    """An interpreter that has a package from PyPI, and the package's version. Installed on first use, below .build."""
    environment = BUILD / "python"
    interpreter = environment / "bin/python"
    if not interpreter.exists() and subprocess.run([sys.executable, "-m", "venv", environment]).returncode:
        raise Missing(f"{package}: no environment could be made (Debian: apt-get install python3-venv)")
    ask = f"import importlib.metadata as m; print(m.version({package!r}))"
    for attempt in range(2):
        known = subprocess.run([interpreter, "-c", ask], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if known.returncode == 0:
            return str(interpreter), known.stdout.strip()
        if attempt == 0:
            pip = [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            # The versions that the evaluation compares with, where it has them.
            pins = ["--constraint", ROOT / "Tests/Evaluation/requirements.txt"]
            subprocess.run([*pip, *pins, package], stdout=sys.stderr)
    raise Missing(f"{package} could not be installed from PyPI")


def product_version() -> str:
    return version([SUMMARIZE, "--version"])


def available(makers: Sequence[Callable], skip: Callable[[str], None]) -> list:
    """What the makers make; those whose program is missing say so and are left out."""
    made = []
    for maker in makers:
        try:
            made.append(maker())
        except Missing as reason:
            skip(str(reason))
    return made
