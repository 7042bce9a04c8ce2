#!/usr/bin/env bash
# A run that is killed and finished by the same command. The simulated model takes its time; after a second the run gets
# kill -9, then the command is given again: what FILE has a result for is not done again, and at the end FILE is in the
# order of the input.
set -euo pipefail
cd "$(dirname "$0")/.."
summarize=${SUMMARIZE:-.build/release/summarize}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
command=("$summarize" -k -j 5 -m simulated:latency=100-300 --output "$scratch/out.ndjson" --resume samples/simulated.ndjson)

"${command[@]}" & run=$!
sleep 1
kill -9 "$run"
wait "$run" || true
echo "after kill -9: $(wc -l <"$scratch/out.ndjson") of 20 records"
"${command[@]}"
echo "after the same command again: $(wc -l <"$scratch/out.ndjson") of 20 records"
