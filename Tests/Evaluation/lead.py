"""Plain news, where the lead is the summary. No set with references is at hand, so these are proxies.

The engine is not shown the title here, since the title is the reference. A title is a few words: F1 then rewards short
sentences, recall long ones; read both. They can show that the engine loses the point of an article, not that its second
and third sentence are well chosen.
"""

import re

import bootstrap
import dataset
import product
import rouge
import summary_peers
import table
from sentences import prose, split, uncleaned


LATIN = re.compile("[A-Za-z]")
"""ROUGE sees no other letters."""


def report(options):
    measure("the package's samples, written as plain news", dataset.samples())
    print()
    posts = [post for post in dataset.posts() if not post.get("reference")]
    measure("posts without a summary of the editors' own", posts)


def measure(what, articles):
    articles = [article for article in articles if article["content"].strip() and LATIN.search(article.get("title", ""))]
    sentences = [prose(article["content"]) for article in articles]
    titles = [article["title"] for article in articles]
    systems = {"product": [result["summary"] for result in product.run(articles, *product.WITHHELD).results]}
    for name in ("lead-3", "random-3", "sumy LexRank", "summa TextRank"):
        systems[name] = summary_peers.summaries(name, articles, sentences)[0]
    systems["lead-3, uncleaned"] = [" ".join(uncleaned(article["content"])[:3]) for article in articles]
    ours, our_recall = against(titles, systems["product"])
    rows = []
    for name, summaries in systems.items():
        theirs, recall = against(titles, summaries)
        gaps = [bootstrap.difference(ours, theirs), bootstrap.difference(our_recall, recall)]
        rows.append([
            name, mean(theirs), mean(recall), *([None, None] if name == "product" else gaps),
            mean(among_first(summaries, sentences)), mean(against(systems["lead-3"], summaries)[0])])
    table.show(
        f"lead: {len(articles)} of {what}; ROUGE-1 against the title, which is withheld",
        ["", "F1", "recall", "product - peer: F1", "recall", "% of picks in lead-3", "R1 F1 with lead-3"], rows)


def against(references, summaries):
    scores = [rouge.SCORER.score(*pair)["rouge1"] for pair in zip(references, summaries, strict=True)]
    return [score.fmeasure for score in scores], [score.recall for score in scores]


def among_first(summaries, sentences):
    """Of each summary, the share of its sentences that stand in the first three of the article."""
    for summary, everything in zip(summaries, sentences):
        head = " ".join(map(letters, everything[:3]))
        picked = [letters(part) for part in split(summary)]
        yield sum(part in head for part in picked) / max(len(picked), 1)


def letters(text):
    return re.sub(r"\W+", "", text.lower())


def mean(values):
    values = list(values)
    return 100 * sum(values) / len(values)
