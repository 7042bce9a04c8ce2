"""Checks samples/spark/summarize_job.py: called by Tests/Recipes/spark, with a folder for what it writes.

The results are those of one summarize, from NDJSON and from Parquet. With a language model, for whose provider a server
here stands, Python workers, executors and summarize are killed; no article is lost, nothing but what was in flight is
paid for twice, and a second job pays nothing. The key gets to the provider, and nowhere else.
"""
import collections
import http.server
import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import threading
import time
from typing import Any, Callable

ROOT = pathlib.Path(__file__).parents[2]
JOB = ROOT / "samples/spark/summarize_job.py"
SUMMARIZE = os.environ["SUMMARIZE"]
COUNT = int(os.environ.get("SPARK_ARTICLES", "500"))
KILLS = int(os.environ.get("SPARK_KILLS", "1"))
KEY = "sk-check-1f0d5c9b7e"
IN_FLIGHT = 8
AT_ONCE = 4
CLUSTER = "local-cluster[2,1,1024]"
# What a killed process leaves behind ends after its grace, which is a second; a starved machine takes longer.
ENDS_WITHIN = 200


class Provider(http.server.ThreadingHTTPServer):
    """Answers chat completions, counts what it answers, and fails now and then."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Call)
        self.changed = threading.Condition()
        self.paid: collections.Counter[int] = collections.Counter()
        self.asked: collections.Counter[int] = collections.Counter()
        self.refused: collections.Counter[int] = collections.Counter()
        self.busy = 0
        self.held = False

    def failure(self, article: int, attempt: int) -> tuple[int, dict[str, str]] | None:
        """An article fails at its first attempt, or always."""
        if article % 89 == 11:
            return 400, {}
        if attempt > 1:
            return None
        if article % 151 == 3:
            return 429, {"Retry-After": "1"}
        return {5: (429, {"Retry-After": "0"}), 17: (500, {}), 29: (503, {})}.get(article % 37)

    def handle_error(self, *_: Any) -> None:
        """Who asked has been killed."""


class Call(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Provider

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        article = int(re.search(r"Article (\d+) ", request["messages"][-1]["content"])[1])
        provider = self.server
        with provider.changed:
            provider.busy += 1
            provider.asked[article] += 1
            attempt = provider.asked[article]
            provider.changed.notify_all()
            provider.changed.wait_for(lambda: not provider.held)
        # A model takes its time.
        time.sleep(0.02)
        failure = provider.failure(article, attempt)
        if self.headers["Authorization"] != f"Bearer {KEY}":
            failure = 401, {}
        status, headers = failure or (200, {})
        with provider.changed:
            # Also where nobody waits for the answer any more.
            (provider.refused if failure else provider.paid)[status if failure else article] += 1
            provider.busy -= 1
            provider.changed.notify_all()
        message = {"role": "assistant", "content": json.dumps(answer(article))}
        choice = {"index": 0, "finish_reason": "stop", "message": message}
        body = json.dumps({"error": {"message": "no"}} if failure else {"choices": [choice]}).encode()
        self.send_response(status)
        headers |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
        for header, value in headers.items():
            self.send_header(header, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def answer(number: int) -> dict[str, Any]:
    """What the model makes of an article."""
    return {"summary": f"Summary of {number}.", "sentiment": "neutral", "keywords": [f"k{number}"]}


class Process:
    """A process below another one."""

    def __init__(self, identifier: int):
        self.id = identifier
        stat = pathlib.Path(f"/proc/{identifier}/stat").read_text()
        # A zombie has ended.
        state, parent = stat[stat.rindex(")") + 2:].split()[:2]
        self.parent, self.ended = int(parent), state in "ZX"
        self.words = pathlib.Path(f"/proc/{identifier}/cmdline").read_bytes().decode(errors="replace").split("\0")


def processes() -> dict[int, Process]:
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                found[int(entry)] = Process(int(entry))
            except OSError:
                pass
    return found


def runs_below(root: int) -> list[dict[str, Process]]:
    """Each run of summarize below a process, with the worker and the executor that it belongs to."""
    everything = processes()
    runs = []
    for process in everything.values():
        if process.words[0] != SUMMARIZE or process.ended:
            continue
        line = [process]
        while line[-1].parent in everything and line[-1].id != root:
            line.append(everything[line[-1].parent])
        executors = [ancestor for ancestor in line if "CoarseGrainedExecutorBackend" in " ".join(ancestor.words)]
        if line[-1].id == root and executors:
            runs.append({"summarize": process, "worker": line[1], "executor": executors[0]})
    return runs


def lives(process: Process) -> bool:
    try:
        now = Process(process.id)
        # The number may have been given to another one.
        return not now.ended and now.words == process.words
    except OSError:
        return False


def wait_until(what: str, holds: Callable[[], Any], limit: float = 300) -> Any:
    end = time.monotonic() + limit
    while not (value := holds()):
        check(time.monotonic() < end, f"waited in vain: {what}")
        time.sleep(0.01)
    return value


def check(holds: Any, failure: str) -> None:
    if not holds:
        raise SystemExit(f"FAILED: {failure}")


def article(number: int) -> bytes:
    text = f"Article {number} is about the harbour. It was delighted. The bridge {number} opened."
    line = json.dumps({"id": number, "title": f"Bridge {number}", "content": text}).encode()
    match number % 97:
        case 13: line = json.dumps({"id": number, "title": "No text"}).encode()
        case 23: line = line.replace(b"harbour", b"harb\xf6ur")
        case 31: line = line[:40]
        # A carriage return alone ends no line; between the fields it is white space.
        case 41: line = line.replace(b', "content"', b',\r"content"')
        case 43: line += b"\r"
        case 47: line += b"\n \n"
        case 53: line += b"\n" + line
        case 59: line = line.replace(b"Bridge", "Br\u00fccke\u2028".encode())
    return line


def write_articles(folder: pathlib.Path) -> list[pathlib.Path]:
    """Three files; the first begins with a byte order mark, the last has no newline at its end."""
    folder.mkdir()
    files = []
    for index in range(3):
        lines = [article(number) for number in range(index * COUNT // 3, (index + 1) * COUNT // 3)]
        files.append(folder / f"articles-{index}.ndjson")
        begin, end = b"\xef\xbb\xbf" if index == 0 else b"", b"" if index == 2 else b"\n"
        files[-1].write_bytes(begin + b"\n".join(lines) + end)
    return files


def records(files: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files for line in file.read_bytes().splitlines()]


def plain(found: list[dict[str, Any]]) -> list[str]:
    """What a log holds besides, and lines of parts, are no part of the comparison."""
    extra = ("line", "fingerprint", "made_by")
    return sorted(json.dumps({key: value for key, value in record.items() if key not in extra}, sort_keys=True)
                  for record in found)


def one_run(scratch: pathlib.Path, files: list[pathlib.Path]) -> list[dict[str, Any]]:
    """What one summarize makes of the files, with the built-in engine."""
    output = scratch / "one.ndjson"
    with output.open("wb") as file:
        subprocess.run([SUMMARIZE, "-q", "-k", "--exit-zero", *files], stdout=file, check=True)
    return records([output])


def compare(folder: pathlib.Path, expected: list[str], what: str) -> None:
    results, errors = (records(sorted((folder / kind).glob("*.ndjson"))) for kind in ("results", "errors"))
    check(all("error" in record for record in errors), f"{what}: a result among the errors")
    check(not any("error" in record for record in results), f"{what}: an error among the results")
    got = plain(results + errors)
    if got != expected:
        wanted, there = collections.Counter(expected), collections.Counter(got)
        missing, beyond = (list(counter.elements())[:3] for counter in (wanted - there, there - wanted))
        check(False, f"{what}: missing {missing}, beyond {beyond}")
    logs = len(list((folder / "log").glob("*.ndjson")))
    print(f"{what}: {len(results)} results and {len(errors)} errors in {logs} splits, as expected", flush=True)


def submit(settings: dict[str, str], script: pathlib.Path, arguments: list[Any], log: pathlib.Path
           ) -> subprocess.Popen[bytes]:
    command = [pathlib.Path(sys.executable).with_name("spark-submit"), "--master", CLUSTER, "--py-files", JOB]
    # For a machine of two cores: less work at the start.
    java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    settings = {"spark.ui.enabled": "false", "spark.driver.extraJavaOptions": java,
                "spark.executor.extraJavaOptions": java, **settings}
    for key, value in settings.items():
        command += ["--conf", f"{key}={value}"]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "OPENAI_API_KEY": KEY, "SPARK_LOCAL_IP": "127.0.0.1"}
    with log.open("wb") as file:
        return subprocess.Popen([*command, script, *arguments], stdout=file, stderr=file, env=environment)


def ended(job: subprocess.Popen[bytes], log: pathlib.Path) -> list[str]:
    """The counts that the job tells at its end, for each one that was in it."""
    try:
        status = job.wait()
    finally:
        if job.poll() is None:
            job.terminate()
            job.wait()
    text = log.read_text(errors="replace")
    check(status == 0, f"the job ended with status {status}:\n{text[-6000:]}")
    counts = re.findall(r"^\d+ articles: .*$", text, re.MULTILINE)
    check(counts, f"no counts:\n{text[-2000:]}")
    return counts


def kill_one(kind: str, hold: bool, job: subprocess.Popen[bytes], provider: Provider) -> None:
    """Kills a process in the middle of its work. Of the calls in flight it hits those of one run."""
    def victim() -> dict[str, Process] | None:
        check(job.poll() is None, "the job ended before all was killed")
        runs = runs_below(job.pid)
        return random.choice(runs) if runs else None

    with provider.changed:
        provider.held = hold
    try:
        while True:
            with provider.changed:
                provider.changed.wait_for(lambda: provider.busy, timeout=1)
            run = wait_until("a run of summarize", victim)
            arguments = [word for process in processes().values() for word in process.words]
            check(not any(KEY in word for word in arguments), "the key is an argument")
            words = run["summarize"].words
            check(words[words.index("--rate") + 1] == f"{3_600_000 // AT_ONCE}/h", f"the rate is not divided: {words}")
            try:
                os.kill(run[kind].id, signal.SIGKILL)
                break
            except ProcessLookupError:
                continue
        # Held, no run ends by itself: it ends because its worker died.
        ends = f"the end of summarize after a kill of its {kind}"
        wait_until(ends, lambda: not lives(run["summarize"]), ENDS_WITHIN)
    finally:
        with provider.changed:
            provider.held = False
            provider.changed.notify_all()


def with_provider(scratch: pathlib.Path, files: list[pathlib.Path], expected: list[dict[str, Any]]) -> None:
    provider = Provider()
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    answered = []
    for record in expected:
        if "error" not in record:
            number = record["id"]
            record = {"id": number, **answer(number)}
            if provider.failure(number, 2):
                error = {"code": "bad_request", "message": "the server answers 400: no", "status": 400, "attempts": 1}
                record = {"id": number, "error": error}
        answered.append(record)
    payable = sum("error" not in record for record in answered)
    size = sum(file.stat().st_size for file in files) // 10
    events = scratch / "events"
    events.mkdir()
    settings = {
        "spark.deploy.maxExecutorRetries": "-1",
        "spark.eventLog.enabled": "true", "spark.eventLog.dir": events.as_uri(),
        # What the executors of a cluster have: not the environment of the driver.
        "spark.executorEnv.OPENAI_API_KEY": "sk-another",
    }
    arguments = ["--output", scratch / "model", "--at-once", AT_ONCE, "--rate", "3600000/h", "--split-size", f"{size}b",
                 # Any task may be hit by every kill.
                 "--grace", "1s", "--max-task-failures", 3 * KILLS + 4, *files, "--", "-m", "openai:x", "-j", IN_FLIGHT,
                 "--base-url", f"http://127.0.0.1:{provider.server_port}/v1"]
    arguments = [str(argument) for argument in arguments]

    began = time.monotonic()
    log = scratch / "model.log"
    job = submit(settings, JOB, arguments, log)
    try:
        kinds = ["worker", "executor", "summarize"] * KILLS
        random.shuffle(kinds)
        for index, kind in enumerate(kinds):
            # Spread over the first nine tenths of the work.
            threshold = payable * 9 // 10 * (index + 1) // (len(kinds) + 1)
            wait_until("answers", lambda: provider.paid.total() >= threshold or job.poll() is not None)
            kill_one(kind, index % 2 == 0, job, provider)
        [counts] = ended(job, log)
    finally:
        if job.poll() is None:
            job.terminate()
            job.wait()
    print(f"{counts}; {time.monotonic() - began:.0f} s")
    compare(scratch / "model", plain(answered), f"with {KILLS} kills of each of workers, executors and summarize")
    in_flight = len(kinds) * IN_FLIGHT
    twice = provider.paid.total() - payable
    refused = ", ".join(f"{number} with {status}" for status, number in sorted(provider.refused.items()))
    print(f"paid {provider.paid.total()} calls for {payable} articles, {twice} of at most {in_flight} in flight twice; "
          f"refused {refused}", flush=True)
    check(0 <= twice <= in_flight, "more was paid for than articles and what was in flight")
    check(401 not in provider.refused, "the key of the executor was sent")
    check(b"written by another run" not in log.read_bytes(), "a task did not wait for the run of a dead one")
    check({429, 500, 503} <= provider.refused.keys(), "the provider did not fail")

    # Other tasks, and the files the other way round: each article is still in the same log.
    arguments[arguments.index("--at-once") + 1] = "2"
    first = arguments.index(str(files[0]))
    arguments[first:first + len(files)] = reversed(arguments[first:first + len(files)])
    paid = provider.paid.total()
    [counts] = ended(submit(settings, JOB, arguments, scratch / "again.log"), scratch / "again.log")
    print(counts)
    compare(scratch / "model", plain(answered), "the same job again")
    check(provider.paid.total() == paid, f"the second job paid {provider.paid.total() - paid} calls")
    check(" ok (0 " in counts, "the second job says that it paid")

    import pyspark
    work = pathlib.Path(pyspark.__file__).parent / "work"
    traces = [path for folder in (scratch / "model", events, work, log, scratch / "again.log")
              for path in ([folder] if folder.is_file() else folder.rglob("*")) if path.is_file()]
    check(any("stderr" in path.name for path in traces), "no log of an executor was found")
    check(not any(KEY.encode() in path.read_bytes() for path in traces), "the key stands in a log")
    provider.shutdown()


def built_in(scratch: pathlib.Path, files: list[str]) -> None:
    """NDJSON, Parquet twice, and a run that fails. Called by spark-submit: one start of Spark for all."""
    import pyspark.sql
    import summarize_job
    size = sum(os.path.getsize(file) for file in files) // 7
    summarize_job.main(["--output", str(scratch / "ndjson"), "--split-size", f"{size}b", "--max-task-failures", "2",
                        *files, "--", "-j1"])
    spark = pyspark.sql.SparkSession.builder.getOrCreate()
    valid = str(scratch / "valid.ndjson")
    spark.read.json(valid, lineSep="\n").repartition(3).write.parquet(str(scratch / "valid.parquet"))
    for _ in range(2):
        summarize_job.main(["--output", str(scratch / "parquet"), str(scratch / "valid.parquet"), "--", "-j1"])
    try:
        summarize_job.main(["--output", str(scratch / "failed"), valid, "--", "--tasks", "nonsense"])
    except Exception as error:
        check("summarize ended with status 2" in str(error) and "'nonsense' is not" in str(error), f"not why: {error}")
    else:
        check(False, "a run that cannot start is no failure of the job")


def main(scratch: pathlib.Path) -> None:
    files = write_articles(scratch / "articles")
    expected = one_run(scratch, files)
    good = {record["id"] for record in expected if "error" not in record}
    valid = scratch / "valid.ndjson"
    valid.write_bytes(b"".join(line + b"\n" for number in sorted(good) for line in article(number).split(b"\n")
                               if line.strip()))
    log = scratch / "built-in.log"
    began = time.monotonic()
    counts = ended(submit({}, pathlib.Path(__file__), ["--built-in", scratch, *files], log), log)
    print(*counts, f"{time.monotonic() - began:.0f} s", sep="\n")
    compare(scratch / "ndjson", plain(expected), "NDJSON, the built-in engine")
    compare(scratch / "parquet", plain(one_run(scratch, [valid])), "Parquet")
    check(" ok (0 " in counts[-1], "the second job on Parquet did it all again")
    with_provider(scratch, files, expected)


if __name__ == "__main__":
    if sys.argv[1] == "--built-in":
        built_in(pathlib.Path(sys.argv[2]), sys.argv[3:])
    else:
        # A job that was started ends first.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
        main(pathlib.Path(sys.argv[1]))
