variable "deployment" {
  description = <<-EOT
    What names and places this deployment.
      * `prefix`: begins every name. `suffix`: ends those that are unique beyond a region.
      * `region`, `account_id`, `partition`: where it stands.
      * `parameter_root`: the path below which its parameters stand.
      * `version`: the module's.
      * `tags`: of everything that is made.
  EOT
  type = object({
    prefix         = string
    suffix         = string
    region         = string
    account_id     = string
    partition      = string
    parameter_root = string
    version        = string
    tags           = map(string)
  })
  nullable = false
}

variable "forge" {
  description = "Where jobs come from: the forge's address, and the parameters that hold its Apps and secrets."
  type = object({
    url                     = string
    apps                    = list(object({ id = object({ name = string, arn = string }), key = object({ name = string, arn = string }) }))
    webhook_secret          = object({ name = string, arn = string })
    previous_webhook_secret = optional(object({ name = string, arn = string }))
  })
  nullable = false
}

variable "settings" {
  description = <<-EOT
    How the functions behave, for all fleets.
      * `runners_maximum_count`: runners of all fleets together; -1: no limit.
      * `repository_allow_list`: owners and repositories whose jobs are taken; empty: all.
      * `time_scale`: divides every waiting time, for trials.
      * `log_level`, `metrics_namespace`.
  EOT
  type = object({
    runners_maximum_count = optional(number, -1)
    repository_allow_list = optional(list(string), [])
    time_scale            = optional(number, 1)
    log_level             = optional(string, "info")
    metrics_namespace     = optional(string, "ci-runners")
  })
  default  = {}
  nullable = false
}

variable "fleets" {
  description = "By name: the fleet's document, and what scale-up needs to launch its machines. As modules/runners puts it out."
  type = map(object({
    document             = string
    launch_template_arn  = string
    role_arn             = string
    subnet_arns          = list(string)
    security_group_arns  = list(string)
    image_parameter_arns = list(string)
    volume_key_arns      = list(string)
    key_pair_arns        = list(string)
  }))
  nullable = false

  # Lambda takes 4 KB of environment, in which the functions are told of every parameter; 180 are for other names and a hash.
  validation {
    condition = length(join(" ", concat(
      [for name in concat(["deployment"], [for fleet in keys(var.fleets) : "fleets/${fleet}"]) : "${var.deployment.parameter_root}/config/${name}"],
      [for app in var.forge.apps : "${app.id.name} ${app.key.name}"],
      [var.forge.webhook_secret.name, try(var.forge.previous_webhook_secret.name, "")],
    ))) + try(length(var.platform.ca_certificates), 0) + 180 <= 4096
    error_message = "fleets: the names of ${length(var.fleets)} fleets below ${var.deployment.parameter_root}${try(length(var.platform.ca_certificates) > 0, false) ? ", and lambda_ca_certificates," : ""} are longer than a function's environment has room for: shorten parameter_root, prefix or the names of fleets, or stand two deployments."
  }
}

variable "packages" {
  description = "The code of `scale-up`, `scale-down` and `sweep`, as modules/lambda takes it."
  type = map(object({
    zip               = optional(string)
    sha256            = optional(string)
    sha256_base64     = optional(string)
    s3_bucket         = optional(string)
    s3_key            = optional(string)
    s3_object_version = optional(string)
  }))
  nullable = false
}

variable "platform" {
  description = "What all functions have in common, as modules/lambda takes it."
  type        = any
  default     = {}
  nullable    = false
}

variable "functions" {
  description = "Time limits and memory of the functions, and when those on a schedule run."
  type = object({
    scale_up_timeout_seconds              = optional(number, 120)
    scale_up_memory_megabytes             = optional(number, 512)
    scale_up_maximum_concurrency          = optional(number, 10)
    scale_up_batching_window_seconds      = optional(number, 1)
    scale_down_timeout_seconds            = optional(number, 120)
    scale_down_memory_megabytes           = optional(number, 512)
    scale_down_schedule_expression        = optional(string, "rate(1 minute)")
    sweep_timeout_seconds                 = optional(number, 120)
    sweep_memory_megabytes                = optional(number, 512)
    sweep_schedule_expression             = optional(string, "rate(1 minute)")
    create_spot_service_linked_role_right = optional(bool, false)
  })
  default  = {}
  nullable = false
}

variable "storage" {
  description = <<-EOT
    How tables and queues are kept.
      * `deletion_protection`: of the tables.
      * `table_key_arn`, `queue_key_arn`, `parameter_key_arn`: keys of your own; null: AWS's.
      * `message_retention_seconds`: how long a request may wait in the queue.
  EOT
  type = object({
    deletion_protection       = optional(bool, true)
    table_key_arn             = optional(string)
    queue_key_arn             = optional(string)
    parameter_key_arn         = optional(string)
    message_retention_seconds = optional(number, 86400)
  })
  default  = {}
  nullable = false
}
