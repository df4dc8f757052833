output "host_agent" {
  description = "Bucket, its ARN, key and checksum of the host agent."
  value = {
    bucket     = aws_s3_bucket.this.id
    bucket_arn = aws_s3_bucket.this.arn
    key        = aws_s3_object.host_agent.key
    sha256     = var.host_agent.sha256
  }
}
