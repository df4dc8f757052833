output "document" {
  description = "The deployment's document, without its fleets."
  value       = local.document
}

output "documents" {
  description = "By name below the root: what each parameter of the configuration holds."
  value       = local.documents
}

output "ledger_table" {
  description = "Name and ARN of the table of jobs, lanes and runners."
  value       = { name = aws_dynamodb_table.ledger.name, arn = aws_dynamodb_table.ledger.arn }
}

output "hosts_table" {
  description = "Name and ARN of the table in which each machine has its own row."
  value       = { name = aws_dynamodb_table.hosts.name, arn = aws_dynamodb_table.hosts.arn }
}

output "queue" {
  description = "Name, ARN and URL of the queue of requests, and of its dead letters."
  value = {
    name             = aws_sqs_queue.requests.name
    dead_letter_name = aws_sqs_queue.dead_letters.name
    arn              = aws_sqs_queue.requests.arn
    url              = aws_sqs_queue.requests.url
    dead_letter_arn  = aws_sqs_queue.dead_letters.arn
    dead_letter_url  = aws_sqs_queue.dead_letters.url
  }
}

output "functions" {
  description = "By name: ARN, role and log group of scale-up, scale-down, drain and sweep."
  value = {
    for name, function in module.functions : name => {
      name      = function.function_name
      arn       = function.function_arn
      role_name = function.role_name
      role_arn  = function.role_arn
      log_group = function.log_group_name
    }
  }
}

output "policies" {
  description = "By function: what it may do, as JSON, beyond writing its log."
  value       = { for name, function in local.functions : name => function.policy }
}
