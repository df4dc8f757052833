provider "aws" {
  region = var.region
}

resource "aws_security_group" "functions" {
  name_prefix = "ex-github-enterprise-server-functions-"
  description = "The functions: nothing comes in."
  vpc_id      = var.vpc_id

  egress {
    description = "GitHub and AWS"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

module "ci_runners" {
  source = "../.."

  # A trial: its tables may be destroyed with it.
  deletion_protection = false

  prefix     = "ex-ghes"
  github_app = var.github_app
  ghes_url   = var.ghes_url

  # Where the server's certificate is of your own authority.
  lambda_ca_certificates = var.certificate

  vpc_id     = var.vpc_id
  subnet_ids = var.subnet_ids

  # Where the server is reached from the VPC alone, so must the functions be in it. Their subnets need a way to AWS.
  lambda_subnet_ids         = var.subnet_ids
  lambda_security_group_ids = [aws_security_group.functions.id]
}
