output "webhook_endpoints" {
  description = "Write each into the App of its region as its webhook URL."
  value       = { first = module.first.webhook_endpoint, second = module.second.webhook_endpoint }
}

output "runs_on" {
  description = "What a workflow asks for."
  value       = { first = module.first.runs_on, second = module.second.runs_on }
}
