#!/usr/bin/env bash
# Runs once, when a machine of fleet default boots. What it prints is kept in /var/log/user-data.log.
set -euo pipefail
exec > >(tee -a /var/log/user-data.log) 2>&1

# A machine that cannot become a runner ends at once: its shutdown terminates it.
ended() {
  local status=$?
  if [ "$status" -eq 0 ]; then return; fi
  echo "The boot failed with status $status: the machine ends."
  shutdown -h now
}
trap ended EXIT

refuse() {
  echo "$1"
  exit 1
}

install -d -m 0755 /opt/ci-runners /etc/ci-runners
aws s3 cp --only-show-errors --region 'eu-central-1' 's3://ci-binaries-0a1b2c3d/host-agent/0123.js' /opt/ci-runners/host-agent.js
echo 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  /opt/ci-runners/host-agent.js' | sha256sum --check --quiet -

[ -f /opt/ci-runners/host-agent.js ] || refuse "no-agent: neither a release nor the image brings /opt/ci-runners/host-agent.js"

# The newest Node that the runner brings, in a place that no job can write to; else the image's own.
node=$(find /opt/actions-runner/externals -path '*/bin/node' -type f 2> /dev/null | sort -V | tail -n 1 || true)
[ -n "$node" ] || node=$(command -v node) || refuse "no-runtime: neither the runner nor the image brings Node"
install -m 0755 "$node" /opt/ci-runners/node

cat > /etc/ci-runners/host.env << 'ENVIRONMENT'
CI_RUNNERS_ROLE_ID=AROAEXAMPLE123456789
CI_RUNNERS_HOSTS_TABLE=ci-hosts
CI_RUNNERS_FLEET_PARAMETER=/github-action-runners/ci/config/fleets/default
CI_RUNNERS_RUN_AS=ec2-user
AWS_REGION=eu-central-1
ENVIRONMENT

cat > /etc/systemd/system/ci-runners-host.service << 'UNIT'
[Unit]
Description=Makes this machine a runner, and ends it
Wants=network-online.target
After=network-online.target

[Service]
EnvironmentFile=/etc/ci-runners/host.env
ExecStart=/opt/ci-runners/node /opt/ci-runners/host-agent.js
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
UNIT

# Its logs are wanted, and no reason to end a machine.
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c 'ssm:/github-action-runners/ci/runners/default/cloudwatch_agent_config_runner' ||
  echo "The CloudWatch agent did not start: nothing but this log is kept."

systemctl daemon-reload
systemctl enable --now ci-runners-host.service
