variable "prefix" {
  description = "Begins the names of all that is made, and marks our machines. Two deployments in one account need two prefixes, or two regions."
  type        = string
  default     = "github-actions"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.prefix))
    error_message = "prefix: \"${var.prefix}\" must be 1 to 32 of a-z, 0-9 and -, the first a letter."
  }
}

variable "tags" {
  description = "Tags of everything that is made, machines, volumes and network interfaces included. Name tags are added."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.tags : !can(regex("^(ghr|aws):", key)) && value != null])
    error_message = "tags: those that begin with ghr: or aws: are not to be set, and none may be null."
  }
}

variable "github_app" {
  description = <<-EOT
    The GitHub App that registers runners, and whose webhook tells of jobs. Each by its value, or by the name and ARN of a parameter of yours that holds it.
      * `id` or `id_ssm`: the App ID.
      * `key_base64` or `key_base64_ssm`: its private key, PEM or base64 of that.
      * `webhook_secret` or `webhook_secret_ssm`: what signs its webhooks.
      * `previous_webhook_secret` or `previous_webhook_secret_ssm`: while the secret changes, the one that is still valid.
    Values stand in Terraform's state; parameters of yours keep them out.
  EOT
  type = object({
    id                          = optional(string)
    key_base64                  = optional(string)
    webhook_secret              = optional(string)
    previous_webhook_secret     = optional(string)
    id_ssm                      = optional(object({ name = string, arn = string }))
    key_base64_ssm              = optional(object({ name = string, arn = string }))
    webhook_secret_ssm          = optional(object({ name = string, arn = string }))
    previous_webhook_secret_ssm = optional(object({ name = string, arn = string }))
  })
  nullable  = false
  sensitive = true

  validation {
    condition     = (var.github_app.id == null) != (var.github_app.id_ssm == null)
    error_message = "github_app: write id, or id_ssm with the name and ARN of a parameter that holds it; one of the two."
  }

  validation {
    condition     = (var.github_app.key_base64 == null) != (var.github_app.key_base64_ssm == null)
    error_message = "github_app: write key_base64, or key_base64_ssm with the name and ARN of a parameter that holds it; one of the two."
  }

  validation {
    condition     = (var.github_app.webhook_secret == null) != (var.github_app.webhook_secret_ssm == null)
    error_message = "github_app: write webhook_secret, or webhook_secret_ssm with the name and ARN of a parameter that holds it; one of the two."
  }

  validation {
    condition     = var.github_app.previous_webhook_secret == null || var.github_app.previous_webhook_secret_ssm == null
    error_message = "github_app: write previous_webhook_secret or previous_webhook_secret_ssm, and not both."
  }

  validation {
    condition = alltrue([for given in [var.github_app.id_ssm, var.github_app.key_base64_ssm, var.github_app.webhook_secret_ssm, var.github_app.previous_webhook_secret_ssm] :
    given == null ? true : can(regex("^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$", given.name)) && can(regex("^arn:[^:]+:ssm:[^:]+:[0-9]+:parameter/", given.arn))])
    error_message = "github_app: each parameter of yours needs its name, such as \"/ci/key\", and its ARN, such as \"arn:aws:ssm:eu-central-1:111111111111:parameter/ci/key\"."
  }

  validation {
    condition     = var.github_app.id == null ? true : can(regex("^[1-9][0-9]*$", var.github_app.id))
    error_message = "github_app.id: must be the App ID, a number; not the client ID, which begins with Iv."
  }
}

variable "additional_github_apps" {
  description = "More Apps that share the registering, as each has its own rate limit; installed where the first one is. Written as `github_app`, without webhook secrets."
  type = list(object({
    id             = optional(string)
    key_base64     = optional(string)
    id_ssm         = optional(object({ name = string, arn = string }))
    key_base64_ssm = optional(object({ name = string, arn = string }))
  }))
  default   = []
  nullable  = false
  sensitive = true

  validation {
    condition     = alltrue([for app in var.additional_github_apps : (app.id == null) != (app.id_ssm == null) && (app.key_base64 == null) != (app.key_base64_ssm == null)])
    error_message = "additional_github_apps: each needs id or id_ssm, and key_base64 or key_base64_ssm."
  }

  validation {
    condition = alltrue([for given in flatten([for app in var.additional_github_apps : [app.id_ssm, app.key_base64_ssm]]) :
    given == null ? true : can(regex("^/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$", given.name)) && can(regex("^arn:[^:]+:ssm:[^:]+:[0-9]+:parameter/", given.arn))])
    error_message = "additional_github_apps: each parameter of yours needs its name, such as \"/ci/key\", and its ARN, such as \"arn:aws:ssm:eu-central-1:111111111111:parameter/ci/key\"."
  }

  validation {
    condition     = alltrue([for app in var.additional_github_apps : app.id == null ? true : can(regex("^[1-9][0-9]*$", app.id))])
    error_message = "additional_github_apps: each id must be the App ID, a number; not the client ID, which begins with Iv."
  }
}

