locals {
  template = var.template != null ? var.template : "${path.module}/boot.sh.tftpl"

  script = templatefile(local.template, {
    fleet                = var.fleet
    role_id              = var.host.role_id
    hosts_table          = var.host.hosts_table
    region               = var.host.region
    fleet_parameter      = var.host.fleet_parameter
    run_as               = var.host.run_as
    agent                = var.agent
    cloudwatch_parameter = var.cloudwatch_parameter
    pre_install          = var.pre_install
    post_install         = var.post_install
    debug                = var.debug
  })
}
