#!/usr/bin/env bash
# Summarizes a file on several machines with GNU parallel, in a folder that all of them see:
#
#     samples/parallel-hosts.sh FOLDER HOST,HOST,... ARTICLES [OPTION ...]
#
# A HOST is what ssh takes; 2/HOST runs two parts at once there, ":" is this machine. The articles are dealt out to parts,
# four a machine, each part has its own log, and the same command goes on where it was cut short: what a log has is not paid
# for again. A part whose machine fails is tried again, on another one where there is one. The results stand in
# FOLDER/results.ndjson, in the order of the input; of records without id, "line" is that of the part.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd) hosts=$2 articles=$3
shift 3
summarize=${SUMMARIZE:-summarize}
parts=$((4 * ($(tr -cd , <<< "$hosts" | wc -c) + 1)))

# Blank lines give no record: they would shift the parts against each other.
grep -v '^[[:space:]]*$' "$articles" | split -d -a 4 -n "r/$parts" - "$folder/part-"
# The shell on the other side reads the command again, so each word is quoted for it.
options=
if [ $# -gt 0 ]; then printf -v options ' %q' "$@"; fi
# --exit-zero: an article that failed is no reason to do the part again. Where a connection broke and the run behind it goes
# on, the next attempt waits for its lock.
parallel -S "$hosts" --retries 4 --will-cite "cd $(printf %q "$folder") && $(printf %q "$summarize") -q -k --exit-zero \
  --wait-lock 60s -o {/.}.out --resume {/.}$options" ::: "$folder"/part-[0-9][0-9][0-9][0-9]

# One record for each line of each part, or something was lost.
for part in "$folder"/part-[0-9][0-9][0-9][0-9]; do
  if [ ! -e "$part.out" ] || [ "$(wc -l < "$part")" -ne "$(wc -l < "$part.out")" ]; then
    echo "$0: $part is not complete; give the same command again" >&2
    exit 1
  fi
done
# Dealt out one by one, and put together one by one; parts that are shorter by a line leave a blank one.
paste -d '\n' "$folder"/part-[0-9][0-9][0-9][0-9].out | grep -v '^$' > "$folder/results.ndjson"
