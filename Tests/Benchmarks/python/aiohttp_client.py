"""The transport's peer in Python: aiohttp, so many calls at once over kept connections.

    aiohttp_client.py URL IN_FLIGHT COUNT

Prints the microseconds of processor time a call, the largest resident size in MiB and the share of one core in percent.
"""

import asyncio
import resource
import sys
import time

import aiohttp


async def main(url: str, in_flight: int, count: int) -> None:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer key"}
    body = b"x" * 4000
    start = time.perf_counter()

    async def worker(first: int) -> None:
        for _ in range(first, count, in_flight):
            async with session.post(url, data=body, headers=headers) as response:
                assert response.status == 200 and await response.read(), "not the answer"

    connector = aiohttp.TCPConnector(limit=in_flight)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as group:
        for first in range(in_flight):
            group.create_task(worker(first))
    wall = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu = usage.ru_utime + usage.ru_stime
    print(cpu / count * 1e6, usage.ru_maxrss / 1024, cpu / wall * 100)


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
