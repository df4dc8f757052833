output "webhook_endpoint" {
  description = "Write it into the App as its webhook URL."
  value       = module.ci_runners.webhook_endpoint
}

output "runs_on" {
  description = "What a workflow asks for."
  value       = module.ci_runners.runs_on
}
