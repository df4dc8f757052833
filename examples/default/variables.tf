variable "region" {
  description = "Where machines run."
  type        = string
  default     = "eu-central-1"
}

variable "github_app" {
  description = "The GitHub App: `id`, `key_base64` and `webhook_secret`."
  type        = object({ id = string, key_base64 = string, webhook_secret = string })
  sensitive   = true
}
