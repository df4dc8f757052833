#!/usr/bin/env bash
# Node, where actions/setup-node looks first.
# shellcheck source=images/flavours/checked.sh
source "$(dirname "${BASH_SOURCE[0]}")/checked.sh"

name=node-v$VERSION-linux-$(arch_of x64 arm64).tar.gz
sum=$(arch_of "${SHA256_X64:-}" "${SHA256_ARM64:-}")
archive=$(fetch_checked "https://nodejs.org/dist/v$VERSION/$name" "$sum" "https://nodejs.org/dist/v$VERSION/SHASUMS256.txt")
place=$TOOL_CACHE/node/$VERSION/$ARCH
install -d "$place"
tar --extract --gzip --no-same-owner --file "$archive" --directory "$place" --strip-components 1
touch "$place.complete"
ln -sf "$place/bin/node" "$place/bin/npm" "$place/bin/npx" /usr/local/bin/
node --version
