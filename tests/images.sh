#!/usr/bin/env bash
# Format and validity of the image template, by whatever `packer` is installed: each flavour, system and architecture.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../images"

if ! command -v packer > /dev/null; then
  echo "packer is not installed: the image template's format and validation were left out."
  exit 0
fi
# Nothing is asked of AWS, but keys have to be there.
export CHECKPOINT_DISABLE=1 AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none
packer fmt -check -diff .

# Without required_plugins: older versions do not know it, and newer ones would want to download them.
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r flavours scripts build-image.sh "$copy"
cp ./*.pkr.hcl "$copy" && rm "$copy/plugins.pkr.hcl"
touch "$copy/host-agent.js"
cd "$copy"

validate() {
  packer validate -var host_agent=host-agent.js "$@" . > out 2>&1
}
# Each flavour once, and each system and architecture.
choices="base:amazon-linux-2023:x64 base:amazon-linux-2023:arm64 base:ubuntu-24.04:x64 go:ubuntu-24.04:arm64
  node:ubuntu-24.04:x64 docker:amazon-linux-2023:x64 deploy:ubuntu-24.04:arm64 godot:amazon-linux-2023:arm64"
for choice in $choices; do
  IFS=: read -r flavour os arch <<< "$choice"
  if validate -var "flavour=$flavour" -var "os=$os" -var "arch=$arch"; then continue; fi
  # From 1.7 on the plugin is no part of it.
  if grep -qi 'plugin' out; then
    echo "packer has no amazon plugin: the image template's validation was left out. Run: packer init images"
    exit 0
  fi
  cat out
  exit 1
done
if validate -var os=amazon-linux-2 || ! grep -q 'cannot be amazon-linux-2' out; then
  echo "images: Amazon Linux 2 is not refused."
  exit 1
fi
echo "The image template is valid for every flavour, system and architecture."
