# One runner idles in each fleet that has a pool, and nothing but the removal takes it away.
module "ci_runners" {
  ghes_url                        = var.trial.forge_url
  time_scale                      = var.trial.time_scale
  force_destroy                   = var.trial.force_destroy
  iam_overrides                   = { runner_role_name = "machines" }
  pool_runner_owner               = "acme"
  minimum_running_time_in_minutes = 6000
  first_job_time_in_minutes       = 6000
  fleets = { for name in var.trial.fleets : name => {
    runner_extra_labels = [name]
    pool_config         = name == "works" ? [] : [{ schedule_expression = "rate(1 minute)", size = 1 }]
  } }
}
