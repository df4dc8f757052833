#!/usr/bin/env bash
# Go, where actions/setup-go looks first.
# shellcheck source=images/flavours/checked.sh
source "$(dirname "${BASH_SOURCE[0]}")/checked.sh"

name=go$VERSION.linux-$(arch_of amd64 arm64).tar.gz
sum=$(arch_of "${SHA256_X64:-}" "${SHA256_ARM64:-}")
archive=$(fetch_checked "https://dl.google.com/go/$name" "$sum" "https://dl.google.com/go/$name.sha256")
place=$TOOL_CACHE/go/$VERSION/$ARCH
install -d "$place"
tar --extract --gzip --file "$archive" --directory "$place" --strip-components 1
touch "$place.complete"
ln -sf "$place/bin/go" "$place/bin/gofmt" /usr/local/bin/
go version
