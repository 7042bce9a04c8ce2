#!/usr/bin/env bash
# Id and summary of each article as tab-separated values, one row a line: what cut, sort and spreadsheets take.
# Shows that the output is plain NDJSON. Rows come in the order of the input because of -k; an article without an id
# would be named by its line.
set -euo pipefail
cd "$(dirname "$0")/.."
summarize=${SUMMARIZE:-.build/release/summarize}
command -v jq >/dev/null || { echo "$0: this sample needs jq, please install it" >&2; exit 2; }

"$summarize" -k -j 5 --sentences 1 samples/articles.ndjson |
  jq -r 'select(.summary) | [(.id | values | tostring) // "line \(.line)", .summary] | @tsv'
