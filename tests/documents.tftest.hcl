# What Terraform renders, held against tests/golden. The functions' own parser reads the same files in `make test`.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  vpc_id           = "vpc-1"
  subnet_ids       = ["subnet-1", "subnet-2"]
  lambda_s3_bucket = "code"
  github_app = {
    id_ssm             = { name = "/mine/id", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/id" }
    key_base64_ssm     = { name = "/mine/key", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/key" }
    webhook_secret_ssm = { name = "/mine/secret", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/secret" }
  }
}

run "the_default_fleet_is_as_written_down" {
  command = apply

  assert {
    condition     = jsondecode(file("tests/golden/default/deployment.json")) == jsondecode(module.control_plane.documents["config/deployment"])
    error_message = module.control_plane.documents["config/deployment"]
  }

  assert {
    condition     = jsondecode(file("tests/golden/default/fleets/default.json")) == jsondecode(module.control_plane.documents["config/fleets/default"])
    error_message = module.control_plane.documents["config/fleets/default"]
  }

  assert {
    condition     = jsondecode(file("tests/golden/default/matchers.json")) == jsondecode(join("", module.webhook.matchers))
    error_message = join("", module.webhook.matchers)
  }
}

run "every_field_reaches_the_documents" {
  command = apply

  variables {
    prefix                    = "ci-prod"
    ghes_url                  = "https://ghe.example.com/"
    tags                      = { team = "platform" }
    all_runners_maximum_count = 40
    repository_white_list     = ["acme", "other/app"]
    time_scale                = 60
    log_level                 = "debug"
    metrics_namespace         = "builds"
    tracing_mode              = "Active"
    additional_github_apps = [{
      id_ssm         = { name = "/mine/id-2", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/id-2" }
      key_base64_ssm = { name = "/mine/key-2", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/key-2" }
    }]
    github_app = {
      id_ssm                      = { name = "/mine/id", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/id" }
      key_base64_ssm              = { name = "/mine/key", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/key" }
      webhook_secret_ssm          = { name = "/mine/secret", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/secret" }
      previous_webhook_secret_ssm = { name = "/mine/old-secret", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/old-secret" }
    }
    fleets = {
      every-field = {
        priority                        = 10
        runner_extra_labels             = ["gpu", "X64"]
        runner_group_name               = "Group with spaces"
        enable_organization_runners     = false
        runner_owners                   = ["acme/app"]
        enable_ephemeral_runners        = false
        runners_maximum_count           = 20
        minimum_running_time_in_minutes = 15
        runner_boot_time_in_minutes     = 7
        first_job_time_in_minutes       = 20
        hard_limit_in_hours             = 24
        idle_config                     = [{ cron = "* * 9-17 * * 1-5", timeZone = "Europe/Berlin", idleCount = 2, evictionStrategy = "newest_first" }]
        pool_config                     = [{ schedule_expression = "cron(0 9 ? * MON-FRI *)", schedule_expression_timezone = "Europe/Berlin", size = 5 }]
        pool_runner_owner               = "acme/app"
        delay_webhook_event             = 0
        enable_job_queued_check         = true
        launches_per_hour_limit         = 100
        instance_types                  = ["c7i.xlarge", "c6i.xlarge"]
        instance_target_capacity_type   = "on-demand"
        enable_on_demand_failover       = true
        instance_allocation_strategy    = "prioritized"
        instance_max_spot_price         = "0.25"
        runner_ec2_tags                 = { cost = "builds" }
      }
      linux-arm = { runner_architecture = "arm64" }
    }
  }

  assert {
    condition     = jsondecode(file("tests/golden/several/deployment.json")) == jsondecode(module.control_plane.documents["config/deployment"])
    error_message = module.control_plane.documents["config/deployment"]
  }

  assert {
    condition     = jsondecode(file("tests/golden/several/fleets/every-field.json")) == jsondecode(module.control_plane.documents["config/fleets/every-field"])
    error_message = module.control_plane.documents["config/fleets/every-field"]
  }

  assert {
    condition     = jsondecode(file("tests/golden/several/fleets/linux-arm.json")) == jsondecode(module.control_plane.documents["config/fleets/linux-arm"])
    error_message = module.control_plane.documents["config/fleets/linux-arm"]
  }

  assert {
    condition     = jsondecode(file("tests/golden/several/matchers.json")) == jsondecode(join("", module.webhook.matchers))
    error_message = join("", module.webhook.matchers)
  }
}