variable "ghes_url" {
  description = "Where people open GitHub in a browser, if it is a server of your own or a subdomain of ghe.com; null: https://github.com."
  type        = string
  default     = null

  validation {
    condition     = var.ghes_url == null ? true : can(regex("^(https://[A-Za-z0-9.-]+|http://(localhost|127[.]0[.]0[.]1))(:[0-9]+)?/?$", var.ghes_url))
    error_message = "ghes_url: must be a web address without a path, such as \"https://ghe.example.com\"; for github.com leave it out."
  }

  validation {
    condition     = var.ghes_url == null ? true : !can(regex("^https://(www\\.)?(github|gitlab|bitbucket|codeberg|gitea)\\.(com|org)/?$", var.ghes_url))
    error_message = "ghes_url: is for GitHub Enterprise alone; for github.com leave it out. Other forges are not served yet."
  }
}

variable "repository_white_list" {
  description = "Owners (`acme`) and repositories (`acme/app`) whose jobs are taken. Empty: all that the App is installed in."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.repository_white_list : can(regex("^[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)?$", name))])
    error_message = "repository_white_list: must name owners such as \"acme\", or repositories such as \"acme/app\"."
  }
}

variable "fleets" {
  description = <<-EOT
    Runners that are alike, by name. Each may override any input that the table "Inputs of a fleet" lists; what it leaves out, or sets to null, it inherits.
    A list or an object stands in place of the inherited one as a whole. A field that does not exist is refused, and the nearest one named.
  EOT
  type        = any
  default     = { default = {} }
  nullable    = false

  validation {
    condition     = try(length(keys(var.fleets)) > 0, false)
    error_message = "fleets: must be a map of fleets by name, with at least one, such as { default = {} }."
  }

  validation {
    condition = alltrue(flatten([for name, fleet in try(var.fleets, {}) : [for field in try(keys(fleet), []) : contains(local.fleet_fields, field)]]))
    error_message = join("\n", flatten([
      for name, fleet in try(var.fleets, {}) : [
        for field in try(keys(fleet), []) : format("fleets.%s.%s: is no field; did you mean %s?", name, field, split(" ", reverse(sort([
          for known, pairs in local.fleet_field_pairs : format("%04d %s",
          floor(2000 * length(setintersection(pairs, [for at in range(length(field) - 1) : substr(field, at, 2)])) / (length(pairs) + length(field))), known)
        ]))[0])[1]) if !contains(local.fleet_fields, field)
      ]
    ]))
  }

  validation {
    condition = alltrue(flatten([for name, fleet in try(var.fleets, {}) : [for field, parts in local.parts_of_fields : [
      for value in flatten([try(fleet[field], [])]) : [for part in try(keys(value), []) : contains(parts, part)]
    ]]]))
    error_message = join("\n", distinct(flatten([for name, fleet in try(var.fleets, {}) : [for field, parts in local.parts_of_fields : [
      for value in flatten([try(fleet[field], [])]) : [
        for part in try(keys(value), []) : "fleets.${name}.${field}.${part}: is no field; there are ${join(", ", parts)}." if !contains(parts, part)
      ]
    ]]])))
  }
}

variable "enabled" {
  description = "Whether machines are launched at all. A fleet that is switched off ends its idle ones and lets busy ones finish."
  type        = bool
  default     = true
  nullable    = false
}

variable "priority" {
  description = "0 to 999: a job that several fleets can run goes to the lowest, and among equals to the first by name."
  type        = number
  default     = 999
  nullable    = false
}

