variable "region" {
  description = "Where images are built."
  type        = string
  default     = "eu-central-1"
  nullable    = false
}

variable "builder_cidr" {
  description = "From where Packer reaches the machine that it builds on, such as 203.0.113.7/32."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrhost(var.builder_cidr, 0)) && !endswith(var.builder_cidr, "/0")
    error_message = "builder_cidr: must be an address range such as \"203.0.113.7/32\", and not the whole internet."
  }
}

variable "vpc_id" {
  description = "The VPC in which images are built; null: the default one."
  type        = string
  default     = null
}

variable "subnet_id" {
  description = "A subnet from which the internet is reached; null: the VPC's first public one."
  type        = string
  default     = null
}
