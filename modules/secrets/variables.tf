variable "parameter_root" {
  description = "The path below which the parameters stand."
  type        = string
  nullable    = false
}

variable "kms_key_arn" {
  description = "A key of your own that encrypts them; null: AWS's."
  type        = string
  default     = null
}

variable "apps" {
  description = "The GitHub Apps, each by its values, or by the parameters that hold them. The first one's webhook is ours."
  type = list(object({
    id             = optional(string)
    key_base64     = optional(string)
    id_ssm         = optional(object({ name = string, arn = string }))
    key_base64_ssm = optional(object({ name = string, arn = string }))
  }))
  nullable  = false
  sensitive = true
}

variable "webhook_secrets" {
  description = "What signs webhooks: `webhook_secret`, and while it changes `previous_webhook_secret`; each by its value, or by the parameter that holds it."
  type = map(object({
    value = optional(string)
    ssm   = optional(object({ name = string, arn = string }))
  }))
  nullable  = false
  sensitive = true
}

variable "tags" {
  description = "Tags of the parameters."
  type        = map(string)
  default     = {}
  nullable    = false
}
