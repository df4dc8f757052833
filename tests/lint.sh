#!/usr/bin/env bash
# Style and faults of Terraform and shell, by pinned programs. The TypeScript linter is the Makefile's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools=${1:?usage: tests/lint.sh <folder of the programs>}

# By their first line, as not all have an ending. Templates are no shell before they are rendered: their golden files are.
scripts=()
while IFS= read -r file; do
  case $file in *.tftpl) continue ;; esac
  [ -f "$file" ] && head -n 1 "$file" | LC_ALL=C grep -aqE '^#!.*[/ ](ba|da)?sh( |$)' && scripts+=("$file")
done < <(git ls-files)

"$tools/shellcheck" "${scripts[@]}"
"$tools/shfmt" --diff --indent 2 --case-indent --space-redirects "${scripts[@]}"

# What users run: .tflint.hcl and .checkov.yaml say which rules, and why some are left out.
while IFS= read -r folder; do
  "$tools/tflint" --config="$PWD/.tflint.hcl" --chdir="$folder" --format=compact
done < <(git ls-files '*.tf' ':!lambdas' ':!tests' | xargs -n 1 dirname | sort -u)

"$tools/checkov" --directory .
git ls-files -z 'examples/*.tf' | xargs -0 "$tools/checkov" --file

if command -v terraform > /dev/null; then
  terraform fmt -check -diff -recursive
else
  echo "terraform is not installed: the format of its files was left out."
fi
