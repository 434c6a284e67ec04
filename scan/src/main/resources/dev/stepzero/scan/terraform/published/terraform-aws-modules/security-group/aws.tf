variable "version" { default = "" }
variable "create" { default = true }
variable "create_sg" { default = true }
variable "name" { default = null }
variable "description" { default = "Security Group managed by Terraform" }
variable "vpc_id" { default = null }
variable "tags" { default = {} }
variable "ingress_rules" { default = [] }
variable "ingress_cidr_blocks" { default = [] }
variable "ingress_ipv6_cidr_blocks" { default = [] }
variable "ingress_prefix_list_ids" { default = [] }
variable "ingress_with_cidr_blocks" { default = [] }
variable "ingress_with_ipv6_cidr_blocks" { default = [] }
variable "ingress_with_source_security_group_id" { default = [] }
variable "ingress_with_self" { default = [] }
variable "computed_ingress_with_source_security_group_id" { default = [] }
variable "egress_rules" { default = [] }
variable "egress_cidr_blocks" { default = ["0.0.0.0/0"] }
variable "egress_ipv6_cidr_blocks" { default = ["::/0"] }
variable "egress_with_cidr_blocks" { default = [] }

locals {
  # Rules that can be asked for by name: the first port, the last one, the protocol.
  named = {
    "ssh-tcp"                  = [22, 22, "tcp"]
    "http-80-tcp"              = [80, 80, "tcp"]
    "http-8080-tcp"            = [8080, 8080, "tcp"]
    "https-443-tcp"            = [443, 443, "tcp"]
    "https-8443-tcp"           = [8443, 8443, "tcp"]
    "rdp-tcp"                  = [3389, 3389, "tcp"]
    "rdp-udp"                  = [3389, 3389, "udp"]
    "mysql-tcp"                = [3306, 3306, "tcp"]
    "postgresql-tcp"           = [5432, 5432, "tcp"]
    "mssql-tcp"                = [1433, 1433, "tcp"]
    "oracle-db-tcp"            = [1521, 1521, "tcp"]
    "redis-tcp"                = [6379, 6379, "tcp"]
    "mongodb-27017-tcp"        = [27017, 27017, "tcp"]
    "elasticsearch-rest-tcp"   = [9200, 9200, "tcp"]
    "elasticsearch-java-tcp"   = [9300, 9300, "tcp"]
    "memcached-tcp"            = [11211, 11211, "tcp"]
    "kibana-tcp"               = [5601, 5601, "tcp"]
    "nfs-tcp"                  = [2049, 2049, "tcp"]
    "ldap-tcp"                 = [389, 389, "tcp"]
    "ldaps-tcp"                = [636, 636, "tcp"]
    "smtp-tcp"                 = [25, 25, "tcp"]
    "dns-udp"                  = [53, 53, "udp"]
    "dns-tcp"                  = [53, 53, "tcp"]
    "docker-swarm-mngmt-tcp"   = [2377, 2377, "tcp"]
    "kubernetes-api-tcp"       = [6443, 6443, "tcp"]
    "winrm-http-tcp"           = [5985, 5985, "tcp"]
    "winrm-https-tcp"          = [5986, 5986, "tcp"]
    "all-all"                  = [-1, -1, "-1"]
    "all-tcp"                  = [0, 65535, "tcp"]
    "all-udp"                  = [0, 65535, "udp"]
    "all-icmp"                 = [-1, -1, "icmp"]
    "all-ipv6-icmp"            = [-1, -1, "58"]
  }
  open = length(var.ingress_rules) + length(var.ingress_with_cidr_blocks) + length(var.ingress_with_ipv6_cidr_blocks) == 0
}

resource "aws_security_group" "this" {
  count       = var.create && var.create_sg ? 1 : 0
  name        = var.name
  description = var.description
  vpc_id      = var.vpc_id
  tags        = var.tags
}

