locals {
  prefix = var.deployment.prefix
  tags   = var.deployment.tags
  root   = var.deployment.parameter_root

  # A document as long as this is refused by Parameter Store, whatever its tier.
  document_limit = 8192
  standard_limit = 4096

  document = {
    version = var.deployment.version
    prefix  = local.prefix
    compute = { kind = "ec2" }
    forge = merge(
      {
        kind                   = "github"
        url                    = var.forge.url
        apps                   = [for app in var.forge.apps : { idParameter = app.id.name, privateKeyParameter = app.key.name }]
        webhookSecretParameter = var.forge.webhook_secret.name
      },
      var.forge.previous_webhook_secret == null ? {} : {
        previousWebhookSecretParameter = var.forge.previous_webhook_secret.name
      },
    )
    aws = {
      ledgerTable      = aws_dynamodb_table.ledger.name
      hostsTable       = aws_dynamodb_table.hosts.name
      queueUrl         = aws_sqs_queue.requests.url
      metricsNamespace = var.settings.metrics_namespace
      tracing          = try(var.platform.tracing_mode, null) != null
      logLevel         = var.settings.log_level
    }
    timeScale           = var.settings.time_scale
    runnersMaximumCount = var.settings.runners_maximum_count
    repositoryAllowList = var.settings.repository_allow_list
  }

  documents = merge(
    { "config/deployment" = jsonencode(local.document) },
    { for name, fleet in var.fleets : "config/fleets/${name}" => fleet.document },
  )

  secrets = concat(
    flatten([for app in var.forge.apps : [app.id, app.key]]),
    [var.forge.webhook_secret],
    var.forge.previous_webhook_secret == null ? [] : [var.forge.previous_webhook_secret],
  )

  # The deployment's document stands first; the functions read all of these names in one go.
  environment = {
    CONFIG_PARAMETERS = join(" ", concat(
      ["${local.root}/config/deployment"],
      [for name in sort(keys(var.fleets)) : "${local.root}/config/fleets/${name}"],
      local.secrets[*].name,
    ))
    CONFIG_HASH = sha256(jsonencode(local.documents))
  }

  # What calls which function, besides the queue.
  triggers = {
    scale-down = {
      function            = "scale-down"
      description         = "Looks at every runner, and lets go those that nobody needs."
      schedule_expression = var.functions.scale_down_schedule_expression
      event_pattern       = null
    }
    sweep = {
      function            = "sweep"
      description         = "Finds what no event told of."
      schedule_expression = var.functions.sweep_schedule_expression
      event_pattern       = null
    }
    instance-ended = {
      function            = "sweep"
      description         = "A machine is gone: its slot is free."
      schedule_expression = null
      event_pattern = jsonencode({
        source      = ["aws.ec2"]
        detail-type = ["EC2 Instance State-change Notification"]
        detail      = { state = ["terminated"] }
      })
    }
    spot-interruption = {
      function            = "sweep"
      description         = "EC2 takes a Spot machine back within two minutes."
      schedule_expression = null
      event_pattern = jsonencode({
        source      = ["aws.ec2"]
        detail-type = ["EC2 Spot Instance Interruption Warning"]
      })
    }
  }

  functions = {
    scale-up = {
      description      = "Compares waiting jobs with runners, and launches what is missing."
      package          = "scale-up"
      timeout_seconds  = var.functions.scale_up_timeout_seconds
      memory_megabytes = var.functions.scale_up_memory_megabytes
      policy           = data.aws_iam_policy_document.scale_up.json
    }
    scale-down = {
      description      = "Takes idle and lost runners away, once nothing can be hurt by it."
      package          = "scale-down"
      timeout_seconds  = var.functions.scale_down_timeout_seconds
      memory_megabytes = var.functions.scale_down_memory_megabytes
      policy           = data.aws_iam_policy_document.scale_down.json
    }
    # The same code, which Terraform calls and waits for: it has all the time that Lambda gives.
    drain = {
      description      = "Empties a fleet that is taken away."
      package          = "scale-down"
      timeout_seconds  = 900
      memory_megabytes = var.functions.scale_down_memory_megabytes
      policy           = data.aws_iam_policy_document.scale_down.json
    }
    sweep = {
      description      = "Finds jobs, machines and registrations that no event told of."
      package          = "sweep"
      timeout_seconds  = var.functions.sweep_timeout_seconds
      memory_megabytes = var.functions.sweep_memory_megabytes
      policy           = data.aws_iam_policy_document.sweep.json
    }
  }
}

