# What is refused only once the parts of the module meet.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name = "linux"
  deployment = {
    prefix         = "ci"
    suffix         = "0a1b2c3d"
    region         = "eu-central-1"
    account_id     = "111111111111"
    partition      = "aws"
    parameter_root = "/github-action-runners/ci"
    version        = "0.1.0"
    tags           = {}
  }
  hosts_table = { name = "ci-hosts", arn = "arn:aws:dynamodb:eu-central-1:111111111111:table/ci-hosts" }
  document    = { repositoryAllowList = [], forge = { kind = "github" } }
  matchers    = { linux = { labels = ["linux"] } }
  secrets     = [{ name = "/mine/secret", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/secret" }]
  package     = { s3_bucket = "code", s3_key = "webhook.zip" }
  packages    = { for function in ["scale-up", "scale-down", "sweep"] : function => { s3_bucket = "code", s3_key = "${function}.zip" } }

  ledger_table_arn = "arn:aws:dynamodb:eu-central-1:111111111111:table/ci-ledger"
  queue_arn        = "arn:aws:sqs:eu-central-1:111111111111:ci-queued-builds"

  keys = {
    parameter_key_arn = "arn:aws:kms:eu-central-1:111111111111:key/parameters"
    table_key_arn     = "arn:aws:kms:eu-central-1:111111111111:key/tables"
    queue_key_arn     = "arn:aws:kms:eu-central-1:111111111111:key/queue"
  }
  storage = {
    parameter_key_arn = "arn:aws:kms:eu-central-1:111111111111:key/parameters"
    table_key_arn     = "arn:aws:kms:eu-central-1:111111111111:key/tables"
    queue_key_arn     = "arn:aws:kms:eu-central-1:111111111111:key/queue"
  }
  functions = { create_spot_service_linked_role_right = true }

  agent = { bucket = "ci-binaries", bucket_arn = "arn:aws:s3:::ci-binaries", key = "host-agent/0123.js", sha256 = "0123" }

  forge = {
    url            = "https://github.com"
    apps           = [{ id = { name = "/mine/id", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/id" }, key = { name = "/mine/key", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/key" } }]
    webhook_secret = { name = "/mine/secret", arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mine/secret" }
  }

  fleets = {
    linux = {
      document             = "{}"
      launch_template_arn  = "arn:aws:ec2:eu-central-1:111111111111:launch-template/lt-1"
      role_arn             = "arn:aws:iam::111111111111:role/ci/ci-linux-runner-0a1b2c3d"
      subnet_arns          = ["arn:aws:ec2:eu-central-1:111111111111:subnet/subnet-1"]
      security_group_arns  = ["arn:aws:ec2:eu-central-1:111111111111:security-group/sg-1"]
      image_parameter_arns = ["arn:aws:ssm:eu-central-1:111111111111:parameter/images/ci"]
      volume_key_arns      = ["arn:aws:kms:eu-central-1:111111111111:key/volumes"]
      key_pair_arns        = ["arn:aws:ec2:eu-central-1:111111111111:key-pair/ops"]
    }
  }

  fleet = {
    runner_architecture                  = "x64"
    enabled_userdata                     = true
    userdata_template                    = null
    userdata_pre_install                 = ""
    userdata_post_install                = ""
    enable_user_data_debug_logging       = false
    runner_run_as                        = "ec2-user"
    runner_as_root                       = false
    hard_limit_in_hours                  = 144
    runner_package                       = null
    block_imds_for_jobs                  = false
    vpc_id                               = "vpc-1"
    subnet_ids                           = ["subnet-1"]
    associate_public_ipv4_address        = false
    ami_filter                           = { name = ["al2023-*"] }
    ami_owners                           = ["amazon"]
    ami_id_ssm_parameter_name            = null
    block_device_mappings                = []
    key_name                             = null
    metadata_options                     = { http_endpoint = "enabled", http_tokens = "required", http_put_response_hop_limit = 1, instance_metadata_tags = "disabled" }
    enable_runner_detailed_monitoring    = false
    enable_managed_runner_security_group = true
    runner_additional_security_group_ids = []
    egress_rules                         = []
    runner_iam_role_managed_policy_arns  = []
    iam_overrides                        = { instance_profile_name = null, runner_role_name = null }
    overrides                            = { name_runner = null, name_sg = null }
    enable_ssm_on_runners                = false
    enable_cloudwatch_agent              = true
    cloudwatch_config                    = null
    runner_log_files                     = null
    instance_allocation_strategy         = "price-capacity-optimized"
    instance_max_spot_price              = null
    machine_tags                         = {}
    problems                             = []
  }
}

run "given" {
  command = apply

  module {
    source = "./tests/fixtures/given"
  }
}

run "a_subnet_of_another_vpc_is_refused" {
  command = plan

  module {
    source = "./modules/runners"
  }

  override_data {
    target = data.aws_subnet.this
    values = { vpc_id = "vpc-2" }
  }

  expect_failures = [data.aws_subnet.this]
}

run "a_fleet_with_problems_is_refused" {
  command = plan

  module {
    source = "./modules/runners"
  }

  variables {
    fleet = merge(run.given.fleet, { problems = ["fleets.linux.subnet_ids: is empty."] })
  }

  expect_failures = [var.fleet]
}

run "a_boot_script_that_ec2_would_refuse_is_refused" {
  command = plan

  module {
    source = "./modules/runners"
  }

  # Its length is known at plan where the role's id is.
  variables {
    fleet = merge(run.given.fleet, {
      iam_overrides         = { instance_profile_name = null, runner_role_name = "mine" }
      userdata_post_install = join("\n", [for line in range(600) : "# ${sha256(line)}"])
    })
  }

  expect_failures = [aws_launch_template.this]
}

run "a_key_that_no_right_can_name_and_a_configuration_that_no_agent_reads_are_refused" {
  command = plan

  module {
    source = "./modules/runners"
  }

  variables {
    fleet = merge(run.given.fleet, {
      cloudwatch_config     = "collect: everything"
      block_device_mappings = [{ device_name = "/dev/xvda", delete_on_termination = true, encrypted = true, iops = null, kms_key_id = "alias/mine", snapshot_id = null, throughput = null, volume_size = 30, volume_type = "gp3" }]
    })
  }

  expect_failures = [aws_launch_template.this, aws_ssm_parameter.cloudwatch_agent_config]
}

run "a_document_that_no_parameter_holds_is_refused" {
  command = plan

  module {
    source = "./modules/control-plane"
  }

  variables {
    fleets = { linux = merge(run.given.fleets.linux, { document = join("", [for line in range(1024) : "nine-more"]) }) }
  }

  expect_failures = [aws_ssm_parameter.documents]
}

run "more_fleets_than_an_environment_has_room_for_are_refused" {
  command = plan

  module {
    source = "./modules/control-plane"
  }

  variables {
    fleets = { for number in range(80) : "a-fleet-of-${number}" => run.given.fleets.linux }
  }

  expect_failures = [var.fleets]
}

run "rights_that_no_role_takes_are_refused" {
  command = plan

  module {
    source = "./modules/lambda"
  }

  variables {
    name            = "ci-scale-up"
    role_name       = "ci-scale-up-0a1b2c3d"
    description     = "A function."
    timeout_seconds = 10
    policy          = jsonencode({ Version = "2012-10-17", Statement = [for number in range(150) : { Effect = "Allow", Action = "sqs:SendMessage", Resource = "queue-${number}" }] })
  }

  expect_failures = [aws_iam_role_policy.this]
}

run "matchers_that_one_call_does_not_read_are_refused" {
  command = plan

  module {
    source = "./modules/webhook"
  }

  variables {
    matchers = { linux = { labels = [for label in range(1000) : "a-label-of-forty-characters-or-a-few-more-${label}"] } }
  }

  expect_failures = [aws_ssm_parameter.matchers]
}
