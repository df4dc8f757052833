data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

data "aws_partition" "current" {}

locals {
  # Of the module and of its functions: they are published together.
  version = "0.1.0"

  deployment = {
    prefix         = var.prefix
    suffix         = substr(sha256("${data.aws_caller_identity.current.account_id}/${data.aws_region.current.id}/${var.prefix}"), 0, 8)
    region         = data.aws_region.current.id
    account_id     = data.aws_caller_identity.current.account_id
    partition      = data.aws_partition.current.partition
    parameter_root = "/${var.parameter_root}/${var.prefix}"
    version        = local.version
    tags           = merge({ "ghr:environment" = var.prefix }, var.tags)
  }

  # What any fleet may override.
  defaults = {
    enabled                              = var.enabled
    priority                             = var.priority
    runner_extra_labels                  = var.runner_extra_labels
    runner_os                            = var.runner_os
    runner_architecture                  = var.runner_architecture
    runner_group_name                    = var.runner_group_name
    enable_organization_runners          = var.enable_organization_runners
    runner_owners                        = var.runner_owners
    enable_ephemeral_runners             = var.enable_ephemeral_runners
    runners_maximum_count                = var.runners_maximum_count
    minimum_running_time_in_minutes      = var.minimum_running_time_in_minutes
    runner_boot_time_in_minutes          = var.runner_boot_time_in_minutes
    first_job_time_in_minutes            = var.first_job_time_in_minutes
    hard_limit_in_hours                  = var.hard_limit_in_hours
    idle_config                          = var.idle_config
    pool_config                          = var.pool_config
    pool_runner_owner                    = var.pool_runner_owner
    delay_webhook_event                  = var.delay_webhook_event
    enable_job_queued_check              = var.enable_job_queued_check
    launches_per_hour_limit              = var.launches_per_hour_limit
    instance_types                       = var.instance_types
    instance_target_capacity_type        = var.instance_target_capacity_type
    enable_on_demand_failover            = var.enable_on_demand_failover
    instance_allocation_strategy         = var.instance_allocation_strategy
    instance_max_spot_price              = var.instance_max_spot_price
    vpc_id                               = var.vpc_id
    subnet_ids                           = var.subnet_ids
    associate_public_ipv4_address        = var.associate_public_ipv4_address
    ami_filter                           = var.ami_filter
    ami_owners                           = var.ami_owners
    ami_id_ssm_parameter_name            = var.ami_id_ssm_parameter_name
    block_device_mappings                = var.block_device_mappings
    key_name                             = var.key_name
    metadata_options                     = var.metadata_options
    enable_runner_detailed_monitoring    = var.enable_runner_detailed_monitoring
    enable_managed_runner_security_group = var.enable_managed_runner_security_group
    runner_additional_security_group_ids = var.runner_additional_security_group_ids
    egress_rules                         = var.egress_rules
    runner_iam_role_managed_policy_arns  = var.runner_iam_role_managed_policy_arns
    iam_overrides                        = var.iam_overrides
    runner_ec2_tags                      = var.runner_ec2_tags
    overrides                            = var.overrides
    enable_ssm_on_runners                = var.enable_ssm_on_runners
    enable_cloudwatch_agent              = var.enable_cloudwatch_agent
    cloudwatch_config                    = var.cloudwatch_config
    runner_log_files                     = var.runner_log_files
    enabled_userdata                     = var.enabled_userdata
    userdata_template                    = var.userdata_template
    userdata_pre_install                 = var.userdata_pre_install
    userdata_post_install                = var.userdata_post_install
    enable_user_data_debug_logging       = var.enable_user_data_debug_logging
    runner_run_as                        = var.runner_run_as
    runner_as_root                       = var.runner_as_root
    runner_package                       = var.runner_package
    block_imds_for_jobs                  = var.block_imds_for_jobs
  }
  fleet_fields      = keys(local.defaults)
  fleet_field_pairs = { for field in local.fleet_fields : field => toset([for at in range(length(field) - 1) : substr(field, at, 2)]) }

  # Fields of a fleet that have fields of their own.
  parts_of_fields = {
    idle_config           = ["cron", "timeZone", "idleCount", "evictionStrategy"]
    pool_config           = ["schedule_expression", "schedule_expression_timezone", "size"]
    block_device_mappings = ["device_name", "delete_on_termination", "encrypted", "iops", "kms_key_id", "snapshot_id", "throughput", "volume_size", "volume_type"]
    metadata_options      = ["http_endpoint", "http_tokens", "http_put_response_hop_limit", "instance_metadata_tags"]
    egress_rules          = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "from_port", "protocol", "security_groups", "self", "to_port", "description"]
    iam_overrides         = ["instance_profile_name", "runner_role_name"]
    overrides             = ["name_runner", "name_sg"]
    runner_log_files      = ["log_group_name", "prefix_log_group", "file_path", "log_stream_name"]
    runner_package        = ["uri", "sha256"]
  }

  dist     = var.lambda_dist_path != null ? var.lambda_dist_path : "${path.module}/lambdas/dist"
  manifest = fileexists("${local.dist}/manifest.json") ? jsondecode(file("${local.dist}/manifest.json")) : null
  zipped   = ["webhook", "scale-up", "scale-down", "sweep"]
  packages = {
    for function in local.zipped : function => {
      zip               = var.lambda_s3_bucket == null ? "${local.dist}/${function}.zip" : null
      sha256_base64     = var.lambda_s3_bucket == null ? null : data.aws_s3_object.package[function].checksum_sha256
      sha256            = var.lambda_s3_bucket == null ? try(local.manifest.files["${function}.zip"].sha256, null) : null
      s3_bucket         = var.lambda_s3_bucket
      s3_key            = var.lambda_s3_bucket == null ? null : local.s3_keys[function]
      s3_object_version = lookup(var.lambda_s3_object_versions, function, null)
    }
  }

  s3_keys = merge(
    { for function in local.zipped : function => "${function}.zip" },
    { manifest = "manifest.json", host-agent = "host-agent.js" },
    var.lambda_s3_keys,
  )
  s3_manifest = var.lambda_s3_bucket == null ? null : try(jsondecode(data.aws_s3_object.manifest[0].body), null)

  # A release carries the program that makes a machine a runner; without one, images bring it.
  host_agent_path = "${local.dist}/host-agent.js"
  host_agent = var.lambda_s3_bucket != null || !fileexists(local.host_agent_path) ? null : {
    path   = local.host_agent_path
    sha256 = filesha256(local.host_agent_path)
  }
  agent = var.lambda_s3_bucket == null ? one(module.runner_binaries[*].host_agent) : try({
    bucket     = var.lambda_s3_bucket
    bucket_arn = "arn:${local.deployment.partition}:s3:::${var.lambda_s3_bucket}"
    key        = one(data.aws_s3_objects.host_agent[*].prefix)
    sha256     = local.s3_manifest.files["host-agent.js"].sha256
  }, null)

  platform = {
    runtime              = var.lambda_runtime
    architecture         = var.lambda_architecture
    log_retention_days   = var.logging_retention_in_days
    log_kms_key_arn      = var.logging_kms_key_id
    role_path            = local.role_path
    permissions_boundary = var.role_permissions_boundary
    subnet_ids           = var.lambda_subnet_ids
    security_group_ids   = var.lambda_security_group_ids
    tracing_mode         = var.tracing_mode
    ca_certificates      = var.lambda_ca_certificates
  }
  role_path = var.role_path != null ? var.role_path : "/${var.prefix}/"
  keys = {
    parameter_key_arn = var.kms_key_arn
    table_key_arn     = var.table_kms_key_arn
    queue_key_arn     = var.queue_kms_key_arn
  }

  has_previous_secret = nonsensitive(var.github_app.previous_webhook_secret != null || var.github_app.previous_webhook_secret_ssm != null)
}

