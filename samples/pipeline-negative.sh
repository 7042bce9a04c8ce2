#!/usr/bin/env bash
# Titles of the articles that read as bad news. Shows --merge, which keeps the article's own fields (here its title)
# before the results, and --tasks, which makes only what is asked for.
set -euo pipefail
cd "$(dirname "$0")/.."
summarize=${SUMMARIZE:-.build/release/summarize}
command -v jq >/dev/null || { echo "$0: this sample needs jq, please install it" >&2; exit 2; }

"$summarize" -k --merge --tasks sentiment samples/articles.ndjson |
  jq -r 'select(.sentiment == "negative") | .title // "(no title)"'
