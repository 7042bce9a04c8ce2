"""The whole process on articles of 3 to 4 KB, pinned to one core and to two.

Wall time is what a user waits, and suffers where others use the machine; processor time does not.
"""

import itertools
import time

import dataset
import product
import summary_peers
import table
from sentences import prose

COUNT, ROUNDS = 20_000, 5


def report(options):
    articles = [post for post in dataset.posts() if 3000 <= len(post["content"].encode()) <= 4000]
    lines = product.lines(itertools.islice(itertools.cycle(articles), COUNT))
    one, two = [], []
    for _ in range(ROUNDS):  # In turns, so that noise falls on both.
        one.append(product.Run(lines, ["-j", "1"], "0"))
        two.append(product.Run(lines, ["-j", "2"], "0,1"))
    wall, cpu = (median([COUNT / value for value in values]) for values in zip(*((run.wall, run.cpu) for run in one)))
    both = median([COUNT / run.wall for run in two])
    ratio = median([single.wall / double.wall for single, double in zip(one, two)])
    peer = lexrank(articles)
    start = median([product.Run(product.lines(articles[:1]), [], "0").wall for _ in range(31)])
    table.show(
        f"speed: {COUNT:,} articles of 3 to 4 KB ({len(lines) / 1e6:.0f} MB), all tasks, medians of {ROUNDS} rounds",
        ["", "articles/s, wall", "by processor time", ""],
        [["product, one core, -j 1", table.speed(wall), table.speed(cpu), f"{cpu / peer:.0f} x LexRank"],
         ["product, two cores, -j 2", table.speed(both), None, f"{ratio:.2f} x one core"],
         ["sumy LexRank, ranking alone", None, table.speed(peer), None],
         ["product, one article, start to end", f"{1000 * start:.1f} ms", None, None]])


def lexrank(articles):
    sentences = [prose(article["content"]) for article in articles]
    start = time.process_time()
    for pair in zip(articles, sentences):
        summary_peers.summarize("sumy LexRank", *pair)
    return len(articles) / (time.process_time() - start)


def median(values):
    return sorted(values)[len(values) // 2]
