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

# The pipeline that makes images writes the newest one's id here. Each launch reads it.
resource "aws_ssm_parameter" "image" {
  name      = "/ex-prebuilt-ami/image"
  type      = "String"
  data_type = "aws:ec2:image"
  value     = var.image_id

  lifecycle {
    ignore_changes = [value]
  }
}

module "ci_runners" {
  source = "../.."

  # A trial: its tables may be destroyed with it.
  deletion_protection = false

  prefix     = "ex-prebuilt-ami"
  github_app = var.github_app

  # The subnets of an account's default VPC are public: without an address of its own, a machine reaches nothing.
  vpc_id                        = data.aws_vpc.default.id
  subnet_ids                    = data.aws_subnets.default.ids
  associate_public_ipv4_address = true

  ami_id_ssm_parameter_name = aws_ssm_parameter.image.name
  runner_run_as             = "runner"

  block_device_mappings = [{ device_name = "/dev/sda1", volume_size = 60 }]
}
