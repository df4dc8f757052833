locals {
  arn          = "arn:${var.deployment.partition}"
  ec2          = "${local.arn}:ec2:${var.deployment.region}:${var.deployment.account_id}"
  fleets       = values(var.fleets)
  volume_keys  = distinct(flatten(local.fleets[*].volume_key_arns))
  image_params = distinct(flatten(local.fleets[*].image_parameter_arns))

  our_tags = {
    "ghr:Application" = "github-action-runner"
    "ghr:environment" = local.prefix
  }
}

data "aws_iam_policy_document" "shared" {
  statement {
    sid     = "ReadConfiguration"
    actions = ["ssm:GetParameters"]
    resources = concat(
      ["${local.arn}:ssm:${var.deployment.region}:${var.deployment.account_id}:parameter${local.root}/config/*"],
      local.secrets[*].arn,
    )
  }

  dynamic "statement" {
    for_each = var.storage.parameter_key_arn == null ? [] : [var.storage.parameter_key_arn]

    content {
      sid       = "DecryptSecrets"
      actions   = ["kms:Decrypt"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["ssm.${var.deployment.region}.amazonaws.com"]
      }
    }
  }

  statement {
    sid = "KeepLedger"
    actions = [
      "dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
    ]
    resources = [aws_dynamodb_table.ledger.arn]
  }

  statement {
    sid       = "ReadHosts"
    actions   = ["dynamodb:BatchGetItem", "dynamodb:GetItem"]
    resources = [aws_dynamodb_table.hosts.arn]
  }

  statement {
    sid       = "SendRequests"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.requests.arn]
  }

  dynamic "statement" {
    for_each = var.storage.table_key_arn == null ? [] : [var.storage.table_key_arn]

    content {
      sid       = "UseTableKey"
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["dynamodb.${var.deployment.region}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.storage.queue_key_arn == null ? [] : [var.storage.queue_key_arn]

    content {
      sid       = "UseQueueKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [statement.value]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sqs.${var.deployment.region}.amazonaws.com"]
      }
    }
  }

  statement {
    sid     = "SeeMachines"
    actions = ["ec2:DescribeInstances"]
    # EC2 knows no resources for lists.
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "scale_up" {
  source_policy_documents = [data.aws_iam_policy_document.shared.json]

  statement {
    sid       = "TakeRequests"
    actions   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    resources = [aws_sqs_queue.requests.arn]
  }

  statement {
    sid       = "RecordLaunches"
    actions   = ["dynamodb:ConditionCheckItem"]
    resources = [aws_dynamodb_table.ledger.arn]
  }

  statement {
    sid       = "OpenHosts"
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.hosts.arn]
  }

  # What the call itself tags. The keys are on no other type, so that the condition would refuse those.
  statement {
    sid       = "LaunchTagged"
    actions   = ["ec2:CreateFleet", "ec2:RunInstances"]
    resources = ["${local.ec2}:fleet/*", "${local.ec2}:instance/*"]

    dynamic "condition" {
      for_each = local.our_tags

      content {
        test     = "StringEquals"
        variable = "aws:RequestTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }

  statement {
    sid       = "LaunchFromOurTemplates"
    actions   = ["ec2:CreateFleet", "ec2:RunInstances"]
    resources = local.fleets[*].launch_template_arn
  }

  statement {
    sid       = "LaunchIntoOurNetwork"
    actions   = ["ec2:CreateFleet", "ec2:RunInstances"]
    resources = distinct(flatten([local.fleets[*].subnet_arns, local.fleets[*].security_group_arns, local.fleets[*].key_pair_arns]))
  }

  # What a machine is made of: images are anybody's, and the rest has no name before the launch.
  statement {
    sid     = "LaunchWithParts"
    actions = ["ec2:CreateFleet", "ec2:RunInstances"]
    resources = [
      "${local.arn}:ec2:${var.deployment.region}::image/*",
      "${local.arn}:ec2:${var.deployment.region}::snapshot/*",
      "${local.ec2}:network-interface/*",
      "${local.ec2}:spot-instances-request/*",
      "${local.ec2}:volume/*",
    ]
  }

  statement {
    sid     = "TagWhatIsLaunched"
    actions = ["ec2:CreateTags"]
    resources = [
      "${local.ec2}:fleet/*",
      "${local.ec2}:instance/*",
      "${local.ec2}:network-interface/*",
      "${local.ec2}:spot-instances-request/*",
      "${local.ec2}:volume/*",
    ]

    condition {
      test     = "StringEquals"
      variable = "ec2:CreateAction"
      values   = ["CreateFleet", "RunInstances"]
    }
  }

  statement {
    sid       = "GiveMachinesTheirRole"
    actions   = ["iam:PassRole"]
    resources = distinct(local.fleets[*].role_arn)

    condition {
      test     = "StringLike"
      variable = "iam:PassedToService"
      values   = ["ec2.amazonaws.com*"]
    }
  }

  dynamic "statement" {
    for_each = length(local.image_params) > 0 ? [local.image_params] : []

    content {
      sid       = "ResolveImages"
      actions   = ["ssm:GetParameter", "ssm:GetParameters"]
      resources = statement.value
    }
  }

  dynamic "statement" {
    for_each = length(local.volume_keys) > 0 ? [local.volume_keys] : []

    content {
      sid       = "EncryptVolumes"
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"]
      resources = statement.value

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["ec2.${var.deployment.region}.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(local.volume_keys) > 0 ? [local.volume_keys] : []

    content {
      sid       = "LendVolumeKeys"
      actions   = ["kms:CreateGrant"]
      resources = statement.value

      condition {
        test     = "Bool"
        variable = "kms:GrantIsForAWSResource"
        values   = ["true"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.functions.create_spot_service_linked_role_right ? [true] : []

    content {
      sid       = "MakeSpotRole"
      actions   = ["iam:CreateServiceLinkedRole"]
      resources = ["${local.arn}:iam::${var.deployment.account_id}:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"]

      condition {
        test     = "StringEquals"
        variable = "iam:AWSServiceName"
        values   = ["spot.amazonaws.com"]
      }
    }
  }
}

# Of those who find machines that are gone, or that should be.
data "aws_iam_policy_document" "watching" {
  source_policy_documents = [data.aws_iam_policy_document.shared.json]

  statement {
    sid       = "CloseHosts"
    actions   = ["dynamodb:BatchWriteItem"]
    resources = [aws_dynamodb_table.hosts.arn]
  }

  statement {
    sid       = "SeeImpairedMachines"
    actions   = ["ec2:DescribeInstanceStatus"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "sweep" {
  source_policy_documents = [data.aws_iam_policy_document.watching.json]

  statement {
    sid       = "AdoptMachines"
    actions   = ["dynamodb:ConditionCheckItem"]
    resources = [aws_dynamodb_table.ledger.arn]
  }
}

data "aws_iam_policy_document" "scale_down" {
  source_policy_documents = [data.aws_iam_policy_document.watching.json]

  statement {
    sid       = "AskHosts"
    actions   = ["dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.hosts.arn]
  }

  statement {
    sid       = "EndOurMachines"
    actions   = ["ec2:TerminateInstances"]
    resources = ["${local.ec2}:instance/*"]

    dynamic "condition" {
      for_each = local.our_tags

      content {
        test     = "StringEquals"
        variable = "ec2:ResourceTag/${condition.key}"
        values   = [condition.value]
      }
    }
  }
}
