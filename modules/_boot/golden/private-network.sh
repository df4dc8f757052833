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
set -x

now_at pre-install
# What is yours may hold secrets, and is printed by nobody but itself.
{ set +x; } 2> /dev/null
echo 'https_proxy=http://proxy.internal:3128' >> /etc/environment
set -x

now_at agent-files
install -d -m 0755 /opt/ci-runners /etc/ci-runners
export AWS_REGION='eu-central-1' AWS_DEFAULT_REGION='eu-central-1'
scripts=$(mktemp -d)
cat > "$scripts/block-imds.sh" << 'END_OF_FILE'
#!/usr/bin/env bash
# Keeps a user's processes from the machine's metadata, and so from its rights. Root, and with it the agent, still reaches
# them.   block-imds.sh <user>
set -euo pipefail

user=$1
uid=$(id -u "$user")
if [ "$uid" = 0 ]; then
  echo "block-imds.sh: jobs run as root, and root cannot be kept from the metadata." >&2
  exit 1
fi

# Refused rather than dropped, so that an SDK gives up at once. Made anew as a whole, however often this is run.
nft --file - << RULES
table inet ci_runners
delete table inet ci_runners
table inet ci_runners {
  chain output {
    type filter hook output priority filter; policy accept;
    meta skuid $uid ip daddr 169.254.169.254 counter reject
    meta skuid $uid ip6 daddr fd00:ec2::254 counter reject
  }
}
RULES
END_OF_FILE
cat > "$scripts/choose-node.sh" << 'END_OF_FILE'
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
END_OF_FILE
cat > "$scripts/ci-runners-agent.service" << 'END_OF_FILE'
[Unit]
Description=Makes this machine a CI runner, and ends it
Wants=network-online.target ci-runners-hard-limit.timer
After=network-online.target
# However often it fails, it is tried again: without it the machine would run until its hard limit.
StartLimitIntervalSec=0

[Service]
Type=exec
EnvironmentFile=/etc/ci-runners/host.env
ExecStart=/opt/ci-runners/node /opt/ci-runners/host-agent.js
Restart=always
RestartSec=5
# A job that takes all memory takes it from others.
OOMScoreAdjust=-900
# The processes that it starts are gone by then; a runner is in a unit of its own.
KillMode=mixed
TimeoutStopSec=10
# Why a machine ended can be read from outside, once it is gone: `aws ec2 get-console-output`.
StandardOutput=journal+console
StandardError=journal+console

[Install]
WantedBy=multi-user.target
END_OF_FILE
cat > "$scripts/ci-runners-hard-limit.service" << 'END_OF_FILE'
[Unit]
Description=Ends this machine, which is too old

[Service]
Type=oneshot
ExecStart=/bin/sh -c 'echo "ci-runners: hard-limit: this machine ends" > /dev/console || true'
# A shutdown that hangs, on a job that does not die say, is forced.
ExecStart=/usr/bin/systemd-run --unit=ci-runners-forced-end.service --collect --quiet --no-block -p DefaultDependencies=no -- /bin/sh -c 'sleep 120; exec systemctl --force --force poweroff'
ExecStart=/usr/bin/systemctl poweroff --no-block
END_OF_FILE
cat > "$scripts/ci-runners-hard-limit.timer" << 'END_OF_FILE'
[Unit]
Description=Ends this machine when it is too old, whatever became of its agent

[Timer]
# Six days and an hour: beyond the longest job of any forge. start-agent.sh sets what the fleet's own limit is.
OnBootSec=522000
AccuracySec=1min
END_OF_FILE
cat > "$scripts/ci-runners-selftest" << 'END_OF_FILE'
#!/usr/bin/env bash
# Says whether a machine of this image can become a runner; each thing that it lacks is a line. An image's build ends by it.
#   ci-runners-selftest [root folder]
set -uo pipefail

root=${1:-}
failures=0

expect() {
  local sentence=$1
  shift
  if "$@" > /dev/null 2>&1; then
    echo "ok      $sentence"
  else
    echo "failed  $sentence"
    failures=$((failures + 1))
  fi
}

# shellcheck disable=SC2329 # called by its name
owned_by_root_alone() {
  [ "$(stat -c '%U' "$1")" = root ] && [ -z "$(find "$1" -prune -perm /022)" ]
}

expect "GitHub's runner is in /opt/actions-runner" test -x "$root/opt/actions-runner/run.sh"
expect "the agent is in /opt/ci-runners" test -f "$root/opt/ci-runners/host-agent.js"
expect "no job can change the agent" owned_by_root_alone "$root/opt/ci-runners/host-agent.js"
expect "there is a Node of version 20 or later for it" "$root/opt/ci-runners/choose-node.sh" "$root/opt/actions-runner" "$root/opt/ci-runners/node"
expect "the agent is whole, as that Node reads it" "$root/opt/ci-runners/node" --check "$root/opt/ci-runners/host-agent.js"
expect "no job can change that Node" owned_by_root_alone "$root/opt/ci-runners/node"
for unit in ci-runners-agent.service ci-runners-hard-limit.service ci-runners-hard-limit.timer; do
  expect "the unit $unit is there" test -f "$root/etc/systemd/system/$unit"
