"""What Tests/Recipes/queue runs: articles, a NATS server, a provider, bridges, and what kills them."""
import asyncio
import collections
import contextlib
import json
import os
import random
import re
import signal
import socket
import sys
import time
from typing import Dict, List, Optional

import nats

COUNT, KILLS = int(os.environ["QUEUE_ARTICLES"]), int(os.environ["QUEUE_KILLS"])
SUMMARIZE, BRIDGE = os.environ["SUMMARIZE"], os.environ["QUEUE_BRIDGE"]
# Far longer than a starved process stands still: an article that is not pinged in time is paid for twice.
ACK_WAIT = 6
JOBS = 8


class Failed(Exception):
    pass


def say(text: str) -> None:
    print(text, flush=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def alive(process: int) -> bool:
    """Not so if it only waits to be reaped."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Provider:
    """A server with OpenAI's API that counts what it was paid for: each answer that is a result or a refusal."""

    def __init__(self) -> None:
        self.paid: collections.Counter = collections.Counter()
        self.calls: collections.Counter = collections.Counter()
        self.open = self.peak = 0
        self.answered = asyncio.Event()
        # Answers are given while it is set.
        self.free = asyncio.Event()
        self.free.set()

    async def start(self) -> str:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/v1"

    async def reaches(self, paid: int) -> None:
        while self.paid.total() < paid:
            self.answered.clear()
            await self.answered.wait()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(re.findall(rb"(?i)content-length: *(\d+)", head)[0])
                body = json.loads(await reader.readexactly(length))
                number = int(re.findall(r"Article (\d+) ", body["messages"][-1]["content"])[0])
                self.open += 1
                self.peak = max(self.peak, self.open)
                try:
                    status, answer = await self.answer(number)
                finally:
                    self.open -= 1
                data = json.dumps(answer).encode()
                retry = "retry-after: 0\r\n" if status == 429 else ""
                writer.write(f"HTTP/1.1 {status} x\r\ncontent-type: application/json\r\n{retry}"
                             f"content-length: {len(data)}\r\n\r\n".encode() + data)
                await writer.drain()
        writer.close()

    async def answer(self, number: int) -> tuple:
        self.calls[number] += 1
        first = self.calls[number] == 1
        # Some answers take longer than the ack wait.
        await asyncio.sleep(3 * ACK_WAIT if number % 331 == 19 else 0.01 + number % 7 / 200)
        await self.free.wait()
        if number % 307 == 23:
            return 500, {"error": {"message": "it always fails"}}
        if first and number % 50 in (7, 17, 27):
            return {7: 429, 17: 500, 27: 503}[number % 50], {"error": {"message": "it fails once"}}
        self.paid[number] += 1
        self.answered.set()
        result = {"summary": f"Of article {number}.", "sentiment": "neutral", "keywords": ["harbour", str(number)]}
        refused = number % 97 == 13
        return 200, {"choices": [{"index": 0, "finish_reason": "content_filter" if refused else "stop", "message": {
            "role": "assistant", "content": "" if refused else json.dumps(result)}}], "usage": {
            "prompt_tokens": 100, "completion_tokens": 20}}


class Queue:
    """The NATS server, its files in a folder of its own."""

    def __init__(self, name: str) -> None:
        self.port, self.folder = free_port(), name
        self.url = f"nats://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            "nats-server", "-js", "-sd", self.folder, "-a", "127.0.0.1", "-p", str(self.port),
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL)

    async def kill(self) -> None:
        self.process.kill()
        await self.process.wait()


class Bridge:
    """A bridge that is started again whenever it ends, and what it and its summarize are killed by."""

    def __init__(self, queue: Queue, jobs: int, options: List[str]) -> None:
        self.command = [sys.executable, BRIDGE, "--servers", queue.url, "-j", str(jobs), "--ack-wait", str(ACK_WAIT),
                        "--window", "600", "--deliveries", "2", "--grace", "20", "--", *options]
        self.closing = False
        self.statuses: List[int] = []
        self.task = asyncio.create_task(self.keep())

    async def keep(self) -> None:
        with open("bridges", "ab") as log:
            while not self.closing:
                self.process = await asyncio.create_subprocess_exec(*self.command, stderr=log)
                if self.closing:
                    # What closed it saw the one before.
                    self.process.terminate()
                self.statuses.append(await self.process.wait())

    async def summarize(self) -> int:
        """The process of its summarize, 0 if it has none."""
        command = ["pgrep", "-P", str(self.process.pid)]
        found = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        return int((await found.communicate())[0] or 0)

    async def hit(self, how: str) -> bool:
        """Whether there was something to be hit."""
        child = await self.summarize()
        if not child or self.process.returncode is not None:
            return False
        before = len(self.statuses)
        with contextlib.suppress(ProcessLookupError):
            if how in ("stop", "stop both"):
                self.process.terminate()
            if how == "stop both":
                os.kill(child, signal.SIGTERM)
            if how == "summarize":
                os.kill(child, signal.SIGKILL)
            if how == "bridge":
                self.process.kill()
        while len(self.statuses) == before:
            await asyncio.sleep(0.01)
        expected = {"stop": 0, "stop both": 0, "summarize": 1, "bridge": -9}[how]
        if self.statuses[before] != expected:
            raise Failed(f"{how}: the bridge ended with {self.statuses[before]} instead of {expected}")
        # A summarize without a reader ends by itself.
        while alive(child):
            await asyncio.sleep(0.01)
        return True

    async def close(self) -> None:
        self.closing = True
        if not self.task.done():
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()
            await self.task


