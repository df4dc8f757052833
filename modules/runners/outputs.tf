output "document" {
  description = "The fleet's document, whole, as JSON."
  value       = jsonencode(local.document)
}

output "launch" {
  description = "What scale-up must be allowed to use when it launches machines of this fleet."
  value = {
    launch_template_arn = aws_launch_template.this.arn
    role_arn            = local.role.arn
    subnet_arns         = data.aws_subnet.this[*].arn
    security_group_arns = [
      for id in local.security_group_ids :
      "${local.arn}:ec2:${var.deployment.region}:${var.deployment.account_id}:security-group/${id}"
    ]
    image_parameter_arns = local.from_parameter ? ["${local.parameters}/${trimprefix(var.fleet.ami_id_ssm_parameter_name, "/")}"] : []
    volume_key_arns      = distinct([for device in var.fleet.block_device_mappings : device.kms_key_id if device.kms_key_id != null])
    key_pair_arns        = var.fleet.key_name == null ? [] : ["${local.arn}:ec2:${var.deployment.region}:${var.deployment.account_id}:key-pair/${var.fleet.key_name}"]
  }
}

output "launch_template" {
  description = "Id, name, ARN and newest version of the launch template."
  value = {
    id      = aws_launch_template.this.id
    name    = aws_launch_template.this.name
    arn     = aws_launch_template.this.arn
    version = aws_launch_template.this.latest_version
  }
}

output "role" {
  description = "Name, ARN and unique id of the machines' role."
  value       = local.role
}

output "policy" {
  description = "What machines must be allowed to do, for a role of your own."
  value       = data.aws_iam_policy_document.this.json
}

output "security_group_id" {
  description = "Id of the security group that was made; null: none was."
  value       = one(aws_security_group.this[*].id)
}

output "log_groups" {
  description = "Names of the log groups of the machines' logs."
  value       = [for group in aws_cloudwatch_log_group.this : group.name]
}

output "boot_script" {
  description = "What a machine runs when it boots; null: what its image holds."
  value       = local.script
}
