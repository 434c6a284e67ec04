variable "version" { default = "" }
variable "create_bucket" { default = true }
variable "bucket" { default = null }
variable "bucket_prefix" { default = null }
variable "acl" { default = null }
variable "grant" { default = [] }
variable "policy" { default = null }
variable "tags" { default = {} }
variable "force_destroy" { default = false }
variable "website" { default = {} }
variable "cors_rule" { default = [] }
variable "versioning" { default = {} }
variable "logging" { default = {} }
variable "lifecycle_rule" { default = [] }
variable "replication_configuration" { default = {} }
variable "server_side_encryption_configuration" { default = {} }
variable "object_lock_enabled" { default = false }
variable "object_lock_configuration" { default = {} }
variable "attach_deny_insecure_transport_policy" { default = false }
variable "attach_public_policy" { default = true }
variable "block_public_acls" { default = null }
variable "block_public_policy" { default = null }
variable "ignore_public_acls" { default = null }
variable "restrict_public_buckets" { default = null }
variable "control_object_ownership" { default = false }
variable "object_ownership" { default = "BucketOwnerEnforced" }

locals {
  # From 3.10 on, public access is blocked unless the call says otherwise.
  blocks  = !can(regex("^[=v\\s]*([0-2]|3\\.[0-9])\\.|^\\s*~>\\s*([0-2]\\.|3\\.[0-9]\\.)", var.version))
  one     = var.create_bucket ? 1 : 0
  has_acl = var.acl != null || length(var.grant) > 0
}

resource "aws_s3_bucket" "this" {
  count               = local.one
  bucket              = var.bucket
  bucket_prefix       = var.bucket_prefix
  force_destroy       = var.force_destroy
  object_lock_enabled = var.object_lock_enabled
  tags                = var.tags
}

resource "aws_s3_bucket_acl" "this" {
  count  = var.create_bucket && local.has_acl ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  acl    = var.acl
  dynamic "access_control_policy" {
    for_each = length(var.grant) > 0 ? [true] : []
    content {
      dynamic "grant" {
        for_each = var.grant
        content {
          permission = try(grant.value.permission, null)
          grantee {
            type = try(grant.value.type, null)
            id   = try(grant.value.id, null)
            uri  = try(grant.value.uri, null)
          }
        }
      }
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  count                   = var.create_bucket && var.attach_public_policy ? 1 : 0
  bucket                  = aws_s3_bucket.this[0].id
  block_public_acls       = var.block_public_acls == null ? local.blocks : var.block_public_acls
  block_public_policy     = var.block_public_policy == null ? local.blocks : var.block_public_policy
  ignore_public_acls      = var.ignore_public_acls == null ? local.blocks : var.ignore_public_acls
  restrict_public_buckets = var.restrict_public_buckets == null ? local.blocks : var.restrict_public_buckets
}

resource "aws_s3_bucket_ownership_controls" "this" {
  count  = var.create_bucket && var.control_object_ownership ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  rule {
    object_ownership = var.object_ownership
  }
}

resource "aws_s3_bucket_policy" "this" {
  count  = var.create_bucket && (var.policy != null || var.attach_deny_insecure_transport_policy) ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      var.policy == null ? [] : flatten([try(jsondecode(var.policy).Statement, [])]),
      var.attach_deny_insecure_transport_policy ? [{
        Sid       = "denyInsecureTransport"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = ["arn:aws:s3:::${var.bucket == null ? "*" : var.bucket}", "arn:aws:s3:::${var.bucket == null ? "*" : var.bucket}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }] : []
    )
  })
}

resource "aws_s3_bucket_versioning" "this" {
  count  = var.create_bucket && length(keys(var.versioning)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  versioning_configuration {
    status     = try(var.versioning.enabled ? "Enabled" : "Suspended", tobool(var.versioning.status) ? "Enabled" : "Suspended", title(lower(var.versioning.status)), null)
    mfa_delete = try(tobool(var.versioning.mfa_delete) ? "Enabled" : "Disabled", title(lower(var.versioning.mfa_delete)), null)
  }
}

resource "aws_s3_bucket_logging" "this" {
  count         = var.create_bucket && length(keys(var.logging)) > 0 ? 1 : 0
  bucket        = aws_s3_bucket.this[0].id
  target_bucket = try(var.logging.target_bucket, null)
  target_prefix = try(var.logging.target_prefix, null)
}

resource "aws_s3_bucket_website_configuration" "this" {
  count  = var.create_bucket && length(keys(var.website)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  index_document {
    suffix = try(var.website.index_document, null)
  }
}

resource "aws_s3_bucket_cors_configuration" "this" {
  count  = var.create_bucket && length(flatten([var.cors_rule])) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  dynamic "cors_rule" {
    for_each = flatten([var.cors_rule])
    content {
      allowed_headers = try(cors_rule.value.allowed_headers, null)
      allowed_methods = try(cors_rule.value.allowed_methods, null)
      allowed_origins = try(cors_rule.value.allowed_origins, null)
      expose_headers  = try(cors_rule.value.expose_headers, null)
      max_age_seconds = try(cors_rule.value.max_age_seconds, null)
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  count  = var.create_bucket && length(flatten([var.lifecycle_rule])) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  dynamic "rule" {
    for_each = flatten([var.lifecycle_rule])
    content {
      id     = try(rule.value.id, null)
      status = try(rule.value.enabled ? "Enabled" : "Disabled", rule.value.status, null)
      dynamic "abort_incomplete_multipart_upload" {
        for_each = try([rule.value.abort_incomplete_multipart_upload_days], [])
        content {
          days_after_initiation = abort_incomplete_multipart_upload.value
        }
      }
      dynamic "expiration" {
        for_each = try(flatten([rule.value.expiration]), [])
        content {
          days = try(expiration.value.days, null)
          date = try(expiration.value.date, null)
        }
      }
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  count  = var.create_bucket && length(keys(var.server_side_encryption_configuration)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  dynamic "rule" {
    for_each = try(flatten([var.server_side_encryption_configuration.rule]), [])
    content {
      bucket_key_enabled = try(rule.value.bucket_key_enabled, null)
      dynamic "apply_server_side_encryption_by_default" {
        for_each = try([rule.value.apply_server_side_encryption_by_default], [])
        content {
          sse_algorithm     = try(apply_server_side_encryption_by_default.value.sse_algorithm, null)
          kms_master_key_id = try(apply_server_side_encryption_by_default.value.kms_master_key_id, null)
        }
      }
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "this" {
  count  = var.create_bucket && length(keys(var.replication_configuration)) > 0 ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  role   = try(var.replication_configuration.role, null)
  rule {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  count  = var.create_bucket && try(var.object_lock_configuration.rule.default_retention, null) != null ? 1 : 0
  bucket = aws_s3_bucket.this[0].id
  rule {
    default_retention {
      mode  = try(var.object_lock_configuration.rule.default_retention.mode, null)
      days  = try(var.object_lock_configuration.rule.default_retention.days, null)
      years = try(var.object_lock_configuration.rule.default_retention.years, null)
    }
  }
}

output "s3_bucket_id" { value = aws_s3_bucket.this[0].id }
output "s3_bucket_arn" { value = aws_s3_bucket.this[0].arn }
output "s3_bucket_bucket_domain_name" { value = aws_s3_bucket.this[0].bucket_domain_name }
output "s3_bucket_bucket_regional_domain_name" { value = aws_s3_bucket.this[0].bucket_regional_domain_name }
