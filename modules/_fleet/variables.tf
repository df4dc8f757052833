variable "name" {
  description = "The fleet's name."
  type        = string
  nullable    = false
}

variable "prefix" {
  description = "Begins the names of all that the deployment makes."
  type        = string
  nullable    = false
}

variable "fleet" {
  description = "What differs from the defaults. A field that is null or left out inherits."
  type = object({
    enabled                         = optional(bool)
    priority                        = optional(number)
    runner_extra_labels             = optional(list(string))
    runner_os                       = optional(string)
    runner_architecture             = optional(string)
    runner_group_name               = optional(string)
    enable_organization_runners     = optional(bool)
    runner_owners                   = optional(list(string))
    enable_ephemeral_runners        = optional(bool)
    runners_maximum_count           = optional(number)
    minimum_running_time_in_minutes = optional(number)
    runner_boot_time_in_minutes     = optional(number)
    first_job_time_in_minutes       = optional(number)
    hard_limit_in_hours             = optional(number)
    idle_config = optional(list(object({
      cron             = string
      timeZone         = optional(string, "UTC")
      idleCount        = number
      evictionStrategy = optional(string, "oldest_first")
    })))
    pool_config = optional(list(object({
      schedule_expression          = string
      schedule_expression_timezone = optional(string, "UTC")
      size                         = number
    })))
    pool_runner_owner             = optional(string)
    delay_webhook_event           = optional(number)
    enable_job_queued_check       = optional(bool)
    launches_per_hour_limit       = optional(number)
    instance_types                = optional(list(string))
    instance_target_capacity_type = optional(string)
    enable_on_demand_failover     = optional(bool)
    instance_allocation_strategy  = optional(string)
    instance_max_spot_price       = optional(string)
    vpc_id                        = optional(string)
    subnet_ids                    = optional(list(string))
    associate_public_ipv4_address = optional(bool)
    ami_filter                    = optional(map(list(string)))
    ami_owners                    = optional(list(string))
    ami_id_ssm_parameter_name     = optional(string)
    block_device_mappings = optional(list(object({
      device_name           = optional(string, "/dev/xvda")
      delete_on_termination = optional(bool, true)
      encrypted             = optional(bool, true)
      iops                  = optional(number)
      kms_key_id            = optional(string)
      snapshot_id           = optional(string)
      throughput            = optional(number)
      volume_size           = optional(number, 30)
      volume_type           = optional(string, "gp3")
    })))
    key_name = optional(string)
    metadata_options = optional(object({
      http_endpoint               = optional(string, "enabled")
      http_tokens                 = optional(string, "required")
      http_put_response_hop_limit = optional(number, 1)
      instance_metadata_tags      = optional(string, "disabled")
    }))
    enable_runner_detailed_monitoring    = optional(bool)
    enable_managed_runner_security_group = optional(bool)
    runner_additional_security_group_ids = optional(list(string))
    egress_rules = optional(list(object({
      cidr_blocks      = optional(list(string))
      ipv6_cidr_blocks = optional(list(string))
      prefix_list_ids  = optional(list(string))
      from_port        = optional(number, 0)
      protocol         = optional(string, "-1")
      security_groups  = optional(list(string))
      self             = optional(bool)
      to_port          = optional(number, 0)
      description      = optional(string)
    })))
    runner_iam_role_managed_policy_arns = optional(list(string))
    iam_overrides = optional(object({
      instance_profile_name = optional(string)
      runner_role_name      = optional(string)
    }))
    runner_ec2_tags = optional(map(string))
    overrides = optional(object({
      name_runner = optional(string)
      name_sg     = optional(string)
    }))
    enable_ssm_on_runners   = optional(bool)
    enable_cloudwatch_agent = optional(bool)
    cloudwatch_config       = optional(string)
    runner_log_files = optional(list(object({
      log_group_name   = string
      prefix_log_group = optional(bool, true)
      file_path        = string
      log_stream_name  = optional(string, "{instance_id}")
    })))
    enabled_userdata               = optional(bool)
    userdata_template              = optional(string)
    userdata_pre_install           = optional(string)
    userdata_post_install          = optional(string)
    enable_user_data_debug_logging = optional(bool)
    runner_run_as                  = optional(string)
    runner_as_root                 = optional(bool)
    runner_package                 = optional(object({ uri = string, sha256 = string }))
    block_imds_for_jobs            = optional(bool)
  })
  default  = {}
  nullable = false
}

