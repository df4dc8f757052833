# Every problem that a fleet may have, and the sentence that says so. No provider takes part.
variables {
  name   = "linux"
  prefix = "ci"
  fleet  = {}
  tags   = { team = "platform" }

  defaults = {
    enabled                              = true
    priority                             = 999
    runner_extra_labels                  = []
    runner_os                            = "linux"
    runner_architecture                  = "x64"
    runner_group_name                    = "Default"
    enable_organization_runners          = true
    runner_owners                        = []
    enable_ephemeral_runners             = true
    runners_maximum_count                = 3
    minimum_running_time_in_minutes      = 5
    runner_boot_time_in_minutes          = 5
    first_job_time_in_minutes            = 10
    hard_limit_in_hours                  = 121
    idle_config                          = []
    pool_config                          = []
    launches_per_hour_limit              = 1000
    instance_target_capacity_type        = "spot"
    enable_on_demand_failover            = false
    instance_allocation_strategy         = "price-capacity-optimized"
    vpc_id                               = "vpc-1"
    subnet_ids                           = ["subnet-1"]
    associate_public_ipv4_address        = false
    ami_owners                           = ["amazon"]
    block_device_mappings                = [{}]
    metadata_options                     = {}
    enable_runner_detailed_monitoring    = false
    enable_managed_runner_security_group = true
    runner_additional_security_group_ids = []
    egress_rules                         = []
    runner_iam_role_managed_policy_arns  = []
    iam_overrides                        = {}
    runner_ec2_tags                      = {}
    overrides                            = {}
    enable_ssm_on_runners                = false
    enable_cloudwatch_agent              = true
    enabled_userdata                     = true
    userdata_pre_install                 = ""
    userdata_post_install                = ""
    enable_user_data_debug_logging       = false
    runner_run_as                        = "ec2-user"
    runner_as_root                       = false
    runner_package                       = null
    block_imds_for_jobs                  = false
  }
}

run "the_defaults_have_no_problem" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "metadata_are_for_the_machine_itself_unless_asked_for" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  assert {
    condition     = output.fleet.metadata_options.http_tokens == "required" && output.fleet.metadata_options.http_put_response_hop_limit == 1 && output.fleet.metadata_options.instance_metadata_tags == "disabled"
    error_message = jsonencode(output.fleet.metadata_options)
  }
}

run "labels_differ_by_more_than_their_case" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_extra_labels = ["X64", "gpu", "GPU"] }
  }

  assert {
    condition     = tolist(output.fleet.labels) == tolist(["self-hosted", "linux", "x64", "gpu"])
    error_message = jsonencode(output.fleet.labels)
  }
}

run "types_and_image_follow_the_architecture" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_architecture = "arm64" }
  }

  assert {
    condition     = alltrue([for type in output.fleet.instance_types : can(regex("^[a-z][0-9]g\\.", type))]) && strcontains(output.fleet.ami_filter["name"][0], "arm64")
    error_message = jsonencode(output.fleet)
  }

  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "a_misshapen_name_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    name = "Linux_x64"
  }

  assert {
    condition     = output.problems == tolist(["fleets.Linux_x64: must be named by 1 to 32 of a-z, 0-9 and -, not beginning with -."])
    error_message = join("\n", output.problems)
  }
}

run "windows_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_os = "windows" }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runner_os: is \"windows\", and must be \"linux\"."])
    error_message = join("\n", output.problems)
  }
}

run "an_unknown_architecture_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_architecture = "amd64" }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runner_architecture: is \"amd64\", and must be \"x64\" or \"arm64\"."])
    error_message = join("\n", output.problems)
  }
}

run "a_type_of_another_architecture_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { instance_types = ["m7i.large", "c6gn.large", "m7i-flex.large", "g4dn.xlarge"] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.instance_types: c6gn.large is not x64: choose other types, or set runner_architecture = \"arm64\"."])
    error_message = join("\n", output.problems)
  }
}

run "an_intel_type_for_arm_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_architecture = "arm64", instance_types = ["m7i.large", "a1.large", "im4gn.large"] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.instance_types: m7i.large is not arm64: choose other types, or set runner_architecture = \"x64\"."])
    error_message = join("\n", output.problems)
  }
}

run "an_empty_list_of_types_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { instance_types = [] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.instance_types: is empty: name one or more, such as [\"m7i.large\"]."])
    error_message = join("\n", output.problems)
  }
}

run "a_label_with_a_comma_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_extra_labels = ["a,b"] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runner_extra_labels: \"a,b\" is no label: write 1 to 256 printable characters without spaces and commas."])
    error_message = join("\n", output.problems)
  }
}

run "an_unknown_market_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { instance_target_capacity_type = "ondemand" }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.instance_target_capacity_type: is \"ondemand\", and must be \"spot\" or \"on-demand\"."])
    error_message = join("\n", output.problems)
  }
}

