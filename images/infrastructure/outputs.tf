output "packer_variables" {
  description = "What Packer is told of it. `make infrastructure` writes it into images/build.auto.pkrvars.json."
  value = {
    region            = var.region
    subnet_id         = var.subnet_id != null ? var.subnet_id : sort(data.aws_subnets.this.ids)[0]
    security_group_id = aws_security_group.builder.id
  }
}
