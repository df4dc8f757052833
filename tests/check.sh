#!/usr/bin/env bash
# Format, validation and tests of the Terraform module and its examples, by whatever `terraform` is installed, or by the
# program that is named: tests/check.sh tofu
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

program=${1:-terraform}

left_out() {
  echo "$1: the Terraform module's format, validation and tests were left out."
  exit 0
}

command -v "$program" > /dev/null || left_out "$program is not installed"
export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1

"$program" fmt -check -recursive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! "$program" init -input=false -no-color > "$log" 2>&1; then
  # Without a registry or a mirror of it, there is nothing to test with; anything else is a fault of ours.
  ! grep -qE 'Failed to (query available|install) provider|could not connect|no such host' "$log" ||
    left_out "$program found no AWS provider (no registry was reached, and no mirror is configured)"
  cat "$log"
  exit 1
fi
"$program" validate -no-color
"$program" test -no-color

# They find the provider where the module has it.
providers=$PWD/.terraform/providers
for example in examples/*/main.tf images/infrastructure/main.tf; do
  folder=$(dirname "$example")
  "$program" -chdir="$folder" init -input=false -no-color -plugin-dir="$providers" > "$log" 2>&1 || {
    cat "$log"
    exit 1
  }
  echo "$folder"
  "$program" -chdir="$folder" validate -no-color
done
