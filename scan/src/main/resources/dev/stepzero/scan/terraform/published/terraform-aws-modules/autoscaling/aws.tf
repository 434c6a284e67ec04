variable "version" { default = "" }
variable "create" { default = true }
variable "name" { default = null }
variable "asg_name" { default = null }
variable "lc_name" { default = null }
variable "use_lc" { default = null }
variable "create_lc" { default = null }
variable "image_id" { default = null }
variable "instance_type" { default = null }
variable "associate_public_ip_address" { default = null }
variable "ebs_optimized" { default = null }
variable "enable_monitoring" { default = true }
variable "security_groups" { default = [] }
variable "user_data" { default = null }
variable "user_data_base64" { default = null }
variable "root_block_device" { default = [] }
variable "ebs_block_device" { default = [] }
variable "block_device_mappings" { default = [] }
variable "metadata_options" { default = null }
variable "network_interfaces" { default = [] }
variable "min_size" { default = null }
variable "max_size" { default = null }
variable "desired_capacity" { default = null }
variable "health_check_type" { default = null }
variable "vpc_zone_identifier" { default = null }
variable "load_balancers" { default = [] }
variable "target_group_arns" { default = [] }
variable "traffic_source_attachments" { default = null }
variable "tags" { default = {} }
variable "tags_as_map" { default = {} }

locals {
  # Until 4.0 the module made launch configurations; 4.x does where it is asked to; from 5.0 on there are launch templates only.
  before_4 = can(regex("^(=|~>|v|\\s)*[0-3](\\.|$)", var.version))
  classic  = local.before_4 || var.use_lc == true || var.create_lc == true
  sources  = var.traffic_source_attachments == null ? {} : var.traffic_source_attachments
  tags     = can(keys(var.tags)) ? merge(var.tags, var.tags_as_map) : var.tags_as_map
}

resource "aws_launch_configuration" "this" {
  count                       = var.create && local.classic ? 1 : 0
  name_prefix                 = var.lc_name
  image_id                    = var.image_id
  instance_type               = var.instance_type
  associate_public_ip_address = var.associate_public_ip_address
  ebs_optimized               = var.ebs_optimized
  enable_monitoring           = var.enable_monitoring
  security_groups             = var.security_groups
  user_data                   = var.user_data
  user_data_base64            = var.user_data_base64
  dynamic "root_block_device" {
    for_each = flatten([var.root_block_device])
    content {
      encrypted = try(root_block_device.value.encrypted, null)
    }
  }
  dynamic "ebs_block_device" {
    for_each = flatten([var.ebs_block_device])
    content {
      device_name = try(ebs_block_device.value.device_name, null)
      encrypted   = try(ebs_block_device.value.encrypted, null)
    }
  }
}

resource "aws_launch_template" "this" {
  count         = var.create && !local.classic ? 1 : 0
  name          = var.name
  image_id      = var.image_id
  instance_type = var.instance_type
  ebs_optimized = var.ebs_optimized
  user_data     = var.user_data == null ? var.user_data_base64 : var.user_data
  monitoring {
    enabled = var.enable_monitoring
  }
  dynamic "block_device_mappings" {
    for_each = flatten([var.block_device_mappings == null ? [] : var.block_device_mappings])
    content {
      device_name = try(block_device_mappings.value.device_name, null)
      ebs {
        encrypted  = try(block_device_mappings.value.ebs.encrypted, null)
        kms_key_id = try(block_device_mappings.value.ebs.kms_key_id, null)
      }
    }
  }
  dynamic "network_interfaces" {
    for_each = flatten([var.network_interfaces == null ? [] : var.network_interfaces])
    content {
      associate_public_ip_address = try(network_interfaces.value.associate_public_ip_address, null)
      security_groups             = try(network_interfaces.value.security_groups, null)
    }
  }
  metadata_options {
    http_endpoint = try(var.metadata_options.http_endpoint, "enabled")
    http_tokens   = try(var.metadata_options.http_tokens, can(regex("^(=|~>|v|\\s)*[0-6](\\.|$)", var.version)) ? null : "required")
  }
}

resource "aws_autoscaling_group" "this" {
  count                = var.create ? 1 : 0
  name                 = var.asg_name == null ? var.name : var.asg_name
  launch_configuration = local.classic ? aws_launch_configuration.this[0].name : null
  min_size             = var.min_size
  max_size             = var.max_size
  desired_capacity     = var.desired_capacity
  health_check_type    = var.health_check_type
  vpc_zone_identifier  = var.vpc_zone_identifier
  load_balancers       = var.load_balancers
  target_group_arns    = length(keys(local.sources)) > 0 ? values(local.sources)[*].traffic_source_identifier : var.target_group_arns
  dynamic "launch_template" {
    for_each = local.classic ? [] : [true]
    content {
      id      = aws_launch_template.this[0].id
      version = "$Latest"
    }
  }
  dynamic "tag" {
    for_each = local.tags
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
  dynamic "tag" {
    for_each = can(keys(var.tags)) ? [] : var.tags
    content {
      key                 = try(tag.value.key, null)
      value               = try(tag.value.value, null)
      propagate_at_launch = try(tag.value.propagate_at_launch, null)
    }
  }
}

output "autoscaling_group_id" { value = aws_autoscaling_group.this[0].id }
output "autoscaling_group_name" { value = aws_autoscaling_group.this[0].name }
output "autoscaling_group_arn" { value = aws_autoscaling_group.this[0].arn }
