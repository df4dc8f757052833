# Beside an example's own files: what a trial has to know of the deployment.
variable "trial" {
  description = "Where the forge is, how many runners there may be, and what divides every waiting time."
  type        = object({ forge_url = string, limit = number, time_scale = number })
}

output "trial" {
  description = "What the trial calls, reads and counts."
  value = {
    webhook = module.ci_runners.webhook
    functions = {
      webhook    = module.ci_runners.webhook.function.arn
      scale-up   = module.ci_runners.lambda_scale_up.arn
      scale-down = module.ci_runners.lambda_scale_down.arn
      sweep      = module.ci_runners.lambda_sweep.arn
    }
    tables  = module.ci_runners.tables
    queues  = module.ci_runners.queues
    role_id = module.ci_runners.role_runner["default"].id
  }
}
