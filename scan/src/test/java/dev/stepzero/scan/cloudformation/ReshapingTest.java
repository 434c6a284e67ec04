package dev.stepzero.scan.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReshapingTest {
    @TempDir
    private Path directory;

    @Test
    void aBucketIsTheProvidersBucketAndWhatBelongsToIt() throws Exception {
        var stacks = read("AWS::S3::Bucket", """
                BucketName: files
                AccessControl: PublicReadWrite
                BucketEncryption:
                  ServerSideEncryptionConfiguration:
                    - ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms", KMSMasterKeyID: k}
                VersioningConfiguration: {Status: Enabled}
                LoggingConfiguration: {LogFilePrefix: log/}
                PublicAccessBlockConfiguration: {BlockPublicAcls: true}
                OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
                LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 30}]}
                Tags: [{Key: Team, Value: a}]
                """);

        assertThat(stacks.plain("X"))
                .isEqualTo(Map.of(
                        "bucket", "files",
                        "acl", "public-read-write",
                        "server_side_encryption_configuration",
                                Map.of(
                                        "rule",
                                        List.of(Map.of(
                                                "apply_server_side_encryption_by_default",
                                                Map.of("sse_algorithm", "aws:kms", "kms_master_key_id", "k")))),
                        "versioning", Map.of("enabled", true),
                        "logging", Map.of("target_prefix", "log/", "target_bucket", "-> X.id"),
                        "lifecycle_rule", List.of(Map.of("enabled", true, "expiration", Map.of("days", 30))),
                        "tags", Map.of("Team", "a")));
        assertThat(stacks.at("X/PublicAccessBlockConfiguration").kind()).isEqualTo("aws_s3_bucket_public_access_block");
        assertThat(stacks.plain("X/PublicAccessBlockConfiguration"))
                .isEqualTo(Map.of("bucket", "-> X.id", "block_public_acls", true));
        assertThat(stacks.at("X/PublicAccessBlockConfiguration").position().line())
                .isEqualTo(12);
        assertThat(stacks.at("X/OwnershipControls").kind()).isEqualTo("aws_s3_bucket_ownership_controls");
    }

    @Test
    void rulesOfASecurityGroupHaveListsOfNetworks() throws Exception {
        var stacks = read("AWS::EC2::SecurityGroup", """
                GroupDescription: web
                SecurityGroupIngress:
                  - {CidrIp: 0.0.0.0/0, FromPort: 22, ToPort: 22, IpProtocol: "6", Description: all}
                  - {CidrIpv6: "::/0", IpProtocol: -1}
                SecurityGroupEgress: {DestinationSecurityGroupId: sg-1, IpProtocol: tcp}
                """);

        assertThat(stacks.plain("X"))
                .isEqualTo(Map.of(
                        "description", "web",
                        "ingress",
                                List.of(
                                        Map.of(
                                                "cidr_blocks",
                                                List.of("0.0.0.0/0"),
                                                "from_port",
                                                22,
                                                "to_port",
                                                22,
                                                "protocol",
                                                "tcp",
                                                "description",
                                                "all"),
                                        Map.of("ipv6_cidr_blocks", List.of("::/0"), "protocol", "-1")),
                        "egress", Map.of("security_groups", List.of("sg-1"), "protocol", "tcp")));
    }

    @Test
    void aSeparateRuleKnowsItsDirection() throws Exception {
        var stacks = read("AWS::EC2::SecurityGroupIngress", "GroupId: sg\nCidrIp: 10.0.0.0/8\n");

        assertThat(stacks.at("X").kind()).isEqualTo("aws_security_group_rule");
        assertThat(stacks.plain("X"))
                .isEqualTo(Map.of("type", "ingress", "security_group_id", "sg", "cidr_blocks", List.of("10.0.0.0/8")));
    }

    @Test
    void policiesKeepTheirNamesAndInlineOnesAreResources() throws Exception {
        var stacks = read("AWS::IAM::Role", """
                AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: "*"}}]}
                ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
                Policies:
                  - PolicyName: all
                    PolicyDocument: {Statement: [{Effect: Allow, Action: "*"}]}
                """);

        assertThat(stacks.plain("X", "assume_role_policy"))
                .isEqualTo(Map.of("Statement", List.of(Map.of("Effect", "Allow", "Principal", Map.of("AWS", "*")))));
        assertThat(stacks.at("X/Policies[0]").kind()).isEqualTo("aws_iam_role_policy");
        assertThat(stacks.plain("X/Policies[0]"))
                .isEqualTo(Map.of(
                        "role", "-> X.id",
                        "name", "all",
                        "policy", Map.of("Statement", List.of(Map.of("Effect", "Allow", "Action", "*")))));
        assertThat(stacks.plain("X/ManagedPolicyArns[0]", "policy_arn"))
                .isEqualTo("arn:aws:iam::aws:policy/AdministratorAccess");
    }

    @Test
    void aPolicyIsOfTheKindOfWhatItIsAttachedTo() throws Exception {
        assertThat(read("AWS::IAM::Policy", "Roles: [r]").at("X").kind()).isEqualTo("aws_iam_role_policy");
        assertThat(read("AWS::IAM::Policy", "Users: [u]").plain("X", "user")).isEqualTo("u");
        assertThat(read("AWS::IAM::Policy", "PolicyName: p").at("X").kind()).isEqualTo("aws_iam_policy");
        assertThat(read("AWS::IAM::Policy", "Users: [u]\nGroups: [g]").addresses())
                .containsExactly("X", "X/Groups");
    }

    @Test
    void attributesOfALoadBalancerAreAttributes() throws Exception {
        var stacks = read("AWS::ElasticLoadBalancingV2::LoadBalancer", """
                Scheme: internal
                Type: application
                LoadBalancerAttributes:
                  - {Key: routing.http.drop_invalid_header_fields.enabled, Value: "true"}
                  - {Key: access_logs.s3.enabled, Value: "true"}
                  - {Key: access_logs.s3.bucket, Value: logs}
                  - {Key: something.else, Value: x}
                """);

        assertThat(stacks.plain("X"))
                .isEqualTo(Map.of(
                        "internal",
                        true,
                        "load_balancer_type",
                        "application",
                        "drop_invalid_header_fields",
                        "true",
                        "access_logs",
                        Map.of("enabled", "true", "bucket", "logs")));
    }

    @Test
    void containersAreSpelledAsInTheirJson() throws Exception {
        var stacks = read("AWS::ECS::TaskDefinition", """
                ContainerDefinitions:
                  - Name: app
                    ReadonlyRootFilesystem: true
                    Environment: [{Name: A, Value: b}]
                    LogConfiguration: {LogDriver: awslogs, Options: {awslogs-group: g, Mixed: x}}
                """);

        assertThat(stacks.plain("X", "container_definitions"))
                .isEqualTo(List.of(Map.of(
                        "name",
                        "app",
                        "readonlyRootFilesystem",
                        true,
                        "environment",
                        List.of(Map.of("name", "A", "value", "b")),
                        "logConfiguration",
                        Map.of("logDriver", "awslogs", "options", Map.of("awslogs-group", "g", "Mixed", "x")))));
    }

    @Test
    void theOthersAreReshapedToo() throws Exception {
        assertThat(read("AWS::CloudFront::Distribution", """
                DistributionConfig:
                  Logging: {Bucket: b}
                  WebACLId: w
                  Origins: [{Id: o, CustomOriginConfig: {OriginProtocolPolicy: http-only, OriginSSLProtocols: [SSLv3]}}]
                """).plain("X"))
                .isEqualTo(Map.of(
                        "logging_config", Map.of("bucket", "b"),
                        "web_acl_id", "w",
                        "origin",
                                List.of(Map.of(
                                        "origin_id",
                                        "o",
                                        "custom_origin_config",
                                        Map.of(
                                                "origin_protocol_policy",
                                                "http-only",
                                                "origin_ssl_protocols",
                                                List.of("SSLv3"))))));
        assertThat(read("AWS::EKS::Cluster", """
                Logging: {ClusterLogging: {EnabledTypes: [{Type: api}, {Type: audit}]}}
                ResourcesVpcConfig: {EndpointPublicAccess: false}
                """).plain("X"))
                .isEqualTo(Map.of(
                        "enabled_cluster_log_types", List.of("api", "audit"),
                        "vpc_config", Map.of("endpoint_public_access", false)));
        assertThat(read("AWS::DynamoDB::Table", """
                SSESpecification: {SSEEnabled: true, KMSMasterKeyId: k}
                PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
                """).plain("X"))
                .isEqualTo(Map.of(
                        "server_side_encryption", Map.of("enabled", true, "kms_key_arn", "k"),
                        "point_in_time_recovery", Map.of("enabled", true)));
        assertThat(read("AWS::EC2::Instance", "BlockDeviceMappings: [{DeviceName: a, Ebs: {Encrypted: true}}]")
                        .plain("X", "ebs_block_device"))
                .isEqualTo(List.of(Map.of("device_name", "a", "encrypted", true)));
        assertThat(read("AWS::MSK::Cluster", "EncryptionInfo: {EncryptionAtRest: {DataVolumeKMSKeyId: k}}")
                        .plain("X"))
                .isEqualTo(Map.of("encryption_info", Map.of("encryption_at_rest_kms_key_arn", "k")));
        assertThat(read("AWS::KMS::Key", "EnableKeyRotation: true\nKeyPolicy: {Id: p}\n")
                        .plain("X"))
                .isEqualTo(Map.of("enable_key_rotation", true, "policy", Map.of("Id", "p")));
        assertThat(read("AWS::RDS::DBParameterGroup", "Parameters: {require_secure_transport: 1}")
                        .plain("X", "parameter"))
                .isEqualTo(List.of(Map.of("name", "require_secure_transport", "value", 1)));
        assertThat(read("AWS::OpenSearchService::Domain", "LogPublishingOptions: {AUDIT_LOGS: {Enabled: true}}")
                        .plain("X", "log_publishing_options"))
                .isEqualTo(List.of(Map.of("log_type", "AUDIT_LOGS", "enabled", true)));
    }

    private Stacks read(String type, String properties) throws Exception {
        return new Stacks(directory)
                .read("Resources:\n  X:\n    Type: " + type + "\n    Properties:\n" + properties.indent(6));
    }
}
