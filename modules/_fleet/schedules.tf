# What a schedule may say, as the functions read it: one that they refuse would stop them all.
locals {
  schedules = merge(
    { for place, window in local.chosen.idle_config : "idle_config[${place}].cron" => trimspace(window.cron) },
    { for place, tick in local.chosen.pool_config : "pool_config[${place}].schedule_expression" => trimspace(tick.schedule_expression) },
  )

  rate_shape        = "^rate\\(\\s*(1\\s+(minute|hour|day)|([2-9]|[1-9][0-9]{1,4})\\s+(minutes|hours|days))\\s*\\)$"
  eventbridge_shape = "(?i)^cron\\((.*)\\)$"

  # EventBridge's weekdays begin with 1, cron's with 0.
  weekdays = { weekday = "(?:[0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)", eventbridge_weekday = "(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)" }
  cron_values = merge(local.weekdays, {
    second = "[0-5]?[0-9]"
    minute = "[0-5]?[0-9]"
    hour   = "(?:[01]?[0-9]|2[0-3])"
    day    = "(?:0?[1-9]|[12][0-9]|3[01])"
    month  = "(?:0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    year   = "(?:19[7-9][0-9]|2[01][0-9]{2})"
  })
  # The last one, the weekday nearest to one, the last and the first of a name.
  cron_specials = merge({ day = "|L|LW|WL|(?:0?[1-9]|[12][0-9]|3[01])W" }, {
    for name, value in local.weekdays : name => "|${value}L|${value}#[1-5]${name == "weekday" ? "" : "|L"}"
  })
  cron_items  = { for name, value in local.cron_values : name => "(?:(?:[*]|${value}(?:-${value})?)(?:/[1-9][0-9]*)?${lookup(local.cron_specials, name, "")})" }
  cron_shapes = { for name, item in local.cron_items : name => "(?i)^(?:${item}(?:,${item})*${contains(keys(local.cron_specials), name) ? "|[?]" : ""})$" }

  cron_orders = {
    eventbridge = ["minute", "hour", "day", "month", "eventbridge_weekday", "year"]
    five        = ["minute", "hour", "day", "month", "weekday"]
    six         = ["second", "minute", "hour", "day", "month", "weekday"]
  }
  crons = { for field, schedule in local.schedules : field => {
    eventbridge = can(regex(local.eventbridge_shape, schedule))
    parts       = compact(split(" ", replace(can(regex(local.eventbridge_shape, schedule)) ? regex(local.eventbridge_shape, schedule)[0] : schedule, "/\\s+/", " ")))
  } if !can(regex("(?i)^rate\\b", schedule)) }
  named_crons = { for field, cron in local.crons : field => {
    parts = cron.parts
    names = cron.eventbridge ? local.cron_orders.eventbridge : length(cron.parts) == 5 ? local.cron_orders.five : local.cron_orders.six
    # One of its days says nothing, and not both.
    days_clash = cron.eventbridge && length(cron.parts) == 6 ? (cron.parts[2] == "?") == (cron.parts[4] == "?") : false
  } }

  wrong_parts = { for field, cron in local.named_crons : field => [
    for place, part in cron.parts : "${trimprefix(cron.names[place], "eventbridge_")} ${part}" if !can(regex(local.cron_shapes[cron.names[place]], part))
  ] if length(cron.parts) == length(cron.names) }

  wrong_schedules = merge(
    { for field, schedule in local.schedules : field => "" if can(regex("(?i)^rate\\b", schedule)) && !can(regex(local.rate_shape, schedule)) },
    { for field, cron in local.named_crons : field => "" if length(cron.parts) != length(cron.names) || length(local.schedules[field]) > 256 },
    { for field, cron in local.named_crons : field => " (of day and weekday, one is ?)" if cron.days_clash },
    { for field, parts in local.wrong_parts : field => " (${join(", ", parts)})" if length(parts) > 0 },
  )
  schedule_problems = [
    for field, why in local.wrong_schedules :
    "${field}: \"${local.schedules[field]}\" is no schedule${why}: write cron such as \"* * 9-17 * * 1-5\", \"cron(0 9 ? * MON-FRI *)\" or \"rate(5 minutes)\"."
  ]
}
