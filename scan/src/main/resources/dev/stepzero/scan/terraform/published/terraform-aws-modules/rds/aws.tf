variable "version" { default = "" }
variable "create_db_instance" { default = true }
variable "identifier" { default = null }
variable "engine" { default = null }
variable "engine_version" { default = null }
variable "instance_class" { default = null }
variable "allocated_storage" { default = null }
variable "storage_encrypted" { default = null }
variable "kms_key_id" { default = null }
variable "replicate_source_db" { default = null }
variable "db_name" { default = null }
variable "username" { default = null }
variable "password" { default = null }
variable "manage_master_user_password" { default = null }
variable "port" { default = null }
variable "iam_database_authentication_enabled" { default = false }
variable "vpc_security_group_ids" { default = [] }
variable "db_subnet_group_name" { default = null }
variable "create_db_subnet_group" { default = false }
variable "subnet_ids" { default = [] }
variable "multi_az" { default = false }
variable "publicly_accessible" { default = false }
variable "auto_minor_version_upgrade" { default = true }
variable "backup_retention_period" { default = null }
variable "deletion_protection" { default = false }
variable "skip_final_snapshot" { default = false }
variable "copy_tags_to_snapshot" { default = false }
variable "monitoring_interval" { default = 0 }
variable "performance_insights_enabled" { default = false }
variable "performance_insights_kms_key_id" { default = null }
variable "enabled_cloudwatch_logs_exports" { default = [] }
variable "ca_cert_identifier" { default = null }
variable "tags" { default = {} }

locals {
  # From 4.0 on, storage is encrypted unless the call says otherwise; from 6.0 on, RDS keeps the password.
  before_4 = can(regex("^(=|~>|v|\\s)*[0-3](\\.|$)", var.version))
  before_6 = can(regex("^(=|~>|v|\\s)*[0-5](\\.|$)", var.version))
}

resource "aws_db_instance" "this" {
  count                               = var.create_db_instance ? 1 : 0
  identifier                          = var.identifier
  engine                              = var.engine
  engine_version                      = var.engine_version
  instance_class                      = var.instance_class
  allocated_storage                   = var.allocated_storage
  storage_encrypted                   = var.storage_encrypted == null ? !local.before_4 : var.storage_encrypted
  kms_key_id                          = var.kms_key_id
  replicate_source_db                 = var.replicate_source_db
  db_name                             = var.db_name
  username                            = var.username
  password                            = var.password
  manage_master_user_password         = var.manage_master_user_password != null ? var.manage_master_user_password : var.password == null && !local.before_6 ? true : null
  port                                = var.port
  iam_database_authentication_enabled = var.iam_database_authentication_enabled
  vpc_security_group_ids              = var.vpc_security_group_ids
  db_subnet_group_name                = var.create_db_subnet_group ? aws_db_subnet_group.this[0].id : var.db_subnet_group_name
  multi_az                            = var.multi_az
  publicly_accessible                 = var.publicly_accessible
  auto_minor_version_upgrade          = var.auto_minor_version_upgrade
  backup_retention_period             = var.backup_retention_period
  deletion_protection                 = var.deletion_protection
  skip_final_snapshot                 = var.skip_final_snapshot
  copy_tags_to_snapshot               = var.copy_tags_to_snapshot
  monitoring_interval                 = var.monitoring_interval
  performance_insights_enabled        = var.performance_insights_enabled
  performance_insights_kms_key_id     = var.performance_insights_kms_key_id
  enabled_cloudwatch_logs_exports     = var.enabled_cloudwatch_logs_exports
  ca_cert_identifier                  = var.ca_cert_identifier
  tags                                = var.tags
}

resource "aws_db_subnet_group" "this" {
  count      = var.create_db_subnet_group ? 1 : 0
  subnet_ids = var.subnet_ids
}

output "db_instance_identifier" { value = aws_db_instance.this[0].identifier }
output "db_instance_arn" { value = aws_db_instance.this[0].arn }
output "db_instance_address" { value = aws_db_instance.this[0].address }
output "db_instance_endpoint" { value = aws_db_instance.this[0].endpoint }
