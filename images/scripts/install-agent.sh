#!/usr/bin/env bash
# Installs the host agent and its units, in an image that is built or on a machine that boots. The agent's file,
# host-agent.js, stands beside this script, or is in place already.   install-agent.sh [root folder]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${1:-}

install -d -m 0755 "$root/opt/ci-runners" "$root/etc/ci-runners" "$root/etc/systemd/system"
if [ -f "$here/host-agent.js" ]; then install -m 0644 "$here/host-agent.js" "$root/opt/ci-runners/host-agent.js"; fi
if [ ! -f "$root/opt/ci-runners/host-agent.js" ]; then
  echo "no-agent: host-agent.js is neither beside $here/install-agent.sh nor in $root/opt/ci-runners." >&2
  exit 1
fi

for script in block-imds.sh choose-node.sh end-machine.sh fetch.sh install-runner.sh start-agent.sh ci-runners-selftest; do
  install -m 0755 "$here/$script" "$root/opt/ci-runners/$script"
done
for unit in ci-runners-agent.service ci-runners-hard-limit.service ci-runners-hard-limit.timer; do
  install -m 0644 "$here/$unit" "$root/etc/systemd/system/$unit"
done
