variable "version" { default = "" }
variable "create_vpc" { default = true }
variable "name" { default = "" }
variable "cidr" { default = "10.0.0.0/16" }
variable "azs" { default = [] }
variable "enable_dns_support" { default = true }
variable "enable_dns_hostnames" { default = true }
variable "public_subnets" { default = [] }
variable "private_subnets" { default = [] }
variable "map_public_ip_on_launch" { default = null }
variable "enable_flow_log" { default = false }
variable "flow_log_traffic_type" { default = "ALL" }
variable "flow_log_destination_type" { default = "cloud-watch-logs" }
variable "manage_default_vpc" { default = false }
variable "default_vpc_name" { default = null }
variable "manage_default_security_group" { default = null }
variable "default_security_group_ingress" { default = [] }
variable "default_security_group_egress" { default = [] }
variable "manage_default_network_acl" { default = null }
variable "default_network_acl_ingress" { default = null }
variable "default_network_acl_egress" { default = null }
variable "tags" { default = {} }

locals {
  # Until 4.0, public subnets gave addresses by themselves, and the defaults of the VPC were left as they are.
  before_4 = can(regex("^(=|~>|v|\\s)*[0-3](\\.|$)", var.version))
  everything = [{ rule_no = 100, action = "allow", from_port = 0, to_port = 0, protocol = "-1", cidr_block = "0.0.0.0/0" }]
}

resource "aws_vpc" "this" {
  count                = var.create_vpc ? 1 : 0
  cidr_block           = var.cidr
  enable_dns_support   = var.enable_dns_support
  enable_dns_hostnames = var.enable_dns_hostnames
  tags                 = merge({ Name = var.name }, var.tags)
}

resource "aws_subnet" "public" {
  count                   = var.create_vpc ? length(var.public_subnets) : 0
  vpc_id                  = aws_vpc.this[0].id
  cidr_block              = var.public_subnets[count.index]
  availability_zone       = try(var.azs[count.index], null)
  map_public_ip_on_launch = var.map_public_ip_on_launch == null ? local.before_4 : var.map_public_ip_on_launch
  tags                    = var.tags
}

resource "aws_subnet" "private" {
  count             = var.create_vpc ? length(var.private_subnets) : 0
  vpc_id            = aws_vpc.this[0].id
  cidr_block        = var.private_subnets[count.index]
  availability_zone = try(var.azs[count.index], null)
  tags              = var.tags
}

resource "aws_internet_gateway" "this" {
  count  = var.create_vpc && length(var.public_subnets) > 0 ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = var.tags
}

resource "aws_route_table" "public" {
  count  = var.create_vpc && length(var.public_subnets) > 0 ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = var.tags
}

resource "aws_route" "public_internet_gateway" {
  count                  = var.create_vpc && length(var.public_subnets) > 0 ? 1 : 0
  route_table_id         = aws_route_table.public[0].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this[0].id
}

resource "aws_route_table_association" "public" {
  count          = var.create_vpc ? length(var.public_subnets) : 0
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public[0].id
}

resource "aws_flow_log" "this" {
  count                = var.create_vpc && var.enable_flow_log ? 1 : 0
  vpc_id               = aws_vpc.this[0].id
  traffic_type         = var.flow_log_traffic_type
  log_destination_type = var.flow_log_destination_type
}

resource "aws_default_vpc" "this" {
  count = var.manage_default_vpc || var.default_vpc_name != null ? 1 : 0
  tags  = var.tags
}

resource "aws_default_security_group" "this" {
  count  = var.create_vpc && (var.manage_default_security_group == null ? !local.before_4 : var.manage_default_security_group) ? 1 : 0
  vpc_id = aws_vpc.this[0].id
  tags   = var.tags
  dynamic "ingress" {
    for_each = var.default_security_group_ingress
    content {
      self        = try(ingress.value.self, null)
      cidr_blocks = try(compact(split(",", ingress.value.cidr_blocks)), null)
      from_port   = try(ingress.value.from_port, 0)
      to_port     = try(ingress.value.to_port, 0)
      protocol    = try(ingress.value.protocol, "-1")
      description = try(ingress.value.description, null)
    }
  }
  dynamic "egress" {
    for_each = var.default_security_group_egress
    content {
      self        = try(egress.value.self, null)
      cidr_blocks = try(compact(split(",", egress.value.cidr_blocks)), null)
      from_port   = try(egress.value.from_port, 0)
      to_port     = try(egress.value.to_port, 0)
      protocol    = try(egress.value.protocol, "-1")
      description = try(egress.value.description, null)
    }
  }
}

resource "aws_default_network_acl" "this" {
  count                  = var.create_vpc && (var.default_network_acl_ingress != null || var.manage_default_network_acl == true) ? 1 : 0
  default_network_acl_id = aws_vpc.this[0].default_network_acl_id
  tags                   = var.tags
  dynamic "ingress" {
    for_each = var.default_network_acl_ingress == null ? local.everything : var.default_network_acl_ingress
    content {
      action     = try(ingress.value.action, null)
      cidr_block = try(ingress.value.cidr_block, null)
      from_port  = try(ingress.value.from_port, null)
      to_port    = try(ingress.value.to_port, null)
      protocol   = try(ingress.value.protocol, null)
      rule_no    = try(ingress.value.rule_no, null)
    }
  }
}

output "vpc_id" { value = aws_vpc.this[0].id }
output "vpc_arn" { value = aws_vpc.this[0].arn }
output "public_subnets" { value = aws_subnet.public[*].id }
output "private_subnets" { value = aws_subnet.private[*].id }
