locals {
  of_deployment = {
    wait   = [for share in ["50", "95"] : [var.namespace, "QueueAgeP${share}", "service", var.prefix, { label = "${share} %" }]]
    budget = [[var.namespace, "ForgeBudgetLeft", "service", var.prefix, { label = "left, percent" }]]
    sweep  = [[var.namespace, "SweepAge", "service", var.prefix, { label = "seconds since the last" }]]
    queue = [
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", var.queue_names.requests, { label = "requests" }],
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", var.queue_names.dead_letters, { label = "dead letters" }],
    ]
  }
  of_fleets = {
    for metric in ["Demand", "Supply", "WaitP95", "LaunchesFailed"] : metric => [
      for fleet in sort(var.fleets) : [var.namespace, metric, "fleet", fleet, "service", var.prefix, { label = fleet }]
    ]
  }

  graphs = [
    { title = "Demand, by fleet", metrics = local.of_fleets.Demand, stat = "Maximum" },
    { title = "Supply, by fleet", metrics = local.of_fleets.Supply, stat = "Maximum" },
    { title = "How long jobs have been waiting, seconds", metrics = local.of_deployment.wait, stat = "Maximum" },
    { title = "95 % of jobs have waited less, by fleet, seconds", metrics = local.of_fleets.WaitP95, stat = "Maximum" },
    { title = "Launches that failed, by fleet", metrics = local.of_fleets.LaunchesFailed, stat = "Sum" },
    { title = "The forge's budget", metrics = local.of_deployment.budget, stat = "Minimum" },
    { title = "The sweep", metrics = local.of_deployment.sweep, stat = "Maximum" },
    { title = "The queue", metrics = local.of_deployment.queue, stat = "Maximum" },
  ]

  # Reasons are in logs: a metric for each would cost more than the functions do. Each runner is closed once, by whichever
  # function learns first that its machine is gone.
  ends = {
    type   = "log"
    x      = 0
    y      = 6 * ceil(length(local.graphs) / 2)
    width  = 24
    height = 6
    properties = {
      title  = "Runners that ended, by reason"
      region = var.region
      view   = "bar"
      query  = "SOURCE '/aws/lambda/${var.prefix}-sweep' | SOURCE '/aws/lambda/${var.prefix}-scale-down' | filter `fields.kind` = \"close\" | stats count(*) as ended by `fields.reason`"
    }
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard ? 1 : 0

  # Dashboards are the account's, whatever the region.
  dashboard_name = "${var.prefix}-runners-${var.suffix}"
  dashboard_body = jsonencode({
    widgets = concat(
      [for place, graph in local.graphs : {
        type   = "metric"
        x      = 12 * (place % 2)
        y      = 6 * floor(place / 2)
        width  = 12
        height = 6
        properties = {
          title   = graph.title
          region  = var.region
          metrics = graph.metrics
          stat    = graph.stat
          period  = 60
          view    = "timeSeries"
        }
      }],
      [local.ends],
    )
  })
}
