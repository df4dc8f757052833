# What building images needs beside a subnet: a way in for the builder, which machines that run jobs do not have.
provider "aws" {
  region = var.region
}

data "aws_vpc" "this" {
  default = var.vpc_id == null ? true : null
  id      = var.vpc_id
}

data "aws_subnets" "this" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.this.id]
  }

  filter {
    name   = "map-public-ip-on-launch"
    values = ["true"]
  }
}

resource "aws_security_group" "builder" {
  name_prefix = "ci-runners-image-builder-"
  description = "A machine that is made into an image: SSH from the builder, packages by HTTP."
  vpc_id      = data.aws_vpc.this.id

  ingress {
    description = "Builder"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.builder_cidr]
  }

  dynamic "egress" {
    for_each = toset([80, 443])

    content {
      description = "Packages and releases"
      from_port   = egress.value
      to_port     = egress.value
      protocol    = "tcp"
      cidr_blocks = ["0.0.0.0/0"]
    }
  }

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = var.subnet_id != null || length(data.aws_subnets.this.ids) > 0
      error_message = "subnet_id: ${data.aws_vpc.this.id} has no public subnet to choose: name one from which the internet is reached."
    }
  }
}
