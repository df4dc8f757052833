#!/usr/bin/env bash
# Puts a Node that the agent can run on where no job can touch it, before any job is there: the newest that GitHub's
# runner brings along, else the image's own.   choose-node.sh [folder of the runner] [where to put it]
set -euo pipefail

runner=${1:-/opt/actions-runner}
place=${2:-/opt/ci-runners/node}
oldest=20

# It is tried: one for another C library, or another processor, does not start.
major_of() {
  local version
  version=$(timeout 10 "$1" --version 2> /dev/null < /dev/null) || return 1
  version=${version#v}
  echo "${version%%.*}"
}

is_fit() {
  local major
  major=$(major_of "$1") && [[ $major =~ ^[0-9]+$ ]] && [ "$major" -ge "$oldest" ]
}

candidates() {
  local folder
  for folder in "$runner"/externals/node*; do
    case $folder in *_alpine) continue ;; esac
    if [ -x "$folder/bin/node" ]; then echo "$folder/bin/node"; fi
  done | sort -rV
  command -v node || true
}

while read -r node; do
  if ! is_fit "$node"; then continue; fi
  # Beside it and then in its place: a running agent keeps the file that it has.
  install -D -m 0755 "$node" "$place.new"
  mv -f "$place.new" "$place"
  echo "The agent runs on $node, $("$place" --version)."
  exit 0
done < <(candidates)

echo "no-runtime: neither the runner in $runner nor the image brings a Node of version $oldest or later that starts here." >&2
exit 1
