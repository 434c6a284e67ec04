package dev.stepzero.scan.iac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.Finding;
import dev.stepzero.core.Severity;
import dev.stepzero.rules.Judge;
import dev.stepzero.rules.RuleFile;
import dev.stepzero.rules.Rulebook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A weakness weighs more where the internet reaches it, and less where it certainly does not. */
class ExposureTest {
    private static final String GROUPS = """
            resource "aws_security_group" "open" {
              ingress {
                from_port   = 443
                to_port     = 443
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }
            resource "aws_security_group" "beside" {}
            resource "aws_security_group_rule" "beside" {
              type              = "ingress"
              security_group_id = aws_security_group.beside.id
              from_port         = 443
              to_port           = 443
              protocol          = "tcp"
              cidr_blocks       = ["0.0.0.0/0"]
            }
            resource "aws_security_group" "shut" {
              ingress {
                from_port   = 443
                to_port     = 443
                protocol    = "tcp"
                cidr_blocks = ["10.0.0.0/8"]
              }
            }
            variable "groups" {}
            """;

    @ParameterizedTest
    @CsvSource({
        "true,  [aws_security_group.open.id],   CRITICAL, HIGH",
        "true,  [aws_security_group.beside.id], CRITICAL, HIGH",
        "true,  '[aws_security_group.shut.id, aws_security_group.open.id]', CRITICAL, HIGH",
        "true,  [aws_security_group.shut.id],   MEDIUM,   MEDIUM",
        "true,  '[aws_security_group.shut.id, \"sg-12345678\"]', CRITICAL, HIGH",
        "true,  null,                           CRITICAL, HIGH",
        "true,  var.groups,                     CRITICAL, MEDIUM",
        "false, [aws_security_group.open.id],   ,         MEDIUM"
    })
    void aDatabase(String open, String groups, Severity accessible, Severity upgrades) throws Exception {
        var text = GROUPS + """
                resource "aws_db_instance" "d" {
                  publicly_accessible        = %s
                  vpc_security_group_ids     = %s
                  auto_minor_version_upgrade = false
                }
                """.formatted(open, groups);

        if (accessible != null) {
            assertThat(severity("aws/rds/aws-rds-publicly-accessible", text)).isEqualTo(accessible);
        }
        assertThat(severity("aws/rds/aws-rds-minor-upgrades-off", text)).isEqualTo(upgrades);
    }

    @ParameterizedTest
    @CsvSource({
        "internal = false, HIGH",
        "internal = true, MEDIUM",
        "security_groups = [aws_security_group.shut.id], MEDIUM",
        "internal = var.groups, HIGH"
    })
    void aListenerOfALoadBalancer(String balancer, Severity expected) throws Exception {
        expect(expected, "aws/elb/aws-listener-http", GROUPS + """
                resource "aws_lb" "web" {
                  %s
                }
                resource "aws_lb_listener" "web" {
                  load_balancer_arn = aws_lb.web.arn
                  port              = 80
                  protocol          = "HTTP"
                  default_action { type = "forward" }
                }
                """, balancer);
    }

    @ParameterizedTest
    @CsvSource({"NONE, HIGH", "AWS_IAM, MEDIUM"})
    void aFunctionWithAnAddress(String authorization, Severity expected) throws Exception {
        expect(expected, "aws/lambda/aws-lambda-runtime-deprecated", """
                resource "aws_lambda_function" "f" {
                  function_name = "f"
                  runtime       = "python2.7"
                }
                resource "aws_lambda_function_url" "f" {
                  function_name      = aws_lambda_function.f.function_name
                  authorization_type = "%s"
                }
                """, authorization);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0/0, HIGH", "198.51.100.0/24, MEDIUM"})
    void aGoogleDatabase(String network, Severity expected) throws Exception {
        expect(expected, "google/sql/google-sql-plain-connections", """
                resource "google_sql_database_instance" "d" {
                  database_version = "POSTGRES_16"
                  settings {
                    ip_configuration {
                      ssl_mode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED"
                      authorized_networks { value = "%s" }
                    }
                  }
                }
                """, network);
    }

    @ParameterizedTest
    @CsvSource({"'access_config {}', HIGH", "'', MEDIUM"})
    void aGoogleInstance(String access, Severity expected) throws Exception {
        expect(expected, "google/compute/google-compute-serial-port-open", """
                resource "google_compute_instance" "i" {
                  metadata = { serial-port-enable = true }
                  network_interface {
                    network = "default"
                    %s
                  }
                }
                """, access);
    }

    @ParameterizedTest
    @CsvSource({"azurerm_public_ip.p.id, HIGH", "null, MEDIUM"})
    void anAzureMachine(String address, Severity expected) throws Exception {
        expect(expected, "azure/compute/azure-vm-password-authentication", """
                resource "azurerm_public_ip" "p" {}
                resource "azurerm_network_interface" "n" {
                  ip_configuration {
                    name                 = "main"
                    public_ip_address_id = %s
                  }
                }
                resource "azurerm_linux_virtual_machine" "m" {
                  disable_password_authentication = false
                  network_interface_ids           = [azurerm_network_interface.n.id]
                }
                """, address);
    }

    @ParameterizedTest
    @CsvSource({"255.255.255.255, CRITICAL", "0.0.0.0, HIGH"})
    void anAzureDatabase(String end, Severity expected) throws Exception {
        expect(expected, "azure/database/azure-mysql-tls-not-enforced", """
                resource "azurerm_mysql_server" "d" {
                  name                    = "d"
                  ssl_enforcement_enabled = false
                }
                resource "azurerm_mysql_firewall_rule" "r" {
                  server_name      = azurerm_mysql_server.d.name
                  start_ip_address = "0.0.0.0"
                  end_ip_address   = "%s"
                }
                """, end);
    }

    private static void expect(Severity expected, String rule, String source, String value) throws Exception {
        assertThat(severity(rule, source.formatted(value))).isEqualTo(expected);
    }

    private static Severity severity(String rule, String text) throws Exception {
        var file = Path.of("../rules/catalog", rule + ".yaml");
        var read = new RuleFile().read(file.toString(), Files.readString(file)).rule();
        var findings = RuleExamples.judge(new Judge(Rulebook.of(List.of(read))), "main.tf", text)
                .findings();
        return findings.stream().map(Finding::severity).findFirst().orElseThrow();
    }
}
