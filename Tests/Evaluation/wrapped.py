"""Wrapped lines: how many posts have the same summary as without, and how many summaries begin or end within a sentence.

The peers get the sentences that their own reading of lines gives them: of sumy's and newspaper's a line end ends a sentence
where a blank line does, so that they are shown both with line ends as ends (as the splitter of these tables has it) and as spaces.
"""

import textwrap

import dataset
import product
import summary_peers
import table
from sentences import prose, split

COUNT = 600
WIDTHS = (60, 66, 72, 76)
PEERS = ("lead-3", "sumy LexRank")


def report(options):
    posts = dataset.posts()[:COUNT]
    whole = [result["summary"] for result in product.run(posts).results]
    rows = []
    for width in WIDTHS:
        wrapped = [{**post, "content": wrap(post["content"], width)} for post in posts]
        ours = [result["summary"] for result in product.run(wrapped).results]
        row = [f"{width} columns", share(map(same, ours, whole)), share(map(cuts, ours, posts))]
        for name in PEERS:
            plain, _ = summary_peers.summaries(name, posts, [prose(post["content"]) for post in posts])
            theirs, _ = summary_peers.summaries(name, wrapped, [prose(post["content"]) for post in wrapped])
            row += [share(map(same, theirs, plain)), share(map(cuts, theirs, posts))]
        rows.append(row)
    header = ["", "product: same", "cut"] + [cell for name in PEERS for cell in (f"{name}: same", "cut")]
    table.show(f"wrapped: {len(posts)} posts, share of summaries (%) that are those of the unwrapped text, or cut a sentence", header, rows)


def wrap(text, width):
    return "\n\n".join(textwrap.fill(paragraph, width) for paragraph in text.split("\n\n"))


def same(one, other):
    return " ".join(one.split()) == " ".join(other.split())


def cuts(summary, post):
    """Whether a sentence of the summary is a piece of one of the post: it begins with a small letter where none began, or ends at
    a word that goes on."""
    text = " ".join(post["content"].split())
    for sentence in split(summary):
        bare = " ".join(sentence.split()).rstrip(".")
        start = text.find(bare)
        if start < 0:
            continue
        end = start + len(bare)
        before, after = text[:start].rstrip(), text[end:end + 2]
        if bare[0].islower() and before and before[-1].isalnum():
            return True
        if sentence.endswith(".") and len(after) == 2 and after[0] == " " and after[1].islower():
            return True
    return False


def share(values):
    values = list(values)
    return 100 * sum(values) / len(values)
