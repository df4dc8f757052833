# The functions' code: there, of the module's version, and as its manifest says.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  vpc_id     = "vpc-1"
  subnet_ids = ["subnet-1"]
  github_app = {
    id             = "123"
    key_base64     = "a key"
    webhook_secret = "a secret"
  }

  name            = "ci-webhook"
  role_name       = "ci-webhook-0"
  description     = "A function."
  policy          = "{}"
  timeout_seconds = 10
}

run "zips_of_this_machine_are_deployed" {
  command = plan

  variables {
    lambda_dist_path = "tests/fixtures/packages"
  }

  assert {
    condition     = local.packages["webhook"].sha256 == filesha256("tests/fixtures/packages/webhook.zip")
    error_message = "The manifest's checksum of the webhook's zip is ${local.packages["webhook"].sha256}."
  }
}

run "a_folder_without_manifest_is_refused" {
  command = plan

  variables {
    lambda_dist_path = "tests/fixtures"
  }

  expect_failures = [var.lambda_dist_path]
}

run "functions_of_another_version_are_refused" {
  command = plan

  variables {
    lambda_dist_path = "tests/fixtures/packages-of-another-version"
  }

  expect_failures = [var.lambda_dist_path]
}

run "a_zip_that_is_not_there_is_refused" {
  command = plan

  module {
    source = "./modules/lambda"
  }

  variables {
    package = { zip = "tests/fixtures/packages/nothing.zip" }
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_zip_that_its_manifest_does_not_know_is_refused" {
  command = plan

  module {
    source = "./modules/lambda"
  }

  variables {
    package = { zip = "tests/fixtures/packages/webhook.zip", sha256 = "0000" }
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_bucket_of_another_version_is_refused" {
  command = plan

  variables {
    lambda_s3_bucket = "code"
  }

  override_data {
    target = data.aws_s3_object.manifest
    values = { body = "{\"version\":\"0.0.1\"}" }
  }

  expect_failures = [data.aws_s3_object.manifest]
}

run "a_zip_in_s3_that_its_manifest_does_not_know_is_refused" {
  command = plan

  variables {
    lambda_s3_bucket = "code"
  }

  override_data {
    target = data.aws_s3_object.package
    values = { checksum_sha256 = "b3RoZXI=" }
  }

  expect_failures = [data.aws_s3_object.package]
}

run "machines_fetch_their_agent_from_that_bucket_too" {
  command = plan

  variables {
    lambda_s3_bucket = "code"
  }

  assert {
    condition     = local.agent == { bucket = "code", bucket_arn = "arn:aws:s3:::code", key = "host-agent.js", sha256 = "0123" }
    error_message = jsonencode(local.agent)
  }
}

run "a_bucket_without_the_agent_is_refused" {
  command = plan

  variables {
    lambda_s3_bucket = "code"
  }

  override_data {
    target = data.aws_s3_objects.host_agent
    values = { keys = [] }
  }

  expect_failures = [data.aws_s3_objects.host_agent]
}

run "a_zip_in_s3_needs_no_file" {
  command = plan

  module {
    source = "./modules/lambda"
  }

  variables {
    package = { s3_bucket = "code", s3_key = "webhook.zip" }
  }

  assert {
    condition     = aws_lambda_function.this.s3_key == "webhook.zip" && aws_lambda_function.this.filename == null
    error_message = "The code comes from S3."
  }
}
