locals {
  full_name = "${var.deployment.prefix}-${var.name}"
  tags      = merge(var.deployment.tags, { "ghr:environment" = var.deployment.prefix, "ghr:fleet" = var.name })

  # Names of roles are unique in the account, and no longer than 64 characters.
  suffix    = substr(sha256("${var.deployment.account_id}/${var.deployment.region}/${local.full_name}"), 0, 8)
  role_name = "${substr(local.full_name, 0, 47)}-runner-${local.suffix}"

  fleet_parameter = "${var.deployment.parameter_root}/config/fleets/${var.name}"
  agent_parameter = "${var.deployment.parameter_root}/runners/${var.name}/cloudwatch_agent_config_runner"

  own_profile = var.fleet.iam_overrides.instance_profile_name != null
  own_role    = !local.own_profile && var.fleet.iam_overrides.runner_role_name != null
  make_role   = !local.own_profile && !local.own_role

  role = local.own_profile ? {
    name = data.aws_iam_instance_profile.given[0].role_name
    arn  = data.aws_iam_instance_profile.given[0].role_arn
    id   = data.aws_iam_instance_profile.given[0].role_id
    } : local.own_role ? {
    name = data.aws_iam_role.given[0].name
    arn  = data.aws_iam_role.given[0].arn
    id   = data.aws_iam_role.given[0].unique_id
    } : {
    name = aws_iam_role.this[0].name
    arn  = aws_iam_role.this[0].arn
    id   = aws_iam_role.this[0].unique_id
  }

  security_group_ids = concat(aws_security_group.this[*].id, var.fleet.runner_additional_security_group_ids)

  from_parameter = var.fleet.ami_id_ssm_parameter_name != null
  image_id       = local.from_parameter ? "resolve:ssm:${var.fleet.ami_id_ssm_parameter_name}" : data.aws_ami.this[0].id

  script = var.fleet.enabled_userdata ? module.boot.packed : null
  # EC2's own limit, before it is encoded.
  script_limit = 16384
  script_bytes = local.script == null ? 0 : module.boot.packed_bytes

  # Of Parameter Store; modules/control-plane holds the whole against it, once ids are known.
  document_limit = 8192

  key_shape = "^arn:[^:]+:kms:[^:]+:[0-9]+:key/"

  document = merge(var.document, {
    ec2 = merge(
      {
        launchTemplateId      = aws_launch_template.this.id
        launchTemplateVersion = tostring(aws_launch_template.this.latest_version)
        subnets               = [for subnet in data.aws_subnet.this : { id = subnet.id, zone = subnet.availability_zone }]
        allocationStrategy    = var.fleet.instance_allocation_strategy
        roleId                = local.role.id
        tags                  = var.fleet.machine_tags
      },
      var.fleet.instance_max_spot_price == null ? {} : { maxSpotPrice = var.fleet.instance_max_spot_price },
    )
  })
}

# By count, as the ids may be those of subnets that are made in the same apply.
data "aws_subnet" "this" {
  count = length(var.fleet.subnet_ids)

  id = var.fleet.subnet_ids[count.index]

  lifecycle {
    postcondition {
      condition     = self.vpc_id == var.fleet.vpc_id
      error_message = "fleets.${var.name}.subnet_ids: ${self.id} is in ${self.vpc_id}, and vpc_id is ${var.fleet.vpc_id}: name subnets of one VPC."
    }
  }
}

data "aws_ami" "this" {
  count = local.from_parameter ? 0 : 1

  most_recent = true
  owners      = var.fleet.ami_owners

  dynamic "filter" {
    for_each = var.fleet.ami_filter

    content {
      name   = filter.key
      values = filter.value
    }
  }
}

module "boot" {
  source = "../_boot"

  fleet                = var.name
  agent                = var.agent == null ? null : { s3_uri = "s3://${var.agent.bucket}/${var.agent.key}", sha256 = var.agent.sha256 }
  runner_package       = var.fleet.runner_package
  block_imds           = var.fleet.block_imds_for_jobs
  cloudwatch_parameter = var.fleet.enable_cloudwatch_agent ? local.agent_parameter : null
  pre_install          = var.fleet.userdata_pre_install
  post_install         = var.fleet.userdata_post_install
  debug                = var.fleet.enable_user_data_debug_logging
  template             = var.fleet.userdata_template

  host = {
    role_id          = local.role.id
    hosts_table      = var.hosts_table.name
    region           = var.deployment.region
    fleet_parameter  = local.fleet_parameter
    run_as           = var.fleet.runner_as_root ? "root" : var.fleet.runner_run_as
    hard_limit_hours = var.fleet.hard_limit_in_hours
  }
}

