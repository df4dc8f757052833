variable "name" {
  description = "The fleet's name."
  type        = string
  nullable    = false
}

variable "fleet" {
  description = "The fleet, complete, as modules/_fleet puts it out. The root module's inputs of the same names say what each field is for."
  type = object({
    runner_architecture            = string
    enabled_userdata               = bool
    userdata_template              = string
    userdata_pre_install           = string
    userdata_post_install          = string
    enable_user_data_debug_logging = bool
    runner_run_as                  = string
    runner_as_root                 = bool
    hard_limit_in_hours            = number
    runner_package                 = object({ uri = string, sha256 = string })
    block_imds_for_jobs            = bool
    vpc_id                         = string
    subnet_ids                     = list(string)
    associate_public_ipv4_address  = bool
    ami_filter                     = map(list(string))
    ami_owners                     = list(string)
    ami_id_ssm_parameter_name      = string
    block_device_mappings = list(object({
      device_name           = string
      delete_on_termination = bool
      encrypted             = bool
      iops                  = number
      kms_key_id            = string
      snapshot_id           = string
      throughput            = number
      volume_size           = number
      volume_type           = string
    }))
    key_name = string
    metadata_options = object({
      http_endpoint               = string
      http_tokens                 = string
      http_put_response_hop_limit = number
      instance_metadata_tags      = string
    })
    enable_runner_detailed_monitoring    = bool
    enable_managed_runner_security_group = bool
    runner_additional_security_group_ids = list(string)
    egress_rules = list(object({
      cidr_blocks      = list(string)
      ipv6_cidr_blocks = list(string)
      prefix_list_ids  = list(string)
      from_port        = number
      protocol         = string
      security_groups  = list(string)
      self             = bool
      to_port          = number
      description      = string
    }))
    runner_iam_role_managed_policy_arns = list(string)
    iam_overrides = object({
      instance_profile_name = string
      runner_role_name      = string
    })
    overrides = object({
      name_runner = string
      name_sg     = string
    })
    enable_ssm_on_runners   = bool
    enable_cloudwatch_agent = bool
    cloudwatch_config       = string
    runner_log_files = list(object({
      log_group_name   = string
      prefix_log_group = bool
      file_path        = string
      log_stream_name  = string
    }))
    instance_allocation_strategy = string
    instance_max_spot_price      = string
    machine_tags                 = map(string)
    problems                     = list(string)
  })
  nullable = false

  validation {
    condition     = length(var.fleet.problems) == 0
    error_message = join("\n", var.fleet.problems)
  }
}

variable "document" {
  description = "The fleet's document, but for what EC2 alone wants to know."
  type        = any
  nullable    = false
}

variable "deployment" {
  description = "What names and places this deployment, as modules/control-plane takes it."
  type = object({
    prefix         = string
    region         = string
    account_id     = string
    partition      = string
    parameter_root = string
    tags           = map(string)
  })
  nullable = false
}

variable "hosts_table" {
  description = "Name and ARN of the table in which each machine has its own row."
  type        = object({ name = string, arn = string })
  nullable    = false
}

variable "agent" {
  description = "Where machines fetch the host agent, with its checksum in hex; null: their image brings it."
  type        = object({ bucket = string, bucket_arn = string, key = string, sha256 = string })
  default     = null
}

variable "iam" {
  description = "Paths of role and profile, and the role's permissions boundary."
  type = object({
    role_path             = optional(string, "/")
    instance_profile_path = optional(string, "/")
    permissions_boundary  = optional(string)
  })
  default  = {}
  nullable = false
}

variable "logging" {
  description = "How long logs are kept, and the key that encrypts them (null: CloudWatch's own)."
  type = object({
    retention_days = optional(number, 180)
    kms_key_arn    = optional(string)
  })
  default  = {}
  nullable = false
}

variable "keys" {
  description = "Keys of your own that encrypt tables and parameters; null: AWS's."
  type = object({
    table_key_arn     = optional(string)
    parameter_key_arn = optional(string)
  })
  default  = {}
  nullable = false
}
