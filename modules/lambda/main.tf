locals {
  in_vpc = length(var.platform.subnet_ids) > 0
  traced = var.platform.tracing_mode != null

  # IAM takes 10,240 of all that stands in one role; the log's rights are the rest.
  policy_limit = 9700
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.platform.log_retention_days
  kms_key_id        = var.platform.log_kms_key_arn
  tags              = var.tags
}

resource "aws_lambda_function" "this" {
  function_name     = var.name
  description       = var.description
  role              = aws_iam_role.this.arn
  runtime           = var.platform.runtime
  architectures     = [var.platform.architecture]
  handler           = "index.handler"
  timeout           = var.timeout_seconds
  memory_size       = var.memory_megabytes
  filename          = var.package.zip
  source_code_hash  = var.package.zip == null ? var.package.sha256_base64 : try(filebase64sha256(var.package.zip), null)
  s3_bucket         = var.package.s3_bucket
  s3_key            = var.package.s3_key
  s3_object_version = var.package.s3_object_version

  environment {
    variables = merge(var.environment, var.platform.ca_certificates == null ? {} : { CA_CERTIFICATES = var.platform.ca_certificates })
  }

  dynamic "vpc_config" {
    for_each = local.in_vpc ? [true] : []

    content {
      subnet_ids         = var.platform.subnet_ids
      security_group_ids = var.platform.security_group_ids
    }
  }

  dynamic "tracing_config" {
    for_each = local.traced ? [var.platform.tracing_mode] : []

    content {
      mode = tracing_config.value
    }
  }

  tags = var.tags

  # A function that runs before it may write its log makes a log group of its own, which is kept for ever.
  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.log]

  lifecycle {
    precondition {
      condition     = var.package.zip == null || try(fileexists(var.package.zip), false)
      error_message = "The function's code is not there: ${var.package.zip != null ? var.package.zip : "no zip was named"}. Run `make dist` in a checkout, use a release, or set lambda_s3_bucket."
    }

    precondition {
      condition     = var.package.zip == null || var.package.sha256 == null || try(filesha256(var.package.zip) == var.package.sha256, true)
      error_message = "${var.package.zip != null ? var.package.zip : "The zip"} is not the one that its manifest.json was written for. Run `make dist` again, or unpack the release anew."
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  count = var.platform.alarm != null ? 1 : 0

  alarm_name          = "${var.name}-errors"
  alarm_description   = "The function ${var.name} fails again and again: its log says why."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.this.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.platform.alarm.actions
  ok_actions          = var.platform.alarm.actions
  tags                = var.tags
}
