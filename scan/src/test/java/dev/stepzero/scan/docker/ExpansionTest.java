package dev.stepzero.scan.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.resource.Unknown;
import dev.stepzero.core.resource.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$name | app.tar.gz",
                "${name}s | app.tar.gzs",
                "'$name' | $name",
                "\"a $name\" | a app.tar.gz",
                "\\$name | $name",
                "${name:-x} | app.tar.gz",
                "${none:-x$name} | xapp.tar.gz",
                "${none-x} | x",
                "${empty:-x} | x",
                "${name:+yes} | yes",
                "${empty:+yes}. | .",
                "${name#*.} | tar.gz",
                "${name##*.} | gz",
                "${name%.*} | app.tar",
                "${name%%.*} | app",
                "${name/./-} | app-tar.gz",
                "${name//./-} | app-tar-gz",
                "${name | ${name",
                "$ | $"
            })
    void variablesAreFilledInAsBuildKitDoes(String text, String expected) {
        assertThat(expand(text)).isEqualTo(Value.of(expected));
    }

    @Test
    void whatHasNoValueStaysUnknownBesideWhatIsKnown() {
        var value = expand("/a/$unset/b");

        assertThat(value).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.prefix()).isEqualTo("/a/");
            assertThat(unknown.chain()).isEqualTo("ARG unset has no default");
        });
    }

    @Test
    void aTextThatDoublesWithEachVariableIsGivenUp() {
        var variables = Variables.global().ofStage();
        variables.setEnv("a0", Value.of("lol"));
        for (int i = 1; i < 60; i++) {
            variables.setEnv("a" + i, Expansion.of("$a" + (i - 1) + "$a" + (i - 1), '\\', variables));
        }

        assertThat(variables.get("a59")).isInstanceOf(Unknown.class);
    }

    @Test
    void defaultsWithinDefaultsEndSomewhere() {
        assertThat(expand("${none:-".repeat(10_000) + "}".repeat(10_000))).isInstanceOf(Unknown.class);
    }

    private static Value expand(String text) {
        var variables = Variables.global();
        variables.setArg("name", Value.of("app.tar.gz"));
        variables.setArg("empty", Value.of(""));
        variables.setArg("unset", Unknown.because("ARG unset has no default"));
        return Expansion.of(text, '\\', variables);
    }
}
