locals {
  minutes_of_a_week = 7 * 24 * 60

  owner_shape = "^[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)?$"
  type_shape  = "^[a-z0-9-]+\\.[a-z0-9-]+$"

  # By area; their case does not count.
  known_zones = flatten([for area, names in jsondecode(file("${path.module}/time-zones.json")) : [for name in names : lower(area == "" ? name : "${area}/${name}")]])

  # Graviton's families have a g behind their number: m7g, c6gn, im4gn. A few are older than that rule.
  graviton    = "^(a1|[a-z]+[0-9]+[a-z]*g[a-z]*)(-[a-z0-9]+)?\\."
  wrong_types = [for type in local.instance_types : type if can(regex(local.type_shape, type)) && can(regex(local.graviton, type)) != (local.architecture == "arm64")]

  # EC2 takes 50; scale-up writes six, and a person one that keeps a machine.
  machine_tags_limit = 43

  # Keys that the metadata service can serve: with any other one, EC2 refuses every launch.
  odd_tag_keys = [for key in keys(local.machine_tags) : key if !can(regex("^[A-Za-z0-9+=.,_:@-]{1,255}$", key)) || contains([".", "..", "_index"], key)]

  own_role = local.chosen.iam_overrides.runner_role_name != null || local.chosen.iam_overrides.instance_profile_name != null

  numbers = {
    priority                        = { value = local.chosen.priority, least = 0, most = 999 }
    runners_maximum_count           = { value = local.chosen.runners_maximum_count, least = -1, most = 100000 }
    minimum_running_time_in_minutes = { value = local.chosen.minimum_running_time_in_minutes, least = 0, most = local.minutes_of_a_week }
    runner_boot_time_in_minutes     = { value = local.chosen.runner_boot_time_in_minutes, least = 1, most = local.minutes_of_a_week }
    first_job_time_in_minutes       = { value = local.chosen.first_job_time_in_minutes, least = 1, most = local.minutes_of_a_week }
    hard_limit_in_hours             = { value = local.chosen.hard_limit_in_hours, least = 1, most = 8784 }
    launches_per_hour_limit         = { value = local.chosen.launches_per_hour_limit, least = 1, most = 100000 }
    delay_webhook_event             = { value = local.chosen.delay_webhook_event, least = 0, most = 900 }
  }

  choices = {
    runner_os                     = { value = local.chosen.runner_os, among = ["linux"] }
    runner_architecture           = { value = local.architecture, among = ["x64", "arm64"] }
    instance_target_capacity_type = { value = local.chosen.instance_target_capacity_type, among = ["spot", "on-demand"] }
    instance_allocation_strategy = {
      value = local.chosen.instance_allocation_strategy
      among = ["price-capacity-optimized", "capacity-optimized", "lowest-price", "diversified", "prioritized"]
    }
    "metadata_options.http_tokens"            = { value = local.chosen.metadata_options.http_tokens, among = ["required", "optional"] }
    "metadata_options.http_endpoint"          = { value = local.chosen.metadata_options.http_endpoint, among = ["enabled"] }
    "metadata_options.instance_metadata_tags" = { value = local.chosen.metadata_options.instance_metadata_tags, among = ["enabled", "disabled"] }
  }

  zones = merge(
    { for place, window in local.chosen.idle_config : "idle_config[${place}].timeZone" => window.timeZone },
    { for place, tick in local.chosen.pool_config : "pool_config[${place}].schedule_expression_timezone" => tick.schedule_expression_timezone },
  )
  kept = merge(
    { for place, window in local.chosen.idle_config : "idle_config[${place}].idleCount" => window.idleCount },
    { for place, tick in local.chosen.pool_config : "pool_config[${place}].size" => tick.size },
  )

  refusals = concat(
    [for field, number in local.numbers : "${field}: is ${number.value}, and must be a whole number from ${number.least} to ${number.most}." if number.value == null ? false : number.value < number.least || number.value > number.most || floor(number.value) != number.value],
    [for field, choice in local.choices : "${field}: is \"${choice.value}\", and must be ${join(" or ", [for one in choice.among : "\"${one}\""])}." if !contains(choice.among, choice.value)],
    [for place, label in local.labels : "runner_extra_labels: \"${label}\" is no label: write 1 to 256 printable characters without spaces and commas." if !can(regex("^[!-+\\--~]{1,256}$", label))],
    length(local.labels) > 100 ? ["runner_extra_labels: makes ${length(local.labels)} labels, more than the 100 that a runner may have."] : [],
    length(local.instance_types) == 0 && contains(["x64", "arm64"], local.architecture) ? ["instance_types: is empty: name one or more, such as [\"m7i.large\"]."] : [],
    [for type in local.instance_types : "instance_types: \"${type}\" is no type: write one such as \"m7i.large\"." if !can(regex(local.type_shape, type))],
    contains(["x64", "arm64"], local.architecture) ? [for type in local.wrong_types : "instance_types: ${type} is not ${local.architecture}: choose other types, or set runner_architecture = \"${local.architecture == "x64" ? "arm64" : "x64"}\"."] : [],
    [for owner in local.chosen.runner_owners : "runner_owners: \"${owner}\" is no owner: write acme, or acme/app for one repository." if !can(regex(local.owner_shape, owner))],
    local.schedule_problems,
    [for field, zone in local.zones : "${field}: \"${zone}\" is no time zone: write an IANA name such as \"Europe/Berlin\"." if !contains(local.known_zones, lower(zone))],
    [for place, window in local.chosen.idle_config : "idle_config[${place}].evictionStrategy: is \"${window.evictionStrategy}\", and must be \"oldest_first\" or \"newest_first\"." if !contains(["oldest_first", "newest_first"], window.evictionStrategy)],
    [for field, count in local.kept : "${field}: is ${count}, and must be a whole number from 0 on." if count < 0 || floor(count) != count],
    [for field, count in local.kept : "${field}: is ${count}, more than runners_maximum_count of ${local.chosen.runners_maximum_count}: lower it, or raise that limit." if local.chosen.runners_maximum_count >= 0 && count > local.chosen.runners_maximum_count],
    [for field, count in local.kept : "${field}: is ${count}, more than all_runners_maximum_count of ${var.deployment_limit}: lower it, or raise that limit." if var.deployment_limit >= 0 && count > var.deployment_limit],
    local.chosen.pool_runner_owner == null ? [] : [for owner in [local.chosen.pool_runner_owner] : "pool_runner_owner: \"${owner}\" is no owner: write acme, or acme/app for one repository." if !can(regex(local.owner_shape, owner))],
    length(local.chosen.pool_config) > 0 && length(local.owners) > 0 && local.pool_owner != null ? [for owner in [local.pool_owner] : "pool_runner_owner: is \"${owner}\", whom the fleet does not serve: name one of runner_owners." if !anytrue([
      for served in local.lower_owners : served == lower(owner) || startswith(served, "${lower(owner)}/") || startswith(lower(owner), "${served}/")
    ])] : [],
    length(local.chosen.pool_config) > 0 && local.pool_owner == null ? ["pool_runner_owner: is missing: a pool is one owner's, and runner_owners does not name exactly one; write ${local.scope == "org" ? "one name without slash" : "a repository such as acme/app"}."] : [],
    length(local.chosen.pool_config) > 0 && local.pool_owner != null ? [for owner in [local.pool_owner] : "pool_runner_owner: is \"${owner}\", and must be ${local.scope == "org" ? "one name without slash, as the fleet's runners are an organization's" : "a repository such as acme/app, as the fleet's runners are a repository's"}." if strcontains(owner, "/") != (local.scope == "repo")] : [],
    local.chosen.instance_max_spot_price == null ? [] : [for price in [local.chosen.instance_max_spot_price] : "instance_max_spot_price: \"${price}\" is no price: write dollars an hour, such as \"0.05\"." if !can(regex("^[0-9]+(\\.[0-9]+)?$", price))],
    can(regex("^\\S(.{0,126}\\S)?$", local.chosen.runner_group_name)) ? [] : ["runner_group_name: \"${local.chosen.runner_group_name}\" is no name of a group: write 1 to 128 characters without spaces at either end."],
    length(local.chosen.subnet_ids) == 0 ? ["subnet_ids: is empty: name one or more subnets of the VPC."] : [],
    local.chosen.metadata_options.instance_metadata_tags == "enabled" ? [for key in local.odd_tag_keys : "metadata_options.instance_metadata_tags: the tag \"${key}\" cannot be served by the metadata service, and EC2 would refuse every launch: rename the tag, or leave metadata tags disabled."] : [],
    [for key in keys(local.machine_tags) : "runner_ec2_tags: \"${key}\" is ours: tags that begin with ghr: or aws: are not to be set, nor in tags." if can(regex("^(ghr|aws):", key))],
    length(local.machine_tags) > local.machine_tags_limit ? ["runner_ec2_tags: makes ${length(local.machine_tags)} tags with those of tags, more than the ${local.machine_tags_limit} that EC2 has room for beside ours."] : [],
    !local.chosen.enable_managed_runner_security_group && length(local.chosen.runner_additional_security_group_ids) == 0 ? ["enable_managed_runner_security_group: is false, so runner_additional_security_group_ids must name at least one group."] : [],
    local.chosen.block_imds_for_jobs && (local.chosen.runner_as_root || local.chosen.runner_run_as == "root") ? ["block_imds_for_jobs: is true, and jobs run as root, whom nothing keeps from the metadata: name another user in runner_run_as, with runner_as_root = false."] : [],
    local.chosen.runner_package == null ? [] : [for package in [local.chosen.runner_package] : "runner_package: must have a uri of s3://bucket/key or https://…, and a sha256 of 64 hexadecimal digits." if !can(regex("^(s3://[^/]+/.+|https://.+)$", package.uri)) || !can(regex("^[0-9a-f]{64}$", package.sha256))],
    local.chosen.runner_package == null ? [] : [for built in flatten(regexall("-(x64|arm64)[-.]", local.chosen.runner_package.uri)) : "runner_package: is built for ${built} by its name, and the fleet is ${local.architecture}: name the one of ${local.architecture}." if built != local.architecture],
    local.chosen.iam_overrides.runner_role_name != null && local.chosen.iam_overrides.instance_profile_name != null ? ["iam_overrides: names a role and a profile: leave runner_role_name out, as the profile brings its own."] : [],
    local.own_role && length(local.chosen.runner_iam_role_managed_policy_arns) > 0 ? ["runner_iam_role_managed_policy_arns: has policies for a role that iam_overrides says is yours: attach them yourself, and write [] here."] : [],
    local.own_role && local.chosen.enable_ssm_on_runners ? ["enable_ssm_on_runners: is true, and iam_overrides says that the role is yours: attach AmazonSSMManagedInstanceCore to it yourself, and write false here."] : [],
    length(distinct(local.chosen.block_device_mappings[*].device_name)) < length(local.chosen.block_device_mappings) ? ["block_device_mappings: names a device twice: write device_name for each but one."] : [],
    local.chosen.userdata_template != null && !local.chosen.enabled_userdata ? ["userdata_template: is set, and enabled_userdata is false: leave one of them out."] : [],
  )

  # Two names that JavaScript has taken.
  misnamed = can(regex("^[a-z0-9][a-z0-9-]{0,31}$", var.name)) && !contains(["constructor", "prototype"], var.name) ? [] : ["fleets.${var.name}: must be named by 1 to 32 of a-z, 0-9 and -, not beginning with -."]
  problems = tolist(concat(local.misnamed, [for refusal in local.refusals : "fleets.${var.name}.${refusal}"]))
}
