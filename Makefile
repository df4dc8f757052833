# Everything runs on the Node version of the Lambda runtime, 22: the npm package `node` carries it.
# Only npm, and any Node that runs it, has to be there already.
SHELL := /bin/bash
.DELETE_ON_ERROR:

node    := lambdas/node_modules/.bin/node
modules := lambdas/node_modules/.package-lock.json
build   := lambdas/build/.made
python  := lambdas/.venv/.made
linters := lambdas/.lint/.made
tflint  := lambdas/.lint/.tflint-0.64.0
dist    := lambdas/dist/manifest.json
sources := $(shell find lambdas/src -type f 2>/dev/null)

.PHONY: start fake-github simulate test e2e doubles dist image infrastructure deploy campaign bench lint linters clean help

# A tool that has to be there, and where it comes from.
needs = command -v $(1) > /dev/null || { echo "$(1) is missing: $(2)"; exit 1; }

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

start: $(build) ## run the whole loop on this machine; ARGS="--once 200", ARGS="--config fleet.json"
	@exec $(node) --disable-warning=ExperimentalWarning lambdas/build/cli/main.js start $(ARGS)

fake-github: $(build) ## serve a fake GitHub, to try a configuration beside it
	@exec $(node) --disable-warning=ExperimentalWarning lambdas/build/cli/main.js fake-github $(ARGS)

simulate: $(modules) ## live through days of jobs in seconds; ARGS="--config fleet.json --out report.html"
	@exec $(node) --disable-warning=ExperimentalWarning lambdas/src/cli/main.ts simulate $(ARGS)

test: $(build) ## types, style and all tests, and that they cover what decides; ARGS="src/core": some tests
	@cd lambdas && PATH="$$PWD/node_modules/.bin:$$PATH" npm run --silent check
	@cd lambdas && PATH="$$PWD/node_modules/.bin:$$PATH" npm run --silent $(if $(ARGS),test -- $(ARGS),coverage)
	@$(if $(filter-out --%,$(ARGS)),true,tests/check.sh)
	@$(if $(ARGS),true,echo "Left to 'make e2e': adapters and functions on doubles of AWS.")

e2e: doubles $(dist) $(python) ## the AWS side on doubles of AWS, then 300 jobs with failing calls; ARGS="--jobs 50 --fail 0.2": those alone
	@cd lambdas && PATH="$$PWD/node_modules/.bin:$$PATH" $(if $(ARGS),true,npm run --silent e2e:suites -- $(SUITES))
	@$(if $(ARGS),true,tests/opentofu.sh lambdas/.tofu)
	@cd lambdas && PATH="$$PWD/node_modules/.bin:$$PATH" npm run --silent e2e -- $(ARGS)

doubles:
	@$(call needs,moto_server,run  pip install 'moto[server]==5.2.1')
	@$(call needs,terraform,install Terraform 1.9 or later: https://developer.hashicorp.com/terraform/install)
	@$(call needs,openssl,install it from the system's packages)

dist: $(dist) ## what is deployed, in lambdas/dist: a zip a function, and their hashes

image: ## build a machine's image; FLAVOUR=go OS=ubuntu-24.04 ARCH=arm64 PARAMETER=/my/image ARGS="-var disk_gigabytes=60"
	@$(call needs,packer,install Packer 1.10 or later: https://developer.hashicorp.com/packer/install)
	@$(MAKE) --no-print-directory dist
	@cd images && packer init . && ./build.sh "$(FLAVOUR)" "$(OS)" "$(ARCH)" "$(PARAMETER)" $(ARGS)

infrastructure: ## make what building images needs: a security group for it; ARGS="-var builder_cidr=203.0.113.7/32"
	@$(call needs,terraform,install Terraform 1.9 or later: https://developer.hashicorp.com/terraform/install)
	@terraform -chdir=images/infrastructure init -input=false
	@terraform -chdir=images/infrastructure apply $(ARGS)
	@terraform -chdir=images/infrastructure output -json packer_variables > images/build.auto.pkrvars.json

deploy: ## apply a deployment; FOLDER=examples/default ARGS="-var-file=app.tfvars"
	@$(call needs,terraform,install Terraform 1.9 or later: https://developer.hashicorp.com/terraform/install)
	@test -f "$(FOLDER)/main.tf" || { echo "FOLDER is missing: say which deployment, such as  make deploy FOLDER=examples/default"; exit 1; }
	@$(MAKE) --no-print-directory dist
	@terraform -chdir="$(FOLDER)" init -input=false
	@terraform -chdir="$(FOLDER)" apply $(ARGS)

campaign: $(modules) ## simulate with every option and fault by chance, and look for a broken promise; ARGS="--minutes 60"
	@cd lambdas && PATH="$$PWD/node_modules/.bin:$$PATH" npm run --silent campaign -- $(ARGS)

bench: $(dist) ## measure; prints, and asserts nothing
	@cd lambdas && PATH="$$PWD/node_modules/.bin:$$PATH" npm run --silent bench -- $(ARGS)

lint: $(modules) $(tflint) ## style alone: TypeScript's is mended where that can be done, the shell's and Terraform's told
	@cd lambdas && node_modules/.bin/biome check --write
	@tests/lint.sh lambdas/.lint/bin
	@tests/images.sh

linters: $(tflint)

clean: ## remove what was made
	rm -rf lambdas/node_modules lambdas/.venv lambdas/.lint lambdas/.tofu lambdas/build lambdas/dist lambdas/coverage

$(modules): lambdas/package.json lambdas/package-lock.json
	@cd lambdas && npm ci --no-audit --no-fund >&2
	@$(node) --version | grep -q '^v22\.' || { echo "lambdas/node_modules/.bin/node is not Node 22: run 'make clean' and try again."; exit 1; }
	@touch $@

$(build): $(modules) $(sources) lambdas/tsconfig.json lambdas/tsconfig.build.json
	@cd lambdas && node_modules/.bin/node scripts/build.js >&2
	@touch $@

$(dist): $(build) lambdas/scripts/dist.js
	@cd lambdas && node_modules/.bin/node scripts/dist.js

# MiniStack, pinned with hashes, in an environment of its own.
$(python): lambdas/tests/engine/requirements.txt
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2> /dev/null || { echo "python3 is missing or older than 3.10: install it."; exit 1; }
	@rm -rf lambdas/.venv && python3 -m venv lambdas/.venv
	@lambdas/.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $< >&2
	@touch $@

$(linters): tests/lint-requirements.txt tests/lint-checkov-requirements.txt
	@rm -rf lambdas/.lint && python3 -m venv lambdas/.lint
	@lambdas/.lint/bin/pip install --quiet --disable-pip-version-check --require-hashes $(addprefix -r ,$^) >&2
	@touch $@

# Go's checksum database knows the version's content. Built once, in two minutes.
$(tflint): $(linters)
	@command -v go > /dev/null || { echo "go is missing: install Go, which tflint is built with."; exit 1; }
	@log=$$(mktemp) && trap 'rm -f "$$log"' EXIT && \
	  GOBIN=$(CURDIR)/lambdas/.lint/bin go install -ldflags '-s -w' github.com/terraform-linters/tflint@v0.64.0 > "$$log" 2>&1 || \
	  { cat "$$log"; echo "tflint could not be built."; exit 1; }
	@touch $@
