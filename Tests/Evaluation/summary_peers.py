"""Ways to choose three sentences out of the same list. Each takes the article and its sentences and returns indices."""

import random
import re
import sys
import time

from summa import summarizer as summa_summarizer
from summa.preprocessing import textcleaner
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers import edmundson, kl, lex_rank, lsa, luhn, reduction, sum_basic, text_rank
from sumy.utils import get_stop_words

import memory
import system_peers
from sentences import words

BUDGET = 3
STOP_WORDS = get_stop_words("english")


def lead(article, sentences):
    return range(min(BUDGET, len(sentences)))


def chance(article, sentences):
    return random.Random(article["content"]).sample(range(len(sentences)), min(BUDGET, len(sentences)))


class Tokenizer:
    """Words as sumy's own tokenizer leaves them, without the data that NLTK would have to download."""

    pattern = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$")

    def to_words(self, sentence):
        return tuple(word for word in words(sentence) if self.pattern.match(word))


class Numbered(Sentence):
    """A sentence of sumy's that still knows where it stood."""

    __slots__ = ("index",)

    def __init__(self, index, text):
        super().__init__(text, Tokenizer())
        self.index = index


def sumy(kind):
    summarizer = kind(Stemmer("english"))
    if hasattr(kind, "null_words"):
        summarizer.null_words = STOP_WORDS
        summarizer.stigma_words = ["hardly", "impossible", "perhaps"]
    else:
        summarizer.stop_words = STOP_WORDS

    def choose(article, sentences):
        if hasattr(kind, "bonus_words"):
            summarizer.bonus_words = words(article.get("title", "")) or ["significant"]
        document = ObjectDocumentModel([Paragraph(Numbered(*pair) for pair in enumerate(sentences))])
        return [sentence.index for sentence in summarizer(document, BUDGET)]

    return choose


def summa(article, sentences):
    textcleaner.split_sentences = lambda text: sentences
    try:
        scores = dict(summa_summarizer.summarize(article["content"], ratio=1.0, scores=True))
    except ZeroDivisionError:  # Its similarity, of two sentences of one word.
        return lead(article, sentences)
    return sorted(range(len(sentences)), key=lambda index: -scores.get(sentences[index], 0))[:BUDGET]


PEERS = {
    "lead-3": lead,
    "random-3": chance,
    "sumy LexRank": sumy(lex_rank.LexRankSummarizer),
    "sumy TextRank": sumy(text_rank.TextRankSummarizer),
    "sumy LSA": sumy(lsa.LsaSummarizer),
    "sumy Luhn": sumy(luhn.LuhnSummarizer),
    "sumy KL": sumy(kl.KLSummarizer),
    "sumy SumBasic": sumy(sum_basic.SumBasicSummarizer),
    "sumy Reduction": sumy(reduction.ReductionSummarizer),
    "sumy Edmundson": sumy(edmundson.EdmundsonSummarizer),
    "summa TextRank": summa,
}


for name, load in {"newspaper": system_peers.newspaper, "Open Text Summarizer": system_peers.ots}.items():
    try:
        PEERS[name] = load(BUDGET)
    except system_peers.Missing as reason:
        print(f"{name}: skipped, {reason}", file=sys.stderr)


def summaries(name, articles, sentences):
    """The summary of each article, and articles by second of processor time, splitting not counted."""

    def make():
        start = time.process_time()
        chosen = [sorted(PEERS[name](*pair)) for pair in zip(articles, sentences)]
        rate = len(articles) / max(time.process_time() - start, 1e-9)
        return [[" ".join(own[index] for index in indices) for indices, own in zip(chosen, sentences)], rate]

    texts = [text for article in articles for text in (article.get("title", ""), article["content"])]
    return memory.recall(name, texts, make)