run "an_unknown_strategy_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { instance_allocation_strategy = "cheapest" }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.instance_allocation_strategy: is \"cheapest\", and must be \"price-capacity-optimized\" or \"capacity-optimized\" or \"lowest-price\" or \"diversified\" or \"prioritized\"."])
    error_message = join("\n", output.problems)
  }
}

run "a_priority_beyond_its_range_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { priority = 1000 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.priority: is 1000, and must be a whole number from 0 to 999."])
    error_message = join("\n", output.problems)
  }
}

run "a_broken_limit_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runners_maximum_count = 2.5 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runners_maximum_count: is 2.5, and must be a whole number from -1 to 100000."])
    error_message = join("\n", output.problems)
  }
}

run "no_time_to_boot_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_boot_time_in_minutes = 0 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runner_boot_time_in_minutes: is 0, and must be a whole number from 1 to 10080."])
    error_message = join("\n", output.problems)
  }
}

run "a_week_of_running_is_the_longest_minimum" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { minimum_running_time_in_minutes = 10081 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.minimum_running_time_in_minutes: is 10081, and must be a whole number from 0 to 10080."])
    error_message = join("\n", output.problems)
  }
}

run "a_first_job_at_once_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { first_job_time_in_minutes = 0 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.first_job_time_in_minutes: is 0, and must be a whole number from 1 to 10080."])
    error_message = join("\n", output.problems)
  }
}

run "a_life_without_hours_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { hard_limit_in_hours = 0 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.hard_limit_in_hours: is 0, and must be a whole number from 1 to 8784."])
    error_message = join("\n", output.problems)
  }
}

run "no_launches_an_hour_are_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { launches_per_hour_limit = 0 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.launches_per_hour_limit: is 0, and must be a whole number from 1 to 100000."])
    error_message = join("\n", output.problems)
  }
}

run "a_delay_beyond_the_queue_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { delay_webhook_event = 901 }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.delay_webhook_event: is 901, and must be a whole number from 0 to 900."])
    error_message = join("\n", output.problems)
  }
}

run "a_misshapen_owner_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_owners = ["https://github.com/acme"], pool_runner_owner = "a cme" }
  }

  assert {
    condition = output.problems == tolist([
      "fleets.linux.runner_owners: \"https://github.com/acme\" is no owner: write acme, or acme/app for one repository.",
      "fleets.linux.pool_runner_owner: \"a cme\" is no owner: write acme, or acme/app for one repository.",
    ])
    error_message = join("\n", output.problems)
  }
}

run "a_misshapen_cron_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { idle_config = [{ cron = "9-17", idleCount = 1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.idle_config[0].cron: \"9-17\" is no schedule: write cron such as \"* * 9-17 * * 1-5\", \"cron(0 9 ? * MON-FRI *)\" or \"rate(5 minutes)\"."])
    error_message = join("\n", output.problems)
  }
}

run "a_misshapen_tick_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { pool_runner_owner = "acme", pool_config = [{ schedule_expression = "rate(soon)", size = 1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.pool_config[0].schedule_expression: \"rate(soon)\" is no schedule: write cron such as \"* * 9-17 * * 1-5\", \"cron(0 9 ? * MON-FRI *)\" or \"rate(5 minutes)\"."])
    error_message = join("\n", output.problems)
  }
}

run "a_misshapen_time_zone_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { idle_config = [{ cron = "* 9-17 * * *", timeZone = "+02:00", idleCount = 1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.idle_config[0].timeZone: \"+02:00\" is no time zone: write an IANA name such as \"Europe/Berlin\"."])
    error_message = join("\n", output.problems)
  }
}

run "an_unknown_eviction_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { idle_config = [{ cron = "* 9-17 * * *", evictionStrategy = "random", idleCount = 1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.idle_config[0].evictionStrategy: is \"random\", and must be \"oldest_first\" or \"newest_first\"."])
    error_message = join("\n", output.problems)
  }
}

run "fewer_than_no_idle_runners_are_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { idle_config = [{ cron = "* 9-17 * * *", idleCount = -1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.idle_config[0].idleCount: is -1, and must be a whole number from 0 on."])
    error_message = join("\n", output.problems)
  }
}

run "more_idle_runners_than_the_limit_are_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { idle_config = [{ cron = "* 9-17 * * *", idleCount = 4 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.idle_config[0].idleCount: is 4, more than runners_maximum_count of 3: lower it, or raise that limit."])
    error_message = join("\n", output.problems)
  }
}

run "a_pool_beyond_the_limit_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { pool_runner_owner = "acme", pool_config = [{ schedule_expression = "rate(1 hour)", size = 4 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.pool_config[0].size: is 4, more than runners_maximum_count of 3: lower it, or raise that limit."])
    error_message = join("\n", output.problems)
  }
}

