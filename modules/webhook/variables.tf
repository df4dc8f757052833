variable "deployment" {
  description = "What names and places this deployment, as modules/control-plane takes it."
  type = object({
    prefix         = string
    suffix         = string
    region         = string
    account_id     = string
    partition      = string
    parameter_root = string
    tags           = map(string)
  })
  nullable = false
}

variable "document" {
  description = "The deployment's document, as modules/control-plane puts it out."
  type        = any
  nullable    = false
}

variable "matchers" {
  description = "By name: of each fleet's document what matching and the delay need. Known when planning, as its length decides how many parameters hold it."
  type        = any
  nullable    = false
}

variable "secrets" {
  description = "Name and ARN of each parameter that holds a webhook secret which is valid now."
  type        = list(object({ name = string, arn = string }))
  nullable    = false
}

variable "ledger_table_arn" {
  description = "The table that jobs are recorded in."
  type        = string
  nullable    = false
}

variable "queue_arn" {
  description = "The queue that requests are sent to."
  type        = string
  nullable    = false
}

variable "keys" {
  description = "Keys of your own that encrypt parameters, tables and the queue; null: AWS's."
  type = object({
    parameter_key_arn = optional(string)
    table_key_arn     = optional(string)
    queue_key_arn     = optional(string)
  })
  default  = {}
  nullable = false
}

variable "parameter_tier" {
  description = "`Standard`: parameters of 4,000 characters, without cost. `Advanced`: 8,000, at five cents a month each."
  type        = string
  default     = "Standard"
  nullable    = false

  validation {
    condition     = contains(["Standard", "Advanced"], var.parameter_tier)
    error_message = "The tier of the matchers is ${var.parameter_tier}, and must be Standard or Advanced."
  }
}

variable "package" {
  description = "The function's code, as modules/lambda takes it."
  type        = any
  nullable    = false
}

variable "platform" {
  description = "What all functions have in common, as modules/lambda takes it."
  type        = any
  default     = {}
  nullable    = false
}

variable "function" {
  description = "The function's time limit and memory. GitHub waits ten seconds for an answer."
  type = object({
    timeout_seconds  = optional(number, 10)
    memory_megabytes = optional(number, 256)
  })
  default  = {}
  nullable = false
}

variable "access_log" {
  description = "Where API Gateway logs requests, and in which form; null: nowhere."
  type        = object({ destination_arn = string, format = string })
  default     = null
}
