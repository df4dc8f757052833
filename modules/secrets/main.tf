locals {
  app_names = [for place in range(nonsensitive(length(var.apps))) : place == 0 ? "github_app" : "additional_github_app_${place}"]

  # Whether a value is given, and where, is no secret; the value is.
  values = merge(
    { for place, name in local.app_names : "${name}_id" => { value = var.apps[place].id, ssm = var.apps[place].id_ssm } },
    { for place, name in local.app_names : "${name}_key_base64" => { value = var.apps[place].key_base64, ssm = var.apps[place].key_base64_ssm } },
    { for name in nonsensitive(keys(var.webhook_secrets)) : "github_app_${name}" => var.webhook_secrets[name] },
  )
  given = { for name, value in local.values : name => nonsensitive(value.ssm) }

  parameters = {
    for name, given in local.given : name => given != null ? given : {
      name = aws_ssm_parameter.this[name].name
      arn  = aws_ssm_parameter.this[name].arn
    }
  }
}

resource "aws_ssm_parameter" "this" {
  for_each = toset([for name, given in local.given : name if given == null])

  name        = "${var.parameter_root}/app/${each.key}"
  description = "Of the GitHub App. Written by Terraform."
  type        = "SecureString"
  key_id      = var.kms_key_arn
  value       = local.values[each.key].value
  tags        = var.tags
}
