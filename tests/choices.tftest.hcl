# What may be chosen, and what becomes of it.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  vpc_id           = "vpc-1"
  subnet_ids       = ["subnet-1"]
  lambda_s3_bucket = "code"
  github_app = {
    id             = "123"
    key_base64     = "a key"
    webhook_secret = "a secret"
  }
}

run "network_and_module_are_planned_at_once" {
  command = plan

  module {
    source = "./tests/fixtures/network-and-module"
  }
}

run "alarms_can_be_left_out" {
  command = apply

  variables {
    alarms           = { forge_budget = false, launches = false }
    enable_dashboard = false
  }

  assert {
    condition     = keys(output.alarms) == ["dead_letters", "sweep", "waiting_jobs"] && output.dashboard_name == null
    error_message = jsonencode(keys(output.alarms))
  }
}

run "a_role_of_ones_own_is_used_as_it_is" {
  command = apply

  variables {
    fleets = {
      by-role    = { iam_overrides = { runner_role_name = "mine" } }
      by-profile = { runner_extra_labels = ["by-profile"], iam_overrides = { instance_profile_name = "mine" } }
    }
  }

  assert {
    condition     = output.role_runner["by-role"].id == "AROAMINEMINEMINEMINE1" && output.role_runner["by-profile"].id == "AROATHEIRSTHEIRS12345"
    error_message = jsonencode(output.role_runner)
  }

  assert {
    condition     = jsondecode(module.runners["by-role"].document).ec2.roleId == "AROAMINEMINEMINEMINE1"
    error_message = module.runners["by-role"].document
  }
}

run "groups_of_ones_own_need_no_group_of_ours" {
  command = apply

  variables {
    enable_managed_runner_security_group = false
    runner_additional_security_group_ids = ["sg-mine"]
    ami_id_ssm_parameter_name            = "/images/ci"
    enabled_userdata                     = false
    enable_cloudwatch_agent              = false
  }

  assert {
    condition     = output.security_group_ids["default"] == null && length(output.runners_log_groups["default"]) == 0
    error_message = "Nothing is made that was not asked for."
  }

  assert {
    condition     = module.runners["default"].boot_script == null
    error_message = "The image boots by itself."
  }

  assert {
    condition     = one(module.runners["default"].launch.image_parameter_arns) == "arn:aws:ssm:eu-central-1:111111111111:parameter/images/ci"
    error_message = jsonencode(module.runners["default"].launch)
  }
}

run "many_fleets_fill_several_parameters" {
  command = apply

  variables {
    fleets = { for number in range(30) : "fleet-${number}" => { runner_extra_labels = ["number-${number}"] } }
  }

  assert {
    condition     = length(module.webhook.matchers) > 2 && alltrue([for piece in module.webhook.matchers : length(piece) <= 4000])
    error_message = jsonencode([for piece in module.webhook.matchers : length(piece)])
  }

  assert {
    condition     = length(keys(jsondecode(join("", module.webhook.matchers)).fleets)) == 30
    error_message = "The pieces make one text."
  }
}