resource "aws_security_group_rule" "ingress_rules" {
  for_each          = var.create ? toset(var.ingress_rules) : []
  security_group_id = aws_security_group.this[0].id
  type              = "ingress"
  description       = each.value
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  prefix_list_ids   = var.ingress_prefix_list_ids
  from_port         = try(local.named[each.value][0], null)
  to_port           = try(local.named[each.value][1], null)
  protocol          = try(local.named[each.value][2], "tcp")
}

# Addresses without a rule: what is meant is that they may come in.
resource "aws_security_group_rule" "ingress_any" {
  count             = var.create && local.open && length(var.ingress_cidr_blocks) + length(var.ingress_ipv6_cidr_blocks) > 0 ? 1 : 0
  security_group_id = aws_security_group.this[0].id
  type              = "ingress"
  description       = "addresses of the module's call"
  cidr_blocks       = var.ingress_cidr_blocks
  ipv6_cidr_blocks  = var.ingress_ipv6_cidr_blocks
  from_port         = 0
  to_port           = 65535
  protocol          = "-1"
}

resource "aws_security_group_rule" "ingress_with_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_cidr_blocks) : 0
  security_group_id = aws_security_group.this[0].id
  type              = "ingress"
  description       = try(var.ingress_with_cidr_blocks[count.index].description, "Ingress Rule")
  cidr_blocks       = try(compact(split(",", var.ingress_with_cidr_blocks[count.index].cidr_blocks)), var.ingress_cidr_blocks)
  from_port         = try(var.ingress_with_cidr_blocks[count.index].from_port, local.named[var.ingress_with_cidr_blocks[count.index].rule][0], null)
  to_port           = try(var.ingress_with_cidr_blocks[count.index].to_port, local.named[var.ingress_with_cidr_blocks[count.index].rule][1], null)
  protocol          = try(var.ingress_with_cidr_blocks[count.index].protocol, local.named[var.ingress_with_cidr_blocks[count.index].rule][2], "tcp")
}

resource "aws_security_group_rule" "ingress_with_ipv6_cidr_blocks" {
  count             = var.create ? length(var.ingress_with_ipv6_cidr_blocks) : 0
  security_group_id = aws_security_group.this[0].id
  type              = "ingress"
  description       = try(var.ingress_with_ipv6_cidr_blocks[count.index].description, "Ingress Rule")
  ipv6_cidr_blocks  = try(compact(split(",", var.ingress_with_ipv6_cidr_blocks[count.index].ipv6_cidr_blocks)), var.ingress_ipv6_cidr_blocks)
  from_port         = try(var.ingress_with_ipv6_cidr_blocks[count.index].from_port, local.named[var.ingress_with_ipv6_cidr_blocks[count.index].rule][0], null)
  to_port           = try(var.ingress_with_ipv6_cidr_blocks[count.index].to_port, local.named[var.ingress_with_ipv6_cidr_blocks[count.index].rule][1], null)
  protocol          = try(var.ingress_with_ipv6_cidr_blocks[count.index].protocol, local.named[var.ingress_with_ipv6_cidr_blocks[count.index].rule][2], "tcp")
}

resource "aws_security_group_rule" "egress_rules" {
  for_each          = var.create ? toset(var.egress_rules) : []
  security_group_id = aws_security_group.this[0].id
  type              = "egress"
  description       = each.value
  cidr_blocks       = var.egress_cidr_blocks
  ipv6_cidr_blocks  = var.egress_ipv6_cidr_blocks
  from_port         = try(local.named[each.value][0], null)
  to_port           = try(local.named[each.value][1], null)
  protocol          = try(local.named[each.value][2], "tcp")
}

output "security_group_id" { value = aws_security_group.this[0].id }
output "security_group_arn" { value = aws_security_group.this[0].arn }
output "security_group_vpc_id" { value = aws_security_group.this[0].vpc_id }
output "security_group_name" { value = aws_security_group.this[0].name }
