#!/usr/bin/env bash
# Summarizes a file as an array of Slurm jobs, each with the share of the articles that falls to it:
#
#     sbatch --array=0-15 samples/slurm-array.sh /shared/articles.ndjson /shared/results [OPTION ...]
#     cat /shared/results/*.ndjson                  # when all have ended
#
# A task that is preempted, or whose node fails, is queued again and goes on with its log: what that has is not paid for
# again. --grace is shorter than the time between SIGTERM and SIGKILL (KillWait, 30 s by default). --rate is for each task:
# divide the provider's by the tasks that run at the same time (%8 behind the array lets eight run).
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --cpus-per-task=2
set -euo pipefail
articles=$1 folder=$2
shift 2
mkdir -p "$folder"
first=${SLURM_ARRAY_TASK_MIN:-0}
share=$((SLURM_ARRAY_TASK_ID - first + 1))
printf -v name '%s/part-%04d.ndjson' "$folder" "$SLURM_ARRAY_TASK_ID"
# Every task deals the articles out in the same way, so that an article is always the same task's. exec: the signal reaches
# summarize itself.
exec "${SUMMARIZE:-summarize}" -q --exit-zero --grace 10s --wait-lock 2m -o "$name" --resume "$@" \
  <(split -n "r/$share/$SLURM_ARRAY_TASK_COUNT" "$articles")