# What stands in a bucket is held against the manifest beside it, as the zips of this machine are against theirs.
data "aws_s3_object" "manifest" {
  count = var.lambda_s3_bucket == null ? 0 : 1

  bucket     = var.lambda_s3_bucket
  key        = local.s3_keys["manifest"]
  version_id = lookup(var.lambda_s3_object_versions, "manifest", null)

  lifecycle {
    postcondition {
      condition     = try(jsondecode(self.body).version, null) == local.version
      error_message = "lambda_s3_bucket: s3://${self.bucket}/${self.key} is of version ${try(jsondecode(self.body).version, "unknown")}, and the module is ${local.version}: upload manifest.json and the zips of one release, the manifest as application/json."
    }
  }
}

data "aws_s3_object" "package" {
  for_each = var.lambda_s3_bucket == null ? [] : toset(local.zipped)

  bucket        = var.lambda_s3_bucket
  key           = local.s3_keys[each.key]
  version_id    = lookup(var.lambda_s3_object_versions, each.key, null)
  checksum_mode = "ENABLED"

  lifecycle {
    postcondition {
      condition     = self.checksum_sha256 == try(local.s3_manifest.files["${each.key}.zip"].sha256Base64, "")
      error_message = "lambda_s3_bucket: s3://${self.bucket}/${self.key} is not the one that its manifest was written for, or S3 knows no checksum of it: upload all of one release by `aws s3 cp --checksum-algorithm SHA256`."
    }
  }
}