async def settled(client: nats.NATS, most: int) -> int:
    """Waits until every article has been acknowledged, and returns how many results there are."""
    stream = client.jetstream()
    while True:
        with contextlib.suppress(nats.errors.Error):
            # The messages of the stream would not do: a killed server of version 2.9 may keep some that are done.
            consumer = await stream.consumer_info("ARTICLES", "summarize")
            if consumer.num_pending == 0 and consumer.num_ack_pending == 0:
                return (await stream.stream_info("RESULTS")).state.messages
            if (consumer.num_ack_pending or 0) > most:
                raise Failed(f"{consumer.num_ack_pending} articles are held")
        await asyncio.sleep(0.1)


async def collect(client: nats.NATS, count: int, name: str) -> collections.Counter:
    """Writes down the results and counts them by article."""
    times: collections.Counter = collections.Counter()
    results = await client.jetstream().subscribe("results.>", stream="RESULTS", ordered_consumer=True)
    with open(name, "wb") as file:
        for _ in range(count):
            message = await results.next_msg(timeout=300)
            times[(message.headers or {})["Nats-Msg-Id"]] += 1
            failed = "error" in json.loads(message.data, parse_int=str)
            if message.subject != ("results.failed" if failed else "results.ok"):
                raise Failed(f"{message.data!r} has the subject {message.subject}")
            file.write(message.data + b"\n")
    await results.unsubscribe()
    return times


