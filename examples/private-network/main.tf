provider "aws" {
  region = var.region
}

data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  zones = slice(data.aws_availability_zones.available.names, 0, 3)
}

resource "aws_vpc" "this" {
  cidr_block           = "10.42.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "ex-private-network" }
}

# Whatever names no group of its own reaches nothing.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "ex-private-network-default" }
}

resource "aws_subnet" "private" {
  count = length(local.zones)

  vpc_id            = aws_vpc.this.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 4, count.index)
  tags              = { Name = "ex-private-network-private-${local.zones[count.index]}" }
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = "ex-private-network-private" }
}

resource "aws_route_table_association" "private" {
  count = length(local.zones)

  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "endpoints" {
  name_prefix = "ex-private-network-endpoints-"
  description = "AWS, as machines reach it."
  vpc_id      = aws_vpc.this.id

  ingress {
    description = "Machines"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.this.cidr_block]
  }

  lifecycle {
    create_before_destroy = true
  }
}

# The hosts table and the binaries: these endpoints cost nothing.
resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(["dynamodb", "s3"])

  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.private.id]
}

resource "aws_vpc_endpoint" "interface" {
  for_each = toset(["logs", "ssm", "ssmmessages"])

  vpc_id              = aws_vpc.this.id
  service_name        = "com.amazonaws.${var.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = true
}

module "ci_runners" {
  source = "../.."

  # A trial: its tables may be destroyed with it.
  deletion_protection = false

  prefix     = "ex-private-network"
  github_app = var.github_app

  vpc_id                = aws_vpc.this.id
  subnet_ids            = aws_route_table_association.private[*].subnet_id
  enable_ssm_on_runners = true

  # To the proxy, to AWS by the endpoints, and nowhere else.
  egress_rules = [
    {
      description = "Proxy"
      cidr_blocks = [var.proxy.cidr]
      protocol    = "tcp"
      from_port   = var.proxy.port
      to_port     = var.proxy.port
    },
    {
      description     = "AWS"
      cidr_blocks     = [aws_vpc.this.cidr_block]
      prefix_list_ids = [for endpoint in aws_vpc_endpoint.gateway : endpoint.prefix_list_id]
      protocol        = "tcp"
      from_port       = 443
      to_port         = 443
    },
  ]

  userdata_pre_install = templatefile("${path.module}/proxy.sh.tftpl", {
    proxy       = "http://${var.proxy.host}:${var.proxy.port}"
    certificate = var.certificate
  })
}
