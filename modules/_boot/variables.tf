variable "fleet" {
  description = "Name of the fleet whose machines run the script."
  type        = string
  nullable    = false
}

variable "host" {
  description = <<-EOT
    What the host agent is told of its deployment.
      * `role_id`: the unique id of the machines' role, which begins the key of each machine's own row.
      * `hosts_table`, `region`: where that row is.
      * `fleet_parameter`: the parameter that holds the fleet's document.
      * `run_as`: the user that jobs run as.
      * `hard_limit_hours`: after them a machine ends, whatever it does.
  EOT
  type = object({
    role_id          = string
    hosts_table      = string
    region           = string
    fleet_parameter  = string
    run_as           = string
    hard_limit_hours = number
  })
  nullable = false
}

variable "agent" {
  description = "Where the host agent is fetched from, and its checksum in hex; null: the image brings it."
  type        = object({ s3_uri = string, sha256 = string })
  default     = null
}

variable "runner_package" {
  description = "Where GitHub's runner is fetched from if the image lacks it, and its checksum in hex; null: GitHub's newest."
  type        = object({ uri = string, sha256 = string })
  default     = null
}

variable "block_imds" {
  description = "Whether jobs are kept from the machine's metadata."
  type        = bool
  default     = false
  nullable    = false
}

variable "cloudwatch_parameter" {
  description = "The parameter that configures the CloudWatch agent; null: it is not started."
  type        = string
  default     = null
}

variable "pre_install" {
  description = "Shell that runs before anything else is installed."
  type        = string
  default     = ""
  nullable    = false
}

variable "post_install" {
  description = "Shell that runs last, before the host agent starts."
  type        = string
  default     = ""
  nullable    = false
}

variable "debug" {
  description = "Whether the script prints each of its commands. None of them holds a secret, and those of pre_install and post_install are not printed."
  type        = bool
  default     = false
  nullable    = false
}

variable "template" {
  description = "Path of a template in place of ours, with the same names in it; null: ours."
  type        = string
  default     = null
}
