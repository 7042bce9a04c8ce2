"""Five keywords of the body alone against what its editors put into title and summary.

exact    a keyword is right if its stems are a gold key; F1 of precision at five and recall
partial  each keyword counts by its best overlap (Jaccard of stems) with a gold key, and each gold key by its best with a keyword; F1 of both
words    the first five different stems of the list against the gold's words: one word is worth as much in a phrase as alone
"""

import random
import time

import bootstrap
import dataset
import gold
import keyword_peers
import product
import table

COUNT = 5


def report(options):
    posts = dataset.posts()
    measure("posts, gold: title and the editors' summary", [post for post in posts if post.get("reference")], ["title", "reference"])
    print()
    rest = [post for post in posts if not post.get("reference")]
    measure("other posts, gold: title", random.Random(1).sample(rest, 300), ["title"])


def measure(what, articles, fields):
    keys = [gold.keys([article[field] for field in fields], article["content"]) for article in articles]
    articles, keys = zip(*[pair for pair in zip(articles, keys) if pair[1]])
    found = product.run(articles, "--keywords", str(COUNT), *product.WITHHELD).results
    ours = [scores(result["keywords"], key) for result, key in zip(found, keys)]
    rows = [["product", *means(ours), None, None, None, table.speed(product.rate(articles))]]
    for name, extract in keyword_peers.PEERS.items():
        start = time.process_time()
        extracted = [extract(article["content"], COUNT) for article in articles]
        rate = len(articles) / (time.process_time() - start)
        theirs = [scores(*pair) for pair in zip(extracted, keys)]
        gaps = [bootstrap.difference(*pair) for pair in list(zip(zip(*ours), zip(*theirs)))[1:]]
        rows.append([name, *means(theirs), *gaps, table.speed(rate)])
    table.show(
        f"keywords: {len(articles)} {what} ({sum(map(len, keys)) / len(keys):.1f} keys a post); title withheld, {COUNT} keywords",
        ["", "exact P", "exact F1", "partial F1", "words F1", "product - peer: exact F1", "partial F1", "words F1", "articles/s"], rows)


def scores(keywords, keys):
    """Exact precision, exact F1, partial F1, words F1."""
    found = list(dict.fromkeys(filter(None, map(gold.stems, keywords))))[:COUNT]
    right = sum(key in keys for key in found)
    forward = sum(max(overlap(one, key) for key in keys) for one in found) / COUNT
    backward = sum(max((overlap(one, key) for one in found), default=0) for key in keys) / len(keys)
    flat = set(list(dict.fromkeys(word for one in found for word in one))[:COUNT])
    wanted = {word for key in keys for word in key}
    return (right / COUNT, f1(right / COUNT, right / len(keys)), f1(forward, backward),
            f1(len(flat & wanted) / COUNT, len(flat & wanted) / len(wanted)))


def overlap(one, other):
    return len(set(one) & set(other)) / len(set(one) | set(other))


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def means(rows):
    return [100 * sum(column) / len(column) for column in zip(*rows)]