async def run(name: str, payloads: List[bytes], jobs: int, options: List[str], kills: List[str],
              provider: Optional[Provider] = None) -> None:
    """Sends articles through two bridges, some of which are killed at random moments."""
    queue = Queue(name)
    await queue.start()
    client = await nats.connect(queue.url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, error_cb=silence)
    bridges: List[Bridge] = []
    try:
        first = Bridge(queue, jobs, options)
        bridges.append(first)
        stream = client.jetstream()
        while True:
            # The first bridge makes it, last of all.
            with contextlib.suppress(nats.errors.Error):
                await stream.consumer_info("ARTICLES", "summarize")
                break
            await asyncio.sleep(0.05)
        began = time.monotonic()
        for start in range(0, len(payloads), 200):
            some = payloads[start:start + 200]
            await asyncio.gather(*(stream.publish("articles", payload, timeout=30) for payload in some))
        bridges.append(Bridge(queue, jobs, options))
        # Until the ack wait has passed, what a killed bridge held counts too, and what is to be delivered once more.
        done = asyncio.create_task(settled(client, jobs * (3 + len(kills))))
        if provider:
            # A kill comes when so many answers have been given, which is while others are on their way.
            moments = sorted(random.sample(range(COUNT // 50, COUNT * 9 // 10), len(kills)))
            for moment, how in zip(moments, kills):
                reached = asyncio.get_running_loop().create_task(provider.reaches(moment))
                await asyncio.wait({done, reached}, return_when=asyncio.FIRST_COMPLETED)
                reached.cancel()
                if how == "server":
                    await queue.kill()
                    await queue.start()
                if how == "stop both":
                    # Nobody is answered until both have calls on the wire: those of the one that is hit are interrupted.
                    # One whose circuit is open has a single call there; it is not waited for until that times out.
                    provider.free.clear()
                    patience = time.monotonic() + 20
                    while provider.open <= jobs and not done.done() and time.monotonic() < patience:
                        await asyncio.sleep(0.01)
                while how != "server" and not await random.choice(bridges).hit(how):
                    await asyncio.sleep(0.01)
                provider.free.set()
        count = await done
        took = time.monotonic() - began
        for bridge in bridges:
            await bridge.close()
            # One that is only just starting has nothing to settle yet.
            if bridge.statuses[-1] not in (0, -signal.SIGTERM):
                raise Failed(f"a bridge that was stopped ended with {bridge.statuses[-1]}")
        times = await collect(client, count, f"{name}.got")
        say(f"{name}: {count} results of {len(payloads)} messages in {took:.1f} s, {len(payloads) / took:.0f}/s")
        twice = [name for name, number in times.items() if number > 1]
        if twice:
            raise Failed(f"{len(twice)} articles have more results than one: {twice[:5]}")
    finally:
        for bridge in bridges:
            bridge.closing = True
            with contextlib.suppress(ProcessLookupError):
                bridge.process.kill()
            await bridge.task
        await client.close()
        await queue.kill()


async def silence(error: Exception) -> None:
    """The server is killed on purpose."""


def article(number: int) -> bytes:
    text = f"Article {number} is about the harbour. It was delighted. The bridge {number} opened."
    return json.dumps({"id": number, "content": text} if number % 211 != 5 else {"id": number}).encode()


async def alone(name: str, payloads: List[bytes], options: List[str]) -> float:
    """What one summarize makes of it."""
    with open(f"{name}.in", "wb") as file:
        file.writelines(payload.replace(b"\n", b" ") + b"\n" for payload in payloads)
    began = time.monotonic()
    with open(f"{name}.one", "wb") as file:
        process = await asyncio.create_subprocess_exec(SUMMARIZE, "-q", *options, f"{name}.in", stdout=file)
        if await process.wait() not in (0, 1):
            raise Failed("one summarize alone did not do it")
    return time.monotonic() - began


async def builtin() -> None:
    """The built-in engine, with everything that an article can be."""
    odd = [b'\x1f\x8b\x08\x00\x01', b'\xff\xfe{\x00', b"{", b"[1]", b'{"id":"\xff","content":"x"}',
           b'{"id":"a",\n "content":"Two lines.\nThey are one."}\n', b'{"content":"It has no id."}',
           article(3), article(3),
           b'{"id":' + b"9" * 5000 + b',"content":"The id is long."}', b'{"id":1.10,"content":"Kept as it is."}',
           b'{"id":"' + b"x" * 500_000 + b'","content":"' + b"A long one. " * 30_000 + b'"}']
    articles = [article(number) for number in range(COUNT)]
    # What looks like gzip comes first: it must not end anything.
    await run("builtin", odd + [b"", b" \n\r\t"] + articles, 64, [], [])
    say(f"builtin: one summarize alone takes {await alone('builtin', articles + odd, []):.2f} s")


async def server() -> None:
    """A provider that fails, and kills."""
    provider = Provider()
    address = await provider.start()
    options = ["-m", "openai:x", "--base-url", address, "--retries", "1", "--grace", "1ms"]
    payloads = [article(number) for number in range(COUNT)]
    kinds = ["bridge", "summarize", "stop", "stop both", "server"]
    kills = (kinds + random.choices(kinds, (8, 8, 2, 2, 2), k=KILLS))[:KILLS]
    random.shuffle(kills)
    await run("server", payloads, JOBS, options, kills, provider)
    twice = provider.paid.total() - len(provider.paid)
    counts: Dict[str, int] = collections.Counter(kills)
    # At a kill of the server both bridges have articles in flight; a stop lets them end.
    in_flight = sum({"server": 2 * JOBS, "stop": 0}.get(how, JOBS) for how in kills)
    say(f"server: {provider.calls.total()} calls, {len(provider.paid)} articles paid, {twice} of them again; "
        f"{in_flight} may have been in flight at {len(kills)} kills ({dict(counts)})")
    if twice > in_flight:
        raise Failed("articles were paid for again that were not in flight")
    provider.calls.clear()
    await alone("server", payloads, [*options, "-j", str(2 * JOBS)])


async def calm() -> None:
    """The same provider without kills: nothing is paid for twice, however long it takes."""
    provider = Provider()
    address = await provider.start()
    options = ["-m", "openai:x", "--base-url", address, "--retries", "1"]
    numbers = [*range(200), *(19 + 331 * step for step in range(1, 8))]
    await run("calm", [article(number) for number in numbers], JOBS, options, [], provider)
    twice = {number: times for number, times in provider.paid.items() if times > 1}
    say(f"calm: {len(provider.paid)} articles paid, {len(twice)} of them twice; at most {provider.peak} calls at once")
    if twice or provider.peak > 2 * JOBS:
        raise Failed(f"paid for twice: {twice}; {provider.peak} calls at once")


async def main() -> None:
    seed = int(os.environ.get("QUEUE_SEED", 0)) or random.SystemRandom().randrange(1, 1 << 31)
    say(f"QUEUE_SEED={seed}")
    random.seed(seed)
    task = asyncio.current_task()
    assert task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        for part in (builtin, calm, server):
            await asyncio.wait_for(part(), 600 + COUNT / 10 + 20 * KILLS)
    except (Failed, TimeoutError, asyncio.TimeoutError, asyncio.CancelledError) as failure:
        with open("bridges", encoding="utf-8", errors="replace") as log:
            say("".join(log.readlines()[-40:]))
        sys.exit(f"failed: {failure!r}")


asyncio.run(main())
