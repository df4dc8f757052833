locals {
  default_log_files = [
    { log_group_name = "messages", prefix_log_group = true, file_path = "/var/log/messages", log_stream_name = "{instance_id}" },
    { log_group_name = "user_data", prefix_log_group = true, file_path = "/var/log/user-data.log", log_stream_name = "{instance_id}" },
    { log_group_name = "host_agent", prefix_log_group = true, file_path = "/var/log/ci-runners/agent.log", log_stream_name = "{instance_id}" },
    { log_group_name = "runner", prefix_log_group = true, file_path = "/opt/actions-runner/_diag/Runner_**.log", log_stream_name = "{instance_id}" },
  ]
  log_files = [for file in(var.fleet.runner_log_files != null ? var.fleet.runner_log_files : local.default_log_files) : {
    file_path       = file.file_path
    log_group_name  = file.prefix_log_group ? "/github-self-hosted-runners/${var.deployment.prefix}/${var.name}/${file.log_group_name}" : file.log_group_name
    log_stream_name = file.log_stream_name
  }]

  # A configuration of one's own writes into these too: machines have rights to no others.
  collects   = var.fleet.enable_cloudwatch_agent
  log_groups = local.collects ? distinct(local.log_files[*].log_group_name) : []
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = toset(local.log_groups)

  name              = each.key
  retention_in_days = var.logging.retention_days
  kms_key_id        = var.logging.kms_key_arn
  tags              = local.tags
}

resource "aws_ssm_parameter" "cloudwatch_agent_config" {
  count = local.collects ? 1 : 0

  name        = local.agent_parameter
  description = "How the CloudWatch agent of fleet ${var.name} collects logs."
  type        = "String"
  tags        = local.tags

  value = var.fleet.cloudwatch_config != null ? var.fleet.cloudwatch_config : jsonencode({
    logs = { logs_collected = { files = { collect_list = local.log_files } } }
  })

  lifecycle {
    precondition {
      condition     = var.fleet.cloudwatch_config == null ? true : can(jsondecode(var.fleet.cloudwatch_config))
      error_message = "fleets.${var.name}.cloudwatch_config: is no JSON, which the CloudWatch agent wants: write it by jsonencode."
    }
  }
}
