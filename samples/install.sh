#!/usr/bin/env bash
# Builds summarize and installs it for a user or for all: the binary, the man page and the completions of three shells.
#
#   samples/install.sh               into ~/.local
#   samples/install.sh /usr/local    into another folder (DESTDIR is put before it)
#   samples/install.sh --uninstall [PREFIX]
#
# The Swift runtime is linked in, so that the binary runs where no Swift is installed.
set -euo pipefail
cd "$(dirname "$0")/.."

uninstall=false
if [ "${1:-}" = --uninstall ]; then
  uninstall=true
  shift
fi
case ${1:-} in
  -*)
    echo "usage: samples/install.sh [--uninstall] [PREFIX]" >&2
    exit 2
    ;;
esac
prefix=${1:-$HOME/.local}
root=${DESTDIR:-}$prefix

files=(
  bin/summarize
  share/man/man1/summarize.1
  share/bash-completion/completions/summarize
  share/zsh/site-functions/_summarize
  share/fish/vendor_completions.d/summarize.fish
)

if $uninstall; then
  for file in "${files[@]}"; do
    if [ -e "$root/$file" ]; then
      rm -f -- "$root/$file"
      echo "removed $root/$file"
    fi
  done
  exit 0
fi

# A scratch folder of its own: another way of linking would have the usual build made anew.
build=(swift build -c release --product summarize --static-swift-stdlib --scratch-path .build/install
  -Xswiftc -no-toolchain-stdlib-rpath)
"${build[@]}" >&2
binary=$("${build[@]}" --show-bin-path)/summarize

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
install -m 755 "$binary" "$made/summarize"
strip "$made/summarize"
install -D -m 755 "$made/summarize" "$root/bin/summarize"
install -D -m 644 man/summarize.1 "$root/share/man/man1/summarize.1"
for shell in bash zsh fish; do "$made/summarize" --completions "$shell" > "$made/$shell"; done
install -D -m 644 "$made/bash" "$root/share/bash-completion/completions/summarize"
install -D -m 644 "$made/zsh" "$root/share/zsh/site-functions/_summarize"
install -D -m 644 "$made/fish" "$root/share/fish/vendor_completions.d/summarize.fish"

for file in "${files[@]}"; do echo "installed $root/$file"; done
case :$PATH: in
  *:"$prefix/bin":*) ;;
  *) echo "$prefix/bin is not in PATH; add it: export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
