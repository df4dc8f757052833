#!/usr/bin/env bash
# The same as check.sh by OpenTofu, which is built where Go is, once: tests/opentofu.sh <folder that keeps the program> [build]
# With `build`, that is all.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=1.12.6
kept=${1:?usage: tests/opentofu.sh <folder that keeps the program> [build]}/$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

left_out() {
  echo "$1: validation and tests of the Terraform module by OpenTofu were left out."
  exit 0
}

# Its replacements of other modules keep `go install` from building it, but not its own folder.
build() {
  local source
  source=$(cd "$work" && go mod download -json "github.com/opentofu/opentofu@v$version" | sed -nE 's/^\t"Dir": "(.*)",?$/\1/p')
  [ -n "$source" ] && mkdir -p "$kept" && (cd "$source" && go build -ldflags '-s -w' -o "$work/tofu" ./cmd/tofu) && mv "$work/tofu" "$kept/tofu"
}

# Both registries hand out the same provider: what Terraform has is not fetched again.
share_providers() {
  local provider registry
  for provider in .terraform/providers/registry.terraform.io/hashicorp/aws/*/*; do
    [ -e "$provider" ] || continue
    registry=$work/mirror/registry.opentofu.org/hashicorp/aws/$(basename "$(dirname "$provider")")
    mkdir -p "$registry"
    ln -s "$(realpath "$provider")" "$registry/"
  done
  [ -d "$work/mirror" ] || return 0
  printf 'provider_installation {\n  filesystem_mirror {\n    path = "%s"\n  }\n}\n' "$work/mirror" > "$work/tofurc"
  export TF_CLI_CONFIG_FILE=$work/tofurc
}

if [ ! -x "$kept/tofu" ]; then
  command -v go > /dev/null || left_out "go is not installed"
  build > "$work/log" 2>&1 || {
    tail -n 5 "$work/log"
    left_out "OpenTofu could not be built"
  }
fi
[ "${2:-}" != build ] || exit 0
PATH=$(realpath "$kept"):$PATH
share_providers

# In a copy, as both programs keep what they found in the same places.
mkdir "$work/module"
tar -c --exclude .terraform --exclude .terraform.lock.hcl --exclude ./lambdas --exclude ./.git . | tar -x -C "$work/module"

# It takes a mocked provider's answers from no file but the test's own.
for test in "$work"/module/tests/*.tftest.hcl; do
  sed -e '/^  source = "\.\/tests\/mocks"$/{' -e 'r tests/mocks/aws.tfmock.hcl' -e 'd' -e '}' "$test" > "$work/test"
  mv "$work/test" "$test"
done
tofu fmt "$work/module/tests" > "$work/log"
"$work/module/tests/check.sh" tofu
