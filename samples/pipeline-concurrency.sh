#!/usr/bin/env bash
# What concurrency buys. Twenty articles of a model that takes about three seconds for each, 5 and then 20 in flight:
# about 13 and 4 seconds, where one at a time would take a minute (try -j 1). Only the timing summary is shown, which
# goes to stderr; the results are dropped.
set -euo pipefail
cd "$(dirname "$0")/.."
summarize=${SUMMARIZE:-.build/release/summarize}

for jobs in 5 20; do
  echo "-j $jobs:" >&2
  "$summarize" -j "$jobs" -m simulated samples/simulated.ndjson >/dev/null
done
