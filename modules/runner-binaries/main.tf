# Machines fetch it when they boot, and trust its checksum, which stands in their boot script.
resource "aws_s3_bucket" "this" {
  bucket        = var.name
  force_destroy = true
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# By its checksum: machines of the version before still find theirs while they boot.
resource "aws_s3_object" "host_agent" {
  bucket      = aws_s3_bucket.this.id
  key         = "host-agent/${var.host_agent.sha256}.js"
  source      = var.host_agent.path
  source_hash = var.host_agent.sha256
  tags        = var.tags

  depends_on = [aws_s3_bucket_public_access_block.this, aws_s3_bucket_server_side_encryption_configuration.this]

  lifecycle {
    create_before_destroy = true
  }
}