variable "runner_extra_labels" {
  description = "Labels beside `self-hosted`, the operating system and the architecture. A job goes where all of its labels are."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "runner_os" {
  description = "The machines' operating system: `linux`."
  type        = string
  default     = "linux"
  nullable    = false
}

variable "runner_architecture" {
  description = "`x64` or `arm64`."
  type        = string
  default     = "x64"
  nullable    = false
}

variable "runner_group_name" {
  description = "The runner group that runners of an organization join."
  type        = string
  default     = "Default"
  nullable    = false
}

variable "enable_organization_runners" {
  description = "Whether a runner takes jobs of its whole organization. `false`: of one repository."
  type        = bool
  default     = true
  nullable    = false
}

variable "runner_owners" {
  description = "Owners and repositories that are served. Empty: all."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "enable_ephemeral_runners" {
  description = "Whether a runner takes one job and ends. `false`: it stays for the next, and for whatever a job left behind."
  type        = bool
  default     = true
  nullable    = false
}

variable "runners_maximum_count" {
  description = "Runners of a fleet at once, busy ones too. `-1`: no limit; `0`: none may start."
  type        = number
  default     = 3
  nullable    = false
}

variable "all_runners_maximum_count" {
  description = "Runners of all fleets together at once. `-1`: no limit."
  type        = number
  default     = -1
  nullable    = false

  validation {
    condition     = var.all_runners_maximum_count >= -1 && floor(var.all_runners_maximum_count) == var.all_runners_maximum_count
    error_message = "all_runners_maximum_count: must be a whole number from 0 on, or -1 for no limit."
  }
}

variable "minimum_running_time_in_minutes" {
  description = "An idle runner is kept at least this long, and a tick of a pool holds this long."
  type        = number
  default     = 5
  nullable    = false
}

variable "runner_boot_time_in_minutes" {
  description = "A machine that has not registered by then is replaced."
  type        = number
  default     = 5
  nullable    = false
}

variable "first_job_time_in_minutes" {
  description = "A runner that had no job by then may leave."
  type        = number
  default     = 10
  nullable    = false
}

variable "hard_limit_in_hours" {
  description = "A machine ends after this, whatever it does. The default is just beyond the five days that GitHub gives a job."
  type        = number
  default     = 121
  nullable    = false
}

variable "idle_config" {
  description = <<-EOT
    Windows of time, and how many idle runners are not taken away in them. The first that holds counts.
      * `cron`: the minutes in which it holds: `* * 9-17 * * 1-5` is each one from 9:00 to 17:59, Monday to Friday.
      * `timeZone`: the IANA zone of its cron.
      * `idleCount`: how many idle runners stay.
      * `evictionStrategy`: which of the others go first, `oldest_first` or `newest_first`.
  EOT
  type = list(object({
    cron             = string
    timeZone         = optional(string, "UTC")
    idleCount        = number
    evictionStrategy = optional(string, "oldest_first")
  }))
  default  = []
  nullable = false
}

variable "pool_config" {
  description = <<-EOT
    Ticks, and how many idle runners are ready from each on. The largest that holds counts.
      * `schedule_expression`: when it ticks: cron, `cron(…)` as EventBridge writes it, or `rate(…)`.
      * `schedule_expression_timezone`: its IANA zone.
      * `size`: how many idle runners are ready.
  EOT
  type = list(object({
    schedule_expression          = string
    schedule_expression_timezone = optional(string, "UTC")
    size                         = number
  }))
  default  = []
  nullable = false
}

variable "pool_runner_owner" {
  description = "Whose runners the pool holds. Needed with a pool, unless `runner_owners` names exactly one. null: that one."
  type        = string
  default     = null
}

variable "delay_webhook_event" {
  description = "Seconds that a job waits before a launch, 0 to 900. null: 30 where an idle runner may still take it, 2 where none can."
  type        = number
  default     = null
}

variable "enable_job_queued_check" {
  description = "Whether the forge is asked if a job still waits, before a launch for it. null: where runners stay."
  type        = bool
  default     = null
}

variable "launches_per_hour_limit" {
  description = "No more launches of a fleet than these within an hour: what a mistake may cost."
  type        = number
  default     = 1000
  nullable    = false
}

variable "instance_types" {
  description = "In order of preference; several, as Spot has not all of them at all times. null: six of 2 vCPU and 4 to 8 GB, of the architecture."
  type        = list(string)
  default     = null
}

variable "instance_target_capacity_type" {
  description = "`spot` or `on-demand`."
  type        = string
  default     = "spot"
  nullable    = false
}

variable "enable_on_demand_failover" {
  description = "Whether to launch on demand where no Spot machine is to be had."
  type        = bool
  default     = false
  nullable    = false
}

variable "instance_allocation_strategy" {
  description = "How EC2 chooses among types and zones: `price-capacity-optimized`, `capacity-optimized`, `lowest-price`, `diversified` or `prioritized` (as they are listed)."
  type        = string
  default     = "price-capacity-optimized"
  nullable    = false
}

variable "instance_max_spot_price" {
  description = "Dollars an hour for one Spot machine, as text. null: up to its on-demand price."
  type        = string
  default     = null
}

variable "vpc_id" {
  description = "The VPC of the machines."
  type        = string
  nullable    = false
}

variable "subnet_ids" {
  description = "Subnets of that VPC, in as many zones as there are: each is a chance for capacity."
  type        = list(string)
  nullable    = false
}

variable "associate_public_ipv4_address" {
  description = "Whether machines get a public address: in public subnets they need one to reach the forge."
  type        = bool
  default     = false
  nullable    = false
}

variable "ami_filter" {
  description = "Finds the image: the newest that matches. null: Amazon Linux 2023 of the architecture."
  type        = map(list(string))
  default     = null
}

variable "ami_owners" {
  description = "Whose images `ami_filter` looks through."
  type        = list(string)
  default     = ["amazon"]
  nullable    = false
}

variable "ami_id_ssm_parameter_name" {
  description = "In place of `ami_filter`: the parameter that holds the image's id. It is read at each launch, so that a new image needs no apply. null: none."
  type        = string
  default     = null
}

variable "block_device_mappings" {
  description = "The machines' disks. Fields that are left out: `/dev/xvda`, 30 GB, gp3, encrypted, deleted with the machine."
  type = list(object({
    device_name           = optional(string, "/dev/xvda")
    delete_on_termination = optional(bool, true)
    encrypted             = optional(bool, true)
    iops                  = optional(number)
    kms_key_id            = optional(string)
    snapshot_id           = optional(string)
    throughput            = optional(number)
    volume_size           = optional(number, 30)
    volume_type           = optional(string, "gp3")
  }))
  default  = [{}]
  nullable = false
}

variable "key_name" {
  description = "Name of an SSH key pair. null: none."
  type        = string
  default     = null
}

variable "metadata_options" {
  description = "The machines' metadata service. IMDSv2 alone, one hop, without tags: a tag whose key has a space or `/` would stop every launch."
  type = object({
    http_endpoint               = optional(string, "enabled")
    http_tokens                 = optional(string, "required")
    http_put_response_hop_limit = optional(number, 1)
    instance_metadata_tags      = optional(string, "disabled")
  })
  default  = {}
  nullable = false
}

variable "enable_runner_detailed_monitoring" {
  description = "Whether EC2 measures machines each minute, which costs."
  type        = bool
  default     = false
  nullable    = false
}

variable "enable_managed_runner_security_group" {
  description = "Whether a security group is made. `false`: `runner_additional_security_group_ids` names yours."
  type        = bool
  default     = true
  nullable    = false
}

variable "runner_additional_security_group_ids" {
  description = "More security groups of the machines."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "egress_rules" {
  description = "Where machines may connect to, in the security group that is made. Nothing may connect to them."
  type = list(object({
    cidr_blocks      = optional(list(string))
    ipv6_cidr_blocks = optional(list(string))
    prefix_list_ids  = optional(list(string))
    from_port        = optional(number, 0)
    protocol         = optional(string, "-1")
    security_groups  = optional(list(string))
    self             = optional(bool)
    to_port          = optional(number, 0)
    description      = optional(string)
  }))
  default = [{
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }]
  nullable = false
}

variable "runner_iam_role_managed_policy_arns" {
  description = "Policies for the machines' role. Whatever a job runs has these rights."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "iam_overrides" {
  description = "A role of yours for the machines by `runner_role_name`, or a profile of yours by `instance_profile_name`. It needs what the output `runner_policies` says; let the module depend on it (`depends_on`) where it is made in the same apply. Empty: both are made."
  type = object({
    instance_profile_name = optional(string)
    runner_role_name      = optional(string)
  })
  default  = {}
  nullable = false
}

variable "runner_ec2_tags" {
  description = "More tags of machines and their volumes and network interfaces."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "overrides" {
  description = "Name tags in place of ours: `name_runner` of machines, `name_sg` of security groups."
  type = object({
    name_runner = optional(string)
    name_sg     = optional(string)
  })
  default  = {}
  nullable = false
}

variable "enable_ssm_on_runners" {
  description = "Whether Session Manager can open a shell on machines."
  type        = bool
  default     = false
  nullable    = false
}

variable "enable_cloudwatch_agent" {
  description = "Whether the machines' logs go to CloudWatch, if their image has its agent."
  type        = bool
  default     = true
  nullable    = false
}

variable "cloudwatch_config" {
  description = "A configuration of the CloudWatch agent as JSON, in place of the one that `runner_log_files` makes; it may name the log groups of `runner_log_files`, as machines may write to no others. null: that one."
  type        = string
  default     = null
}

variable "runner_log_files" {
  description = <<-EOT
    Files of machines that go to CloudWatch. null: the system's log, the boot's, the host agent's and the runner's.
      * `file_path`: of the file; `*` is allowed.
      * `log_group_name`: its group; `prefix_log_group` puts `/github-self-hosted-runners/<prefix>/<fleet>/` before it.
      * `log_stream_name`: its stream.
  EOT
  type = list(object({
    log_group_name   = string
    prefix_log_group = optional(bool, true)
    file_path        = string
    log_stream_name  = optional(string, "{instance_id}")
  }))
  default = null
}

variable "enabled_userdata" {
  description = "Whether machines run a boot script. `false`: their image starts the host agent itself."
  type        = bool
  default     = true
  nullable    = false
}

variable "userdata_template" {
  description = "Path of a template in place of our boot script. It is given the names that `modules/_boot/boot.sh.tftpl` uses. null: ours."
  type        = string
  default     = null
}

variable "userdata_pre_install" {
  description = "Shell that runs first, before anything else is installed."
  type        = string
  default     = ""
  nullable    = false
}

variable "userdata_post_install" {
  description = "Shell that runs last, before the host agent starts."
  type        = string
  default     = ""
  nullable    = false
}

variable "enable_user_data_debug_logging" {
  description = "Whether the boot script prints each of its commands. None of them holds a secret, and those of userdata_pre_install and userdata_post_install are not printed."
  type        = bool
  default     = false
  nullable    = false
}

variable "runner_run_as" {
  description = "The user that jobs run as."
  type        = string
  default     = "ec2-user"
  nullable    = false
}

variable "runner_as_root" {
  description = "Whether jobs run as root. `runner_run_as` is passed over then."
  type        = bool
  default     = false
  nullable    = false
}

variable "runner_package" {
  description = <<-EOT
    Where machines whose image lacks GitHub's runner fetch it. null: the newest release, from GitHub, which answers 60 such questions an hour to one address: name one where many machines share a NAT gateway.
      * `uri`: of the `.tar.gz` for the fleet's architecture, `s3://…` or `https://…`.
      * `sha256`: its checksum in hex.
  EOT
  type        = object({ uri = string, sha256 = string })
  default     = null
}

variable "block_imds_for_jobs" {
  description = "Whether jobs are kept from the machine's metadata, and so from the rights of its role. Not to be had where jobs run as root; containers that share the host's network as root get around it."
  type        = bool
  default     = false
  nullable    = false
}

variable "create_service_linked_role_spot" {
  description = "Whether scale-up may make the role that Spot needs, once in an account that never used Spot."
  type        = bool
  default     = false
  nullable    = false
}

variable "role_path" {
  description = "Path of every role. null: `/<prefix>/`."
  type        = string
  default     = null

  validation {
    condition     = var.role_path == null ? true : can(regex("^/([!-.0-~]+/)*$", var.role_path))
    error_message = "role_path: must begin and end with a slash, such as \"/ci/\"."
  }
}

variable "role_permissions_boundary" {
  description = "ARN of a policy that bounds every role. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.role_permissions_boundary == null ? true : can(regex("^arn:[^:]+:iam::[^:]*:policy/", var.role_permissions_boundary))
    error_message = "role_permissions_boundary: must be the ARN of a policy, such as \"arn:aws:iam::111111111111:policy/boundary\"."
  }
}

variable "instance_profile_path" {
  description = "Path of the machines' instance profiles. null: `/<prefix>/`."
  type        = string
  default     = null

  validation {
    condition     = var.instance_profile_path == null ? true : can(regex("^/([!-.0-~]+/)*$", var.instance_profile_path))
    error_message = "instance_profile_path: must begin and end with a slash, such as \"/ci/\"."
  }
}

variable "kms_key_arn" {
  description = "A key of yours that encrypts the parameters with secrets. null: AWS's."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/", var.kms_key_arn))
    error_message = "kms_key_arn: must be the ARN of a key, as rights are given by it: not its id, and no alias."
  }
}

variable "table_kms_key_arn" {
  description = "A key of yours that encrypts the tables. null: AWS's."
  type        = string
  default     = null

  validation {
    condition     = var.table_kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/", var.table_kms_key_arn))
    error_message = "table_kms_key_arn: must be the ARN of a key, as rights are given by it: not its id, and no alias."
  }
}

variable "queue_kms_key_arn" {
  description = "A key of yours that encrypts the queues. null: AWS's."
  type        = string
  default     = null

  validation {
    condition     = var.queue_kms_key_arn == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/", var.queue_kms_key_arn))
    error_message = "queue_kms_key_arn: must be the ARN of a key, as rights are given by it: not its id, and no alias."
  }
}

variable "logging_kms_key_id" {
  description = "ARN of a key of yours that encrypts every log group. null: CloudWatch's."
  type        = string
  default     = null

  validation {
    condition     = var.logging_kms_key_id == null ? true : can(regex("^arn:[^:]+:kms:[^:]+:[0-9]+:key/", var.logging_kms_key_id))
    error_message = "logging_kms_key_id: must be the ARN of a key, as rights are given by it: not its id, and no alias."
  }
}

variable "logging_retention_in_days" {
  description = "How long logs are kept. 0: for ever."
  type        = number
  default     = 180
  nullable    = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.logging_retention_in_days)
    error_message = "logging_retention_in_days: is ${var.logging_retention_in_days}, and CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653 days; 0: for ever."
  }
}

variable "log_level" {
  description = "What the functions log: `debug`, `info`, `warn` or `error`."
  type        = string
  default     = "info"
  nullable    = false

  validation {
    condition     = contains(["debug", "info", "warn", "error"], var.log_level)
    error_message = "log_level: is \"${var.log_level}\", and must be \"debug\" or \"info\" or \"warn\" or \"error\"."
  }
}

variable "metrics_namespace" {
  description = "The namespace of the metrics in CloudWatch."
  type        = string
  default     = "ci-runners"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_./#-]{1,255}$", var.metrics_namespace))
    error_message = "metrics_namespace: \"${var.metrics_namespace}\" must be 1 to 255 letters, digits and _ . / # -."
  }
}

