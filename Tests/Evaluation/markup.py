"""Summaries of pages in HTML, beside peers that take pages, and the speed of the conversion beside lxml's.

The pages are posts with an editor's summary, printed four ways (pages.py). What of a page is in a summary though it is no part of
the article is counted as well.
"""

import json
import os
import re
import subprocess
import tempfile
import time

import lxml.html
import trafilatura

import bootstrap
import dataset
import memory
import pages
import product
import rouge
import summary_peers
import table
from sentences import prose

FOREIGN = re.compile(
    r"<[a-z/!]|&(?:\w+|#\d+);|Search this site|Home Topics|dataLayer|schema\.org|Preheader|Subscribe to our|enable scripts|Français")


def report(options):
    posts = [post for post in dataset.posts() if post.get("reference")]
    references = [post["reference"] for post in posts]
    printed = pages.of(posts)
    ours = summaries_of(posts, printed)
    scores = rouge.f1(references, ours)
    rows = [["product", *map(mean, scores), foreign(ours), None, None, None]]
    peers = {"product, of the text alone": [result["summary"] for result in product.run(posts, "--sentences", "3").results]}
    texts = memory.recall("trafilatura", printed, lambda: [trafilatura.extract(page, include_comments=False) or "" for page in printed])
    extracted = [{"title": post["title"], "content": text} for post, text in zip(posts, texts)]
    sentences = [prose(text) for text in texts]
    for name in ("lead-3", "sumy LexRank", "sumy TextRank", "sumy LSA"):
        peers[f"trafilatura + {name}"], _ = summary_peers.summaries(name, extracted, sentences)
    if newspaper := newspaper4k(posts, printed):
        peers["newspaper4k"] = newspaper
    for name, chosen in peers.items():
        theirs = rouge.f1(references, chosen)
        gaps = [bootstrap.difference(*pair) for pair in zip(scores, theirs)]
        rows.append([name, *map(mean, theirs), foreign(chosen), *gaps])
    table.show(
        f"markup: {len(posts)} pages whose articles have a summary in the editors' own words, three sentences each, ROUGE F1",
        ["", "R1", "R2", "RL", "foreign words in", "product - peer: R1", "R2", "RL"], rows)
    speed(printed)


def summaries_of(posts, printed):
    articles = [{"title": post["title"], "content": page} for post, page in zip(posts, printed)]
    return [result.get("summary", "") for result in product.run(articles, "--sentences", "3").results]


def newspaper4k(posts, printed):
    folder = os.environ.get("NEWSPAPER4K", "")
    if not os.path.isdir(folder):
        print("newspaper4k: skipped, it could not be installed from PyPI")
        return None

    def make():
        rows = json.dumps([{"page": page, "title": post["title"]} for post, page in zip(posts, printed)])
        command = [os.environ["PYTHON"], str(memory.HERE / "page_peers.py")]
        return json.loads(subprocess.run(
            command, input=rows, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": folder}).stdout)

    return memory.recall("newspaper4k", printed, make)[0]


def speed(printed):
    """Medians of rounds in turns, both over the same pages in memory, on one core."""
    data = [page.encode() for page in printed]
    size = sum(map(len, data)) / 1e6
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"".join(json.dumps({"content": page}).encode() + b"\n" for page in printed))
        file.flush()
        ours, theirs = [], []
        for _ in range(5):
            command = [*product.pin("0"), os.environ["BENCHMARKS"], "html", file.name]
            ours.append(float(subprocess.run(command, capture_output=True, check=True).stdout))
            start = time.process_time()
            for page in data:
                lxml.html.fromstring(page).text_content()
            theirs.append(size / (time.process_time() - start))
    ratio = sorted(mine / peer for mine, peer in zip(ours, theirs))[2]
    print(f"HTML to text, MB/s on one core, medians: {sorted(ours)[2]:.0f}, lxml's parser and text_content {sorted(theirs)[2]:.0f}, "
          f"{ratio:.1f} x")


def foreign(summaries):
    return sum(bool(FOREIGN.search(summary)) for summary in summaries)


def mean(values):
    return 100 * sum(values) / len(values)
