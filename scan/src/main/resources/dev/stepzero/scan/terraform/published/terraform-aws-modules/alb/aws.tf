variable "version" { default = "" }
variable "create" { default = true }
variable "create_lb" { default = true }
variable "name" { default = null }
variable "load_balancer_type" { default = "application" }
variable "internal" { default = null }
variable "security_groups" { default = [] }
variable "subnets" { default = null }
variable "vpc_id" { default = null }
variable "access_logs" { default = null }
variable "enable_deletion_protection" { default = null }
variable "drop_invalid_header_fields" { default = null }
variable "enable_http2" { default = null }
variable "web_acl_arn" { default = null }
variable "associate_web_acl" { default = false }
variable "http_tcp_listeners" { default = [] }
variable "https_listeners" { default = [] }
variable "listeners" { default = {} }
variable "tags" { default = {} }

locals {
  # From 9.0 on, both protections are there unless the call says otherwise.
  before_9 = can(regex("^(=|~>|v|\\s)*[0-8](\\.|$)", var.version))
}

resource "aws_lb" "this" {
  count                      = var.create && var.create_lb ? 1 : 0
  name                       = var.name
  load_balancer_type         = var.load_balancer_type
  internal                   = var.internal
  security_groups            = var.security_groups
  subnets                    = var.subnets
  enable_deletion_protection = var.enable_deletion_protection == null ? !local.before_9 : var.enable_deletion_protection
  drop_invalid_header_fields = var.drop_invalid_header_fields == null ? !local.before_9 : var.drop_invalid_header_fields
  enable_http2               = var.enable_http2
  tags                       = var.tags
  dynamic "access_logs" {
    for_each = length(keys(var.access_logs == null ? {} : var.access_logs)) > 0 ? [var.access_logs] : []
    content {
      bucket  = try(access_logs.value.bucket, null)
      prefix  = try(access_logs.value.prefix, null)
      enabled = try(access_logs.value.enabled, try(access_logs.value.bucket, null) != null)
    }
  }
}

resource "aws_wafv2_web_acl_association" "this" {
  count        = var.associate_web_acl ? 1 : 0
  resource_arn = aws_lb.this[0].arn
  web_acl_arn  = var.web_acl_arn
}

resource "aws_lb_listener" "https" {
  count             = length(var.https_listeners)
  load_balancer_arn = aws_lb.this[0].arn
  port              = try(var.https_listeners[count.index].port, null)
  protocol          = try(var.https_listeners[count.index].protocol, "HTTPS")
  certificate_arn   = try(var.https_listeners[count.index].certificate_arn, null)
  ssl_policy        = try(var.https_listeners[count.index].ssl_policy, "ELBSecurityPolicy-2016-08")
  default_action {
    type = try(var.https_listeners[count.index].action_type, "forward")
  }
}

resource "aws_lb_listener" "http" {
  count             = length(var.http_tcp_listeners)
  load_balancer_arn = aws_lb.this[0].arn
  port              = try(var.http_tcp_listeners[count.index].port, null)
  protocol          = try(var.http_tcp_listeners[count.index].protocol, null)
  default_action {
    type = try(var.http_tcp_listeners[count.index].action_type, "forward")
    dynamic "redirect" {
      for_each = try([var.http_tcp_listeners[count.index].redirect], [])
      content {
        protocol    = try(redirect.value.protocol, null)
        port        = try(redirect.value.port, null)
        status_code = try(redirect.value.status_code, null)
      }
    }
  }
}

resource "aws_lb_listener" "this" {
  for_each          = var.listeners
  load_balancer_arn = aws_lb.this[0].arn
  port              = try(each.value.port, 80)
  protocol          = try(each.value.protocol, "HTTP")
  certificate_arn   = try(each.value.certificate_arn, null)
  ssl_policy        = try(each.value.ssl_policy, null)
  default_action {
    type = can(each.value.redirect) ? "redirect" : "forward"
    dynamic "redirect" {
      for_each = try([each.value.redirect], [])
      content {
        protocol    = try(redirect.value.protocol, null)
        port        = try(redirect.value.port, null)
        status_code = try(redirect.value.status_code, null)
      }
    }
  }
}

output "arn" { value = aws_lb.this[0].arn }
output "id" { value = aws_lb.this[0].id }
output "dns_name" { value = aws_lb.this[0].dns_name }
output "lb_arn" { value = aws_lb.this[0].arn }
output "lb_id" { value = aws_lb.this[0].id }
output "lb_dns_name" { value = aws_lb.this[0].dns_name }
