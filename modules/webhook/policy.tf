data "aws_iam_policy_document" "this" {
  statement {
    sid     = "ReadConfiguration"
    actions = ["ssm:GetParameters"]
    resources = concat(
      ["arn:${var.deployment.partition}:ssm:${var.deployment.region}:${var.deployment.account_id}:parameter${local.root}/webhook/matchers-*"],
      var.secrets[*].arn,
    )
  }

  statement {
    sid       = "RecordJobs"
    actions   = ["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [var.ledger_table_arn]
  }

  statement {
    sid       = "SendRequests"
    actions   = ["sqs:SendMessage"]
    resources = [var.queue_arn]
  }

  dynamic "statement" {
    for_each = {
      for service, key in {
        ssm      = { key = var.keys.parameter_key_arn, actions = ["kms:Decrypt"] }
        dynamodb = { key = var.keys.table_key_arn, actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"] }
        sqs      = { key = var.keys.queue_key_arn, actions = ["kms:Decrypt", "kms:GenerateDataKey"] }
      } : service => key if key.key != null
    }

    content {
      sid       = "UseKeyOf${title(statement.key)}"
      actions   = statement.value.actions
      resources = [statement.value.key]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["${statement.key}.${var.deployment.region}.amazonaws.com"]
      }
    }
  }
}
