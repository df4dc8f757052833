variable "region" {
  description = "Where machines run."
  type        = string
  default     = "eu-central-1"
}

variable "ghes_url" {
  description = "Where people open the server in a browser."
  type        = string
  default     = "https://ghe.example.com"
}

variable "certificate" {
  description = "Your authority's certificate, as PEM; null: the server has a public one."
  type        = string
  default     = null
}

variable "vpc_id" {
  description = "The VPC from which the server is reached."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets of that VPC, with a way to AWS."
  type        = list(string)
}

variable "github_app" {
  description = "The GitHub App: `id`, `key_base64` and `webhook_secret`."
  type        = object({ id = string, key_base64 = string, webhook_secret = string })
  sensitive   = true
}
