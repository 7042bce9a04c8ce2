"""Articles in nine languages, written for this project, with the summary that an editor would send: all of it sentences of the text.

Shown are the summaries that hold nothing but whole sentences and no byline, heading, caption or note; the share of the editors'
sentences that they have.
"""

import json
import pathlib

import product
import table

FILE = pathlib.Path(__file__).parent / "languages.ndjson"


def report(options):
    articles = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    summaries = [result["summary"] for result in product.run(articles, "--sentences", "3").results]
    rows = []
    for language in dict.fromkeys(article["language"] for article in articles):
        own = [pair for pair in zip(articles, summaries) if pair[0]["language"] == language]
        rows.append([language, *figures(own)])
    rows.append(["all", *figures(list(zip(articles, summaries)))])
    table.show(
        "languages: three sentences each, against an editor's", ["", "articles", "clean", "of the editors' sentences, %"], rows)


def figures(own):
    clean = sum(not any(line in summary for line in article["furniture"]) for article, summary in own)
    found = [sentence in summary for article, summary in own for sentence in article["sentences"]]
    return len(own), clean, 100 * sum(found) / len(found)