variable "tracing_mode" {
  description = "`Active` or `PassThrough` sends traces of the functions to X-Ray. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.tracing_mode == null ? true : contains(["Active", "PassThrough"], var.tracing_mode)
    error_message = "tracing_mode: must be \"Active\" or \"PassThrough\"; null: no traces."
  }
}

variable "deletion_protection" {
  description = "Whether the tables refuse to be deleted. Set it to false, and apply, before the module is destroyed."
  type        = bool
  default     = true
  nullable    = false
}

variable "force_destroy" {
  description = "Whether a fleet that is removed, or all of them when the module is destroyed, ends runners under their jobs. `false`: it waits for them, and fails by naming those that still work. Apply a change of it before you remove or destroy."
  type        = bool
  default     = false
  nullable    = false
}

variable "drain_limit_in_minutes" {
  description = "How long removing a fleet, or destroying the module, waits for busy runners before it fails, 1 to 14. Apply a change of it before you remove or destroy."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = var.drain_limit_in_minutes >= 1 && var.drain_limit_in_minutes <= 14
    error_message = "drain_limit_in_minutes: must be 1 to 14, as a function of Lambda's runs no longer than 15."
  }
}

variable "job_queue_retention_in_seconds" {
  description = "How long a request may wait in the queue. What is lost there, the sweep finds."
  type        = number
  default     = 86400
  nullable    = false

  validation {
    condition     = var.job_queue_retention_in_seconds >= 60 && var.job_queue_retention_in_seconds <= 1209600
    error_message = "job_queue_retention_in_seconds: must be 60 to 1209600, which is 14 days."
  }
}

