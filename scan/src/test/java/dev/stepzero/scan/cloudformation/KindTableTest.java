package dev.stepzero.scan.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class KindTableTest {
    private final KindTable table = KindTable.load();

    @Test
    void everyTypeHasAKindOfTheProvider() {
        assertThat(table.all()).hasSizeGreaterThan(300);
        table.all()
                .forEach((type, kinds) -> assertThat(kinds)
                        .as(type)
                        .allMatch(kind -> kind.kind().matches("aws_[a-z0-9_]+") && type.startsWith("AWS::")));
    }

    @Test
    void ofSeveralResourcesOfATypeEachHasAnAddressOfItsOwn() {
        table.all().forEach((type, kinds) -> {
            var suffixes = new HashSet<String>();
            assertThat(kinds).as(type).allMatch(kind -> suffixes.add(kind.suffix()));
        });
    }

    @Test
    void propertiesAreSpelledInCamelCaseAndAttributesInSnakeCase() {
        table.all().values().forEach(kinds -> kinds.forEach(kind -> check(kind.kind(), kind.properties())));
    }

    private static void check(String where, PropertyRules rules) {
        rules.all()
                .forEach((property, each) -> each.forEach(rule -> {
                    assertThat(property).as(where).matches("[A-Z][A-Za-z0-9]+|[a-z0-9_.]+");
                    assertThat(rule.target())
                            .as(where + " " + property)
                            .matches("[.-]|[a-z0-9_.]+|\\+aws_[a-z0-9_]+\\(.+\\)");
                    check(where + " " + property, rule.within());
                }));
    }

    @Test
    void namesAreRespelledWordByWord() {
        assertThat(SnakeCase.of("DBInstanceIdentifier")).isEqualTo("db_instance_identifier");
        assertThat(SnakeCase.of("KMSMasterKeyID")).isEqualTo("kms_master_key_id");
        assertThat(SnakeCase.of("MultiAZ")).isEqualTo("multi_az");
        assertThat(SnakeCase.of("TargetGroupARNs")).isEqualTo("target_group_arns");
        assertThat(SnakeCase.of("S3BucketName")).isEqualTo("s3_bucket_name");
        assertThat(SnakeCase.of("CidrIpv6")).isEqualTo("cidr_ipv6");
        assertThat(SnakeCase.of("AssignIPv6Address")).isEqualTo("assign_ipv6_address");
        assertThat(SnakeCase.of("CloudWatchLogs")).isEqualTo("cloudwatch_logs");
        assertThat(SnakeCase.of("already_snake")).isEqualTo("already_snake");
    }
}
