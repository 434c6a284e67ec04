package dev.stepzero.rules.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretShapesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AKIA" + "QYLPMN5HNM4TGQXZ",
                "-----BEGIN RSA PRIVATE KEY-----",
                "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB",
                "github_pat_0123456789abcdefghijkl",
                "glpat-0123456789abcdefghij",
                "xoxb-0123456789",
                "sk_live_0123456789abcdef",
                "AIzaSyA0123456789abcdefghijklmnopqrstuv",
                "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sig",
                "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIabcdefghibPxRfiCYzzzzzzzzzz",
                "export DB_PASSWORD='correct-horse'",
                "Pwd: battery-staple",
                "API_KEY=0123456789",
                "apikey = abcdefgh",
            })
    void aTextOfTheShapeOfAKeyIsFound(String text) {
        assertThat(SecretShapes.match(Value.of("before " + text + " after"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AKIA-is-a-prefix", "PASSWORD=${var.password}", "the key to success", "monkey: banana", ""})
    void whatOnlyResemblesAKeyIsNot(String text) {
        assertThat(SecretShapes.match(Value.of(text))).isFalse();
    }
}