variable "parameter_root" {
  description = "The path below which `<prefix>` and all parameters stand, without slashes at its ends."
  type        = string
  default     = "github-action-runners"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*$", var.parameter_root)) && !can(regex("^(aws|ssm)", lower(var.parameter_root)))
    error_message = "parameter_root: \"${var.parameter_root}\" must be a path such as \"github-action-runners\", without slashes at its ends, and must not begin with aws or ssm."
  }
}

variable "matcher_config_parameter_store_tier" {
  description = "`Standard` costs nothing. `Advanced` holds twice as much in each parameter of the webhook, for deployments of very many fleets."
  type        = string
  default     = "Standard"
  nullable    = false

  validation {
    condition     = contains(["Standard", "Advanced"], var.matcher_config_parameter_store_tier)
    error_message = "matcher_config_parameter_store_tier: must be \"Standard\" or \"Advanced\"."
  }
}

variable "lambda_dist_path" {
  description = "The folder that holds the functions' zips and their manifest.json. null: the one of the module, which a release carries and `make dist` makes."
  type        = string
  default     = null

  validation {
    condition     = var.lambda_s3_bucket != null || fileexists("${var.lambda_dist_path != null ? var.lambda_dist_path : "${path.module}/lambdas/dist"}/manifest.json")
    error_message = "lambda_dist_path: there is no manifest.json in ${var.lambda_dist_path != null ? var.lambda_dist_path : "${path.module}/lambdas/dist"}: run `make dist` in a checkout, use a release, or set lambda_s3_bucket."
  }

  validation {
    condition = var.lambda_s3_bucket != null || try(
      jsondecode(file("${var.lambda_dist_path != null ? var.lambda_dist_path : "${path.module}/lambdas/dist"}/manifest.json")).version == local.version,
      false,
    )
    error_message = "lambda_dist_path: its manifest.json is of version ${try(jsondecode(file("${var.lambda_dist_path != null ? var.lambda_dist_path : "${path.module}/lambdas/dist"}/manifest.json")).version, "unknown")}, and the module is ${local.version}: take both from one release, or run `make dist` again."
  }
}

