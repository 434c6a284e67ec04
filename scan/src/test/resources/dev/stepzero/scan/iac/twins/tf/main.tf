resource "aws_security_group" "web" {
  name        = "web"
  description = "the web tier"
  vpc_id      = "vpc-0123456789abcdef0"
  ingress {
    description = "administration"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_db_instance" "main" {
  identifier              = "main"
  engine                  = "postgres"
  instance_class          = "db.t3.micro"
  allocated_storage       = 20
  username                = "owner"
  password                = "not-a-secret-in-a-test"
  publicly_accessible     = true
  storage_encrypted       = false
  backup_retention_period = 0
  skip_final_snapshot     = true
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = false
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}
