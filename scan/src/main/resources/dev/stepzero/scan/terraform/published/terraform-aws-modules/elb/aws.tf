variable "version" { default = "" }
variable "create_elb" { default = true }
variable "name" { default = null }
variable "internal" { default = false }
variable "subnets" { default = null }
variable "security_groups" { default = null }
variable "listener" { default = [] }
variable "access_logs" { default = {} }
variable "health_check" { default = {} }
variable "cross_zone_load_balancing" { default = true }
variable "connection_draining" { default = false }
variable "tags" { default = {} }

resource "aws_elb" "this" {
  count                     = var.create_elb ? 1 : 0
  name                      = var.name
  internal                  = var.internal
  subnets                   = var.subnets
  security_groups           = var.security_groups
  cross_zone_load_balancing = var.cross_zone_load_balancing
  connection_draining       = var.connection_draining
  tags                      = var.tags
  dynamic "listener" {
    for_each = var.listener
    content {
      instance_port      = try(listener.value.instance_port, null)
      instance_protocol  = try(listener.value.instance_protocol, null)
      lb_port            = try(listener.value.lb_port, null)
      lb_protocol        = try(listener.value.lb_protocol, null)
      ssl_certificate_id = try(listener.value.ssl_certificate_id, null)
    }
  }
  dynamic "access_logs" {
    for_each = length(keys(var.access_logs)) > 0 ? [var.access_logs] : []
    content {
      bucket        = try(access_logs.value.bucket, null)
      bucket_prefix = try(access_logs.value.bucket_prefix, null)
      enabled       = try(access_logs.value.enabled, true)
    }
  }
  dynamic "health_check" {
    for_each = length(keys(var.health_check)) > 0 ? [var.health_check] : []
    content {
      target = try(health_check.value.target, null)
    }
  }
}

output "elb_id" { value = aws_elb.this[0].id }
output "elb_arn" { value = aws_elb.this[0].arn }
output "elb_name" { value = aws_elb.this[0].name }
