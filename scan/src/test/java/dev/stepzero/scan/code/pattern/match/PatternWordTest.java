package dev.stepzero.scan.code.pattern.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The word that code must have so that a pattern may match. */
class PatternWordTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            subprocess.run($X, shell=True)      | subprocess
            $CURSOR.execute($SQL, ...)          | execute
            require("child_process").exec($X)   | exec
            $PRISMA.$queryRawUnsafe($SQL, ...)  |
            require("axios")($URL, ...)         |
            return $HTML                        |
            {..., secure: false, ...}           | secure
            """)
    void isTheLongestThatIsNoHoleNoTextAndNotOfTheLanguage(String pattern, String word) {
        assertThat(PatternWord.of(pattern).orElse(null)).isEqualTo(word);
    }

    @Test
    void wordsOfATextAreFoundInNamesPathsAndTexts() {
        assertThat(PatternWord.all("import \"github.com/golang-jwt/jwt/v5\"; a_b.été(\"x\")"))
                .contains("github", "golang", "jwt", "v5", "a_b", "été", "x");
    }
}