run "a_pool_without_an_owner_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { pool_config = [{ schedule_expression = "rate(1 hour)", size = 1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.pool_runner_owner: is missing: a pool is one owner's, and runner_owners does not name exactly one; write one name without slash."])
    error_message = join("\n", output.problems)
  }
}

run "a_pool_of_a_repository_needs_one" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { enable_organization_runners = false, pool_config = [{ schedule_expression = "rate(1 hour)", size = 1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.pool_runner_owner: is missing: a pool is one owner's, and runner_owners does not name exactly one; write a repository such as acme/app."])
    error_message = join("\n", output.problems)
  }
}

run "a_pool_of_an_organization_names_no_repository" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { pool_runner_owner = "acme/app", pool_config = [{ schedule_expression = "rate(1 hour)", size = 1 }] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.pool_runner_owner: is \"acme/app\", and must be one name without slash, as the fleet's runners are an organization's."])
    error_message = join("\n", output.problems)
  }
}

run "a_misshapen_price_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { instance_max_spot_price = "5 cents" }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.instance_max_spot_price: \"5 cents\" is no price: write dollars an hour, such as \"0.05\"."])
    error_message = join("\n", output.problems)
  }
}

run "a_blank_group_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_group_name = " " }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runner_group_name: \" \" is no name of a group: write 1 to 128 characters without spaces at either end."])
    error_message = join("\n", output.problems)
  }
}

run "no_subnets_are_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { subnet_ids = [] }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.subnet_ids: is empty: name one or more subnets of the VPC."])
    error_message = join("\n", output.problems)
  }
}

run "a_tag_that_would_stop_all_launches_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { metadata_options = { instance_metadata_tags = "enabled" }, runner_ec2_tags = { "cost centre" = "42" } }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.metadata_options.instance_metadata_tags: the tag \"cost centre\" cannot be served by the metadata service, and EC2 would refuse every launch: rename the tag, or leave metadata tags disabled."])
    error_message = join("\n", output.problems)
  }
}

run "no_metadata_service_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { metadata_options = { http_endpoint = "disabled" } }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.metadata_options.http_endpoint: is \"disabled\", and must be \"enabled\"."])
    error_message = join("\n", output.problems)
  }
}

run "our_tags_are_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_ec2_tags = { "ghr:fleet" = "mine" } }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runner_ec2_tags: \"ghr:fleet\" is ours: tags that begin with ghr: or aws: are not to be set, nor in tags."])
    error_message = join("\n", output.problems)
  }
}

run "no_security_group_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { enable_managed_runner_security_group = false }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.enable_managed_runner_security_group: is false, so runner_additional_security_group_ids must name at least one group."])
    error_message = join("\n", output.problems)
  }
}

run "a_template_that_nobody_runs_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { enabled_userdata = false, userdata_template = "boot.sh.tftpl" }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.userdata_template: is set, and enabled_userdata is false: leave one of them out."])
    error_message = join("\n", output.problems)
  }
}

run "a_root_that_is_kept_from_metadata_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { block_imds_for_jobs = true, runner_as_root = true }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.block_imds_for_jobs: is true, and jobs run as root, whom nothing keeps from the metadata: name another user in runner_run_as, with runner_as_root = false."])
    error_message = join("\n", output.problems)
  }
}

run "a_runner_without_a_checksum_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_package = { uri = "https://github.com/actions/runner", sha256 = "newest" } }
  }

  assert {
    condition     = output.problems == tolist(["fleets.linux.runner_package: must have a uri of s3://bucket/key or https://…, and a sha256 of 64 hexadecimal digits."])
    error_message = join("\n", output.problems)
  }
}

