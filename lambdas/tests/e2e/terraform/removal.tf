# Beside the default example: fleets that are taken away, one after the other.
variable "trial" {
  description = "Where the forge is, what divides every waiting time, which fleets there are, and whether busy machines end."
  type        = object({ forge_url = string, time_scale = number, fleets = list(string), force_destroy = bool })
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
    tables = module.ci_runners.tables
    queues = module.ci_runners.queues
  }
}
