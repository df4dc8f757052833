#!/usr/bin/env bash
# Makes an image of the machine that it runs on. Packer starts it as root, with the scripts in /tmp/scripts and what a flavour
# needs in /tmp/flavours. An image that cannot become a runner fails here.
set -euo pipefail

: "${FLAVOUR:?}" "${ARCH:?}" "${RUN_AS:?}"
runner=/opt/actions-runner
export TOOL_CACHE=/opt/hostedtoolcache

# shellcheck source=/dev/null
case $(. /etc/os-release && echo "$ID $VERSION_ID") in
  "amzn 2") echo "Amazon Linux 2 cannot run the Node of today's runner: build on Amazon Linux 2023." >&2 && exit 1 ;;
  "amzn 2023") dnf install --assumeyes --quiet git tar gzip unzip jq nftables libicu amazon-cloudwatch-agent ;;
  "ubuntu 24.04")
    # The first boot's own updates hold the lock for a while.
    cloud-init status --wait > /dev/null || true
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o DPkg::Lock::Timeout=300 update -qq
    apt-get -o DPkg::Lock::Timeout=300 install -y -qq git tar gzip unzip jq nftables curl
    # What updates itself while a job starts makes the job wait.
    systemctl disable --now apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service > /dev/null 2>&1 || true
    ;;
  *) echo "Images are built on Amazon Linux 2023 and Ubuntu 24.04 alone." >&2 && exit 1 ;;
esac

bash /tmp/scripts/install-agent.sh
# shellcheck disable=SC2086 # an address and a checksum, or nothing
/opt/ci-runners/install-runner.sh "$RUN_AS" ${RUNNER_PACKAGE:-}

install -d -m 0755 "$TOOL_CACHE"
printf 'RUNNER_TOOL_CACHE=%s\nAGENT_TOOLSDIRECTORY=%s\n' "$TOOL_CACHE" "$TOOL_CACHE" > "$runner/.env"
if [ "$FLAVOUR" != base ]; then bash "/tmp/flavours/$FLAVOUR.sh"; fi
chown -R "$RUN_AS" "$TOOL_CACHE" "$runner/.env"

/opt/ci-runners/ci-runners-selftest

# Nothing of this machine's own stays.
rm -rf /tmp/scripts /tmp/flavours /root/.ssh/authorized_keys
cloud-init clean --logs > /dev/null 2>&1 || true
