data "aws_partition" "current" {}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "LambdaRunsAsThis"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "log" {
  statement {
    sid       = "WriteOwnLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:log-stream:*"]
  }

  dynamic "statement" {
    for_each = local.traced ? [true] : []

    content {
      sid     = "SendTraces"
      actions = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
      # X-Ray knows no resources here.
      resources = ["*"]
    }
  }
}

resource "aws_iam_role" "this" {
  name                 = var.role_name
  path                 = var.platform.role_path
  permissions_boundary = var.platform.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  tags                 = var.tags
}

resource "aws_iam_role_policy" "log" {
  name   = "log"
  role   = aws_iam_role.this.name
  policy = data.aws_iam_policy_document.log.json
}

resource "aws_iam_role_policy" "this" {
  name   = "function"
  role   = aws_iam_role.this.name
  policy = var.policy

  lifecycle {
    precondition {
      condition     = length(jsonencode(jsondecode(var.policy))) <= local.policy_limit
      error_message = "The rights of ${var.name} have ${length(jsonencode(jsondecode(var.policy)))} characters, more than the ${local.policy_limit} that IAM takes: have fewer fleets in one deployment, or let them share roles (iam_overrides) and security groups."
    }
  }
}

resource "aws_iam_role_policy_attachment" "vpc" {
  count = local.in_vpc ? 1 : 0

  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}
