variable "version" { default = "" }
variable "create" { default = true }
variable "name" { default = "" }
variable "ami" { default = null }
variable "instance_type" { default = "t3.micro" }
variable "associate_public_ip_address" { default = null }
variable "ebs_optimized" { default = null }
variable "monitoring" { default = null }
variable "key_name" { default = null }
variable "subnet_id" { default = null }
variable "vpc_security_group_ids" { default = null }
variable "iam_instance_profile" { default = null }
variable "create_iam_instance_profile" { default = false }
variable "user_data" { default = null }
variable "user_data_base64" { default = null }
variable "root_block_device" { default = [] }
variable "ebs_block_device" { default = [] }
variable "metadata_options" { default = null }
variable "disable_api_termination" { default = null }
variable "tags" { default = {} }

locals {
  # From 5.0 on, the module asks for IMDSv2 by itself.
  tokens = can(regex("^(=|~>|v|\\s)*[0-4](\\.|$)", var.version)) ? null : "required"
}

resource "aws_instance" "this" {
  count                       = var.create ? 1 : 0
  ami                         = var.ami
  instance_type               = var.instance_type
  associate_public_ip_address = var.associate_public_ip_address
  ebs_optimized               = var.ebs_optimized
  monitoring                  = var.monitoring
  key_name                    = var.key_name
  subnet_id                   = var.subnet_id
  vpc_security_group_ids      = var.vpc_security_group_ids
  iam_instance_profile        = var.create_iam_instance_profile ? aws_iam_instance_profile.this[0].name : var.iam_instance_profile
  user_data                   = var.user_data
  user_data_base64            = var.user_data_base64
  disable_api_termination     = var.disable_api_termination
  tags                        = merge({ Name = var.name }, var.tags)
  dynamic "root_block_device" {
    for_each = flatten([var.root_block_device == null ? [] : var.root_block_device])
    content {
      encrypted  = try(root_block_device.value.encrypted, null)
      kms_key_id = try(root_block_device.value.kms_key_id, null)
    }
  }
  dynamic "ebs_block_device" {
    for_each = flatten([var.ebs_block_device == null ? [] : var.ebs_block_device])
    content {
      device_name = try(ebs_block_device.value.device_name, null)
      encrypted   = try(ebs_block_device.value.encrypted, null)
      kms_key_id  = try(ebs_block_device.value.kms_key_id, null)
    }
  }
  metadata_options {
    http_endpoint = try(var.metadata_options.http_endpoint, "enabled")
    http_tokens   = try(var.metadata_options.http_tokens, local.tokens)
  }
}

resource "aws_iam_instance_profile" "this" {
  count = var.create && var.create_iam_instance_profile ? 1 : 0
}

output "id" { value = aws_instance.this[0].id }
output "arn" { value = aws_instance.this[0].arn }
output "private_ip" { value = aws_instance.this[0].private_ip }
output "public_ip" { value = aws_instance.this[0].public_ip }
