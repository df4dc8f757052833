# Beside an example's own files: what a trial calls, reads and counts.
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
