#!/usr/bin/env bash
# Makes a Debian package of summarize in the current folder, or in the one that is named: samples/debian-package.sh [FOLDER]
set -euo pipefail
target=$(cd "${1:-.}" && pwd)
cd "$(dirname "$0")/.."

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
DESTDIR=$tree samples/install.sh /usr > /dev/null
gzip -9n "$tree/usr/share/man/man1/summarize.1"
# Debian's shells look for completions here.
mkdir -p "$tree/usr/share/zsh/vendor-completions"
mv "$tree/usr/share/zsh/site-functions/_summarize" "$tree/usr/share/zsh/vendor-completions/_summarize"
rmdir "$tree/usr/share/zsh/site-functions"
install -D -m 644 LICENSE "$tree/usr/share/doc/summarize/copyright"
install -D -m 644 CHANGELOG.md "$tree/usr/share/doc/summarize/changelog"
gzip -9n "$tree/usr/share/doc/summarize/changelog"

version=$("$tree/usr/bin/summarize" --version | cut -d ' ' -f 2)
architecture=$(dpkg --print-architecture)
mkdir "$tree/DEBIAN"
cat > "$tree/DEBIAN/control" <<CONTROL
Package: summarize
Version: $version
Architecture: $architecture
Maintainer: The summarize authors <summarize@localhost>
Installed-Size: $(du -sk --exclude DEBIAN "$tree" | cut -f 1)
Depends: libc6
Recommends: libcurl4, ca-certificates
Section: text
Priority: optional
Description: summarize newline-delimited JSON articles as they arrive
 A Unix filter: one JSON article a line in, one JSON result a line out, with at
 most N articles in flight. It has an engine of its own that needs no key and no
 network, and asks language models, local or a provider's, where one is named.
CONTROL
package=$target/summarize_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$tree" "$package" > /dev/null
echo "$package"
