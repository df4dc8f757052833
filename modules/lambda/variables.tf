variable "name" {
  description = "Name of the function, of its role and of its log group. Unique in the region."
  type        = string
  nullable    = false
}

variable "role_name" {
  description = "Name of the function's role. Unique in the account, whatever the region."
  type        = string
  nullable    = false

  validation {
    condition     = length(var.role_name) <= 64
    error_message = "The role's name ${var.role_name} is longer than the 64 characters that IAM allows: shorten the prefix."
  }
}

variable "description" {
  description = "What the function is for, as the console shows it."
  type        = string
  nullable    = false
}

variable "package" {
  description = <<-EOT
    Where the function's code is: a zip of this machine, or one in S3.
      * `zip`: path of the zip.
      * `sha256`: what the manifest says of it, in hex; null: there is no manifest.
      * `s3_bucket`, `s3_key`, `s3_object_version`: instead of `zip`.
      * `sha256_base64`: of the zip in S3: a new one is deployed; null: it is not noticed.
  EOT
  type = object({
    zip               = optional(string)
    sha256            = optional(string)
    sha256_base64     = optional(string)
    s3_bucket         = optional(string)
    s3_key            = optional(string)
    s3_object_version = optional(string)
  })
  nullable = false
}

variable "environment" {
  description = "The function's environment variables."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "policy" {
  description = "What the function may do, as the JSON of a policy. Its log and traces are added here."
  type        = string
  nullable    = false
}

variable "timeout_seconds" {
  description = "How long one call of it may take."
  type        = number
  nullable    = false
}

variable "memory_megabytes" {
  description = "Its memory; its share of a processor grows with it."
  type        = number
  default     = 512
  nullable    = false
}

variable "platform" {
  description = <<-EOT
    What all functions of a deployment have in common.
      * `runtime`, `architecture`: Lambda's runtime, and `arm64` or `x86_64`.
      * `log_retention_days`, `log_kms_key_arn`: how long its log is kept, and the key that encrypts it (null: CloudWatch's own).
      * `role_path`, `permissions_boundary`: of its role.
      * `subnet_ids`, `security_group_ids`: to run inside a VPC; empty: outside.
      * `tracing_mode`: `Active` or `PassThrough` sends traces to X-Ray; null: none.
      * `ca_certificates`: PEM of authorities that are trusted beside the public ones; null: none.
      * `alarm`: makes an alarm on errors, with the `actions` to take; null: none.
  EOT
  type = object({
    runtime              = optional(string, "nodejs22.x")
    architecture         = optional(string, "arm64")
    log_retention_days   = optional(number, 180)
    log_kms_key_arn      = optional(string)
    role_path            = optional(string, "/")
    permissions_boundary = optional(string)
    subnet_ids           = optional(list(string), [])
    security_group_ids   = optional(list(string), [])
    tracing_mode         = optional(string)
    ca_certificates      = optional(string)
    alarm                = optional(object({ actions = list(string) }))
  })
  default  = {}
  nullable = false
}

variable "tags" {
  description = "Tags of everything that is made."
  type        = map(string)
  default     = {}
  nullable    = false
}
