#!/usr/bin/env bash
# Starts the host agent on a machine that has booted. /etc/ci-runners/host.env says whose machine it is.
# A machine that cannot become a runner says why on its console, and ends: its shutdown terminates it.
set -euo pipefail

settings=/etc/ci-runners/host.env
console=/dev/console

end_machine() {
  echo "ci-runners: $1: this machine ends" | tee "$console" 2> /dev/null || true
  systemctl poweroff --no-block || systemctl --force --force poweroff
  exit 1
}

if [ ! -f "$settings" ]; then end_machine "bad-configuration: there is no $settings"; fi
/opt/ci-runners/choose-node.sh "${CI_RUNNERS_RUNNER_FOLDER:-/opt/actions-runner}" || end_machine no-runtime

# The fleet's own hard limit, and the agent's time to end the machine before this does.
limit=$(sed -n 's/^CI_RUNNERS_HARD_LIMIT_SECONDS=\([0-9][0-9]*\)$/\1/p' "$settings")
if [ -n "$limit" ]; then
  install -d -m 0755 /etc/systemd/system/ci-runners-hard-limit.timer.d
  printf '[Timer]\nOnBootSec=\nOnBootSec=%s\n' "$((limit + 600))" > /etc/systemd/system/ci-runners-hard-limit.timer.d/limit.conf
fi

systemctl daemon-reload
systemctl start --no-block ci-runners-hard-limit.timer || end_machine no-hard-limit
# The boot does not wait for it: it lives as long as the machine.
systemctl start --no-block ci-runners-agent.service || end_machine no-agent
