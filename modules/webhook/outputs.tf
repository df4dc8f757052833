output "endpoint" {
  description = "What to write into the App as its webhook URL."
  value       = "${aws_apigatewayv2_api.this.api_endpoint}/webhook"
}

output "matchers" {
  description = "What the webhook's parameters hold, in order: one text in pieces."
  value       = concat([local.head_text], local.pieces)
}

output "api_id" {
  description = "Id of the HTTP API."
  value       = aws_apigatewayv2_api.this.id
}

output "function" {
  description = "Name, ARN, role and log group of the function."
  value = {
    name      = module.function.function_name
    arn       = module.function.function_arn
    role_name = module.function.role_name
    role_arn  = module.function.role_arn
    log_group = module.function.log_group_name
  }
}

output "policy" {
  description = "What the function may do, as JSON, beyond writing its log."
  value       = data.aws_iam_policy_document.this.json
}
