#!/usr/bin/env bash
# Installs GitHub's runner in /opt/actions-runner, and what it and its jobs need of the system, where the image lacks it.
#   install-runner.sh <user that jobs run as> [<s3://… or https://…> <SHA-256 in hex>]
# Without an address: the newest release, by the checksum that GitHub publishes for it.
set -euo pipefail

run_as=$1 package=${2:-} sha256=${3:-}
runner=${CI_RUNNERS_RUNNER_FOLDER:-/opt/actions-runner}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

install_packages() {
  local try
  for try in 1 2 3; do
    if command -v dnf > /dev/null; then
      if dnf install --assumeyes --quiet "$@"; then return; fi
    elif apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; then
      return
    fi
    sleep $((try * 3))
  done
  echo "install-runner.sh: these packages were not to be had: $*" >&2
  return 1
}

missing_packages() {
  command -v git > /dev/null || echo git
  command -v tar > /dev/null || echo tar
  if [ "${CI_RUNNERS_BLOCK_IMDS:-}" = true ]; then command -v nft > /dev/null || echo nftables; fi
  # .NET, which the runner is made of, does not start without it. Its package is named after its version in Debian's family.
  if [[ $(ldconfig -p) != *libicuuc* ]]; then
    if command -v dnf > /dev/null; then echo libicu; else apt-cache --names-only search '^libicu[0-9]+$' | cut -d ' ' -f 1 | tail -n 1; fi
  fi
}

# "name" and "digest" of one asset stand in this order, in one line or in many.
newest_release() {
  local arch answer
  case $(uname -m) in
    x86_64) arch=x64 ;;
    aarch64) arch=arm64 ;;
    *) echo "install-runner.sh: there is no runner of GitHub's for $(uname -m)." >&2 && return 1 ;;
  esac
  answer=$(curl --fail --silent --show-error --location --retry 5 --connect-timeout 5 https://api.github.com/repos/actions/runner/releases/latest)
  package=$(grep -oE "https://[^\"]*/actions-runner-linux-$arch-[0-9.]+\.tar\.gz" <<< "$answer" | head -n 1)
  sha256=$(tr ',{}' '\n' <<< "$answer" | awk -v name="actions-runner-linux-$arch-" '
    /"name" *:/ { wanted = index($0, name) && $0 ~ /[0-9]\.tar\.gz"/ }
    wanted && /"digest" *:/ { sub(/.*sha256:/, ""); sub(/".*/, ""); print; exit }')
  if [ -z "$package" ] || [ -z "$sha256" ]; then
    echo "install-runner.sh: the newest release of GitHub names no runner for $arch with a checksum: name one yourself, by runner_package." >&2
    return 1
  fi
}

id "$run_as" > /dev/null 2>&1 || useradd --create-home --shell /bin/bash "$run_as"
mapfile -t missing < <(missing_packages)
if [ "${#missing[@]}" -gt 0 ]; then install_packages "${missing[@]}"; fi
if [ -x "$runner/run.sh" ]; then exit 0; fi

if [ -z "$package" ]; then newest_release; fi
archive=$(mktemp)
trap 'rm -f "$archive"' EXIT
"$here/fetch.sh" "$package" "$archive" "$sha256"
install -d -m 0755 "$runner"
tar --extract --gzip --no-same-owner --file "$archive" --directory "$runner"
# The runner writes beside its programs: its logs, and where jobs work.
chown -R "$run_as" "$runner"
echo "GitHub's runner is installed, of ${package##*/}."