variable "lambda_s3_bucket" {
  description = "A bucket that holds all of a release's `lambdas/dist` (the functions' zips, host-agent.js and manifest.json), in place of this machine, uploaded by `aws s3 cp --recursive --checksum-algorithm SHA256`: version and checksums are compared. null: none."
  type        = string
  default     = null
}

variable "lambda_s3_keys" {
  description = "By function (`webhook`, `scale-up`, `scale-down`, `sweep`): key of its zip in `lambda_s3_bucket`, where it is not `<function>.zip`; `manifest` and `host-agent`: keys of manifest.json and host-agent.js."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.lambda_s3_keys), ["webhook", "scale-up", "scale-down", "sweep", "manifest", "host-agent"])) == 0
    error_message = "lambda_s3_keys: the functions are webhook, scale-up, scale-down and sweep; beside them stand manifest and host-agent."
  }
}

variable "lambda_s3_object_versions" {
  description = "By function, and for `manifest`: version of its object in `lambda_s3_bucket`. Without one, the newest counts."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.lambda_s3_object_versions), ["webhook", "scale-up", "scale-down", "sweep", "manifest"])) == 0
    error_message = "lambda_s3_object_versions: the functions are webhook, scale-up, scale-down and sweep; beside them stands manifest."
  }
}

variable "lambda_runtime" {
  description = "Lambda's runtime of the functions: Node 22 or later."
  type        = string
  default     = "nodejs22.x"
  nullable    = false

  validation {
    condition     = can(regex("^nodejs(2[2-9]|[3-9][0-9])\\.x$", var.lambda_runtime))
    error_message = "lambda_runtime: is \"${var.lambda_runtime}\", and must be \"nodejs22.x\" or later."
  }
}