# Its content is compared by each machine that fetches it.
data "aws_s3_objects" "host_agent" {
  count = var.lambda_s3_bucket == null ? 0 : 1

  bucket   = var.lambda_s3_bucket
  prefix   = local.s3_keys["host-agent"]
  max_keys = 1

  lifecycle {
    postcondition {
      condition     = contains(self.keys, self.prefix) || !can(local.s3_manifest.files["host-agent.js"])
      error_message = "lambda_s3_bucket: s3://${self.bucket}/${self.prefix} is not there, which machines fetch when they boot: upload all of one release, host-agent.js as well."
    }
  }
}

module "secrets" {
  source = "./modules/secrets"

  parameter_root = local.deployment.parameter_root
  kms_key_arn    = var.kms_key_arn
  tags           = local.deployment.tags

  apps = concat(
    [{
      id             = var.github_app.id
      key_base64     = var.github_app.key_base64
      id_ssm         = var.github_app.id_ssm
      key_base64_ssm = var.github_app.key_base64_ssm
    }],
    var.additional_github_apps,
  )

  webhook_secrets = merge(
    { webhook_secret = { value = var.github_app.webhook_secret, ssm = var.github_app.webhook_secret_ssm } },
    local.has_previous_secret ? {
      previous_webhook_secret = { value = var.github_app.previous_webhook_secret, ssm = var.github_app.previous_webhook_secret_ssm }
    } : {},
  )
}

module "runner_binaries" {
  source = "./modules/runner-binaries"
  count  = local.host_agent != null ? 1 : 0

  name       = "${var.prefix}-binaries-${local.deployment.suffix}"
  host_agent = local.host_agent
  tags       = local.deployment.tags
}

module "fleet" {
  source   = "./modules/_fleet"
  for_each = var.fleets

  name             = each.key
  prefix           = var.prefix
  fleet            = each.value
  defaults         = local.defaults
  deployment_limit = var.all_runners_maximum_count
  tags             = var.tags
}

locals {
  # The same for two fleets of which one would never get a job.
  meanings = { for name, fleet in module.fleet : name => jsonencode([
    sort([for label in fleet.matcher.labels : lower(label)]), fleet.matcher.scope, sort([for owner in fleet.matcher.owners : lower(owner)]),
  ]) }
  twins = flatten([for place, name in keys(local.meanings) : [
    for other in slice(keys(local.meanings), 0, place) :
    "fleets.${name}.runner_extra_labels: its labels, owners and scope are those of fleet ${other}, so that one of them would never get a job: give it a label of its own."
    if local.meanings[other] == local.meanings[name]
  ]])
}

module "runners" {
  source   = "./modules/runners"
  for_each = module.fleet

  name        = each.key
  fleet       = each.value.fleet
  document    = each.value.document
  deployment  = local.deployment
  hosts_table = module.control_plane.hosts_table
  agent       = local.agent
  keys        = local.keys

