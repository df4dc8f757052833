variable "prefix" {
  description = "Begins the names of alarms and dashboard; also what the deployment's metrics are told apart by."
  type        = string
  nullable    = false
}

variable "suffix" {
  description = "Ends the name of the dashboard, which is unique in the account, whatever the region."
  type        = string
  nullable    = false
}

variable "region" {
  description = "Region of the metrics, for the dashboard."
  type        = string
  nullable    = false
}

variable "namespace" {
  description = "The namespace of the functions' metrics."
  type        = string
  nullable    = false
}

variable "fleets" {
  description = "Names of the fleets."
  type        = list(string)
  nullable    = false
}

variable "queue_names" {
  description = "Names of the queue of requests, and of its dead letters."
  type        = object({ requests = string, dead_letters = string })
  nullable    = false
}

variable "alarms" {
  description = "Which alarms there are not: `false`, by name."
  type        = map(bool)
  default     = {}
  nullable    = false
}

variable "waiting_job_limit_seconds" {
  description = "How long a job may wait before the alarm on waiting jobs."
  type        = number
  default     = 900
  nullable    = false
}

variable "actions" {
  description = "ARNs of what an alarm calls when it begins and when it ends, such as an SNS topic."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "dashboard" {
  description = "Whether a dashboard is made."
  type        = bool
  default     = true
  nullable    = false
}

variable "tags" {
  description = "Tags of the alarms."
  type        = map(string)
  default     = {}
  nullable    = false
}