resource "aws_security_group" "this" {
  count = var.fleet.enable_managed_runner_security_group ? 1 : 0

  name_prefix = "${local.full_name}-runner-"
  description = "Machines of fleet ${var.name}: nothing comes in."
  vpc_id      = var.fleet.vpc_id

  dynamic "egress" {
    for_each = var.fleet.egress_rules

    content {
      cidr_blocks      = egress.value.cidr_blocks
      ipv6_cidr_blocks = egress.value.ipv6_cidr_blocks
      prefix_list_ids  = egress.value.prefix_list_ids
      from_port        = egress.value.from_port
      protocol         = egress.value.protocol
      security_groups  = egress.value.security_groups
      self             = egress.value.self
      to_port          = egress.value.to_port
      description      = egress.value.description
    }
  }

  tags = merge(local.tags, { Name = var.fleet.overrides.name_sg != null ? var.fleet.overrides.name_sg : "${local.full_name}-runner" })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_launch_template" "this" {
  name                                 = "${local.full_name}-action-runner"
  description                          = "Machines of fleet ${var.name}."
  update_default_version               = true
  image_id                             = local.image_id
  key_name                             = var.fleet.key_name
  instance_initiated_shutdown_behavior = "terminate"
  vpc_security_group_ids               = var.fleet.associate_public_ipv4_address ? null : local.security_group_ids
  user_data                            = local.script

  iam_instance_profile {
    name = local.own_profile ? var.fleet.iam_overrides.instance_profile_name : aws_iam_instance_profile.this[0].name
  }

  dynamic "block_device_mappings" {
    for_each = var.fleet.block_device_mappings

    content {
      device_name = block_device_mappings.value.device_name

      ebs {
        delete_on_termination = block_device_mappings.value.delete_on_termination
        encrypted             = block_device_mappings.value.encrypted
        iops                  = block_device_mappings.value.iops
        kms_key_id            = block_device_mappings.value.kms_key_id
        snapshot_id           = block_device_mappings.value.snapshot_id
        throughput            = block_device_mappings.value.throughput
        volume_size           = block_device_mappings.value.volume_size
        volume_type           = block_device_mappings.value.volume_type
      }
    }
  }

  metadata_options {
    http_endpoint               = var.fleet.metadata_options.http_endpoint
    http_tokens                 = var.fleet.metadata_options.http_tokens
    http_put_response_hop_limit = var.fleet.metadata_options.http_put_response_hop_limit
    instance_metadata_tags      = var.fleet.metadata_options.instance_metadata_tags
  }

  monitoring {
    enabled = var.fleet.enable_runner_detailed_monitoring
  }

  dynamic "network_interfaces" {
    for_each = var.fleet.associate_public_ipv4_address ? [true] : []

    content {
      associate_public_ip_address = true
      delete_on_termination       = true
      device_index                = 0
      security_groups             = local.security_group_ids
    }
  }

  # Machines get theirs from the call that launches them, which knows their lane.
  dynamic "tag_specifications" {
    for_each = ["network-interface", "volume"]

    content {
      resource_type = tag_specifications.value
      tags          = merge(local.tags, var.fleet.machine_tags)
    }
  }

  tags = local.tags

  lifecycle {
    precondition {
      condition     = alltrue([for value in values(var.fleet.machine_tags) : value != null])
      error_message = "fleets.${var.name}.runner_ec2_tags: a tag's value is null, here or in tags: write \"\", or leave the tag out."
    }

    precondition {
      condition     = length(jsonencode(var.document)) + length(jsonencode(var.fleet.machine_tags)) <= local.document_limit
      error_message = "fleets.${var.name}: its document would have more than the ${local.document_limit} characters that a parameter holds: shorten its lists of labels, owners, windows or tags."
    }

    precondition {
      condition     = alltrue([for device in var.fleet.block_device_mappings : device.kms_key_id == null ? true : can(regex(local.key_shape, device.kms_key_id))])
      error_message = "fleets.${var.name}.block_device_mappings: kms_key_id must be the ARN of a key, as rights are given by it: not its id, and no alias."
    }

    precondition {
      condition     = local.script_bytes <= local.script_limit
      error_message = "fleets.${var.name}: the boot script has ${local.script_bytes} bytes, compressed, more than the ${local.script_limit} that EC2 takes: shorten userdata_pre_install and userdata_post_install, or have them fetch a script."
    }
  }
}
