output "alarm_arns" {
  description = "By name: ARN of each alarm."
  value = merge(
    { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.arn },
    { for alarm in aws_cloudwatch_metric_alarm.launches : "launches" => alarm.arn },
  )
}

output "dashboard_name" {
  description = "Name of the dashboard; null: there is none."
  value       = one(aws_cloudwatch_dashboard.this[*].dashboard_name)
}