variable "defaults" {
  description = "The same fields for every fleet."
  type = object({
    enabled                         = optional(bool)
    priority                        = optional(number)
    runner_extra_labels             = optional(list(string))
    runner_os                       = optional(string)
    runner_architecture             = optional(string)
    runner_group_name               = optional(string)
    enable_organization_runners     = optional(bool)
    runner_owners                   = optional(list(string))
    enable_ephemeral_runners        = optional(bool)
    runners_maximum_count           = optional(number)
    minimum_running_time_in_minutes = optional(number)
    runner_boot_time_in_minutes     = optional(number)
    first_job_time_in_minutes       = optional(number)
    hard_limit_in_hours             = optional(number)
    idle_config = optional(list(object({
      cron             = string
      timeZone         = optional(string, "UTC")
      idleCount        = number
      evictionStrategy = optional(string, "oldest_first")
    })))
    pool_config = optional(list(object({
      schedule_expression          = string
      schedule_expression_timezone = optional(string, "UTC")
      size                         = number
    })))
    pool_runner_owner             = optional(string)
    delay_webhook_event           = optional(number)
    enable_job_queued_check       = optional(bool)
    launches_per_hour_limit       = optional(number)
    instance_types                = optional(list(string))
    instance_target_capacity_type = optional(string)
    enable_on_demand_failover     = optional(bool)
    instance_allocation_strategy  = optional(string)
    instance_max_spot_price       = optional(string)
    vpc_id                        = optional(string)
    subnet_ids                    = optional(list(string))
    associate_public_ipv4_address = optional(bool)
    ami_filter                    = optional(map(list(string)))
    ami_owners                    = optional(list(string))
    ami_id_ssm_parameter_name     = optional(string)
    block_device_mappings = optional(list(object({
      device_name           = optional(string, "/dev/xvda")
      delete_on_termination = optional(bool, true)
      encrypted             = optional(bool, true)
      iops                  = optional(number)
      kms_key_id            = optional(string)
      snapshot_id           = optional(string)
      throughput            = optional(number)
      volume_size           = optional(number, 30)
      volume_type           = optional(string, "gp3")
    })))
    key_name = optional(string)
    metadata_options = optional(object({
      http_endpoint               = optional(string, "enabled")
      http_tokens                 = optional(string, "required")
      http_put_response_hop_limit = optional(number, 1)
      instance_metadata_tags      = optional(string, "disabled")
    }))
    enable_runner_detailed_monitoring    = optional(bool)
    enable_managed_runner_security_group = optional(bool)
    runner_additional_security_group_ids = optional(list(string))
    egress_rules = optional(list(object({
      cidr_blocks      = optional(list(string))
      ipv6_cidr_blocks = optional(list(string))
      prefix_list_ids  = optional(list(string))
      from_port        = optional(number, 0)
      protocol         = optional(string, "-1")
      security_groups  = optional(list(string))
      self             = optional(bool)
      to_port          = optional(number, 0)
      description      = optional(string)
    })))
    runner_iam_role_managed_policy_arns = optional(list(string))
    iam_overrides = optional(object({
      instance_profile_name = optional(string)
      runner_role_name      = optional(string)
    }))
    runner_ec2_tags = optional(map(string))
    overrides = optional(object({
      name_runner = optional(string)
      name_sg     = optional(string)
    }))
    enable_ssm_on_runners   = optional(bool)
    enable_cloudwatch_agent = optional(bool)
    cloudwatch_config       = optional(string)
    runner_log_files = optional(list(object({
      log_group_name   = string
      prefix_log_group = optional(bool, true)
      file_path        = string
      log_stream_name  = optional(string, "{instance_id}")
    })))
    enabled_userdata               = optional(bool)
    userdata_template              = optional(string)
    userdata_pre_install           = optional(string)
    userdata_post_install          = optional(string)
    enable_user_data_debug_logging = optional(bool)
    runner_run_as                  = optional(string)
    runner_as_root                 = optional(bool)
    runner_package                 = optional(object({ uri = string, sha256 = string }))
    block_imds_for_jobs            = optional(bool)
  })
  nullable = false
}

variable "deployment_limit" {
  description = "Runners of all fleets together at once; -1: no limit."
  type        = number
  default     = -1
  nullable    = false
}

variable "tags" {
  description = "Tags of the deployment, which each machine carries too."
  type        = map(string)
  default     = {}
  nullable    = false
}
