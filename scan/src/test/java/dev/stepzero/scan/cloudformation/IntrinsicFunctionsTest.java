package dev.stepzero.scan.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Reference;
import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntrinsicFunctionsTest {
    private static final String TEMPLATE = """
            AWSTemplateFormatVersion: "2010-09-09"
            Parameters:
              Stage: {Type: String, Default: prod}
              Size: {Type: String, AllowedValues: [small, large]}
              Password: {Type: String, NoEcho: true}
              Subnets: {Type: CommaDelimitedList, Default: "a, b,c"}
              Image: {Type: "AWS::SSM::Parameter::Value<String>", Default: /images/latest}
            Mappings:
              Stages:
                prod: {Bucket: kept, Days: 30}
                test: {Bucket: lost, Days: 1}
            Resources:
              Named: {Type: "AWS::S3::Bucket", Properties: {BucketName: files}}
              Plain: {Type: "AWS::S3::Bucket"}
              X:
                Type: AWS::Some::Thing
                Properties:
                  Value: %s
            """;

    @TempDir
    private Path directory;

    @Test
    void anAddressBlockIsCutIntoNetworks() throws Exception {
        assertThat(value("!Cidr [10.0.0.0/16, 3, 8]")).isEqualTo(List.of("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"));
        assertThat(value("!Cidr [10.0.0.77/24, 2, '5']")).isEqualTo(List.of("10.0.0.0/27", "10.0.0.32/27"));
        assertThat(value("!Select [1, !Cidr ['2001:db8::/56', 2, 64]]")).isEqualTo("2001:db8:0:1:0:0:0:0/64");
        assertThat(value("!Cidr [10.0.0.0/30, 5, 1]").toString()).startsWith("? Fn::Cidr");
        assertThat(value("!Cidr [10.0.0.0/16, 9999999, 8]").toString()).startsWith("? Fn::Cidr");
        assertThat(value("!Cidr [nonsense, 2, 8]").toString()).startsWith("? Fn::Cidr");
    }

    @Test
    void ofAnUnknownBlockTheNumberOfNetworksIsKnown() throws Exception {
        var networks = (Value.Sequence) evaluated("!Cidr [!Ref Password, 3, 8]");

        assertThat(networks.items()).hasSize(3);
        assertThat(networks.items().getFirst().value()).isInstanceOf(Unknown.class);
    }

    @Test
    void aRegionHasTwoZonesOrMoreWhoseNamesBeginWithItsOwn() throws Exception {
        var zones = (Unknown) evaluated("!GetAZs eu-west-1");
        var first = (Unknown) evaluated("!Select [0, !GetAZs eu-west-1]");

        assertThat(zones.oneOf())
                .allSatisfy(each -> assertThat(((Value.Sequence) each).items()).hasSizeBetween(2, 6));
        assertThat(first.prefix()).isEqualTo("eu-west-1");
        assertThat(((Unknown) evaluated("!Select [0, !GetAZs '']")).notNull()).isTrue();
        assertThat(value("!Select [9, !GetAZs '']")).isEqualTo("? Fn::Select");
    }

    @Test
    void aParameterHasItsDefault() throws Exception {
        assertThat(value("!Ref Stage")).isEqualTo("prod");
        assertThat(value("{\"Ref\": \"Stage\"}")).isEqualTo("prod");
        assertThat(value("!Ref Subnets")).isEqualTo(List.of("a", "b", "c"));
    }

    @Test
    void aParameterWithoutDefaultIsUnknownButGiven() throws Exception {
        var password = (Unknown) evaluated("!Ref Password");

        assertThat(password.chain()).isEqualTo("parameter Password");
        assertThat(password.notNull()).isTrue();
    }

    @Test
    void aReferenceToWhatTheTemplateLacksIsNoneOfWhatItHas() throws Exception {
        assertThat(((Unknown) evaluated("!Ref Elsewhere")).references())
                .containsExactly(new Reference("Elsewhere", ""));
        assertThat(((Unknown) evaluated("!GetAtt Elsewhere.Arn")).references())
                .containsExactly(new Reference("Elsewhere", "Arn"));
    }

    @Test
    void ofAParameterWithAllowedValuesTheAlternativesAreKnown() throws Exception {
        assertThat(value("!Ref Size")).isEqualTo("one of [small, large]");
    }

    @Test
    void theDefaultOfAStoredParameterIsItsNameAndNotItsValue() throws Exception {
        assertThat(value("!Ref Image")).isEqualTo("? parameter Image");
    }

    @Test
    void noValueLeavesThePropertyOut() throws Exception {
        assertThat(evaluated("!Ref AWS::NoValue")).isEqualTo(Value.ABSENT);
        assertThat(value("[a, !Ref AWS::NoValue, b]")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void theAccountIsUnknownButGiven() throws Exception {
        assertThat(((Unknown) evaluated("!Ref AWS::AccountId")).notNull()).isTrue();
    }

    @Test
    void aResourceIsAReferenceAndItsNameIsKnownWhereItIsSet() throws Exception {
        assertThat(value("!Ref Plain")).isEqualTo("-> Plain.id");
        assertThat(value("!GetAtt Plain.Arn")).isEqualTo("-> Plain.arn");
        assertThat(value("!GetAtt [Plain, DomainName]")).isEqualTo("-> Plain.domain_name");
        assertThat(((Unknown) evaluated("!Ref Named")).oneOf()).containsExactly(Value.of("files"));
        assertThat(value("!Sub 'arn:aws:s3:::${Named}/*'")).isEqualTo("arn:aws:s3:::files/*");
    }

    @Test
    void aTextKnowsItsKnownParts() throws Exception {
        var text = (Unknown) evaluated("!Sub '${Stage}-${AWS::Region}-${!kept}'");

        assertThat(text.prefix()).isEqualTo("prod-");
        assertThat(text.parts().getLast()).isEqualTo(Value.of("-${kept}"));
    }

    @Test
    void substitutionTakesItsOwnNames() throws Exception {
        assertThat(value("!Sub ['${A}/${Stage}', {A: !Ref Stage}]")).isEqualTo("prod/prod");
        assertThat(value("!Sub '${Plain.Arn}'")).isEqualTo("-> Plain.arn");
    }

    @Test
    void listsAndTextsAreComputed() throws Exception {
        assertThat(value("!Join ['-', [a, !Ref Stage, 1]]")).isEqualTo("a-prod-1");
        assertThat(value("!Join [',', !Ref Subnets]")).isEqualTo("a,b,c");
        assertThat(value("!Split ['-', a-b-c]")).isEqualTo(List.of("a", "b", "c"));
        assertThat(value("!Select [1, !Split ['-', a-b-c]]")).isEqualTo("b");
        assertThat(value("!Base64 'echo hello'")).isEqualTo("echo hello");
        assertThat(value("{'Fn::Length': !Ref Subnets}")).isEqualTo(3);
        assertThat(value("{'Fn::ToJsonString': {a: [1, true, \"x\\\"\"]}}")).isEqualTo("{\"a\":[1,true,\"x\\\"\"]}");
    }

    @Test
    void mapsAreLookedUpAndAnUnknownKeyLeavesAlternatives() throws Exception {
        assertThat(value("!FindInMap [Stages, !Ref Stage, Days]")).isEqualTo(30);
        assertThat(value("!FindInMap [Stages, !Ref 'AWS::Region', Bucket]")).isEqualTo("one of [kept, lost]");
        assertThat(value("!FindInMap [Stages, none, Days, {DefaultValue: 7}]")).isEqualTo(7);
    }

    @Test
    void whatOnlyTheCloudKnowsIsUnknownAndSaysWhy() throws Exception {
        assertThat(value("!ImportValue other-Key")).isEqualTo("? the import of other-Key");
        assertThat(value("{'Fn::Transform': {Name: 'AWS::Include'}}")).isEqualTo("? Fn::Transform");
        assertThat(value("'{{resolve:ssm:/db/password}}'")).isEqualTo("? {{resolve:ssm:/db/password}}");
    }

    @Test
    void wrongArgumentsAreUnknownAndEndNothing() throws Exception {
        for (var wrong : List.of(
                "!Join x",
                "!Select []",
                "!Select [9, [a]]",
                "!FindInMap [a]",
                "!If [a]",
                "!Sub {}",
                "!GetAtt {}",
                "!Ref [a]",
                "!Split [a]",
                "!Ref Nothing",
                "!GetAtt Nothing.Arn")) {
            assertThat(evaluated(wrong)).as(wrong).isInstanceOf(Unknown.class);
        }
    }

    @Test
    void aKeyNamedConditionInAPolicyIsNoFunction() throws Exception {
        assertThat(value("{Condition: {Bool: {x: true}}}"))
                .isEqualTo(Map.of("condition", Map.of("bool", Map.of("x", true))));
    }

    private Object value(String expression) throws Exception {
        return read(expression).plain("X", "value");
    }

    private Value evaluated(String expression) throws Exception {
        return read(expression).value("X", "value");
    }

    private Stacks read(String expression) throws Exception {
        return new Stacks(directory).read(TEMPLATE.formatted(expression));
    }
}
