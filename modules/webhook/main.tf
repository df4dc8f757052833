locals {
  prefix = var.deployment.prefix
  tags   = var.deployment.tags
  root   = var.deployment.parameter_root

  # The list of repositories is long where it is used, and known: it is cut like the fleets.
  head = { for key, value in var.document : key => value if key != "repositoryAllowList" && key != "forge" }
  # The webhook never asks the forge anything, so it is told of no App.
  forge = { for key, value in var.document.forge : key => value if key != "apps" }
  tail = {
    fleets              = var.matchers
    repositoryAllowList = var.document.repositoryAllowList
  }

  # One text in pieces. Names of tables and queues are known only after the first apply, and must not decide how many
  # pieces there are: they fill the first one.
  head_text = trimsuffix(jsonencode(merge(local.head, { forge = local.forge })), "}")
  tail_text = ",${trimprefix(jsonencode(local.tail), "{")}"
  size      = var.parameter_tier == "Advanced" ? 8000 : 4000
  pieces    = [for start in range(0, length(local.tail_text), local.size) : substr(local.tail_text, start, local.size)]
  names     = [for number in range(length(local.pieces) + 1) : "${local.root}/webhook/matchers-${number}"]

  # One call reads no more parameters than these.
  names_limit = 10
}

resource "aws_ssm_parameter" "matchers" {
  count = length(local.names)

  name        = local.names[count.index]
  description = "Read by the webhook of ${local.prefix}, one text in pieces. Written by Terraform."
  type        = "String"
  tier        = count.index == 0 ? "Standard" : var.parameter_tier
  value       = count.index == 0 ? local.head_text : local.pieces[count.index - 1]
  tags        = local.tags

  lifecycle {
    precondition {
      condition     = length(local.names) + length(var.secrets) <= local.names_limit
      error_message = "The fleets' matchers need ${length(local.names)} parameters, and with the webhook's secrets one call reads ${local.names_limit}: set matcher_config_parameter_store_tier = \"Advanced\", or have fewer labels and owners."
    }
  }
}

module "function" {
  source = "../lambda"

  name             = "${local.prefix}-webhook"
  role_name        = "${local.prefix}-webhook-${var.deployment.suffix}"
  description      = "Verifies what the forge sends, records it, and asks for a look."
  package          = var.package
  policy           = data.aws_iam_policy_document.this.json
  timeout_seconds  = var.function.timeout_seconds
  memory_megabytes = var.function.memory_megabytes
  platform         = var.platform
  tags             = local.tags

  environment = {
    CONFIG_PARAMETERS = join(" ", concat(local.names, var.secrets[*].name))
    CONFIG_HASH       = sha256("${local.head_text}${local.tail_text}")
  }
}

resource "aws_apigatewayv2_api" "this" {
  name          = "${local.prefix}-webhook"
  description   = "Where the App's webhook points."
  protocol_type = "HTTP"
  tags          = local.tags
}

resource "aws_apigatewayv2_integration" "this" {
  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = module.function.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "this" {
  api_id    = aws_apigatewayv2_api.this.id
  route_key = "POST /webhook"
  target    = "integrations/${aws_apigatewayv2_integration.this.id}"

  lifecycle {
    # An authorizer of your own may be attached from outside.
    ignore_changes = [authorizer_id, authorization_type]
  }
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  dynamic "access_log_settings" {
    for_each = var.access_log == null ? [] : [var.access_log]

    content {
      destination_arn = access_log_settings.value.destination_arn
      format          = access_log_settings.value.format
    }
  }

  tags = local.tags
}

resource "aws_lambda_permission" "this" {
  statement_id  = "AllowApi"
  action        = "lambda:InvokeFunction"
  function_name = module.function.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/*/webhook"
}
