#!/usr/bin/env bash
# Ends a machine that cannot become a runner, and says why on its console: its shutdown terminates it.   end-machine.sh <reason>
set -uo pipefail

echo "ci-runners: $1: this machine ends" | tee /dev/console 2> /dev/null || true
systemctl poweroff --no-block || systemctl --force --force poweroff
