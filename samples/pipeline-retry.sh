#!/usr/bin/env bash
# Good results and failures kept apart, and the input lines that failed picked out for another try. Every line of the
# input gives one record, so nothing is lost on the way: an error record carries its line number. The sample is broken
# on purpose; exit status 1 ("finished, some failed") is therefore what we expect, and anything above ends the script.
set -euo pipefail
cd "$(dirname "$0")/.."
summarize=${SUMMARIZE:-.build/release/summarize}
command -v jq >/dev/null || { echo "$0: this sample needs jq, please install it" >&2; exit 2; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
input=samples/broken.ndjson

"$summarize" -q -k "$input" >"$scratch/all.ndjson" || { status=$?; [ "$status" -eq 1 ] || exit "$status"; }
jq -c 'select(.error | not)' "$scratch/all.ndjson" >"$scratch/good.ndjson"
jq -c 'select(.error)' "$scratch/all.ndjson" >"$scratch/failed.ndjson"

echo "results:"
cat "$scratch/good.ndjson"
echo "failures:"
jq -r '"line \(.line): \(.error.code)"' "$scratch/failed.ndjson"

# The failed lines byte for byte, as a new input (LC_ALL=C, since one of them is no UTF-8). Mended, or once a model is
# back, they would go through; unchanged, they fail the same way.
jq -r .line "$scratch/failed.ndjson" >"$scratch/numbers"
LC_ALL=C awk 'NR == FNR { failed[$1]; next } FNR in failed' "$scratch/numbers" "$input" >"$scratch/again.ndjson"
echo "again:"
"$summarize" -q -k "$scratch/again.ndjson" | jq -r '"line \(.line): \(.error.code // "done")"' ||
  [ "${PIPESTATUS[0]}" -eq 1 ]
