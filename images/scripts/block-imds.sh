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
