"""The whole pipe in Python: lines of JSON in, tasks that a semaphore bounds, lines of JSON out as they are done.

    asyncio_pool.py JOBS < lines > records
"""

import asyncio
import json
import sys


async def main(jobs: int) -> None:
    free = asyncio.Semaphore(jobs)

    async def summarize(line: bytes) -> None:
        article = json.loads(line)
        record = {"id": article["id"], "summary": article["content"].partition(".")[0] + ".", "sentiment": "neutral"}
        sys.stdout.write(json.dumps(record, separators=(",", ":")) + "\n")
        free.release()

    async with asyncio.TaskGroup() as group:
        # A file is always ready: nothing is gained by asking the event loop for it.
        for line in sys.stdin.buffer:
            await free.acquire()
            group.create_task(summarize(line))


asyncio.run(main(int(sys.argv[1])))
