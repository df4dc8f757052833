locals {
  arn        = "arn:${var.deployment.partition}"
  parameters = "${local.arn}:ssm:${var.deployment.region}:${var.deployment.account_id}:parameter"

  # Bucket and key.
  runner_object = try(startswith(var.fleet.runner_package.uri, "s3://"), false) ? trimprefix(var.fleet.runner_package.uri, "s3://") : null

  # What the host writes of its own row: that it took its grant, and how it is.
  own_attributes = ["pk", "grant", "taken", "lease"]
}

data "aws_iam_instance_profile" "given" {
  count = local.own_profile ? 1 : 0
  name  = var.fleet.iam_overrides.instance_profile_name
}

data "aws_iam_role" "given" {
  count = local.own_role ? 1 : 0
  name  = var.fleet.iam_overrides.runner_role_name
}

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "MachinesRunAsThis"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

# A job shares its machine's rights. They reach the machine's own row, which grants nothing but a longer life.
data "aws_iam_policy_document" "this" {
  statement {
    sid       = "ReadOwnRow"
    actions   = ["dynamodb:GetItem"]
    resources = [var.hosts_table.arn]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["$${aws:userid}"]
    }

    # A request without keys satisfies any condition for all of them.
    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    sid       = "WriteOwnRow"
    actions   = ["dynamodb:UpdateItem"]
    resources = [var.hosts_table.arn]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["$${aws:userid}"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:Attributes"
      values   = local.own_attributes
    }

    condition {
      test     = "Null"
      variable = "dynamodb:Attributes"
      values   = ["false"]
    }

    condition {
      test     = "StringEqualsIfExists"
      variable = "dynamodb:ReturnValues"
      values   = ["NONE", "UPDATED_OLD"]
    }
  }

  statement {
    sid       = "ReadOwnFleet"
    actions   = ["ssm:GetParameter"]
    resources = concat(["${local.parameters}${local.fleet_parameter}"], local.collects ? ["${local.parameters}${local.agent_parameter}"] : [])
  }

  dynamic "statement" {
    for_each = var.agent == null ? [] : [var.agent]

    content {
      sid       = "FetchHostAgent"
      actions   = ["s3:GetObject"]
      resources = ["${statement.value.bucket_arn}/${statement.value.key}"]
    }
  }

  dynamic "statement" {
    for_each = local.runner_object == null ? [] : [local.runner_object]

    content {
      sid       = "FetchRunner"
      actions   = ["s3:GetObject"]
      resources = ["${local.arn}:s3:::${statement.value}"]
    }
  }

  dynamic "statement" {
    for_each = length(local.log_groups) > 0 ? [true] : []

    content {
      sid       = "WriteOwnLogs"
      actions   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
      resources = [for group in aws_cloudwatch_log_group.this : "${group.arn}:*"]
    }
  }

  dynamic "statement" {
    for_each = var.keys.table_key_arn == null ? [] : [var.keys.table_key_arn]

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
}

resource "aws_iam_role" "this" {
  count = local.make_role ? 1 : 0

  name                 = local.role_name
  path                 = var.iam.role_path
  permissions_boundary = var.iam.permissions_boundary
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  tags                 = local.tags
}

resource "aws_iam_role_policy" "this" {
  count = local.make_role ? 1 : 0

  name   = "runner"
  role   = local.role.name
  policy = data.aws_iam_policy_document.this.json
}

resource "aws_iam_role_policy_attachment" "managed" {
  count = local.make_role ? length(var.fleet.runner_iam_role_managed_policy_arns) : 0

  role       = local.role.name
  policy_arn = var.fleet.runner_iam_role_managed_policy_arns[count.index]
}

resource "aws_iam_role_policy_attachment" "session_manager" {
  count = local.make_role && var.fleet.enable_ssm_on_runners ? 1 : 0

  role       = local.role.name
  policy_arn = "${local.arn}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "this" {
  count = local.own_profile ? 0 : 1

  name = local.role_name
  path = var.iam.instance_profile_path
  role = local.role.name
  tags = local.tags
}
