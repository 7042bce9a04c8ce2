"""Gold keywords that favour no extractor: what editors put into the title, and into their summary, and the body says too.

A title or summary is cut at stop words, numbers and punctuation; of each run, the longest parts that the body has as one piece (up to
four words, compared by Porter stem) are the gold. So neither single words nor phrases are preferred: the body decides. The extractors see the
body alone.
"""

import functools
import re

from nltk.stem.porter import PorterStemmer
from sumy.utils import get_stop_words

STOP_WORDS = get_stop_words("english")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LONGEST = 4

stem = functools.cache(PorterStemmer().stem)


def stems(text):
    return tuple(stem(word.lower().replace("’", "'").removesuffix("'s")) for word in WORD.findall(text))


def runs(text):
    """Content words that follow one another with white space between, stemmed."""
    run, end = [], 0
    for match in WORD.finditer(text):
        word = match.group().lower().replace("’", "'").removesuffix("'s")
        if text[end:match.start()].strip() and run:
            yield run
            run = []
        end = match.end()
        if word in STOP_WORDS or word.isdigit() or len(word) < 2:
            if run:
                yield run
            run = []
        else:
            run.append(stem(word))
    if run:
        yield run


def keys(texts, body):
    """The gold of an article: a set of tuples of stems."""
    body = f" {' '.join(stems(body))} "
    gold = set()
    for run in (run for text in texts for run in runs(text)):
        start = 0
        while start < len(run):
            ends = range(min(len(run), start + LONGEST), start, -1)
            end = next((end for end in ends if f" {' '.join(run[start:end])} " in body), None)
            if end:
                gold.add(tuple(run[start:end]))
            start = end or start + 1
    return gold
