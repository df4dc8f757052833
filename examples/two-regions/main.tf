provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "second"
  region = "us-east-1"
}

data "aws_vpc" "first" {
  default = true
}

data "aws_subnets" "first" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.first.id]
  }
}

data "aws_vpc" "second" {
  provider = aws.second
  default  = true
}

data "aws_subnets" "second" {
  provider = aws.second

  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.second.id]
  }
}

module "first" {
  source = "../.."

  # A trial: its tables may be destroyed with it.
  deletion_protection = false

  prefix                        = "ex-two-regions"
  github_app                    = var.first_github_app
  vpc_id                        = data.aws_vpc.first.id
  subnet_ids                    = data.aws_subnets.first.ids
  associate_public_ipv4_address = true
  runner_extra_labels           = ["europe"]
}

module "second" {
  source = "../.."

  providers = {
    aws = aws.second
  }

  # A trial: its tables may be destroyed with it.
  deletion_protection = false

  prefix                        = "ex-two-regions"
  github_app                    = var.second_github_app
  vpc_id                        = data.aws_vpc.second.id
  subnet_ids                    = data.aws_subnets.second.ids
  associate_public_ipv4_address = true
  runner_extra_labels           = ["america"]
}
