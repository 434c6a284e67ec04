package dev.stepzero.govern.gate;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "*, image:/bin/su, true",
        "*, '', true",
        "image:/bin/*, image:/bin/a/b, true",
        "image:/bin/*, image:/bin, false",
        "*/su, image:/bin/su, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "a.c, abc, false",
        "A, a, false",
        "'', a, false",
        "*ab*ab, abab, true",
        "*ab*ab, abb, false"
    })
    void starsCoverAnythingAndQuestionMarksOneCharacter(String pattern, String text, boolean matches) {
        assertThat(new Glob(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void aQuestionMarkCoversACharacterOutsideTheBasicPlane() {
        assertThat(new Glob("a?c").matches("a\uD83D\uDD11c")).isTrue();
    }

    @Test
    void aPatternOfManyStarsIsStillQuick() {
        var text = "a".repeat(5_000);

        assertThat(new Glob("a*".repeat(500) + "b").matches(text)).isFalse();
    }

    @Property
    void itAgreesWithTheRegularExpression(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        var expression = pattern.codePoints()
                .mapToObj(Character::toString)
                .map(each -> switch (each) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    default -> Pattern.quote(each);
                })
                .collect(joining());

        assertThat(new Glob(pattern).matches(text))
                .isEqualTo(Pattern.compile(expression, Pattern.DOTALL)
                        .matcher(text)
                        .matches());
    }

    @Property
    void whateverIsWrittenOutMatchesItself(@ForAll String text) {
        var literal = text.replace('*', 'x').replace('?', 'y');

        assertThat(new Glob(literal).matches(literal)).isTrue();
        assertThat(new Glob(literal).matches(literal + "z")).isFalse();
    }

    @Provide
    static Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab*?.\n").ofMaxLength(8);
    }

    @Provide
    static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab.\n").ofMaxLength(10);
    }
}