done
for command in systemctl systemd-run; do
  expect "$command is there" command -v "$command"
done

if [ "$failures" -gt 0 ]; then
  echo "$failures of what a machine needs is missing."
  exit 1
fi
END_OF_FILE
cat > "$scripts/end-machine.sh" << 'END_OF_FILE'
#!/usr/bin/env bash
# Ends a machine that cannot become a runner, and says why on its console: its shutdown terminates it.   end-machine.sh <reason>
set -uo pipefail

echo "ci-runners: $1: this machine ends" | tee /dev/console 2> /dev/null || true
systemctl poweroff --no-block || systemctl --force --force poweroff
END_OF_FILE
cat > "$scripts/fetch.sh" << 'END_OF_FILE'
#!/usr/bin/env bash
# Fetches a file, and keeps it only if it has this checksum.   fetch.sh <s3://… or https://…> <file> <SHA-256 in hex>
# From S3 by the AWS CLI, or by curl with the machine's own rights where an image has no CLI.
set -euo pipefail
# The rights are a secret: a script that is traced does not print them.
set +x

from=$1 to=$2 sha256=$3
tries=4
metadata=${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}

patient_curl() {
  curl --fail --silent --show-error --location --retry 5 --retry-connrefused --connect-timeout 5 "$@"
}

metadata_of() {
  patient_curl --header "X-aws-ec2-metadata-token: $token" "$metadata/latest/$1"
}

field() {
  sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" <<< "$credentials"
}

s3_by_curl() {
  local token role credentials region bucket key suffix=amazonaws.com
  token=$(patient_curl --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/latest/api/token")
  role=$(metadata_of meta-data/iam/security-credentials/)
  credentials=$(metadata_of "meta-data/iam/security-credentials/$role" | tr ',' '\n')
  region=${AWS_REGION:-$(metadata_of meta-data/placement/region)}
  bucket=${from#s3://} && key=${bucket#*/} && bucket=${bucket%%/*}
  case $region in cn-*) suffix=amazonaws.com.cn ;; esac
  # By its standard input: arguments are read by every user of the machine.
  patient_curl --config - --output "$to" << CONFIG
url = "${AWS_ENDPOINT_URL_S3:-https://s3.$region.$suffix}/$bucket/$key"
aws-sigv4 = "aws:amz:$region:s3"
user = "$(field AccessKeyId):$(field SecretAccessKey)"
header = "x-amz-security-token: $(field Token)"
header = "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
CONFIG
}

fetch() {
  case $from in
    s3://*) if command -v aws > /dev/null; then aws s3 cp --only-show-errors "$from" "$to"; else s3_by_curl; fi ;;
    https://*) patient_curl --output "$to" "$from" ;;
    *) echo "fetch.sh: $from is neither s3://… nor https://…" >&2 && exit 2 ;;
  esac
}

for ((try = 1; ; try++)); do
  if fetch && echo "$sha256  $to" | sha256sum --check --quiet -; then exit 0; fi
  rm -f "$to"
  if [ "$try" -ge "$tries" ]; then break; fi
  sleep $((try * 2 + RANDOM % 3))
done
echo "fetch.sh: $from was not to be had with the checksum $sha256." >&2
exit 1
END_OF_FILE
cat > "$scripts/install-agent.sh" << 'END_OF_FILE'
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
END_OF_FILE
cat > "$scripts/install-runner.sh" << 'END_OF_FILE'
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
END_OF_FILE
cat > "$scripts/start-agent.sh" << 'END_OF_FILE'
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
END_OF_FILE
bash "$scripts/fetch.sh" 's3://ci-binaries-0a1b2c3d/host-agent/0123.js' "$scripts/host-agent.js" 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
bash "$scripts/install-agent.sh"

cat > /etc/ci-runners/host.env << 'ENVIRONMENT'
CI_RUNNERS_ROLE_ID=AROAEXAMPLE123456789
CI_RUNNERS_HOSTS_TABLE=ci-hosts
CI_RUNNERS_FLEET_PARAMETER=/github-action-runners/ci/config/fleets/default
CI_RUNNERS_RUN_AS=ec2-user
CI_RUNNERS_HARD_LIMIT_SECONDS=518400
CI_RUNNERS_BLOCK_IMDS=true
AWS_REGION=eu-central-1
ENVIRONMENT

now_at runner-files
CI_RUNNERS_BLOCK_IMDS=true /opt/ci-runners/install-runner.sh 'ec2-user' 's3://ci-mirror/actions-runner.tar.gz' 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

now_at post-install
{ set +x; } 2> /dev/null
docker pull registry.internal/ci/base:latest
set -x

now_at start
/opt/ci-runners/start-agent.sh
now_at up
