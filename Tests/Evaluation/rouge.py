"""ROUGE-1, -2 and -L as Google's rouge-score counts them, with its stemmer."""

from rouge_score.rouge_scorer import RougeScorer

METRICS = ["rouge1", "rouge2", "rougeL"]
SCORER = RougeScorer(METRICS, use_stemmer=True)


def f1(references, summaries):
    """The F1 of each article, a list for each metric."""
    scores = [SCORER.score(reference, summary) for reference, summary in zip(references, summaries, strict=True)]
    return [[score[metric].fmeasure for score in scores] for metric in METRICS]
