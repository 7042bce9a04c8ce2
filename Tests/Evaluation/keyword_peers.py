"""Ways to name what a text is about. Each takes the text and how many keywords are wanted."""

import collections
import string

import yake
from rake_nltk import Rake
from summa import keywords as summa_keywords

from gold import STOP_WORDS, WORD, stem
from sentences import split


def yake_of(longest):
    def extract(text, count):
        return [keyword for keyword, _ in yake.KeywordExtractor(lan="en", n=longest, top=count).extract_keywords(text)]

    return extract


def rake(text, count):
    punctuation = set(string.punctuation) | set("“”‘’—–…•")
    extractor = Rake(
        stopwords=STOP_WORDS, punctuations=punctuation, max_length=3, include_repeated_phrases=False, sentence_tokenizer=split,
        word_tokenizer=lambda sentence: list(tokens(sentence)))
    extractor.extract_keywords_from_text(text)
    return extractor.get_ranked_phrases()[:count]


def tokens(sentence):
    end = 0
    for match in WORD.finditer(sentence):
        yield from sentence[end:match.start()].split()[:1]
        yield match.group()
        end = match.end()


def text_rank(text, count):
    try:
        return summa_keywords.keywords(text, words=count, split=True)[:count]
    except (IndexError, KeyError, ZeroDivisionError, ValueError):  # It fails on texts of few words.
        return []


def frequency(text, count):
    """Content words by how often their stem occurs, the earlier first, each in its most frequent form."""
    forms = collections.defaultdict(collections.Counter)
    for word in WORD.findall(text):
        if word.lower() not in STOP_WORDS and len(word) > 1 and not word.isdigit():
            forms[stem(word.lower())][word] += 1
    ranked = sorted(forms.values(), key=lambda form: -form.total())
    return [form.most_common(1)[0][0] for form in ranked[:count]]


PEERS = {
    "YAKE n=3": yake_of(3),
    "YAKE n=1": yake_of(1),
    "RAKE, up to 3 words": rake,
    "summa TextRank": text_rank,
    "word frequency": frequency,
}