  iam = {
    role_path             = local.role_path
    instance_profile_path = var.instance_profile_path != null ? var.instance_profile_path : "/${var.prefix}/"
    permissions_boundary  = var.role_permissions_boundary
  }

  logging = {
    retention_days = var.logging_retention_in_days
    kms_key_arn    = var.logging_kms_key_id
  }
}

locals {
  log_groups = flatten(values(module.runners)[*].log_groups)
}

module "control_plane" {
  source = "./modules/control-plane"

  deployment = local.deployment
  packages   = local.packages
  platform   = local.platform

  forge = {
    url                     = var.ghes_url != null ? trimsuffix(var.ghes_url, "/") : "https://github.com"
    apps                    = module.secrets.apps
    webhook_secret          = module.secrets.webhook_secret
    previous_webhook_secret = module.secrets.previous_webhook_secret
  }

  fleets = {
    for name, runners in module.runners : name => merge(runners.launch, { document = runners.document })
  }

  settings = {
    runners_maximum_count = var.all_runners_maximum_count
    repository_allow_list = var.repository_white_list
    time_scale            = var.time_scale
    log_level             = var.log_level
    metrics_namespace     = var.metrics_namespace
  }

  functions = {
    scale_up_timeout_seconds              = var.lambda_timeout_scale_up
    scale_up_memory_megabytes             = var.lambda_memory_size
    scale_up_maximum_concurrency          = var.scale_up_maximum_concurrency
    scale_down_timeout_seconds            = var.lambda_timeout_scale_down
    scale_down_memory_megabytes           = var.lambda_memory_size
    scale_down_schedule_expression        = var.scale_down_schedule_expression
    sweep_memory_megabytes                = var.lambda_memory_size
    sweep_schedule_expression             = var.sweep_schedule_expression
    create_spot_service_linked_role_right = var.create_service_linked_role_spot
  }

  storage = {
    deletion_protection       = var.deletion_protection
    table_key_arn             = var.table_kms_key_arn
    queue_key_arn             = var.queue_kms_key_arn
    parameter_key_arn         = var.kms_key_arn
    message_retention_seconds = var.job_queue_retention_in_seconds
  }
}

module "webhook" {
  source = "./modules/webhook"

  deployment       = local.deployment
  document         = module.control_plane.document
  matchers         = { for name, fleet in module.fleet : name => fleet.matcher }
  secrets          = concat([module.secrets.webhook_secret], local.has_previous_secret ? [module.secrets.previous_webhook_secret] : [])
  ledger_table_arn = module.control_plane.ledger_table.arn
  queue_arn        = module.control_plane.queue.arn
  keys             = local.keys
  parameter_tier   = var.matcher_config_parameter_store_tier
  package          = local.packages["webhook"]
  platform         = local.platform
  access_log       = var.webhook_lambda_apigateway_access_log_settings

  function = {
    timeout_seconds  = var.webhook_lambda_timeout
    memory_megabytes = var.webhook_lambda_memory_size
  }
}

# Destroyed before anything that a fleet needs to come to its end: its delete is a call that lets everybody go, and fails
# by naming who still works.
resource "aws_lambda_invocation" "drain" {
  for_each = toset(keys(var.fleets))

  function_name   = module.control_plane.functions["drain"].name
  lifecycle_scope = "CRUD"

  input = jsonencode({
    fleet        = each.key
    force        = var.force_destroy
    limitMinutes = var.drain_limit_in_minutes
  })

  depends_on = [module.secrets, module.runner_binaries, module.runners, module.control_plane, module.webhook]
}

module "monitoring" {
  source = "./modules/monitoring"

  prefix                    = var.prefix
  suffix                    = local.deployment.suffix
  region                    = local.deployment.region
  namespace                 = var.metrics_namespace
  fleets                    = keys(var.fleets)
  alarms                    = var.alarms
  actions                   = var.alarm_actions
  waiting_job_limit_seconds = var.waiting_job_limit_in_seconds
  dashboard                 = var.enable_dashboard
  tags                      = local.deployment.tags

  queue_names = {
    requests     = module.control_plane.queue.name
    dead_letters = module.control_plane.queue.dead_letter_name
  }
}
