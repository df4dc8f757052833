# One variable a flavour. A version's checksum is either written here, or it is the one that the vendor publishes beside
# the file (flavours/checked.sh says where).
variable "go" {
  description = "Go, in the tool cache where actions/setup-go looks for it."
  type        = map(string)
  default = {
    version      = "1.26.1"
    sha256_x64   = "031f088e5d955bab8657ede27ad4e3bc5b7c1ba281f05f245bcc304f327c987a"
    sha256_arm64 = "a290581cfe4fe28ddd737dde3095f3dbeb7f2e4065cab4eae44dfc53b760c2f7"
  }
}

variable "node" {
  description = "Node, in the tool cache where actions/setup-node looks for it."
  type        = map(string)
  default     = { version = "22.20.0" }
}

variable "docker" {
  description = "Docker, in the version of the system's own signed packages, and images that are there before a job asks, with a space between them."
  type        = map(string)
  default     = { images = "" }
}

variable "deploy" {
  description = "Versions of what deploys: Terraform and kubectl. The AWS CLI and Docker come along."
  type        = map(string)
  default     = { terraform = "1.13.3", kubectl = "1.34.1" }
}

variable "godot" {
  description = "Godot without a window, with the templates that exports need."
  type        = map(string)
  default     = { version = "4.4" }
}

locals {
  flavours = {
    base   = {}
    go     = var.go
    node   = var.node
    docker = var.docker
    deploy = var.deploy
    godot  = var.godot
  }

  # What flavours/<flavour>.sh reads: VERSION, SHA256_X64, …
  settings = [for name, value in local.flavours[var.flavour] : "${upper(name)}=${value}"]
}
