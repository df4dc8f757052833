locals {
  deployment = { service = var.prefix }

  # One row an alarm. Where data is missing, nothing ran: only for the sweep that is the very trouble.
  all_alarms = {
    waiting_jobs = {
      description = "A job waits longer than ${var.waiting_job_limit_seconds} seconds. The log of scale-up says for what: its limit, capacity, the forge."
      namespace   = var.namespace
      metric      = "QueueAgeMax"
      dimensions  = local.deployment
      statistic   = "Maximum"
      comparison  = "GreaterThanThreshold"
      threshold   = var.waiting_job_limit_seconds
      periods     = 2
      missing     = "notBreaching"
    }
    dead_letters = {
      description = "Requests failed ten times. No job is lost, as the sweep finds it; the log of scale-up says what failed."
      namespace   = "AWS/SQS"
      metric      = "ApproximateNumberOfMessagesVisible"
      dimensions  = { QueueName = var.queue_names.dead_letters }
      statistic   = "Maximum"
      comparison  = "GreaterThanThreshold"
      threshold   = 0
      periods     = 1
      missing     = "notBreaching"
    }
    sweep = {
      description = "The sweep did not come to its end for ten minutes, or scale-down no longer tells of it. Lost events are not found meanwhile."
      namespace   = var.namespace
      metric      = "SweepAge"
      dimensions  = local.deployment
      statistic   = "Maximum"
      comparison  = "GreaterThanThreshold"
      threshold   = 600
      periods     = 2
      missing     = "breaching"
    }
    forge_budget = {
      description = "Less than a tenth of what the forge lets us write is left: more Apps share the work (additional_github_apps)."
      namespace   = var.namespace
      metric      = "ForgeBudgetLeft"
      dimensions  = local.deployment
      statistic   = "Maximum"
      comparison  = "LessThanThreshold"
      threshold   = 10
      periods     = 3
      missing     = "notBreaching"
    }
  }
  alarms = { for name, alarm in local.all_alarms : name => alarm if lookup(var.alarms, name, true) != false }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.prefix}-${replace(each.key, "_", "-")}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = 300
  evaluation_periods  = each.value.periods
  threshold           = each.value.threshold
  comparison_operator = each.value.comparison
  treat_missing_data  = each.value.missing
  alarm_actions       = var.actions
  ok_actions          = var.actions
  tags                = var.tags
}

# Over all fleets at once, however many there are.
resource "aws_cloudwatch_metric_alarm" "launches" {
  count = lookup(var.alarms, "launches", true) != false ? 1 : 0

  alarm_name          = "${var.prefix}-launches"
  alarm_description   = "Machines are asked for and do not come. The log of scale-up says why: capacity, a quota, a right, the configuration."
  evaluation_periods  = 3
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.actions
  ok_actions          = var.actions
  tags                = var.tags

  metric_query {
    id          = "failed"
    label       = "Launches that failed"
    expression  = "SELECT SUM(LaunchesFailed) FROM SCHEMA(\"${var.namespace}\", fleet, service) WHERE service = '${var.prefix}'"
    period      = 300
    return_data = true
  }
}
