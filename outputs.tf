output "webhook_endpoint" {
  description = "What to write into the App as its webhook URL."
  value       = module.webhook.endpoint
}

output "runs_on" {
  description = "By fleet: the line of a workflow that its runners answer."
  # In quotes what YAML would read as a number, a truth or a part of its own.
  value = { for name, fleet in module.fleet : name => "runs-on: [${join(", ", [
    for label in fleet.fleet.labels : can(regex("^[A-Za-z_][A-Za-z0-9_.-]*$", label)) && !contains(["true", "false", "null", "yes", "no", "on", "off", "y", "n"], lower(label)) ? label : jsonencode(label)
  ])}]" }

  precondition {
    condition     = length(local.twins) == 0
    error_message = join("\n", local.twins)
  }
}

output "webhook" {
  description = "Endpoint and id of the API, and the function before which it stands."
  value = {
    endpoint = module.webhook.endpoint
    api_id   = module.webhook.api_id
    function = module.webhook.function
  }
}

output "lambda_scale_up" {
  description = "Name, ARN and log group of scale-up."
  value       = { for key in ["name", "arn", "log_group"] : key => module.control_plane.functions["scale-up"][key] }
}

output "lambda_scale_down" {
  description = "Name, ARN and log group of scale-down."
  value       = { for key in ["name", "arn", "log_group"] : key => module.control_plane.functions["scale-down"][key] }
}

output "lambda_sweep" {
  description = "Name, ARN and log group of the sweep."
  value       = { for key in ["name", "arn", "log_group"] : key => module.control_plane.functions["sweep"][key] }
}

output "role_scale_up" {
  description = "Name and ARN of the role of scale-up."
  value       = { name = module.control_plane.functions["scale-up"].role_name, arn = module.control_plane.functions["scale-up"].role_arn }
}

output "role_scale_down" {
  description = "Name and ARN of the role of scale-down."
  value       = { name = module.control_plane.functions["scale-down"].role_name, arn = module.control_plane.functions["scale-down"].role_arn }
}

output "role_sweep" {
  description = "Name and ARN of the role of the sweep."
  value       = { name = module.control_plane.functions["sweep"].role_name, arn = module.control_plane.functions["sweep"].role_arn }
}

output "launch_template" {
  description = "By fleet: id, name, ARN and newest version of its launch template."
  value       = { for name, runners in module.runners : name => runners.launch_template }
}

output "role_runner" {
  description = "By fleet: name, ARN and unique id of its machines' role."
  value       = { for name, runners in module.runners : name => runners.role }
}

output "runner_policies" {
  description = "By fleet: what its machines must be allowed to do, for a role of your own."
  value       = { for name, runners in module.runners : name => runners.policy }
}

output "security_group_ids" {
  description = "By fleet: id of the security group that was made; null: none was."
  value       = { for name, runners in module.runners : name => runners.security_group_id }
}

output "runners_log_groups" {
  description = "By fleet: names of the log groups of its machines' logs."
  value       = { for name, runners in module.runners : name => runners.log_groups }

  precondition {
    condition     = length(distinct(local.log_groups)) == length(local.log_groups)
    error_message = "runner_log_files: two fleets want to make the log group ${join(" and ", [for group in distinct(local.log_groups) : group if length([for other in local.log_groups : other if other == group]) > 1])}: leave prefix_log_group at true, or name one for each fleet."
  }
}

output "queues" {
  description = "ARN and URL of the queue of requests, and of its dead letters."
  value = {
    build_queue_arn     = module.control_plane.queue.arn
    build_queue_url     = module.control_plane.queue.url
    build_queue_dlq_arn = module.control_plane.queue.dead_letter_arn
    build_queue_dlq_url = module.control_plane.queue.dead_letter_url
  }
}

output "tables" {
  description = "Name and ARN of the ledger, and of the table of hosts."
  value = {
    ledger = module.control_plane.ledger_table
    hosts  = module.control_plane.hosts_table
  }
}

output "ssm_parameters" {
  description = "Name and ARN of the parameters with the Apps' ids and keys, and the webhook's secret."
  value = {
    apps           = module.secrets.apps
    webhook_secret = module.secrets.webhook_secret
  }
}

output "alarms" {
  description = "By name: ARN of each alarm."
  value       = module.monitoring.alarm_arns
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard; null: there is none."
  value       = module.monitoring.dashboard_name
}
