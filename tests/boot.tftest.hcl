# The boot script in its variants, held against modules/_boot/golden: a change of the script is read there as a diff.
variables {
  fleet = "default"
  host = {
    role_id          = "AROAEXAMPLE123456789"
    hosts_table      = "ci-hosts"
    region           = "eu-central-1"
    fleet_parameter  = "/github-action-runners/ci/config/fleets/default"
    run_as           = "ec2-user"
    hard_limit_hours = 144
  }
}

run "default" {
  command = plan

  module {
    source = "./modules/_boot"
  }

  variables {
    agent                = { s3_uri = "s3://ci-binaries-0a1b2c3d/host-agent/0123.js", sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
    cloudwatch_parameter = "/github-action-runners/ci/runners/default/cloudwatch_agent_config_runner"
  }

  assert {
    condition     = output.script == file("modules/_boot/golden/default.sh")
    error_message = output.script
  }

  # There is room for what users install.
  assert {
    condition     = output.packed_bytes < 8192
    error_message = "The packed script has ${output.packed_bytes} bytes."
  }
}

run "prebuilt_ami" {
  command = plan

  module {
    source = "./modules/_boot"
  }

  variables {
    cloudwatch_parameter = null
  }

  assert {
    condition     = output.script == file("modules/_boot/golden/prebuilt-ami.sh")
    error_message = output.script
  }

  # There is room for what users install.
  assert {
    condition     = output.packed_bytes < 8192
    error_message = "The packed script has ${output.packed_bytes} bytes."
  }
}

run "private_network" {
  command = plan

  module {
    source = "./modules/_boot"
  }

  variables {
    debug          = true
    block_imds     = true
    runner_package = { uri = "s3://ci-mirror/actions-runner.tar.gz", sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
    agent          = { s3_uri = "s3://ci-binaries-0a1b2c3d/host-agent/0123.js", sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" }
    pre_install    = "echo 'https_proxy=http://proxy.internal:3128' >> /etc/environment\n"
    post_install   = <<-EOT
      docker pull registry.internal/ci/base:latest
    EOT
  }

  assert {
    condition     = output.script == file("modules/_boot/golden/private-network.sh")
    error_message = output.script
  }

  # There is room for what users install.
  assert {
    condition     = output.packed_bytes < 8192
    error_message = "The packed script has ${output.packed_bytes} bytes."
  }
}
