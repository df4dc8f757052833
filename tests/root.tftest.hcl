mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  vpc_id           = "vpc-1"
  subnet_ids       = ["subnet-1", "subnet-2"]
  lambda_s3_bucket = "code"
  github_app = {
    id             = "123"
    key_base64     = "a key"
    webhook_secret = "a secret"
  }
}

run "one_fleet_by_default" {
  command = apply

  assert {
    condition     = output.runs_on == { default = "runs-on: [self-hosted, linux, x64]" }
    error_message = "The default fleet serves ${jsonencode(output.runs_on)}."
  }

  assert {
    condition     = aws_lambda_invocation.drain["default"].input == jsonencode({ fleet = "default", force = false, limitMinutes = 14 }) && aws_lambda_invocation.drain["default"].lifecycle_scope == "CRUD"
    error_message = "The fleet is drained before it goes by ${aws_lambda_invocation.drain["default"].input}."
  }

  # Dashboards, as roles and buckets, are the account's: the same prefix may stand in another region.
  assert {
    condition     = can(regex("^github-actions-runners-[0-9a-f]{8}$", output.dashboard_name))
    error_message = output.dashboard_name
  }

  assert {
    condition     = output.webhook_endpoint == "https://abc.execute-api.eu-central-1.amazonaws.com/webhook"
    error_message = "The webhook is at ${output.webhook_endpoint}."
  }

  assert {
    condition     = jsondecode(module.runners["default"].document).instanceTypes[0] == "m7i.large"
    error_message = module.runners["default"].document
  }
}

run "fleets_override_and_inherit" {
  command = apply

  variables {
    runners_maximum_count = 7
    runner_extra_labels   = ["team"]
    fleets = {
      linux-x64 = { runner_extra_labels = ["big", "3.10", "on", "a#b"], instance_types = ["c7i.4xlarge"], runners_maximum_count = null }
      linux-arm = { runner_architecture = "arm64", runners_maximum_count = 20, idle_config = [{ cron = "* * 9-17 * * 1-5", idleCount = 2 }] }
      off       = { enabled = false, pool_config = [{ schedule_expression = "rate(1 hour)", size = 1 }], pool_runner_owner = "acme" }
    }
  }

  assert {
    condition     = sort(keys(aws_lambda_invocation.drain)) == tolist(["linux-arm", "linux-x64", "off"])
    error_message = "Each fleet is drained by itself, not ${join(", ", keys(aws_lambda_invocation.drain))}."
  }

  assert {
    condition     = output.runs_on["linux-x64"] == "runs-on: [self-hosted, linux, x64, big, \"3.10\", \"on\", \"a#b\"]"
    error_message = output.runs_on["linux-x64"]
  }

  assert {
    condition     = output.runs_on["linux-arm"] == "runs-on: [self-hosted, linux, arm64, team]"
    error_message = output.runs_on["linux-arm"]
  }

  assert {
    condition     = jsondecode(module.runners["linux-x64"].document).runnersMaximumCount == 7
    error_message = "null inherits."
  }

  assert {
    condition     = jsondecode(module.runners["linux-arm"].document).runnersMaximumCount == 20
    error_message = "A fleet's own limit counts."
  }

  assert {
    condition     = startswith(jsondecode(module.runners["linux-arm"].document).instanceTypes[0], "m7g")
    error_message = "Types follow the architecture."
  }

  assert {
    condition     = jsondecode(module.runners["off"].document).runnersMaximumCount == 0 && length(jsondecode(module.runners["off"].document).poolConfig) == 0
    error_message = "A fleet that is switched off launches nothing, and holds nothing ready."
  }
}

run "a_log_group_that_two_fleets_would_make_is_refused" {
  command = plan

  variables {
    runner_log_files = [{ log_group_name = "/ci/runner", prefix_log_group = false, file_path = "/var/log/runner.log" }]
    fleets           = { one = { runner_extra_labels = ["one"] }, two = {} }
  }

  expect_failures = [output.runners_log_groups]
}

run "a_fleet_that_would_never_get_a_job_is_refused" {
  command = plan

  variables {
    fleets = { one = { instance_types = ["m7i.large"], runner_extra_labels = ["GPU", "big"] }, two = { instance_types = ["m7i.xlarge"], runner_extra_labels = ["big", "gpu"] } }
  }

  expect_failures = [output.runs_on]
}