variable "lambda_architecture" {
  description = "Processors of the functions: `arm64` or `x86_64`. Their code runs on both; arm64 costs less."
  type        = string
  default     = "arm64"
  nullable    = false

  validation {
    condition     = contains(["arm64", "x86_64"], var.lambda_architecture)
    error_message = "lambda_architecture: is \"${var.lambda_architecture}\", and must be \"arm64\" or \"x86_64\"."
  }
}

variable "lambda_subnet_ids" {
  description = "Subnets to run the functions in. Empty: outside any VPC, which reaches AWS and github.com as it is."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = (length(var.lambda_subnet_ids) > 0) == (length(var.lambda_security_group_ids) > 0)
    error_message = "lambda_subnet_ids: functions in a VPC need lambda_security_group_ids as well; set both, or neither."
  }
}

variable "lambda_security_group_ids" {
  description = "Security groups of functions that run in `lambda_subnet_ids`."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "lambda_ca_certificates" {
  description = "Certificates of your own authority, as PEM: the functions trust them beside the public ones, where a server of your own or a proxy has one. Machines trust them by their image or `userdata_pre_install`. null: the public ones alone."
  type        = string
  default     = null

  validation {
    condition     = var.lambda_ca_certificates == null ? true : can(regex("-----BEGIN CERTIFICATE-----", var.lambda_ca_certificates)) && length(var.lambda_ca_certificates) <= 3000
    error_message = "lambda_ca_certificates: must be PEM, from -----BEGIN CERTIFICATE----- on, and no longer than 3000 characters, as a function's environment is small: the authority's own certificate is enough."
  }
}

variable "webhook_lambda_memory_size" {
  description = "Megabytes of the webhook function."
  type        = number
  default     = 256
  nullable    = false
}

variable "webhook_lambda_timeout" {
  description = "Seconds that the webhook function may take. GitHub waits ten."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.webhook_lambda_timeout >= 3 && var.webhook_lambda_timeout <= 29
    error_message = "webhook_lambda_timeout: must be 3 to 29 seconds, as API Gateway waits no longer."
  }
}

variable "webhook_lambda_apigateway_access_log_settings" {
  description = "Where API Gateway logs requests, and in which form. null: nowhere."
  type        = object({ destination_arn = string, format = string })
  default     = null
}

