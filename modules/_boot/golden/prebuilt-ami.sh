#!/usr/bin/env bash
# Runs once, when a machine of fleet default boots. What it prints is kept in /var/log/user-data.log.
set -euo pipefail
exec > >(tee -a /var/log/user-data.log) 2>&1

# What the boot is at, and in a file of root's when it was done with what: the host agent tells it on.
install -d -m 0700 /run/ci-runners
at=system
now_at() {
  echo "$at ${EPOCHREALTIME/,/.}" >> /run/ci-runners/boot-stages
  at=$1
}

# A machine that cannot become a runner ends at once: its shutdown terminates it.
ended() {
  local status=$?
  if [ "$status" -eq 0 ]; then return; fi
  echo "ci-runners: $at-failed, with status $status: this machine ends" | tee /dev/console 2> /dev/null || true
  shutdown -h now
}
trap ended EXIT

now_at agent-files
install -d -m 0755 /opt/ci-runners /etc/ci-runners
export AWS_REGION='eu-central-1' AWS_DEFAULT_REGION='eu-central-1'
[ -x /opt/ci-runners/start-agent.sh ] || { echo "no-agent: neither a release nor the image brings /opt/ci-runners" && exit 1; }

cat > /etc/ci-runners/host.env << 'ENVIRONMENT'
CI_RUNNERS_ROLE_ID=AROAEXAMPLE123456789
CI_RUNNERS_HOSTS_TABLE=ci-hosts
CI_RUNNERS_FLEET_PARAMETER=/github-action-runners/ci/config/fleets/default
CI_RUNNERS_RUN_AS=ec2-user
CI_RUNNERS_HARD_LIMIT_SECONDS=518400
CI_RUNNERS_BLOCK_IMDS=false
AWS_REGION=eu-central-1
ENVIRONMENT

now_at runner-files
CI_RUNNERS_BLOCK_IMDS=false /opt/ci-runners/install-runner.sh 'ec2-user'

now_at start
/opt/ci-runners/start-agent.sh
now_at up
