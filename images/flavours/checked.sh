#!/usr/bin/env bash
# Sourced by flavours. Fetches a file and keeps it only if it has the checksum that is written down for it, or else the one
# that its vendor publishes.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

get() {
  curl --fail --silent --show-error --location --proto '=https' --retry 5 --connect-timeout 10 "$@"
}

# fetch_checked <address> <checksum, or empty> <address of the vendor's checksums>: puts the file into $work, and says where.
# The vendor's is either the bare checksum or a list of lines that end with the file's name.
fetch_checked() {
  local address=$1 sum=$2 sums=$3 file=${1##*/} told
  get --output "$work/$file" "$address"
  if [ -z "$sum" ]; then
    told=$(get "$sums")
    sum=$(awk -v name="$file" 'NF == 1 || $NF == name || $NF == "*" name { print $1; exit }' <<< "$told")
  fi
  case ${#sum} in
    64) echo "$sum  $work/$file" | sha256sum --check --quiet - >&2 ;;
    128) echo "$sum  $work/$file" | sha512sum --check --quiet - >&2 ;;
    *) echo "checked.sh: there is no checksum for $file at $sums." >&2 && return 1 ;;
  esac
  echo "$work/$file"
}

# arch_of <name on x64> <name on arm64>
arch_of() {
  if [ "$ARCH" = arm64 ]; then echo "$2"; else echo "$1"; fi
}
