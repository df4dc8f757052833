variable "flavour" {
  description = "What jobs find beside the runner: base, go, node, docker, deploy or godot."
  type        = string
  default     = "base"

  validation {
    condition     = contains(["base", "go", "node", "docker", "deploy", "godot"], var.flavour)
    error_message = "The flavour must be base, go, node, docker, deploy or godot."
  }
}

variable "os" {
  description = "amazon-linux-2023 or ubuntu-24.04."
  type        = string
  default     = "amazon-linux-2023"

  validation {
    condition     = var.os != "amazon-linux-2"
    error_message = "The os cannot be amazon-linux-2, whose C library is too old for the Node of today's runner: build amazon-linux-2023."
  }

  validation {
    condition     = contains(["amazon-linux-2", "amazon-linux-2023", "ubuntu-24.04"], var.os)
    error_message = "The os must be amazon-linux-2023 or ubuntu-24.04."
  }
}

variable "arch" {
  description = "x64 or arm64: the fleet's runner_architecture."
  type        = string
  default     = "x64"

  validation {
    condition     = contains(["x64", "arm64"], var.arch)
    error_message = "The arch must be x64 or arm64."
  }
}

variable "region" {
  description = "Where the image is built, and used."
  type        = string
  default     = "eu-central-1"
}

variable "subnet_id" {
  description = "A subnet from which the internet is reached; empty: one of the default VPC's."
  type        = string
  default     = ""
}

variable "security_group_id" {
  description = "The builder's group, which lets SSH in, as `make infrastructure` makes it; empty: one for the time of the build."
  type        = string
  default     = ""
}

variable "run_as" {
  description = "The user that jobs run as: the fleet's runner_run_as."
  type        = string
  default     = "runner"
}

variable "host_agent" {
  description = "The host agent's file, as `make dist` makes it."
  type        = string
  default     = "../lambdas/dist/host-agent.js"
}

variable "runner_package" {
  description = "Where GitHub's runner is fetched from, and its checksum in hex, separated by a space; empty: the newest release."
  type        = string
  default     = ""
}

variable "disk_gigabytes" {
  description = "Size of the image's volume."
  type        = number
  default     = 30
}
