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

  prefix     = "ex-multi-fleet"
  github_app = var.github_app

  # The subnets of an account's default VPC are public: without an address of its own, a machine reaches nothing.
  vpc_id                        = data.aws_vpc.default.id
  subnet_ids                    = data.aws_subnets.default.ids
  associate_public_ipv4_address = true

  # For every fleet that does not say otherwise.
  runners_maximum_count = 10

  fleets = {
    # Jobs that ask for no size go to the fleet with the lowest number.
    linux-x64 = { priority = 1 }

    linux-x64-big = {
      priority                  = 2
      runner_extra_labels       = ["big"]
      instance_types            = ["c7i.4xlarge", "c6i.4xlarge", "c7a.4xlarge"]
      enable_on_demand_failover = true
    }

    linux-arm = {
      runner_architecture   = "arm64"
      runners_maximum_count = 20
    }
  }

  # All of them together, whatever each may have.
  all_runners_maximum_count = 30
}
