# Laid over an example by Terraform itself: nothing else in it differs from what a user applies.
module "ci_runners" {
  ghes_url                = var.trial.forge_url
  time_scale              = var.trial.time_scale
  runners_maximum_count   = var.trial.limit
  launches_per_hour_limit = 100000
}
