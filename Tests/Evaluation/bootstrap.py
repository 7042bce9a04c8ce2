"""Paired bootstrap: the articles are drawn again, with replacement, the same ones for both systems."""

import numpy

ROUNDS = 1000


def draws(count, seed=1):
    return numpy.random.default_rng(seed).integers(0, count, (ROUNDS, count))


def difference(ours, theirs, scale=100):
    """The mean of the differences and its 95 % interval."""
    gaps = (numpy.asarray(ours) - numpy.asarray(theirs)) * scale
    low, high = numpy.percentile(gaps[draws(len(gaps))].mean(axis=1), [2.5, 97.5])
    return interval(gaps.mean(), low, high)


def difference_of(score, ours, theirs, scale=100):
    """The same of a score that is no mean over articles: `score` takes the indices that were drawn."""
    count = len(ours)
    gaps = [(score(ours, drawn) - score(theirs, drawn)) * scale for drawn in draws(count)]
    everything = numpy.arange(count)
    return interval((score(ours, everything) - score(theirs, everything)) * scale, *numpy.percentile(gaps, [2.5, 97.5]))


def interval(mean, low, high):
    return f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"
