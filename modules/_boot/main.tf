locals {
  template = var.template != null ? var.template : "${path.module}/boot.sh.tftpl"

  # The very files that images are built with.
  folder  = "${path.module}/../../images/scripts"
  scripts = { for name in fileset(local.folder, "*") : name => file("${local.folder}/${name}") }

  script = templatefile(local.template, {
    fleet                = var.fleet
    role_id              = var.host.role_id
    hosts_table          = var.host.hosts_table
    region               = var.host.region
    fleet_parameter      = var.host.fleet_parameter
    run_as               = var.host.run_as
    hard_limit_seconds   = var.host.hard_limit_hours * 3600
    block_imds           = var.block_imds
    agent                = var.agent
    runner_package       = var.runner_package
    scripts              = local.scripts
    cloudwatch_parameter = var.cloudwatch_parameter
    pre_install          = var.pre_install
    post_install         = var.post_install
    debug                = var.debug
  })

  # As machines unpack it by themselves.
  packed = base64gzip(local.script)
}
