"""newspaper4k on pages: `python page_peers.py < pages.json`, in a process of its own, for its package has the name of newspaper3k's.

Prints the summaries, three sentences each, and the pages by second of processor time.
"""

import json
import pathlib
import sys
import time

# The folder of this file shows where the sentences come from; its `html` and the like must not hide anybody's.
sys.path.append(str(pathlib.Path(__file__).parent))

import newspaper
from newspaper import nlp

from sentences import split


class Splitter:
    """NLTK's data cannot be had from PyPI."""

    def tokenize(self, text):
        return [sentence for sentence in split(text)]


def summary(page, title):
    article = newspaper.article("https://example.com/a", input_html=page, language="en", max_summary_sent=3)
    article.parse()
    article.title = title
    article.nlp()
    return article.summary.replace("\n", " ")


def main():
    nlp.split_sentences._tokenizer = Splitter()
    pages = json.load(sys.stdin)
    start = time.process_time()
    summaries = [summary(page["page"], page["title"]) for page in pages]
    json.dump([summaries, len(pages) / (time.process_time() - start)], sys.stdout)


main()
