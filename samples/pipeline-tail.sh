#!/usr/bin/env bash
# A feed that grows while it is read. Every half a second an article is appended to a file that tail -f follows; each
# result (<-) appears before the next article arrives (->): nothing waits for a buffer to fill. When tail ends, the
# input ends, and with it the pipe. Takes about 6 seconds.
set -euo pipefail
cd "$(dirname "$0")/.."
summarize=${SUMMARIZE:-.build/release/summarize}
command -v jq >/dev/null || { echo "$0: this sample needs jq, please install it" >&2; exit 2; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
feed=$scratch/feed.ndjson
: >"$feed"

# tail writes into the pipe, the loop into the file; the pipe closes when both are gone.
follow() {
  tail -n +1 -f "$feed" &
  local tail=$!
  # A background tail ignores Ctrl-C, so it is ended by id on every way out.
  # shellcheck disable=SC2064
  trap "kill $tail 2>/dev/null || true" EXIT
  local count=0 line
  while IFS= read -r line; do
    count=$((count + 1))
    echo "-> article $count" >&2
    printf '%s\n' "$line" >>"$feed"
    sleep 0.5
  done < <(head -n 10 samples/articles.ndjson)
  sleep 1 # where tail polls, it looks once a second
}

follow | "$summarize" -j 8 --sentences 1 | jq --unbuffered -r '"<- \(.summary // .error.message)"'
