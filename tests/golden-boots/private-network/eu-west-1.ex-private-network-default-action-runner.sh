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

now_at pre-install
cat >> /etc/environment << 'PROXY'
http_proxy=http://proxy.internal:3128
https_proxy=http://proxy.internal:3128
no_proxy=localhost,127.0.0.1,169.254.169.254,.amazonaws.com
PROXY
set -a
# shellcheck source=/dev/null
. /etc/environment
set +a

now_at agent-files
install -d -m 0755 /opt/ci-runners /etc/ci-runners
export AWS_REGION='eu-west-1' AWS_DEFAULT_REGION='eu-west-1'
scripts=$(mktemp -d)
cat > "$scripts/block-imds.sh" << 'END_OF_FILE'
images/scripts/block-imds.sh
END_OF_FILE
cat > "$scripts/choose-node.sh" << 'END_OF_FILE'
images/scripts/choose-node.sh
END_OF_FILE
cat > "$scripts/ci-runners-agent.service" << 'END_OF_FILE'
images/scripts/ci-runners-agent.service
END_OF_FILE
cat > "$scripts/ci-runners-hard-limit.service" << 'END_OF_FILE'
images/scripts/ci-runners-hard-limit.service
END_OF_FILE
cat > "$scripts/ci-runners-hard-limit.timer" << 'END_OF_FILE'
images/scripts/ci-runners-hard-limit.timer
END_OF_FILE
cat > "$scripts/ci-runners-selftest" << 'END_OF_FILE'
images/scripts/ci-runners-selftest
END_OF_FILE
cat > "$scripts/end-machine.sh" << 'END_OF_FILE'
images/scripts/end-machine.sh
END_OF_FILE
cat > "$scripts/fetch.sh" << 'END_OF_FILE'
images/scripts/fetch.sh
END_OF_FILE
cat > "$scripts/install-agent.sh" << 'END_OF_FILE'
images/scripts/install-agent.sh
END_OF_FILE
cat > "$scripts/install-runner.sh" << 'END_OF_FILE'
images/scripts/install-runner.sh
END_OF_FILE
cat > "$scripts/start-agent.sh" << 'END_OF_FILE'
images/scripts/start-agent.sh
END_OF_FILE
bash "$scripts/fetch.sh" 's3://ex-private-network-binaries-SUFFIX/host-agent/SHA256.js' "$scripts/host-agent.js" 'SHA256'
bash "$scripts/install-agent.sh"

cat > /etc/ci-runners/host.env << 'ENVIRONMENT'
CI_RUNNERS_ROLE_ID=ROLE_ID
CI_RUNNERS_HOSTS_TABLE=ex-private-network-hosts
CI_RUNNERS_FLEET_PARAMETER=/github-action-runners/ex-private-network/config/fleets/default
CI_RUNNERS_RUN_AS=ec2-user
CI_RUNNERS_HARD_LIMIT_SECONDS=435600
CI_RUNNERS_BLOCK_IMDS=false
AWS_REGION=eu-west-1
ENVIRONMENT

now_at runner-files
CI_RUNNERS_BLOCK_IMDS=false /opt/ci-runners/install-runner.sh 'ec2-user'

now_at start
/opt/ci-runners/start-agent.sh
now_at up

# Its logs are wanted, and no reason to end a machine, nor to let a job wait.
[ -x /opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl ] || dnf install --assumeyes --quiet amazon-cloudwatch-agent || true
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c 'ssm:/github-action-runners/ex-private-network/runners/default/cloudwatch_agent_config_runner' ||
  echo "The CloudWatch agent did not start: nothing but this log is kept."
