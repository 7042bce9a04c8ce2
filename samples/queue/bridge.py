#!/usr/bin/env python3
"""Takes articles from a NATS JetStream stream, one a message, and publishes a result for each to another stream:

    pip install nats-py
    nats-server -js -sd /var/lib/nats
    samples/queue/bridge.py -j 8 -- -m openai:gpt-4o-mini --rate 500/m
    nats pub articles '{"id":7,"content":"..."}'
    nats sub 'results.>'

Behind "--" are options of summarize (SUMMARIZE names the binary); the bridge itself adds -j, --meta and -q. Results
have the subject results.ok, error records results.failed. The Nats-Msg-Id of both is the stream and the sequence of
the article. Streams and consumer are made where they are missing, and used as they are where they are there.

Start as many bridges as you like, on as many machines, each with --rate for itself. A bridge ends when its summarize
ends (a key that is not valid, an outage): let something start it again, such as Restart=always of systemd.

An article is acknowledged when the server has its result, so whatever is killed, none is lost. What a killed bridge
had in flight is done again after the ack wait. Its result is dropped as a duplicate if the first one was published
within the window for duplicates, so the window must be longer than all bridges may be down together. nats-server has
its files on disk only every two minutes: against a loss of power set "sync_interval: always" in its section
"jetstream".
"""
import argparse
import asyncio
import contextlib
import json
import os
import signal
import sys
from typing import Dict, Optional, Set

import nats
from nats.aio.msg import Msg
from nats.js.api import AckPolicy, ConsumerConfig, RetentionPolicy, StreamConfig
from nats.js.errors import NotFoundError

# The run was at fault, not the article. Acknowledged, the article would be lost.
NOT_DONE = {"interrupted", "unauthorized", "quota"}
# The provider may have been at fault. A later delivery can go well.
LATER = {"rate_limited", "server_error", "timeout", "unreachable", "not_found"}
# A lost connection comes as either.
TROUBLE = (nats.errors.Error, OSError)


def tell(message: str) -> None:
    print(f"bridge: {message}", file=sys.stderr, flush=True)


