# Every input of the root module that refuses something. The sentences of fleets are in fleet.tftest.hcl. Many inputs are wrong at once, as each run costs seconds.
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

run "each_input_refuses_what_it_cannot_be" {
  command = plan

  variables {
    # A misspelt field of a fleet is refused.
    fleets = { linux = { instance_type = ["m7i.large"] } }
    # A long prefix is refused.
    prefix = "a-prefix-that-is-longer-than-any-name-can-bear"
    # An app without id is refused.
    github_app = { key_base64 = "k", webhook_secret = "s" }
    # Our own tags are refused.
    tags = { "ghr:environment" = "mine" }
    # Half an additional app is refused.
    additional_github_apps = [{ id = "2" }]
    # An address with a path is refused.
    ghes_url = "https://ghe.example.com/api/v3"
    # A misshapen repository is refused.
    repository_white_list = ["https://github.com/acme"]
    # A broken limit for all is refused.
    all_runners_maximum_count = -2
    # A retention that cloudwatch lacks is refused.
    logging_retention_in_days = 10
    # An unknown log level is refused.
    log_level = "silly"
    # A misshapen namespace is refused.
    metrics_namespace = "with spaces"
    # An unknown tracing mode is refused.
    tracing_mode = "On"
    # A retention beyond the queue is refused.
    job_queue_retention_in_seconds = 1209601
    # A root with slashes at its ends is refused.
    parameter_root = "/ci/"
    # An unknown tier is refused.
    matcher_config_parameter_store_tier = "Premium"
    # A key of no function is refused.
    lambda_s3_keys = { runners = "runners.zip" }
    # A version of no function is refused.
    lambda_s3_object_versions = { runners = "1" }
    # An old runtime is refused.
    lambda_runtime = "nodejs16.x"
    # An unknown architecture of functions is refused.
    lambda_architecture = "x64"
    # Subnets without security groups are refused.
    lambda_subnet_ids = ["subnet-1"]
    # A path is no certificate.
    lambda_ca_certificates = "/etc/ssl/ca.pem"
    # A webhook slower than its api is refused.
    webhook_lambda_timeout = 30
    # A scale up longer than its launches is refused.
    lambda_timeout_scale_up = 300
    # A scale down without time is refused.
    lambda_timeout_scale_down = 5
    # Functions without memory are refused.
    lambda_memory_size = 128
    # One scale up at a time is refused.
    scale_up_maximum_concurrency = 1
    # A crontab is no schedule of eventbridge.
    scale_down_schedule_expression = "*/5 * * * *"
    # A sweep without schedule is refused.
    sweep_schedule_expression = "hourly"
    # A time that runs backwards is refused.
    time_scale = 0
    # A drain longer than a function may run is refused.
    drain_limit_in_minutes = 15
    # A limit of seconds would ring at every boot.
    waiting_job_limit_in_seconds = 5
    # An alarm that there is not is refused.
    alarms = { dead_leters = false }
    # A path without slashes at its ends is refused.
    role_path             = "ci"
    instance_profile_path = "/ci"
    # A name is no boundary.
    role_permissions_boundary = "boundary"
    # Neither an id nor an alias of a key is its arn.
    kms_key_arn        = "alias/mine"
    table_kms_key_arn  = "0123-4567"
    queue_kms_key_arn  = "arn:aws:kms:eu-central-1:111111111111:alias/mine"
    logging_kms_key_id = "alias/mine"
  }

  expect_failures = [
    var.fleets,
    var.prefix,
    var.tags,
    var.github_app,
    var.additional_github_apps,
    var.ghes_url,
    var.repository_white_list,
    var.all_runners_maximum_count,
    var.logging_retention_in_days,
    var.log_level,
    var.metrics_namespace,
    var.tracing_mode,
    var.job_queue_retention_in_seconds,
    var.parameter_root,
    var.matcher_config_parameter_store_tier,
    var.lambda_s3_keys,
    var.lambda_s3_object_versions,
    var.lambda_runtime,
    var.lambda_architecture,
    var.lambda_subnet_ids,
    var.lambda_ca_certificates,
    var.webhook_lambda_timeout,
    var.drain_limit_in_minutes,
    var.lambda_timeout_scale_up,
    var.lambda_timeout_scale_down,
    var.lambda_memory_size,
    var.scale_up_maximum_concurrency,
    var.scale_down_schedule_expression,
    var.sweep_schedule_expression,
    var.time_scale,
    var.waiting_job_limit_in_seconds,
    var.alarms,
    var.role_path,
    var.instance_profile_path,
    var.role_permissions_boundary,
    var.kms_key_arn,
    var.table_kms_key_arn,
    var.queue_kms_key_arn,
    var.logging_kms_key_id,
  ]
}

run "another_wrong_value_is_refused" {
  command = plan

  variables {
    # No fleets are refused.
    fleets = {}
    # A client id is refused.
    github_app = { id = "Iv1.abc", key_base64 = "k", webhook_secret = "s" }
    # An unknown forge is refused.
    ghes_url = "https://gitlab.com"
  }

  expect_failures = [
    var.fleets,
    var.github_app,
    var.ghes_url,
  ]
}

run "a_third_one_is_refused" {
  command = plan

  variables {
    # An app without key is refused.
    github_app = { id = "1", webhook_secret = "s" }
    # A misspelt field within a field is refused.
    fleets = { linux = { metadata_options = { http_token = "optional" }, idle_config = [{ cron = "* * * * *", idleCount = 1, timezone = "UTC" }] } }
  }

  expect_failures = [
    var.github_app,
    var.fleets,
  ]
}

run "a_fourth_one_is_refused" {
  command = plan

  variables {
    # An app without secret is refused.
    github_app = { id = "1", key_base64 = "k" }
  }

  expect_failures = [
    var.github_app,
  ]
}

run "a_fifth_one_is_refused" {
  command = plan

  variables {
    # An ARN is no name of a parameter.
    additional_github_apps = [{ id = "2", key_base64_ssm = { name = "arn:aws:ssm:eu-central-1:111111111111:parameter/key", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/key" } }]
    # A secret by value and by name is refused.
    github_app = { id = "1", key_base64 = "k", webhook_secret = "s", previous_webhook_secret = "s", previous_webhook_secret_ssm = { name = "/n", arn = "arn:n" } }
  }

  expect_failures = [
    var.github_app,
    var.additional_github_apps,
  ]
}