resource "aws_dynamodb_table" "ledger" {
  name                        = "${local.prefix}-ledger"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = var.storage.deletion_protection

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  server_side_encryption {
    enabled     = var.storage.table_key_arn != null
    kms_key_arn = var.storage.table_key_arn
  }

  tags = local.tags
}

resource "aws_dynamodb_table" "hosts" {
  name                        = "${local.prefix}-hosts"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  deletion_protection_enabled = var.storage.deletion_protection

  attribute {
    name = "pk"
    type = "S"
  }

  # checkov:skip=CKV_AWS_28: A row holds its machine's grant until that is taken; a backup would keep the secret.
  point_in_time_recovery {
    enabled = false
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  server_side_encryption {
    enabled     = var.storage.table_key_arn != null
    kms_key_arn = var.storage.table_key_arn
  }

  tags = local.tags
}

resource "aws_sqs_queue" "dead_letters" {
  name                              = "${local.prefix}-queued-builds_dead_letter"
  message_retention_seconds         = 1209600
  sqs_managed_sse_enabled           = var.storage.queue_key_arn == null ? true : null
  kms_master_key_id                 = var.storage.queue_key_arn
  kms_data_key_reuse_period_seconds = var.storage.queue_key_arn == null ? null : 3600
  tags                              = local.tags
}

resource "aws_sqs_queue" "requests" {
  name                              = "${local.prefix}-queued-builds"
  message_retention_seconds         = var.storage.message_retention_seconds
  visibility_timeout_seconds        = var.functions.scale_up_timeout_seconds * 6
  sqs_managed_sse_enabled           = var.storage.queue_key_arn == null ? true : null
  kms_master_key_id                 = var.storage.queue_key_arn
  kms_data_key_reuse_period_seconds = var.storage.queue_key_arn == null ? null : 3600

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters.arn
    maxReceiveCount     = 10
  })

  tags = local.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "dead_letters" {
  queue_url = aws_sqs_queue.dead_letters.url

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.requests.arn]
  })
}

resource "aws_ssm_parameter" "documents" {
  for_each = toset(keys(local.documents))

  name        = "${local.root}/${each.key}"
  description = "Read by the functions of ${local.prefix}. Written by Terraform."
  type        = "String"
  tier        = length(local.documents[each.key]) > local.standard_limit ? "Advanced" : "Standard"
  value       = local.documents[each.key]
  tags        = local.tags

  lifecycle {
    precondition {
      condition     = length(local.documents[each.key]) <= local.document_limit
      error_message = "${each.key} has ${length(local.documents[each.key])} characters, more than the ${local.document_limit} that a parameter holds: shorten its lists of labels, owners, repositories, windows or tags."
    }
  }
}

module "functions" {
  source   = "../lambda"
  for_each = local.functions

  name             = "${local.prefix}-${each.key}"
  role_name        = "${local.prefix}-${each.key}-${var.deployment.suffix}"
  description      = each.value.description
  package          = var.packages[each.value.package]
  environment      = local.environment
  policy           = each.value.policy
  timeout_seconds  = each.value.timeout_seconds
  memory_megabytes = each.value.memory_megabytes
  platform         = var.platform
  tags             = local.tags
}

resource "aws_lambda_event_source_mapping" "requests" {
  event_source_arn                   = aws_sqs_queue.requests.arn
  function_name                      = module.functions["scale-up"].function_arn
  batch_size                         = 100
  maximum_batching_window_in_seconds = var.functions.scale_up_batching_window_seconds
  function_response_types            = ["ReportBatchItemFailures"]
  tags                               = local.tags

  scaling_config {
    maximum_concurrency = var.functions.scale_up_maximum_concurrency
  }
}

resource "aws_cloudwatch_event_rule" "triggers" {
  for_each = local.triggers

  name                = "${local.prefix}-${each.key}"
  description         = each.value.description
  schedule_expression = each.value.schedule_expression
  event_pattern       = each.value.event_pattern
  tags                = local.tags
}

resource "aws_cloudwatch_event_target" "triggers" {
  for_each = local.triggers

  rule = aws_cloudwatch_event_rule.triggers[each.key].name
  arn  = module.functions[each.value.function].function_arn
}

resource "aws_lambda_permission" "triggers" {
  for_each = local.triggers

  statement_id  = "Allow-${each.key}"
  action        = "lambda:InvokeFunction"
  function_name = module.functions[each.value.function].function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.triggers[each.key].arn
}
