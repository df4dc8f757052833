variable "name" {
  description = "Name of the bucket, unique in the whole world."
  type        = string
  nullable    = false
}

variable "host_agent" {
  description = "Path of the program that makes a machine a runner, and its checksum in hex."
  type        = object({ path = string, sha256 = string })
  nullable    = false
}

variable "tags" {
  description = "Tags of the bucket."
  type        = map(string)
  default     = {}
  nullable    = false
}