run "every_schedule_that_the_functions_read_is_taken" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { pool_runner_owner = "acme", pool_config = [for schedule in [
      "* * * * *", "* * 9-17 * * 1-5", "*/5 8-18 * * mon-fri", "0 9 1,15 * ?", "0 0 L * *", "0 0 15W,LW * *", "0 9 * * MON#1", "0 9 * JAN,jul 5L", "5/10 0 01 12 7",
      "  30  2 * * 0 ", "cron(0 9 ? * MON-FRI *)", "cron(0/15 8-18 * * ? 2026-2030)", "cron(0 9 ? * L *)", "cron(0 9 ? * 2#1 2026/2)", "rate(1 minute)", "rate(15 minutes)", "rate(2 days)",
    ] : { schedule_expression = schedule, size = 1 }] }
  }

  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "every_schedule_that_the_functions_refuse_is_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { pool_runner_owner = "acme", pool_config = [for schedule in [
      "", "* * * *", "* * * * * * *", "@daily", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * FOO *", "* * * * 8", "61 * * * * *", "H * * * *", "? * * * *", "*/0 * * * *", "1,,2 * * * *",
      "* * * * 1#6", "* * * * *#2", "* * * * 9L", "* * * * L", "cron(0 9 * * *)", "cron(0 9 * * * *)", "cron(0 9 ? * ? *)", "cron(0 9 ? * 0 *)", "cron(0 9 ? * 0#1 *)", "cron(0 9 * * ? 1969)",
      "rate(0 minutes)", "rate(1 minutes)", "rate(5 minute)", "rate(5 weeks)", "rate 5 minutes", "at(2026-01-01T00:00:00)",
    ] : { schedule_expression = schedule, size = 1 }] }
  }

  assert {
    condition     = length(output.problems) == 31
    error_message = join("\n", output.problems)
  }

  assert {
    condition     = contains(output.problems, "fleets.linux.pool_config[5].schedule_expression: \"* 24 * * *\" is no schedule (hour 24): write cron such as \"* * 9-17 * * 1-5\", \"cron(0 9 ? * MON-FRI *)\" or \"rate(5 minutes)\".")
    error_message = join("\n", output.problems)
  }
}

run "given" {
  command = apply

  module {
    source = "./tests/fixtures/given"
  }
}

run "a_filter_of_a_fleet_stands_in_place_of_the_parameter_of_all" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    defaults = merge(run.given.defaults, { ami_id_ssm_parameter_name = "/images/ci", userdata_template = "boot.sh.tftpl" })
    fleet    = { ami_filter = { name = ["mine-*"] }, enabled_userdata = false }
  }

  assert {
    condition     = output.fleet.ami_id_ssm_parameter_name == null && output.fleet.ami_filter["name"] == tolist(["mine-*"]) && output.fleet.userdata_template == null
    error_message = jsonencode(output.fleet)
  }

  assert {
    condition     = length(output.problems) == 0
    error_message = join("\n", output.problems)
  }
}

run "rights_of_a_role_of_ones_own_are_not_ours_to_give" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { iam_overrides = { runner_role_name = "mine", instance_profile_name = "mine" }, runner_iam_role_managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"], enable_ssm_on_runners = true }
  }

  assert {
    condition = output.problems == tolist([
      "fleets.linux.iam_overrides: names a role and a profile: leave runner_role_name out, as the profile brings its own.",
      "fleets.linux.runner_iam_role_managed_policy_arns: has policies for a role that iam_overrides says is yours: attach them yourself, and write [] here.",
      "fleets.linux.enable_ssm_on_runners: is true, and iam_overrides says that the role is yours: attach AmazonSSMManagedInstanceCore to it yourself, and write false here.",
    ])
    error_message = join("\n", output.problems)
  }
}

run "more_tags_than_a_machine_has_room_for_are_refused" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    fleet = { runner_ec2_tags = { for number in range(42) : "tag-${number}" => "" }, runner_package = { uri = "s3://mine/actions-runner-linux-arm64-2.329.0.tar.gz", sha256 = sha256("") } }
  }

  assert {
    condition = output.problems == tolist([
      "fleets.linux.runner_ec2_tags: makes 44 tags with those of tags, more than the 43 that EC2 has room for beside ours.",
      "fleets.linux.runner_package: is built for arm64 by its name, and the fleet is x64: name the one of x64.",
    ])
    error_message = join("\n", output.problems)
  }
}

run "what_two_fields_say_together_is_looked_at" {
  command = plan

  module {
    source = "./modules/_fleet"
  }

  variables {
    deployment_limit = 2
    fleet = {
      instance_types    = ["m7i.large", "m7i.large", "m7i.large "]
      runner_owners     = ["acme/app", "Acme/App", "other"]
      pool_runner_owner = "theirs"
      pool_config       = [{ schedule_expression = "rate(1 hour)", schedule_expression_timezone = "Europe/Berln", size = 3 }]
    }
  }

  assert {
    condition = output.problems == tolist([
      "fleets.linux.instance_types: \"m7i.large \" is no type: write one such as \"m7i.large\".",
      "fleets.linux.pool_config[0].schedule_expression_timezone: \"Europe/Berln\" is no time zone: write an IANA name such as \"Europe/Berlin\".",
      "fleets.linux.pool_config[0].size: is 3, more than all_runners_maximum_count of 2: lower it, or raise that limit.",
      "fleets.linux.pool_runner_owner: is \"theirs\", whom the fleet does not serve: name one of runner_owners.",
    ])
    error_message = join("\n", output.problems)
  }

  assert {
    condition     = output.matcher.owners == tolist(["acme/app", "other"]) && length(output.document.instanceTypes) == 2
    error_message = jsonencode(output.document)
  }
}