class Bridge:
    def __init__(self, options: argparse.Namespace, client: nats.NATS) -> None:
        self.options = options
        self.client = client
        self.stream = client.jetstream()
        self.ack_wait = 0.0
        # As many as summarize has in flight: what waited in its pipe would be held back from other bridges.
        self.slots = asyncio.Semaphore(options.jobs)
        # What was fetched and is not settled, by its sequence in the stream.
        self.held: Dict[int, Msg] = {}
        # The sequences by the lines that summarize got. An id would not do: it can be missing or repeated.
        self.sequences: Dict[int, int] = {}
        self.settling: Set[asyncio.Task] = set()
        self.process: Optional[asyncio.subprocess.Process] = None
        self.stopping = False
        self.failed = False

    async def prepare(self) -> None:
        """Makes what is missing, and looks at what is there."""
        options, stream = self.options, self.stream
        try:
            await stream.stream_info(options.articles)
        except NotFoundError:
            await stream.add_stream(StreamConfig(
                name=options.articles, subjects=[options.articles.lower()], retention=RetentionPolicy.WORK_QUEUE))
        try:
            results = await stream.stream_info(options.results)
        except NotFoundError:
            results = await stream.add_stream(StreamConfig(
                name=options.results, subjects=[f"{options.results.lower()}.*"], duplicate_window=options.window))
        try:
            consumer = await stream.consumer_info(options.articles, options.consumer)
        except NotFoundError:
            # What a dead bridge held counts as pending for a whole ack wait. The others must not be stalled by it.
            consumer = await stream.add_consumer(options.articles, ConsumerConfig(
                durable_name=options.consumer, ack_policy=AckPolicy.EXPLICIT, ack_wait=options.ack_wait,
                max_ack_pending=max(1000, 8 * options.jobs)))
        self.ack_wait = consumer.config.ack_wait
        window = results.config.duplicate_window or 0
        if window < 2 * self.ack_wait:
            sys.exit(f"bridge: {options.results} forgets ids after {window:g} s, but articles come again "
                     f"after {self.ack_wait:g} s (nats stream edit {options.results} --dupe-window)")
        pending = consumer.config.max_ack_pending
        if 0 <= pending < 4 * options.jobs:
            tell(f"max ack pending of {options.consumer} is {pending}: a bridge that is killed may stall the others")

    async def start(self) -> asyncio.subprocess.Process:
        # In a session of its own, so that a signal to this one's group does not reach it: it is stopped by the end of
        # its input. Its messages go to standard error as they come; there is no pipe that could fill.
        return await asyncio.create_subprocess_exec(
            os.environ.get("SUMMARIZE", "summarize"), *self.options.summarize,
            "-q", "--meta", "-j", str(self.options.jobs), stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, limit=1 << 26, start_new_session=True)

    async def feed(self, stdin: asyncio.StreamWriter) -> None:
        """Fetches as many articles as there are free slots, and hands them on as they arrive."""
        options = self.options
        inbox = self.client.new_inbox()
        fetched = await self.client.subscribe(f"{inbox}.*")
        ask = f"$JS.API.CONSUMER.MSG.NEXT.{options.articles}.{options.consumer}"
        # What looks like gzip or UTF-16 in the first line ends summarize. This line keeps an article from being first.
        stdin.write(b"\n")
        line, request = 1, 0
        try:
            while not self.stopping:
                await self.slots.acquire()
                free = 1
                while not self.slots.locked():
                    await self.slots.acquire()
                    free += 1
                request += 1
                # Short, so that a stop is soon seen.
                form = {"batch": free, "expires": 1_000_000_000}
                with contextlib.suppress(*TROUBLE):
                    await self.client.publish(ask, json.dumps(form).encode(), reply=f"{inbox}.{request}")
                due = free
                while due:
                    try:
                        # Longer, so that nothing comes when nobody waits for it.
                        message = await fetched.next_msg(timeout=2)
                    except nats.errors.TimeoutError:
                        break
                    if message.subject.startswith(inbox):
                        # A status. That of an earlier request says nothing about this one.
                        if message.subject != f"{inbox}.{request}":
                            continue
                        status = message.headers or {}
                        if status.get("Status") != "408":
                            # More than that no article came in time. Asked at once, the server would say it again.
                            tell(f"no articles: {status.get('Status')} {status.get('Description', '')}")
                            await asyncio.sleep(1)
                        break
                    due -= 1
                    sequence = message.metadata.sequence.stream
                    payload = message.data.replace(b"\n", b" ")
                    if sequence in self.held:
                        # It came again though it is being done: pings were lost.
                        self.held[sequence] = message
                    elif self.stopping:
                        with contextlib.suppress(*TROUBLE):
                            await message.nak()
                    elif not payload.strip(b" \t\r"):
                        # summarize has no record for a blank line.
                        with contextlib.suppress(*TROUBLE):
                            await message.ack()
                    else:
                        free -= 1
                        line += 1
                        self.held[sequence] = message
                        self.sequences[line] = sequence
                        stdin.write(payload + b"\n")
                        await stdin.drain()
                for _ in range(free):
                    self.slots.release()
        except (BrokenPipeError, ConnectionResetError):
            # summarize has ended; what follows its last record says how.
            pass
        finally:
            stdin.close()

    async def read(self, stdout: asyncio.StreamReader) -> None:
        """Settles articles as their records come, until summarize ends."""
        async for text in stdout:
            # Numbers stay as they are: Python refuses to convert very long ones.
            record = json.loads(text, parse_int=str)
            sequence = self.sequences.pop(int(record["meta"]["line"]))
            code = record["error"]["code"] if "error" in record else None
            task = asyncio.create_task(self.settle(sequence, text.rstrip(b"\n"), code))
            self.settling.add(task)
            task.add_done_callback(self.settled)
        while self.settling:
            await asyncio.wait(self.settling)

    async def settle(self, sequence: int, record: bytes, code: Optional[str]) -> None:
        later = code in LATER and self.held[sequence].metadata.num_delivered < self.options.deliveries
        if later or code in NOT_DONE:
            # Where this is lost, it comes again without it.
            with contextlib.suppress(*TROUBLE):
                await self.held.pop(sequence).nak(delay=self.ack_wait if later else None)
            return
        if len(record) > self.client.max_payload - 1024:
            record, code = b'{"error":{"code":"too_long","message":"the result is too long for a message"}}', "too_long"
        subject = f"{self.options.results.lower()}.{'failed' if code else 'ok'}"
        name = {"Nats-Msg-Id": f"{self.options.articles}:{sequence}"}
        while True:
            try:
                await self.stream.publish(subject, record, timeout=5, stream=self.options.results, headers=name)
                await self.held[sequence].ack_sync(timeout=5)
                del self.held[sequence]
                return
            except TROUBLE as error:
                # Again, both: the server drops what it has already. The slot stays taken, so nothing more is paid for
                # while results have no place to go.
                tell(f"article {sequence}: {error}")
                if self.stopping:
                    return
                await asyncio.sleep(1)

    def settled(self, task: asyncio.Task) -> None:
        self.settling.discard(task)
        self.slots.release()
        if task.exception():
            tell(repr(task.exception()))
            self.failed = True
            self.stop()

    async def ping(self) -> None:
        """Tells the server that what is held is being worked on, or it would deliver it to another bridge."""
        while True:
            await asyncio.sleep(self.ack_wait / 2)
            for message in list(self.held.values()):
                with contextlib.suppress(*TROUBLE):
                    await message.in_progress()

    def stop(self) -> None:
        """Lets what is in flight end. After the grace, or at a second signal, it is given up and comes again."""
        if self.stopping:
            self.give_up()
            return
        self.stopping = True
        asyncio.get_running_loop().call_later(self.options.grace, self.give_up)

    def give_up(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            if self.process:
                self.process.terminate()

    async def run(self) -> int:
        await self.prepare()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self.stop)
        self.process = await self.start()
        assert self.process.stdin and self.process.stdout
        feed = asyncio.create_task(self.feed(self.process.stdin))
        ping = asyncio.create_task(self.ping())
        await self.read(self.process.stdout)
        ping.cancel()
        feed.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await feed
        status = await self.process.wait()
        with contextlib.suppress(*TROUBLE):
            for message in self.held.values():
                await message.nak()
            await self.client.flush(timeout=5)
        await self.client.close()
        if self.stopping and not self.failed and status in (0, 1, -signal.SIGTERM):
            return 0
        tell(f"summarize ended with {'signal' if status < 0 else 'status'} {abs(status)}")
        return 1


