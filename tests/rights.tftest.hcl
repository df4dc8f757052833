# Policies as the real provider renders them, held against tests/golden-policies: a change of a right is read there as a
# diff. Nothing reaches AWS: every resource is overridden, and policy documents are rendered on this machine.
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  skip_requesting_account_id  = true
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
  packages    = { "scale-up" = {}, "scale-down" = {}, "sweep" = {} }

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

run "a_machine" {
  command = apply

  module {
    source = "./modules/runners"
  }

  override_data {
    target = data.aws_subnet.this
    values = { vpc_id = "vpc-1", availability_zone = "eu-central-1a", arn = "arn:aws:ec2:eu-central-1:111111111111:subnet/subnet-1" }
  }

  override_data {
    target = data.aws_ami.this
    values = { id = "ami-1" }
  }

  override_resource {
    target = aws_iam_role.this
    values = { arn = "arn:aws:iam::111111111111:role/ci/ci-linux-runner-0a1b2c3d", unique_id = "AROAEXAMPLE123456789" }
  }

  override_resource {
    target = aws_iam_role_policy.this
  }

  override_resource {
    target = aws_iam_role_policy_attachment.managed
  }

  override_resource {
    target = aws_iam_role_policy_attachment.session_manager
  }

  override_resource {
    target = aws_iam_instance_profile.this
  }

  override_resource {
    target = aws_security_group.this
    values = { id = "sg-1" }
  }

  override_resource {
    target = aws_launch_template.this
    values = { id = "lt-1", arn = "arn:aws:ec2:eu-central-1:111111111111:launch-template/lt-1", latest_version = 3 }
  }

  override_resource {
    target = aws_cloudwatch_log_group.this
    values = { arn = "arn:aws:logs:eu-central-1:111111111111:log-group:logs-of-machines" }
  }

  override_resource {
    target = aws_ssm_parameter.cloudwatch_agent_config
  }

  assert {
    condition     = jsondecode(file("tests/golden-policies/runner.json")) == jsondecode(output.policy)
    error_message = output.policy
  }

  # As the CloudWatch agent reads it: a list of files, each with its group and stream.
  assert {
    condition = { for file in jsondecode(aws_ssm_parameter.cloudwatch_agent_config[0].value).logs.logs_collected.files.collect_list : file.file_path => "${file.log_group_name} ${file.log_stream_name}" } == {
      for path, group in {
        "/var/log/messages"                       = "messages"
        "/var/log/user-data.log"                  = "user_data"
        "/var/log/ci-runners/agent.log"           = "host_agent"
        "/opt/actions-runner/_diag/Runner_**.log" = "runner"
      } : path => "/github-self-hosted-runners/ci/linux/${group} {instance_id}"
    }
    error_message = "The CloudWatch agent collects other files, or into other groups."
  }
}

run "the_webhook" {
  command = apply

  module {
    source = "./modules/webhook"
  }

  override_resource {
    target = aws_ssm_parameter.matchers
  }

  override_resource {
    target = aws_lambda_permission.this
  }

  override_resource {
    target = aws_apigatewayv2_api.this
    values = { execution_arn = "arn:aws:execute-api:eu-central-1:111111111111:abc" }
  }

  override_resource {
    target = aws_apigatewayv2_integration.this
  }

  override_resource {
    target = aws_apigatewayv2_route.this
  }

  override_resource {
    target = aws_apigatewayv2_stage.this
  }

  override_module {
    target = module.function
    outputs = {
      function_name = "ci-webhook"
      function_arn  = "arn:aws:lambda:eu-central-1:111111111111:function:ci-webhook"
      role_arn      = "arn:aws:iam::111111111111:role/ci/ci-webhook"
    }
  }

  assert {
    condition     = jsondecode(file("tests/golden-policies/webhook.json")) == jsondecode(output.policy)
    error_message = output.policy
  }
}

run "the_control_plane" {
  command = apply

  module {
    source = "./modules/control-plane"
  }

  override_resource {
    target = aws_dynamodb_table.ledger
    values = { arn = "arn:aws:dynamodb:eu-central-1:111111111111:table/ci-ledger" }
  }

  override_resource {
    target = aws_dynamodb_table.hosts
    values = { arn = "arn:aws:dynamodb:eu-central-1:111111111111:table/ci-hosts" }
  }

  override_resource {
    target = aws_sqs_queue.requests
    values = { arn = "arn:aws:sqs:eu-central-1:111111111111:ci-queued-builds", url = "https://sqs.eu-central-1.amazonaws.com/111111111111/ci-queued-builds" }
  }

  override_resource {
    target = aws_sqs_queue.dead_letters
    values = { arn = "arn:aws:sqs:eu-central-1:111111111111:ci-queued-builds_dead_letter", url = "https://sqs.eu-central-1.amazonaws.com/111111111111/ci-queued-builds_dead_letter" }
  }

  override_resource {
    target = aws_sqs_queue_redrive_allow_policy.dead_letters
  }

  override_resource {
    target = aws_ssm_parameter.documents
  }

  override_resource {
    target = aws_lambda_event_source_mapping.requests
  }

  override_resource {
    target = aws_cloudwatch_event_rule.triggers
    values = { arn = "arn:aws:events:eu-central-1:111111111111:rule/ci-trigger" }
  }

  override_resource {
    target = aws_cloudwatch_event_target.triggers
  }

  override_resource {
    target = aws_lambda_permission.triggers
  }

  override_module {
    target = module.functions
    outputs = {
      function_name = "ci-function"
      function_arn  = "arn:aws:lambda:eu-central-1:111111111111:function:ci-function"
      role_arn      = "arn:aws:iam::111111111111:role/ci/ci-function"
    }
  }

  assert {
    condition     = jsondecode(file("tests/golden-policies/scale-up.json")) == jsondecode(output.policies["scale-up"])
    error_message = output.policies["scale-up"]
  }

  assert {
    condition     = jsondecode(file("tests/golden-policies/scale-down.json")) == jsondecode(output.policies["scale-down"])
    error_message = output.policies["scale-down"]
  }

  assert {
    condition     = jsondecode(file("tests/golden-policies/sweep.json")) == jsondecode(output.policies["sweep"])
    error_message = output.policies["sweep"]
  }
}
