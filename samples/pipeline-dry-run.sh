#!/usr/bin/env bash
# What a language model would be asked, without a call: the request of the first article. The article stands in it as one
# JSON string in the user's message; a key would be shown as asterisks.
set -euo pipefail
cd "$(dirname "$0")/.."
summarize=${SUMMARIZE:-.build/release/summarize}

"$summarize" -m ollama:qwen3:4b --option num_ctx=16384 --dry-run samples/articles.ndjson
