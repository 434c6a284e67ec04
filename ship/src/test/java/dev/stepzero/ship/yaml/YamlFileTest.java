package dev.stepzero.ship.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stepzero.core.ExitStatus;
import dev.stepzero.core.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
    private static final Shape.Keys STEP = keys(Map.of("run", Shape.text(), "timeout", Shape.duration()), "run");
    private static final Shape.Keys SHAPE = keys(Map.of(
            "app", Shape.text("[a-z]+", "invoicer"),
            "port", new Shape.Whole(1, 65_535),
            "network", new Shape.Choice(List.of("none", "allowed")),
            "steps", new Shape.Named(Pattern.compile("[a-z]+"), STEP),
            "args", new Shape.Many(Shape.text())));

    @Test
    void valuesKeepTheirTextAndTheirOrder() {
        var file = read("""
                app: shop
                port: 80
                network: none
                args: [one, "2", null, 0x10, 2027-01-31]
                steps:
                  zeta: {run: z, timeout: 90s}
                  alpha: {run: a}
                """);

        assertThat(file.text("app")).hasValue("shop");
        assertThat(file.whole("port")).hasValue(80L);
        assertThat(file.texts("args").orElseThrow()).containsExactly("one", "2", "null", "0x10", "2027-01-31");
        var steps = file.mapping("steps").orElseThrow();
        assertThat(steps.entries().keySet()).containsExactly("zeta", "alpha");
        assertThat(steps.mapping("zeta").orElseThrow().duration("timeout")).hasValue(Duration.ofSeconds(90));
    }

    @Test
    void everyValueKnowsItsLine() {
        var file = read("""
                # a comment

                app: shop
                steps:
                  lint:
                    run: |
                      one
                      two
                """);

        assertThat(file.place()).isEqualTo("f.yaml:3");
        assertThat(file.scalar("app").orElseThrow().place()).isEqualTo("f.yaml:3");
        var lint = file.mapping("steps").orElseThrow().mapping("lint").orElseThrow();
        assertThat(lint.place()).isEqualTo("f.yaml:6");
        assertThat(lint.text("run")).hasValue("one\ntwo\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\uFEFF"})
    void aFileWithoutContentIsEmpty(String content) {
        var file = YamlFile.read("f.yaml", content, SHAPE);

        assertThat(file).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() {
        var file = read("\uFEFFapp: shop\n");

        assertThat(file.text("app")).hasValue("shop");
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestOne() {
        var error = refused("app: shop\n\nnetwrok: none\n");

        assertThat(error.what()).isEqualTo("unknown key 'netwrok'");
        assertThat(error.where()).hasValue("f.yaml:3");
        assertThat(error.fix()).hasValue("did you mean 'network'?");
        assertThat(error.status()).isEqualTo(ExitStatus.UNREADABLE);
    }

    @Test
    void anUnknownKeyThatIsNearNothingIsRefusedWithAllThatThereAre() {
        var error = refused("steps:\n  lint:\n    run: x\n    colour: red\n");

        assertThat(error.what()).isEqualTo("unknown key 'colour' in steps.lint");
        assertThat(error.where()).hasValue("f.yaml:4");
        assertThat(error.fix().orElseThrow()).startsWith("use one of ").contains("run", "timeout");
    }

    @Test
    void anUnknownKeyCannotSteerTheTerminal() {
        var error = refused("\"\\e[2J\\u202Eapp\\r\": shop\n");

        assertThat(error.what()).isEqualTo("unknown key '?[2J?app?'");
    }

    @Test
    void anUnknownKeyOfAnyLengthMakesAShortMessage() {
        var error = refused("x".repeat(900) + ": 1\n");

        assertThat(error.what()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app: a\nport: 1\napp: b\n", "app: a\nport: 1\n\"app\": b\n"})
    void aRepeatedKeyIsRefused(String content) {
        var error = refused(content);

        assertThat(error.what()).isEqualTo("'app' stands twice");
        assertThat(error.where()).hasValue("f.yaml:3");
    }

    @Test
    void aRepeatedNameIsRefused() {
        var error = refused("steps:\n  lint: {run: a}\n  lint: {run: b}\n");

        assertThat(error.what()).isEqualTo("'lint' stands twice");
        assertThat(error.where()).hasValue("f.yaml:3");
    }

    @Test
    void aMissingKeyIsNamed() {
        var error = refused("steps:\n  lint:\n    timeout: 1m\n");

        assertThat(error.what()).isEqualTo("steps.lint lacks 'run'");
        assertThat(error.where()).hasValue("f.yaml:3");
        assertThat(error.fix()).hasValue("add 'run: ...'");
    }

    @Test
    void aListInThePlaceOfATextIsRefused() {
        var error = refused("app:\n  - a\n");

        assertThat(error.what()).isEqualTo("app must be a text, not a list");
        assertThat(error.where()).hasValue("f.yaml:2");
        assertThat(error.fix()).hasValue("write a text: invoicer");
    }

    @Test
    void keysInThePlaceOfAListAreRefused() {
        var error = refused("args:\n  a: b\n");

        assertThat(error.what()).isEqualTo("args must be a list, not keys with values");
        assertThat(error.fix().orElseThrow()).contains("- ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello\n", "- a\n", "\"\"\n"})
    void aFileThatIsNoMappingIsRefused(String content) {
        var error = refused(content);

        assertThat(error.what()).startsWith("the file must be keys with values");
        assertThat(error.where()).hasValue("f.yaml:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "1.5", "1e3", "0x10", "eighty", "99999999999999999999", "", "١"})
    void aNumberOutsideItsLimitsIsRefused(String number) {
        var error = refused("port: " + number + "\n");

        assertThat(error.what()).isEqualTo("port cannot be '" + number + "'");
        assertThat(error.fix()).hasValue("write a whole number: 1 to 65535");
    }

    @Test
    void aWordThatIsNoChoiceIsRefusedWithTheNearestOne() {
        var error = refused("network: alowed\n");

        assertThat(error.what()).isEqualTo("network cannot be 'alowed'");
        assertThat(error.fix()).hasValue("write one of none, allowed: did you mean 'allowed'?");
    }

    @Test
    void aNameThatDoesNotFitIsRefused() {
        var error = refused("steps:\n  Lint!: {run: x}\n");

        assertThat(error.what()).isEqualTo("'Lint!' cannot be a name in steps");
        assertThat(error.where()).hasValue("f.yaml:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app: !!str shop",
                "app: !secret shop",
                "app: !!binary c2hvcA==",
                "app: !<tag:yaml.org,2002:str> shop",
                "app: ! shop",
                "!!str app: shop",
                "!!map {app: shop}",
                "!!javax.script.ScriptEngineManager [1]",
                "args: !!seq [a]",
                "args: [!x a]"
            })
    void tagsAreRefused(String content) {
        var error = refused(content);

        assertThat(error.what()).startsWith("tags such as '");
        assertThat(error.where()).hasValue("f.yaml:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app: &a shop\nargs: [*a]\n", "args: &a [x]\n", "&k app: shop\n", "args: &a [*a]\n"})
    void anchorsAreRefused(String content) {
        var error = refused(content);

        assertThat(error.what()).isEqualTo("anchors are not allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app: *a\n", "args: [*a]\n", "*a : shop\n"})
    void aliasesAreRefused(String content) {
        var error = refused(content);

        assertThat(error.what()).isEqualTo("aliases are not allowed");
    }

    @Test
    void aBillionLaughsAreRefusedAtTheFirst() {
        var content = new StringBuilder("a0: &a0 [ha, ha]\n");
        for (var i = 1; i < 30; i++) {
            content.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        var error = refused(content.toString());

        assertThat(error.where()).hasValue("f.yaml:1");
    }

    @Test
    void mergeKeysAreRefused() {
        var error = refused("<<: {app: shop}\n");

        assertThat(error.what()).contains("merge keys are not allowed");
        assertThat(error.where()).hasValue("f.yaml:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"? [a]\n: b\n", "? {a: b}\n: c\n", "{[a]: b}\n"})
    void aKeyThatIsNoWordIsRefused(String content) {
        var error = refused(content);

        assertThat(error.what()).startsWith("a key must be a plain word");
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 400_000})
    void aFileNestedTooDeeplyIsRefused(int depth) {
        var error = refused("args: " + "[".repeat(depth));

        assertThat(error.what()).isEqualTo("the file is nested too deeply");
        assertThat(error.where()).hasValue("f.yaml:1");
    }

    @Test
    void aFileLargerThanAMegabyteIsRefused() {
        var error = refused("#" + "x".repeat(1_000_000));

        assertThat(error.what()).isEqualTo("the file is larger than a megabyte");
        assertThat(error.where()).hasValue("f.yaml");
    }

    @Test
    void aThousandItemsAreTheMost() {
        var file = read("args: [" + "a,".repeat(1_000) + "]");
        var error = refused("args: [" + "a,".repeat(1_001) + "]");

        assertThat(file.items("args")).hasSize(1_000);
        assertThat(error.what()).isEqualTo("args has more than 1000 items");
    }

    @Test
    void aThousandNamesAreTheMost() {
        var content = new StringBuilder("steps:\n");
        for (var i = 0; i < 1_001; i++) {
            content.append("  n")
                    .append(Integer.toString(i, 26).replaceAll("[0-9]", "z"))
                    .append(": {run: x}\n");
        }

        var error = refused(content.toString());

        assertThat(error.what()).isEqualTo("steps has more than 1000 items");
    }

    @Test
    void moreThanOneDocumentIsRefused() {
        var error = refused("app: a\n---\napp: b\n");

        assertThat(error.what()).isEqualTo("there is more than one document");
        assertThat(error.where()).hasValue("f.yaml:2");
    }

    @Test
    void aMistakeOfSyntaxIsRefusedWithItsLine() {
        var error = refused("app: shop\nargs: [a\nport: 1\n");

        assertThat(error.what()).startsWith("not valid YAML: ");
        assertThat(error.where()).hasValue("f.yaml:3");
        assertThat(error.fix()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app: \"\u0000\"\n", "app: \u001b[2J\n", "%YAML 3.0\n---\n", "\"\\UFFFFFFFF\": x\n", "\tapp: x\n"
            })
    void whatYamlForbidsIsRefused(String content) {
        var error = refused(content);

        assertThat(error.what()).startsWith("not valid YAML: ").doesNotContain("\u001b", "\u0000");
        assertThat(error.where().orElseThrow()).startsWith("f.yaml");
    }

    private static YamlValue.Mapping read(String content) {
        return YamlFile.read("f.yaml", content, SHAPE).orElseThrow();
    }

    private static UserError refused(String content) {
        var error = catchThrowableOfType(UserError.class, () -> YamlFile.read("f.yaml", content, SHAPE));
        assertThat(error).as("nothing was refused in: %.80s", content).isNotNull();
        return error;
    }

    private static Shape.Keys keys(Map<String, Shape> shapes, String... required) {
        var keys = new LinkedHashMap<String, Shape.Key>();
        shapes.forEach((name, shape) -> keys.put(name, new Shape.Key(shape, "what it means")));
        return new Shape.Keys(keys, Set.of(required));
    }
}
