package dev.stepzero.rules.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*",
                "a+",
                "a{3,}",
                "(?:a{1,9}){2,}",
                "(a)\\1",
                "(?<=a)b",
                "(?<name>a)",
                "\\p{L}",
                "^a",
                "[a&&b]",
                "a{9,2}"
            })
    void whatMayRepeatWithoutEndOrIsNotKnownIsRefused(String source) {
        assertThatThrownBy(() -> Expression.parse(source)).isInstanceOf(MalformedExpression.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:a{1,9}){1,9}b",
                "(?:a|a){1,30}b",
                "a{0,200}a{0,200}b",
                "(?:a?){1,40}+b{40}(?:b?){1,40}",
                "(?!a{0,200}a{0,200}b)c"
            })
    void whatSomeTextCouldBeTriedOnInTooManyWaysIsRefused(String source) {
        assertThatThrownBy(() -> Expression.parse(source)).hasMessageContaining("ways");
    }

    @Test
    void whatKeepsWhatItTookIsTriedOnce() {
        var expression = Expression.parse("eyJ[A-Za-z0-9_-]{10,900}+\\.[A-Za-z0-9_-]{10,900}+\\.");

        assertThat(expression.longest()).isEqualTo(1805);
        assertThat(expression.shortest()).isEqualTo(25);
    }

    @Test
    void whatIsMadeUpFitsTheExpression() {
        var expression = Expression.parse("(?i)ab(?:c|dd)[^x\\s]{2,5}\\d{3}(?<secret>[\\w-]{4})(?![a-z])");
        var random = new SplittableRandom(7);

        for (int i = 0; i < 200; i++) {
            assertThat(expression.specimen(random)).matches(expression.pattern());
        }
    }
}
