output "apps" {
  description = "Name and ARN of the parameters that hold each App's id and private key."
  value = [
    for name in local.app_names : {
      id  = local.parameters["${name}_id"]
      key = local.parameters["${name}_key_base64"]
    }
  ]
}

output "webhook_secret" {
  description = "Name and ARN of the parameter that holds the secret which signs webhooks."
  value       = local.parameters["github_app_webhook_secret"]
}

output "previous_webhook_secret" {
  description = "Name and ARN of the one that is still valid while the secret changes; null: none is."
  value       = lookup(local.parameters, "github_app_previous_webhook_secret", null)
}
