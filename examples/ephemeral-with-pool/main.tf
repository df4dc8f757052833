provider "aws" {
  region = var.region
}

data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

module "ci_runners" {
  source = "../.."

  # A trial: its tables may be destroyed with it.
  deletion_protection = false

  prefix     = "ex-ephemeral-with-pool"
  github_app = var.github_app

  # The subnets of an account's default VPC are public: without an address of its own, a machine reaches nothing.
  vpc_id                        = data.aws_vpc.default.id
  subnet_ids                    = data.aws_subnets.default.ids
  associate_public_ipv4_address = true

  runners_maximum_count = 20

  # During office hours, five runners wait for jobs: theirs begin within seconds.
  pool_config = [{
    schedule_expression          = "cron(0/5 8-17 ? * MON-FRI *)"
    schedule_expression_timezone = "Europe/Berlin"
    size                         = 5
  }]
  pool_runner_owner = var.organization
}
