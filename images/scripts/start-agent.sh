#!/usr/bin/env bash
# Starts the host agent on a machine that has booted. /etc/ci-runners/host.env says whose machine it is.
# A machine that cannot become a runner says why on its console, and ends: its shutdown terminates it.
set -euo pipefail

settings=/etc/ci-runners/host.env
here=/opt/ci-runners

end_machine() {
  "$here/end-machine.sh" "$1"
  exit 1
}

setting() {
  sed -n "s/^CI_RUNNERS_$1=//p" "$settings"
}

if [ ! -f "$settings" ]; then end_machine "bad-configuration: there is no $settings"; fi
runner=$(setting RUNNER_FOLDER)
"$here/choose-node.sh" "${runner:-/opt/actions-runner}" || end_machine no-runtime
if [ "$(setting BLOCK_IMDS)" = true ]; then
  "$here/block-imds.sh" "$(setting RUN_AS)" || end_machine "imds-open: jobs could not be kept from the machine's metadata"
fi

# The fleet's own hard limit, and the agent's time to end the machine before this does.
limit=$(setting HARD_LIMIT_SECONDS)
if [[ $limit =~ ^[0-9]+$ ]]; then
  install -d -m 0755 /etc/systemd/system/ci-runners-hard-limit.timer.d
  printf '[Timer]\nOnBootSec=\nOnBootSec=%s\n' "$((limit + 600))" > /etc/systemd/system/ci-runners-hard-limit.timer.d/limit.conf
fi

systemctl daemon-reload
systemctl start --no-block ci-runners-hard-limit.timer || end_machine no-hard-limit
# The boot does not wait for it: it lives as long as the machine.
systemctl start --no-block ci-runners-agent.service || end_machine no-agent
