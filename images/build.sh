#!/usr/bin/env bash
# Builds one image, and has new machines start from it.   build.sh [flavour] [os] [arch] [parameter] [more for Packer…]
# The parameter is the one that a fleet names in ami_id_ssm_parameter_name.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

flavour=${1:-base} os=${2:-amazon-linux-2023} arch=${3:-x64} parameter=${4:-}
shift $(($# < 4 ? $# : 4))

if [ -n "$parameter" ] && ! command -v aws > /dev/null; then
  echo "aws is missing: it writes the image's id into $parameter. Install the AWS CLI, or leave PARAMETER out." >&2
  exit 1
fi
packer build -var "flavour=$flavour" -var "os=$os" -var "arch=$arch" "$@" .

# The last build's artifact: <region>:<image>.
artifact=$(grep -o '"artifact_id": *"[^"]*"' manifest.json | tail -n 1 | cut -d '"' -f 4)
echo "$artifact"
if [ -n "$parameter" ]; then
  aws ssm put-parameter --region "${artifact%%:*}" --name "$parameter" --value "${artifact#*:}" \
    --type String --data-type aws:ec2:image --overwrite
fi
