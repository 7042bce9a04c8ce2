"""Keywords of the body alone against what its editors put into title and summary.

exact    a keyword is right if its stems are a gold key; F1 of precision and recall
partial  each keyword counts by its best overlap (Jaccard of stems) with a gold key, each gold key by its best with a
         keyword; F1 of both
words    as many different stems as keywords, from the top of the list, against the gold's words: a word is worth as much
         in a phrase as alone
"""

import bootstrap
import dataset
import gold
import keyword_peers
import product
import table


def report(options):
    posts = dataset.posts()
    summarized = [post for post in posts if post.get("reference")]
    measure("posts, gold: title and the editors' summary", summarized, ["title", "reference"], options.keywords)
    print()
    others = [post for post in posts if not post.get("reference")]
    measure("other posts, gold: title", others, ["title"], options.keywords)


def measure(what, articles, fields, count):
    keys = [gold.keys([article[field] for field in fields], article["content"]) for article in articles]
    articles, keys = zip(*[pair for pair in zip(articles, keys) if pair[1]])
    found = product.run(articles, "--keywords", str(count), *product.WITHHELD).results
    ours = [scores(result["keywords"], key, count) for result, key in zip(found, keys)]
    rows = [["product", *means(ours), None, None, None, table.speed(product.rate(articles))]]
    for name in keyword_peers.PEERS:
        extracted, rate = keyword_peers.keywords(name, [article["content"] for article in articles], count)
        theirs = [scores(*pair, count) for pair in zip(extracted, keys)]
        gaps = [bootstrap.difference(*pair) for pair in list(zip(zip(*ours), zip(*theirs)))[1:]]
        rows.append([name, *means(theirs), *gaps, table.speed(rate)])
    kinds = ["exact F1", "partial F1", "words F1"]
    table.show(
        f"keywords: {len(articles)} {what} ({sum(map(len, keys)) / len(keys):.1f} keys a post); title withheld, "
        f"{count} keywords",
        ["", "exact P", *kinds, f"product - peer: {kinds[0]}", *kinds[1:], "articles/s"], rows)


def scores(keywords, keys, count):
    """Exact precision, exact F1, partial F1, words F1."""
    found = list(dict.fromkeys(filter(None, map(gold.stems, keywords))))[:count]
    right = sum(key in keys for key in found)
    forward = sum(max(overlap(one, key) for key in keys) for one in found) / count
    backward = sum(max((overlap(one, key) for one in found), default=0) for key in keys) / len(keys)
    flat = set(list(dict.fromkeys(word for one in found for word in one))[:count])
    wanted = {word for key in keys for word in key}
    return (right / count, f1(right / count, right / len(keys)), f1(forward, backward),
            f1(len(flat & wanted) / count, len(flat & wanted) / len(wanted)))


def overlap(one, other):
    return len(set(one) & set(other)) / len(set(one) | set(other))


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def means(rows):
    return [100 * sum(column) / len(column) for column in zip(*rows)]
