#!/usr/bin/env bash
# Format, validation and tests of the Terraform module and its examples, by whatever `terraform` is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

left_out() {
  echo "$1: the Terraform module's format, validation and tests were left out."
  exit 0
}

command -v terraform > /dev/null || left_out "terraform is not installed"
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1

terraform fmt -check -recursive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! terraform init -input=false -no-color > "$log" 2>&1; then
  # Without a registry or a mirror of it, there is nothing to test with; anything else is a fault of ours.
  ! grep -qE 'Failed to (query available|install) provider|could not connect|no such host' "$log" ||
    left_out "terraform found no AWS provider (no registry was reached, and no mirror is configured)"
  cat "$log"
  exit 1
fi
terraform validate -no-color
terraform test -no-color

# They find the provider where the module has it.
providers=$PWD/.terraform/providers
for example in examples/*/main.tf; do
  folder=$(dirname "$example")
  terraform -chdir="$folder" init -input=false -no-color -plugin-dir="$providers" > "$log" 2>&1 || {
    cat "$log"
    exit 1
  }
  echo "$folder"
  terraform -chdir="$folder" validate -no-color
done
