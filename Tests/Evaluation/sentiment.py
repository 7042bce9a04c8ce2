"""Tone of news sentences: three classes, `mixed` counts as neutral."""

import numpy
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import bootstrap
import dataset
import product
import table

LABELS = ["positive", "neutral", "negative"]


def report(options):
    rows = dataset.sentences(options.half)
    gold = codes(row["label"] for row in rows)
    ours = codes(result["sentiment"] for result in
                 product.run([{"content": row["text"]} for row in rows], "--tasks", "sentiment").results)
    analyzer = SentimentIntensityAnalyzer()
    theirs = codes(of_compound(analyzer.polarity_scores(row["text"])["compound"]) for row in rows)
    majority = numpy.full(len(gold), numpy.bincount(gold).argmax())
    lines = []
    for name, predicted in {"product": ours, "VADER 3.3.2": theirs, "majority class": majority}.items():
        gap = None if name == "product" else bootstrap.difference_of(macro_f1, numpy.c_[gold, ours], numpy.c_[gold, predicted])
        pairs = numpy.c_[gold, predicted]
        shares = [f"{100 * share:.0f}" for share in numpy.bincount(predicted, minlength=3) / len(gold)]
        lines.append([name, 100 * macro_f1(pairs, slice(None)), 100 * float((gold == predicted).mean()),
                      *(100 * float(score) for score in class_f1(pairs)), gap, "/".join(shares)])
    table.show(
        f"sentiment: {len(rows)} news sentences ({options.half}), gold {'/'.join(f'{100 * s:.0f}' for s in numpy.bincount(gold) / len(gold))} %",
        ["", "macro-F1", "accuracy", *(f"F1 {label}" for label in LABELS), "product - peer: macro-F1", "says pos/neu/neg %"], lines)


def of_compound(score):
    return "positive" if score >= 0.05 else "negative" if score <= -0.05 else "neutral"


def codes(labels):
    return numpy.array([LABELS.index("neutral" if label == "mixed" else label) for label in labels])


def class_f1(pairs):
    counts = numpy.bincount(pairs[:, 0] * 3 + pairs[:, 1], minlength=9).reshape(3, 3)
    return 2 * counts.diagonal() / numpy.maximum(counts.sum(axis=0) + counts.sum(axis=1), 1)


def macro_f1(pairs, drawn):
    return float(class_f1(pairs[drawn]).mean())
