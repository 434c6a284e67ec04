package dev.stepzero.ship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.core.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class YamlFilePropertyTest {
    private static final Shape.Keys SHAPE = shape();

    @Property(tries = 2_000, seed = "7")
    void anyTextIsAValueOrAUserErrorThatNamesTheFile(@ForAll String content) {
        assertThat(outcome(content)).isEmpty();
    }

    @Property(tries = 5_000, seed = "7")
    void anyMixtureOfYamlsOwnSignsIsAValueOrAUserErrorThatNamesTheFile(@ForAll("yamlish") String content) {
        assertThat(outcome(content)).isEmpty();
    }

    @Property(tries = 1_000, seed = "7")
    void aTextThatIsQuotedIsReadAsItWasWritten(@ForAll("printable") String text) {
        var content = "app: \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n";

        var file = YamlFile.read("f.yaml", content, SHAPE).orElseThrow();

        assertThat(file.text("app")).hasValue(text);
    }

    @Provide
    Arbitrary<String> printable() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('¡', '\u02ff')
                .ofMinLength(1)
                .ofMaxLength(80);
    }

    @Provide
    Arbitrary<String> yamlish() {
        var signs = Arbitraries.of(
                "app",
                "port",
                "args",
                "steps",
                "run",
                ":",
                ": ",
                "\n",
                "\n  ",
                "\n    ",
                "- ",
                "-",
                "? ",
                "[",
                "]",
                "{",
                "}",
                ",",
                "#",
                " #",
                "|\n",
                ">-\n",
                "|9",
                "'",
                "\"",
                "\\",
                "\\x",
                "\\UFFFFFFFF",
                "\\uD800",
                "&a ",
                "*a",
                "<<",
                "!",
                "!!",
                "!<",
                "!<%ff>",
                "%",
                "%YAML 1.",
                "%YAML 99999999999.1\n",
                "%TAG ! x%zz\n",
                "---",
                "...",
                "--- ",
                "\t",
                "\r",
                "\u0085",
                "\u2028",
                "\uFEFF",
                "\u0000",
                "\uD83D",
                "😀",
                "0",
                "9",
                "~",
                "@",
                "`",
                "null");
        return signs.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    private static Optional<Throwable> outcome(String content) {
        try {
            YamlFile.read("f.yaml", content, SHAPE);
            return Optional.empty();
        } catch (UserError e) {
            return e.where()
                            .filter(place -> place.matches("f\\.yaml(:[1-9][0-9]*)?"))
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(e);
        } catch (RuntimeException | StackOverflowError e) {
            return Optional.of(e);
        }
    }

    private static Shape.Keys shape() {
        var keys = new LinkedHashMap<String, Shape.Key>();
        keys.put("app", new Shape.Key(Shape.text(), "a text"));
        keys.put("port", new Shape.Key(new Shape.Whole(1, 9), "a number"));
        keys.put("args", new Shape.Key(new Shape.Many(Shape.text()), "texts"));
        keys.put(
                "steps",
                new Shape.Key(new Shape.Named(Pattern.compile("[a-z]+"), new Shape.Choice(List.of("run"))), "a"));
        return new Shape.Keys(keys, Set.of());
    }
}
