package dev.stepzero.scan.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionsTest {
    private static final String TEMPLATE = """
            Parameters:
              Stage: {Type: String, Default: prod}
              Size: {Type: String, AllowedValues: [small, large]}
              Open: {Type: String}
            Conditions:
              IsProd: !Equals [!Ref Stage, prod]
              IsTest: !Not [!Condition IsProd]
              IsOpen: !Equals [!Ref Open, "yes"]
              Impossible: !Equals [!Ref Size, huge]
              Both: !And [!Condition IsTest, !Condition IsOpen]
              Either: !Or [!Condition IsOpen, !Condition IsProd]
              Round: !Not [!Condition Trip]
              Trip: !Not [!Condition Round]
            Resources:
              Kept: {Type: "AWS::S3::Bucket", Condition: IsProd}
              Left: {Type: "AWS::S3::Bucket", Condition: IsTest}
              Perhaps: {Type: "AWS::S3::Bucket", Condition: IsOpen}
              X:
                Type: AWS::RDS::DBInstance
                Properties:
                  StorageEncrypted: %s
            """;

    @TempDir
    private Path directory;

    @Test
    void aResourceWhoseConditionIsFalseIsLeftOut() throws Exception {
        assertThat(read("true").addresses()).containsExactly("Kept", "Perhaps", "X");
    }

    @Test
    void aKnownConditionChooses() throws Exception {
        assertThat(encrypted("!If [IsProd, true, false]")).isEqualTo(Value.TRUE);
        assertThat(encrypted("!If [IsTest, true, false]")).isEqualTo(Value.FALSE);
        assertThat(encrypted("!If [Both, true, false]")).isEqualTo(Value.FALSE);
        assertThat(encrypted("!If [Either, true, false]")).isEqualTo(Value.TRUE);
        assertThat(encrypted("!If [Impossible, true, false]")).isEqualTo(Value.FALSE);
    }

    @Test
    void anUnknownConditionJoinsBothBranches() throws Exception {
        var joined = (Unknown) encrypted("!If [IsOpen, true, false]");

        assertThat(joined.oneOf()).containsExactly(Value.TRUE, Value.FALSE);
        assertThat(joined.chain()).contains("condition IsOpen", "parameter Open");
        assertThat(encrypted("!If [IsOpen, true, true]")).isEqualTo(Value.TRUE);
    }

    @Test
    void conditionsThatDependOnEachOtherEndInAProblem() throws Exception {
        var stacks = read("!If [Round, true, false]");

        assertThat(stacks.messages()).anyMatch(message -> message.contains("depends on itself"));
        assertThat(stacks.problems().getFirst().position().line()).isEqualTo(12);
        assertThat(stacks.value("X", "storage_encrypted")).isInstanceOf(Unknown.class);
    }

    @Test
    void aLongChainOfConditionsKeepsItsReasonsShort() throws Exception {
        var template = new StringBuilder("Parameters: {P: {Type: String}}\nConditions:\n  C0: !Equals [!Ref P, x]\n");
        for (int i = 1; i < 300; i++) {
            template.append("  C%d: !Not [!Condition C%d]\n".formatted(i, i - 1));
        }
        template.append("Resources:\n  X:\n    Type: AWS::RDS::DBInstance\n    Properties:\n")
                .append("      StorageEncrypted: !If [C99, true, false]\n");

        var encrypted =
                (Unknown) new Stacks(directory).read(template.toString()).value("X", "storage_encrypted");

        assertThat(encrypted.oneOf()).containsExactly(Value.TRUE, Value.FALSE);
        assertThat(encrypted.chain()).hasSizeLessThan(600);
    }

    @Test
    void alternativesOfObjectsAreReshapedToo() throws Exception {
        var stacks = new Stacks(directory).read("""
                Parameters: {P: {Type: String}}
                Conditions: {C: !Equals [!Ref P, x]}
                Resources:
                  B:
                    Type: AWS::S3::Bucket
                    Properties:
                      VersioningConfiguration: !If [C, {Status: Enabled}, {Status: Suspended}]
                      PublicAccessBlockConfiguration: !If
                        - C
                        - {BlockPublicAcls: true, BlockPublicPolicy: true}
                        - {BlockPublicAcls: true}
                """);

        assertThat(stacks.plain("B", "versioning")).isEqualTo("one of [{enabled=true}, {enabled=false}]");
        assertThat(stacks.plain("B/PublicAccessBlockConfiguration", "block_public_acls"))
                .isEqualTo(true);
        assertThat(stacks.plain("B/PublicAccessBlockConfiguration", "block_public_policy"))
                .isEqualTo("one of [true, absent]");
    }

    private Value encrypted(String expression) throws Exception {
        return read(expression).value("X", "storage_encrypted");
    }

    private Stacks read(String expression) throws Exception {
        return new Stacks(directory).read(TEMPLATE.formatted(expression));
    }
}
