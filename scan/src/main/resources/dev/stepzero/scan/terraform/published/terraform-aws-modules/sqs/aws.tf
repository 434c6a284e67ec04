variable "version" { default = "" }
variable "create" { default = true }
variable "name" { default = null }
variable "fifo_queue" { default = false }
variable "kms_master_key_id" { default = null }
variable "sqs_managed_sse_enabled" { default = null }
variable "policy" { default = null }
variable "redrive_policy" { default = null }
variable "message_retention_seconds" { default = null }
variable "tags" { default = {} }

locals {
  # From 4.0 on, SQS encrypts with a key of its own unless the call names another.
  before_4 = can(regex("^(=|~>|v|\\s)*[0-3](\\.|$)", var.version))
}

resource "aws_sqs_queue" "this" {
  count                     = var.create ? 1 : 0
  name                      = var.name
  fifo_queue                = var.fifo_queue
  kms_master_key_id         = var.kms_master_key_id
  sqs_managed_sse_enabled   = var.kms_master_key_id != null ? null : var.sqs_managed_sse_enabled != null ? var.sqs_managed_sse_enabled : local.before_4 ? false : true
  policy                    = var.policy
  message_retention_seconds = var.message_retention_seconds
  tags                      = var.tags
}

output "queue_id" { value = aws_sqs_queue.this[0].id }
output "queue_arn" { value = aws_sqs_queue.this[0].arn }
output "queue_url" { value = aws_sqs_queue.this[0].url }
