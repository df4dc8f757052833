# What a fleet is, once its own fields stand above the defaults, and what is wrong with it. No provider, no cloud.
#
# A filter of a fleet's own stands in place of the parameter that all others have, as enabled_userdata = false does in place
# of their template: neither could be unset, as null inherits.
locals {
  chosen = {
    enabled                              = var.fleet.enabled != null ? var.fleet.enabled : var.defaults.enabled
    priority                             = var.fleet.priority != null ? var.fleet.priority : var.defaults.priority
    runner_extra_labels                  = var.fleet.runner_extra_labels != null ? var.fleet.runner_extra_labels : var.defaults.runner_extra_labels
    runner_os                            = var.fleet.runner_os != null ? var.fleet.runner_os : var.defaults.runner_os
    runner_architecture                  = var.fleet.runner_architecture != null ? var.fleet.runner_architecture : var.defaults.runner_architecture
    runner_group_name                    = var.fleet.runner_group_name != null ? var.fleet.runner_group_name : var.defaults.runner_group_name
    enable_organization_runners          = var.fleet.enable_organization_runners != null ? var.fleet.enable_organization_runners : var.defaults.enable_organization_runners
    runner_owners                        = var.fleet.runner_owners != null ? var.fleet.runner_owners : var.defaults.runner_owners
    enable_ephemeral_runners             = var.fleet.enable_ephemeral_runners != null ? var.fleet.enable_ephemeral_runners : var.defaults.enable_ephemeral_runners
    runners_maximum_count                = var.fleet.runners_maximum_count != null ? var.fleet.runners_maximum_count : var.defaults.runners_maximum_count
    minimum_running_time_in_minutes      = var.fleet.minimum_running_time_in_minutes != null ? var.fleet.minimum_running_time_in_minutes : var.defaults.minimum_running_time_in_minutes
    runner_boot_time_in_minutes          = var.fleet.runner_boot_time_in_minutes != null ? var.fleet.runner_boot_time_in_minutes : var.defaults.runner_boot_time_in_minutes
    first_job_time_in_minutes            = var.fleet.first_job_time_in_minutes != null ? var.fleet.first_job_time_in_minutes : var.defaults.first_job_time_in_minutes
    hard_limit_in_hours                  = var.fleet.hard_limit_in_hours != null ? var.fleet.hard_limit_in_hours : var.defaults.hard_limit_in_hours
    idle_config                          = var.fleet.idle_config != null ? var.fleet.idle_config : var.defaults.idle_config
    pool_config                          = var.fleet.pool_config != null ? var.fleet.pool_config : var.defaults.pool_config
    pool_runner_owner                    = var.fleet.pool_runner_owner != null ? var.fleet.pool_runner_owner : var.defaults.pool_runner_owner
    delay_webhook_event                  = var.fleet.delay_webhook_event != null ? var.fleet.delay_webhook_event : var.defaults.delay_webhook_event
    enable_job_queued_check              = var.fleet.enable_job_queued_check != null ? var.fleet.enable_job_queued_check : var.defaults.enable_job_queued_check
    launches_per_hour_limit              = var.fleet.launches_per_hour_limit != null ? var.fleet.launches_per_hour_limit : var.defaults.launches_per_hour_limit
    instance_types                       = var.fleet.instance_types != null ? var.fleet.instance_types : var.defaults.instance_types
    instance_target_capacity_type        = var.fleet.instance_target_capacity_type != null ? var.fleet.instance_target_capacity_type : var.defaults.instance_target_capacity_type
    enable_on_demand_failover            = var.fleet.enable_on_demand_failover != null ? var.fleet.enable_on_demand_failover : var.defaults.enable_on_demand_failover
    instance_allocation_strategy         = var.fleet.instance_allocation_strategy != null ? var.fleet.instance_allocation_strategy : var.defaults.instance_allocation_strategy
    instance_max_spot_price              = var.fleet.instance_max_spot_price != null ? var.fleet.instance_max_spot_price : var.defaults.instance_max_spot_price
    vpc_id                               = var.fleet.vpc_id != null ? var.fleet.vpc_id : var.defaults.vpc_id
    subnet_ids                           = var.fleet.subnet_ids != null ? var.fleet.subnet_ids : var.defaults.subnet_ids
    associate_public_ipv4_address        = var.fleet.associate_public_ipv4_address != null ? var.fleet.associate_public_ipv4_address : var.defaults.associate_public_ipv4_address
    ami_filter                           = var.fleet.ami_filter != null ? var.fleet.ami_filter : var.defaults.ami_filter
    ami_owners                           = var.fleet.ami_owners != null ? var.fleet.ami_owners : var.defaults.ami_owners
    ami_id_ssm_parameter_name            = var.fleet.ami_id_ssm_parameter_name != null || var.fleet.ami_filter != null ? var.fleet.ami_id_ssm_parameter_name : var.defaults.ami_id_ssm_parameter_name
    block_device_mappings                = var.fleet.block_device_mappings != null ? var.fleet.block_device_mappings : var.defaults.block_device_mappings
    key_name                             = var.fleet.key_name != null ? var.fleet.key_name : var.defaults.key_name
    metadata_options                     = var.fleet.metadata_options != null ? var.fleet.metadata_options : var.defaults.metadata_options
    enable_runner_detailed_monitoring    = var.fleet.enable_runner_detailed_monitoring != null ? var.fleet.enable_runner_detailed_monitoring : var.defaults.enable_runner_detailed_monitoring
    enable_managed_runner_security_group = var.fleet.enable_managed_runner_security_group != null ? var.fleet.enable_managed_runner_security_group : var.defaults.enable_managed_runner_security_group
    runner_additional_security_group_ids = var.fleet.runner_additional_security_group_ids != null ? var.fleet.runner_additional_security_group_ids : var.defaults.runner_additional_security_group_ids
    egress_rules                         = var.fleet.egress_rules != null ? var.fleet.egress_rules : var.defaults.egress_rules
    runner_iam_role_managed_policy_arns  = var.fleet.runner_iam_role_managed_policy_arns != null ? var.fleet.runner_iam_role_managed_policy_arns : var.defaults.runner_iam_role_managed_policy_arns
    iam_overrides                        = var.fleet.iam_overrides != null ? var.fleet.iam_overrides : var.defaults.iam_overrides
    runner_ec2_tags                      = var.fleet.runner_ec2_tags != null ? var.fleet.runner_ec2_tags : var.defaults.runner_ec2_tags
    overrides                            = var.fleet.overrides != null ? var.fleet.overrides : var.defaults.overrides
    enable_ssm_on_runners                = var.fleet.enable_ssm_on_runners != null ? var.fleet.enable_ssm_on_runners : var.defaults.enable_ssm_on_runners
    enable_cloudwatch_agent              = var.fleet.enable_cloudwatch_agent != null ? var.fleet.enable_cloudwatch_agent : var.defaults.enable_cloudwatch_agent
    cloudwatch_config                    = var.fleet.cloudwatch_config != null ? var.fleet.cloudwatch_config : var.defaults.cloudwatch_config
    runner_log_files                     = var.fleet.runner_log_files != null ? var.fleet.runner_log_files : var.defaults.runner_log_files
    enabled_userdata                     = var.fleet.enabled_userdata != null ? var.fleet.enabled_userdata : var.defaults.enabled_userdata
    userdata_template                    = var.fleet.userdata_template != null || var.fleet.enabled_userdata == false ? var.fleet.userdata_template : var.defaults.userdata_template
    userdata_pre_install                 = var.fleet.userdata_pre_install != null ? var.fleet.userdata_pre_install : var.defaults.userdata_pre_install
    userdata_post_install                = var.fleet.userdata_post_install != null ? var.fleet.userdata_post_install : var.defaults.userdata_post_install
    enable_user_data_debug_logging       = var.fleet.enable_user_data_debug_logging != null ? var.fleet.enable_user_data_debug_logging : var.defaults.enable_user_data_debug_logging
    runner_run_as                        = var.fleet.runner_run_as != null ? var.fleet.runner_run_as : var.defaults.runner_run_as
    runner_as_root                       = var.fleet.runner_as_root != null ? var.fleet.runner_as_root : var.defaults.runner_as_root
    runner_package                       = var.fleet.runner_package != null ? var.fleet.runner_package : var.defaults.runner_package
    block_imds_for_jobs                  = var.fleet.block_imds_for_jobs != null ? var.fleet.block_imds_for_jobs : var.defaults.block_imds_for_jobs
  }
}

