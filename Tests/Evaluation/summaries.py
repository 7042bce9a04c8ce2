"""Summaries of three sentences against those that editors wrote."""

import bootstrap
import dataset
import product
import rouge
import summary_peers
import table
from sentences import prose, uncleaned, words


def report(options):
    everything = dataset.posts()
    posts = [post for post in everything if post.get("reference")]
    references = [post["reference"] for post in posts]
    summaries = [result["summary"] for result in product.run(posts, "--sentences", "3").results]
    ours = rouge.f1(references, summaries)
    rows = [["product", *map(mean, ours), length(summaries), None, None, None, table.speed(product.rate(everything))]]
    sentences = [prose(post["content"]) for post in posts]
    for name in ["lead-3, uncleaned", *summary_peers.PEERS]:
        if name in summary_peers.PEERS:
            chosen, rate = summary_peers.summaries(name, posts, sentences)
        else:
            chosen, rate = [" ".join(uncleaned(post["content"])[:3]) for post in posts], None
        theirs = rouge.f1(references, chosen)
        gaps = [bootstrap.difference(*pair) for pair in zip(ours, theirs)]
        baseline = name.startswith("lead-3") or name == "random-3"
        rows.append([name, *map(mean, theirs), length(chosen), *gaps, None if baseline else table.speed(rate)])
    table.show(
        f"summaries: {len(posts)} posts with a summary in the editors' own words, three sentences each, ROUGE F1",
        ["", "R1", "R2", "RL", "words", "product - peer: R1", "R2", "RL", "articles/s"], rows)


def mean(values):
    return 100 * sum(values) / len(values)


def length(summaries):
    return round(sum(len(words(summary)) for summary in summaries) / len(summaries))
