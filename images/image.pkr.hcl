locals {
  base_images = {
    amazon-linux-2023 = { x64 = "al2023-ami-2023.*-kernel-6.*-x86_64", arm64 = "al2023-ami-2023.*-kernel-6.*-arm64" }
    "ubuntu-24.04" = {
      x64   = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"
      arm64 = "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-*"
    }
  }
  # Amazon, and Canonical: https://ubuntu.com/server/docs/find-ubuntu-images-on-aws
  owners         = { amazon-linux-2023 = "137112412989", "ubuntu-24.04" = "099720109477" }
  users          = { amazon-linux-2023 = "ec2-user", "ubuntu-24.04" = "ubuntu" }
  devices        = { amazon-linux-2023 = "/dev/xvda", "ubuntu-24.04" = "/dev/sda1" }
  instance_types = { x64 = "m7i.large", arm64 = "m7g.large" }

  name = "ci-runners-${var.flavour}-${var.os}-${var.arch}"
}

source "amazon-ebs" "runner" {
  region            = var.region
  ami_name          = "${local.name}-${formatdate("YYYYMMDDhhmmss", timestamp())}"
  ami_description   = "A CI runner of flavour ${var.flavour}, on ${var.os}, ${var.arch}."
  instance_type     = local.instance_types[var.arch]
  ssh_username      = local.users[var.os]
  subnet_id         = var.subnet_id
  security_group_id = var.security_group_id

  associate_public_ip_address = true

  source_ami_filter {
    owners      = [local.owners[var.os]]
    most_recent = true

    filters = {
      name                = local.base_images[var.os][var.arch]
      virtualization-type = "hvm"
    }
  }

  launch_block_device_mappings {
    device_name           = local.devices[var.os]
    volume_size           = var.disk_gigabytes
    volume_type           = "gp3"
    iops                  = 3000
    throughput            = 125
    delete_on_termination = true
  }

  tags = {
    Name                 = local.name
    "ci-runners:flavour" = var.flavour
    "ci-runners:os"      = var.os
  }
}

build {
  sources = ["source.amazon-ebs.runner"]

  # A stock image gets the same files at boot.
  provisioner "file" {
    sources     = ["scripts", "flavours"]
    destination = "/tmp/"
  }

  provisioner "file" {
    source      = var.host_agent
    destination = "/tmp/scripts/host-agent.js"
  }

  provisioner "shell" {
    script           = "build-image.sh"
    execute_command  = "sudo env {{ .Vars }} bash {{ .Path }}"
    environment_vars = concat(["FLAVOUR=${var.flavour}", "ARCH=${var.arch}", "RUN_AS=${var.run_as}", "RUNNER_PACKAGE=${var.runner_package}"], local.settings)
  }

  post-processor "manifest" {
    output     = "manifest.json"
    strip_path = true
  }
}