async def main() -> int:
    parser = argparse.ArgumentParser(description="A bridge between NATS JetStream and summarize.")
    parser.add_argument("--servers", default="nats://127.0.0.1:4222", help="separated by commas")
    parser.add_argument("--credentials", help="a file with credentials for the servers")
    parser.add_argument("--articles", default="ARTICLES", help="the stream of the articles")
    parser.add_argument("--results", default="RESULTS", help="the stream of the results")
    parser.add_argument("--consumer", default="summarize", help="the durable consumer that all bridges share")
    parser.add_argument("-j", "--jobs", type=int, default=5, help="at most so many articles in flight")
    parser.add_argument("--ack-wait", type=float, default=60, help="seconds until a dead bridge's articles come again")
    parser.add_argument("--window", type=float, default=3600, help="seconds for which ids of results are remembered")
    parser.add_argument("--deliveries", type=int, default=5,
                        help="publish an error that the provider may have caused only after so many deliveries")
    parser.add_argument("--grace", type=float, default=30, help="seconds for what is in flight after a signal")
    parser.add_argument("summarize", nargs="*", help="options of summarize, behind --")
    options = parser.parse_args()
    said = ""

    async def trouble(error: Exception) -> None:
        nonlocal said
        # While a server is down, each attempt to reach it fails alike.
        if str(error) and said != str(error):
            tell(said := str(error))

    client = await nats.connect(
        options.servers.split(","), user_credentials=options.credentials, error_cb=trouble,
        max_reconnect_attempts=-1, reconnect_time_wait=1)
    return await Bridge(options, client).run()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
