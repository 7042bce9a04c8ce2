"""Peers that are no library: newspaper, of which one module is wanted and not the crawler, and the program ots."""

import importlib
import pathlib
import re
import shutil
import subprocess
import sys
import types


class Missing(Exception):
    """A peer that is not on this machine."""


def newspaper(budget):
    """The scores of newspaper3k's `nlp`; the package itself would load a crawler and its dependencies."""
    folders = [pathlib.Path(folder) / "newspaper" for folder in sys.path]
    folder = next((folder for folder in folders if (folder / "nlp.py").exists()), None)
    if not folder:
        raise Missing("newspaper3k could not be installed from PyPI")
    package = types.ModuleType("newspaper")
    package.__path__ = [str(folder)]
    sys.modules.setdefault("newspaper", package)
    nlp = importlib.import_module("newspaper.nlp")
    nlp.load_stopwords("en")

    def choose(article, sentences):
        keywords = nlp.keywords(article["content"]) if article["content"].strip() else {}
        ranks = nlp.score(sentences, nlp.split_words(article.get("title", "")), keywords)
        return [index for (index, _), _ in ranks.most_common(budget)]

    return choose


def ots(budget):
    """ots has no budget in sentences: the least ratio at which it shows that many of them is taken."""
    if not shutil.which("ots"):
        raise Missing("the program ots is not installed (Debian: apt-get install ots)")

    def shown(sentences, ratio):
        command = ["ots", "--ratio", str(ratio)]
        made = subprocess.run(command, input="\n".join(sentences).encode(), capture_output=True).stdout
        text = letters(made.decode("utf-8", "replace"))
        return [index for index, sentence in enumerate(sentences) if letters(sentence) in text]

    def choose(article, sentences):
        low, high = 1, 100
        while low < high:
            middle = (low + high) // 2
            if len(shown(sentences, middle)) >= budget:
                high = middle
            else:
                low = middle + 1
        # One step of the ratio may show several; those that the step before had are the better ones.
        before, now = shown(sentences, low - 1) if low > 1 else [], shown(sentences, low)
        return (before + [index for index in now if index not in before])[:budget]

    return choose


def letters(text):
    return re.sub(r"\W+", "", text.lower())
