# Beside an example's own files: what a trial has to know of the deployment.
variable "trial" {
  description = "Where the forge is, how many runners there may be, and what divides every waiting time."
  type        = object({ forge_url = string, limit = number, time_scale = number })
}

output "role_id" {
  description = "By which the trial's machines find their rows."
  value       = module.ci_runners.role_runner["default"].id
}
