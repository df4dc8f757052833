variable "region" {
  description = "Where machines run."
  type        = string
  default     = "eu-central-1"
}

variable "proxy" {
  description = "The proxy: its name, its port, and the addresses that it has."
  type        = object({ host = string, port = number, cidr = string })
  default     = { host = "proxy.internal", port = 3128, cidr = "10.0.0.0/24" }
}

variable "certificate" {
  description = "PEM of the authority that signs the proxy's certificates. Empty: the proxy passes connections through."
  type        = string
  default     = ""
}

variable "github_app" {
  description = "The GitHub App: `id`, `key_base64` and `webhook_secret`."
  type        = object({ id = string, key_base64 = string, webhook_secret = string })
  sensitive   = true
}
