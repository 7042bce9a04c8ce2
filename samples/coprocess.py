#!/usr/bin/env python3
"""A model that is loaded once and then asked for one article after the other:

    summarize -j 2 -m 'coprocess:python3 samples/coprocess.py' samples/articles.ndjson

One line in, one line out. Nothing else may be written to standard output; messages belong on standard error, of which
summarize shows the end if this process fails.
"""
import json
import sys
import time


def load():
    """Stands for what is slow to load: in place of it, load the weights of your model."""
    time.sleep(0.5)
    return lambda text: text.split(". ")[0].strip()


def main():
    print("loading the model", file=sys.stderr)
    summarize = load()
    for line in sys.stdin.buffer:
        article = json.loads(line)
        answer = {"id": article.get("id")}
        try:
            content = article.get("content", "")
            answer["summary"] = summarize("\n\n".join(content) if isinstance(content, list) else content)
        except Exception as error:
            # This article cannot be done; the next one may.
            answer["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
