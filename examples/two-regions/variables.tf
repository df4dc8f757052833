variable "first_github_app" {
  description = "The App of the first region: `id`, `key_base64` and `webhook_secret`."
  type        = object({ id = string, key_base64 = string, webhook_secret = string })
  sensitive   = true
}

variable "second_github_app" {
  description = "The App of the second region: `id`, `key_base64` and `webhook_secret`."
  type        = object({ id = string, key_base64 = string, webhook_secret = string })
  sensitive   = true
}