variable "lambda_timeout_scale_up" {
  description = "Seconds that scale-up may take, 30 to 120: launches are its own for as long."
  type        = number
  default     = 120
  nullable    = false

  validation {
    condition     = var.lambda_timeout_scale_up >= 30 && var.lambda_timeout_scale_up <= 120
    error_message = "lambda_timeout_scale_up: must be 30 to 120 seconds: others take a launch over after that."
  }
}

variable "lambda_timeout_scale_down" {
  description = "Seconds that scale-down may take."
  type        = number
  default     = 120
  nullable    = false

  validation {
    condition     = var.lambda_timeout_scale_down >= 30 && var.lambda_timeout_scale_down <= 900
    error_message = "lambda_timeout_scale_down: must be 30 to 900 seconds."
  }
}

variable "lambda_memory_size" {
  description = "Megabytes of scale-up, scale-down and sweep."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.lambda_memory_size >= 256 && var.lambda_memory_size <= 10240
    error_message = "lambda_memory_size: must be 256 to 10240 megabytes."
  }
}

variable "scale_up_maximum_concurrency" {
  description = "How many scale-ups may run at once, 2 to 1000. More are faster in many lanes; one lane is never looked at twice for it."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.scale_up_maximum_concurrency >= 2 && var.scale_up_maximum_concurrency <= 1000
    error_message = "scale_up_maximum_concurrency: must be 2 to 1000."
  }
}

variable "scale_down_schedule_expression" {
  description = "How often scale-down looks, as EventBridge writes it: `rate(…)` or `cron(…)`. A machine that hangs is ended when it was watched for 15 minutes, of which the time between two looks counts for 3 at most."
  type        = string
  default     = "rate(1 minute)"
  nullable    = false

  validation {
    condition     = can(regex("^(rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\(\\S+( \\S+){5}\\))$", var.scale_down_schedule_expression))
    error_message = "scale_down_schedule_expression: \"${var.scale_down_schedule_expression}\" must be as EventBridge writes it, such as \"rate(1 minute)\" or \"cron(*/5 * * * ? *)\"."
  }
}

variable "sweep_schedule_expression" {
  description = "How often the sweep looks for what no event told of: what a lost event may cost."
  type        = string
  default     = "rate(1 minute)"
  nullable    = false

  validation {
    condition     = can(regex("^(rate\\([1-9][0-9]* (minutes?|hours?|days?)\\)|cron\\(\\S+( \\S+){5}\\))$", var.sweep_schedule_expression))
    error_message = "sweep_schedule_expression: \"${var.sweep_schedule_expression}\" must be as EventBridge writes it, such as \"rate(1 minute)\" or \"cron(*/5 * * * ? *)\"."
  }
}

variable "time_scale" {
  description = "Divides every waiting time, for trials. 1: as documented."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.time_scale >= 1 && var.time_scale <= 1000
    error_message = "time_scale: must be 1 to 1000."
  }
}

variable "alarms" {
  description = <<-EOT
    Which alarms there are; each is on unless it is set to false.
      * `waiting_jobs`: the oldest waiting job waits longer than `waiting_job_limit_in_seconds`.
      * `dead_letters`: requests failed ten times.
      * `sweep`: nothing looks for lost events any more.
      * `launches`: machines are asked for and do not come.
      * `forge_budget`: the forge soon lets us register no more.
  EOT
  type        = map(bool)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.alarms), ["waiting_jobs", "dead_letters", "sweep", "launches", "forge_budget"])) == 0
    error_message = "alarms: there is none called ${join(" or ", setsubtract(keys(var.alarms), ["waiting_jobs", "dead_letters", "sweep", "launches", "forge_budget"]))}: there are waiting_jobs, dead_letters, sweep, launches and forge_budget."
  }
}

variable "alarm_actions" {
  description = "ARNs of what an alarm calls when it begins and when it ends, such as an SNS topic. Empty: it is seen in CloudWatch alone."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "waiting_job_limit_in_seconds" {
  description = "How long a job may wait before the alarm on waiting jobs."
  type        = number
  default     = 900
  nullable    = false

  validation {
    condition     = var.waiting_job_limit_in_seconds >= 60
    error_message = "waiting_job_limit_in_seconds: must be 60 or more, as a machine boots meanwhile."
  }
}

variable "enable_dashboard" {
  description = "Whether a CloudWatch dashboard is made: demand, supply, waiting times, ends by reason. An account's first three cost nothing."
  type        = bool
  default     = true
  nullable    = false
}
