"""Summaries picked at random, to be read by a person: no figure shows a broken sentence, a byline or a caption."""

import random
import textwrap

import dataset
import product


def report(options):
    picked = random.Random(options.seed).sample(dataset.posts(), 20)
    for post, result in zip(picked, product.run(picked).results):
        print(f"# {post['title']}  ({len(post['content']):,} characters, {result['sentiment']}: {', '.join(result['keywords'])})")
        print(textwrap.fill(result["summary"], 140, initial_indent="  ", subsequent_indent="  "))
        print()
