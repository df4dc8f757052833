# What AWS would answer, where the provider's own shapes matter. Everything else is made up.
mock_data "aws_caller_identity" {
  defaults = { account_id = "111111111111" }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1", name = "eu-central-1" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_iam_policy_document" {
  defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
}

mock_data "aws_subnet" {
  defaults = {
    vpc_id            = "vpc-1"
    availability_zone = "eu-central-1a"
    arn               = "arn:aws:ec2:eu-central-1:111111111111:subnet/subnet-1"
  }
}

# A bucket with the zips of one release.
mock_data "aws_s3_object" {
  defaults = {
    body            = "{\"version\":\"0.1.0\",\"files\":{\"webhook.zip\":{\"sha256Base64\":\"c2Ft\"},\"scale-up.zip\":{\"sha256Base64\":\"c2Ft\"},\"scale-down.zip\":{\"sha256Base64\":\"c2Ft\"},\"sweep.zip\":{\"sha256Base64\":\"c2Ft\"},\"host-agent.js\":{\"sha256\":\"0123\"}}}"
    checksum_sha256 = "c2Ft"
  }
}

mock_data "aws_s3_objects" {
  defaults = { keys = ["host-agent.js"] }
}

mock_data "aws_ami" {
  defaults = { id = "ami-1" }
}

mock_data "aws_iam_role" {
  defaults = {
    arn       = "arn:aws:iam::111111111111:role/mine"
    unique_id = "AROAMINEMINEMINEMINE1"
  }
}

mock_data "aws_iam_instance_profile" {
  defaults = {
    role_name = "theirs"
    role_arn  = "arn:aws:iam::111111111111:role/theirs"
    role_id   = "AROATHEIRSTHEIRS12345"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn       = "arn:aws:iam::111111111111:role/mocked"
    unique_id = "AROAEXAMPLE123456789"
  }
}

mock_resource "aws_launch_template" {
  defaults = {
    arn            = "arn:aws:ec2:eu-central-1:111111111111:launch-template/lt-1"
    id             = "lt-1"
    latest_version = 3
  }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:eu-central-1:111111111111:mocked"
    url = "https://sqs.eu-central-1.amazonaws.com/111111111111/mocked"
  }
}

mock_resource "aws_dynamodb_table" {
  defaults = { arn = "arn:aws:dynamodb:eu-central-1:111111111111:table/mocked" }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = { arn = "arn:aws:logs:eu-central-1:111111111111:log-group:mocked" }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn        = "arn:aws:lambda:eu-central-1:111111111111:function:mocked"
    invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111111111111:function:mocked/invocations"
  }
}

mock_resource "aws_ssm_parameter" {
  defaults = { arn = "arn:aws:ssm:eu-central-1:111111111111:parameter/mocked" }
}

mock_resource "aws_apigatewayv2_api" {
  defaults = {
    api_endpoint  = "https://abc.execute-api.eu-central-1.amazonaws.com"
    execution_arn = "arn:aws:execute-api:eu-central-1:111111111111:abc"
  }
}

mock_resource "aws_cloudwatch_event_rule" {
  defaults = { arn = "arn:aws:events:eu-central-1:111111111111:rule/mocked" }
}

mock_resource "aws_sns_topic" {
  defaults = { arn = "arn:aws:sns:eu-central-1:111111111111:mocked" }
}

mock_resource "aws_kms_key" {
  defaults = { arn = "arn:aws:kms:eu-central-1:111111111111:key/mocked" }
}
