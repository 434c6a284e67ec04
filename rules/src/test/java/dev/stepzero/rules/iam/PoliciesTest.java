package dev.stepzero.rules.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "Action":"s3:*"                                | s3:GetObject    | true
        "Action":["s3:Get*"]                           | s3:GetObject    | true
        "Action":"s3:GetObject"                        | s3:*            | true
        "Action":"S3:getobject"                        | s3:GetObject    | true
        "Action":"s3:Put*"                             | s3:GetObject    | false
        "Action":"*"                                   | iam:PassRole    | true
        "NotAction":"iam:*"                            | s3:GetObject    | true
        "NotAction":"iam:*"                            | iam:PassRole    | false
        """)
    void actionsAreSolvedWithWildcardsBothWays(String part, String action, boolean expected) {
        var statements = Policies.statements(policy("{\"Effect\":\"Allow\",\"Resource\":\"*\"," + part + "}"));

        assertThat(Policies.allows(statements, Value.of(action))).isEqualTo(Value.of(expected));
    }

    @Test
    void aDenialAllowsNothing() {
        var statements = Policies.statements(policy("{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}"));

        assertThat(Policies.allowsAll(statements)).isEqualTo(Value.FALSE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "Principal":"*"                                                                                     | true
        "Principal":{"AWS":"*"}                                                                             | true
        "Principal":{"AWS":["arn:aws:iam::111122223333:root"]}                                              | false
        "Principal":{"Service":"sns.amazonaws.com"}                                                         | false
        "NotPrincipal":{"AWS":"arn:aws:iam::111122223333:root"}                                             | true
        "Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"}}                           | false
        "Principal":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}                        | true
        "Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":["0.0.0.0/0"]}}                            | true
        "Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":["192.0.2.0/24"]}}                         | false
        "Principal":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}                                 | true
        "Principal":"*","Condition":{"StringLike":{"aws:SourceArn":"*"}}                                    | true
        """)
    void everybodyIsEverybodyUnlessAConditionNarrowsIt(String part, boolean expected) {
        var statements = Policies.statements(
                policy("{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"," + part + "}"));

        assertThat(Policies.publicPrincipal(statements)).isEqualTo(Value.of(expected));
    }

    @Test
    void aPolicyWithAnUnknownPartIsReadAroundIt() {
        var text = Unknown.text(List.of(
                Value.of(
                        "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":\""),
                Unknown.because("var.account"),
                Value.of("\"}}]}")));

        var statements = Policies.statements(text);

        assertThat(Policies.allowsAll(statements)).isEqualTo(Value.TRUE);
        assertThat(Policies.publicPrincipal(statements)).isEqualTo(Value.FALSE);
    }

    @Test
    void rightsThatLeadToMoreRightsAreNamedAlsoWhenTheyAreSpread() {
        var statements = policy("""
                {"Effect":"Allow","Action":["iam:PassRole"],"Resource":"*"},
                {"Effect":"Allow","Action":["ec2:Run*"],"Resource":"*"}""");

        assertThat(Policies.escalations(statements))
                .isEqualTo(Value.listOf(List.of(Value.of("iam:PassRole + ec2:RunInstances"))));
    }

    @Test
    void whatIsNoPolicyHasNoStatements() {
        assertThat(Policies.statements(Value.of("not json"))).isEqualTo(Value.Sequence.EMPTY);
        assertThat(Policies.statements(Value.ABSENT)).isEqualTo(Value.Sequence.EMPTY);
    }

    private static Value policy(String statements) {
        return Value.of("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}");
    }

    @Test
    void theCharactersThatMarkUnknownPartsMayStandInAPolicyToo() {
        var action = Value.of("\uE000abc\uE001 \uE0007\uE001 \uE000\uE001 \uE000");

        var statements = Policies.statements(
                policy("{\"Effect\":\"Allow\",\"Resource\":\"*\",\"Action\":\"%s\"}".formatted(action.value())));

        assertThat(Policies.allows(statements, action)).isEqualTo(Value.TRUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1E-999999999", "1e99999999999999"})
    void aNumberOfAThousandMillionDigitsStaysTheTextThatItIs(String number) {
        var parsed = JsonText.parse(Value.of("[" + number + "]"));

        assertThat(parsed).isEqualTo(Value.listOf(List.of(Value.of(number))));
    }
}
