output "fleet" {
  description = "The fleet, complete. `problems` says what is wrong with it, a sentence each."
  value = merge(local.chosen, {
    instance_types = local.instance_types
    ami_filter     = local.ami_filter
    labels         = local.labels
    machine_tags   = local.machine_tags
    problems       = local.problems
  })
}

output "matcher" {
  description = "What the webhook's document says of it."
  value       = local.matcher
}

output "document" {
  description = "What its own document says of it, but for what EC2 alone wants to know."
  value       = local.document
}

output "problems" {
  description = "What is wrong with it, a sentence each."
  value       = local.problems
}