locals {
  default_instance_types = {
    x64   = ["m7i.large", "m6i.large", "m7a.large", "m6a.large", "c7i.large", "c6i.large"]
    arm64 = ["m7g.large", "m6g.large", "c7g.large", "c6g.large"]
  }
  image_architectures = { x64 = "x86_64", arm64 = "arm64" }

  architecture   = local.chosen.runner_architecture
  instance_types = distinct(local.chosen.instance_types != null ? local.chosen.instance_types : lookup(local.default_instance_types, local.architecture, []))
  ami_filter = local.chosen.ami_filter != null ? local.chosen.ami_filter : {
    name                = ["al2023-ami-2023.*-kernel-6.*-${lookup(local.image_architectures, local.architecture, "")}"]
    state               = ["available"]
    virtualization-type = ["hvm"]
  }

  # A forge does not tell labels apart by their case.
  all_labels   = concat(["self-hosted", local.chosen.runner_os, local.architecture], local.chosen.runner_extra_labels)
  lower_labels = [for label in local.all_labels : lower(label)]
  labels       = [for place, label in local.all_labels : label if index(local.lower_labels, lower(label)) == place]
  lower_owners = [for owner in local.chosen.runner_owners : lower(owner)]
  owners       = tolist([for place, owner in local.chosen.runner_owners : owner if index(local.lower_owners, lower(owner)) == place])
  scope        = local.chosen.enable_organization_runners ? "org" : "repo"

  # A pool is one owner's: the one that is named, or the only one that the fleet serves.
  only_owner = length(local.owners) == 1 ? local.owners[0] : null
  pool_owner = local.chosen.pool_runner_owner != null ? local.chosen.pool_runner_owner : (
    local.only_owner == null ? null : local.scope == "org" ? split("/", local.only_owner)[0] : local.only_owner
  )

  # Without the deployment's own: those decide what we may end, and come from the call.
  machine_tags = merge(
    var.tags,
    { Name = local.chosen.overrides.name_runner != null ? local.chosen.overrides.name_runner : "${var.prefix}-${var.name}-action-runner" },
    local.chosen.runner_ec2_tags,
  )

  # What matching and the webhook's delay need of it.
  matcher = merge(
    {
      labels                   = local.labels
      priority                 = local.chosen.priority
      scope                    = local.scope
      owners                   = local.owners
      ephemeral                = local.chosen.enable_ephemeral_runners
      runnersMaximumCount      = local.chosen.enabled ? local.chosen.runners_maximum_count : 0
      delayWebhookEventSeconds = local.chosen.delay_webhook_event
      # A fleet that is switched off drains: nothing is held ready.
      idleConfig = local.chosen.enabled ? [for window in local.chosen.idle_config : {
        cron             = window.cron
        timeZone         = window.timeZone
        idleCount        = window.idleCount
        evictionStrategy = window.evictionStrategy
      }] : []
      poolConfig = local.chosen.enabled ? [for tick in local.chosen.pool_config : {
        scheduleExpression = tick.schedule_expression
        timeZone           = tick.schedule_expression_timezone
        size               = tick.size
      }] : []
    },
    local.chosen.pool_runner_owner == null ? {} : { poolRunnerOwner = local.chosen.pool_runner_owner },
  )

  document = merge(local.matcher, {
    runnerGroup               = local.chosen.runner_group_name
    minimumRunningTimeMinutes = local.chosen.minimum_running_time_in_minutes
    runnerBootTimeMinutes     = local.chosen.runner_boot_time_in_minutes
    firstJobMinutes           = local.chosen.first_job_time_in_minutes
    hardLimitHours            = local.chosen.hard_limit_in_hours
    enableJobQueuedCheck      = local.chosen.enable_job_queued_check
    launchesPerHourLimit      = local.chosen.launches_per_hour_limit
    instanceTypes             = local.instance_types
    market                    = local.chosen.instance_target_capacity_type
    onDemandFailover          = local.chosen.enable_on_demand_failover
  })
}
