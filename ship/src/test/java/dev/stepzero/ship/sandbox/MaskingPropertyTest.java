package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepzero.guard.secrets.IssuedSecret;
import dev.stepzero.guard.secrets.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the secret, its form, what stands around it and how the bytes come in pieces. */
class MaskingPropertyTest {
    private static final List<UnaryOperator<String>> FORMS = List.of(
            text -> text,
            text -> Base64.getEncoder().encodeToString(bytes(text)),
            text -> Base64.getEncoder().withoutPadding().encodeToString(bytes(text)),
            text -> Base64.getUrlEncoder().encodeToString(bytes(text)),
            text -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text)),
            text -> HexFormat.of().formatHex(bytes(text)),
            text -> HexFormat.of().withUpperCase().formatHex(bytes(text)),
            text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
            text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"),
            MaskingPropertyTest::json);

    @Property(tries = 200)
    void aSecretInAnyFormInAnyPiecesIsHidden(
            @ForAll("secrets") String secret,
            @ForAll("around") String before,
            @ForAll("around") String after,
            @ForAll Random random) {
        for (var form : FORMS) {
            var written = form.apply(secret);

            var shown = shown(before + written + after, secret, random);

            assertThat(unfolded(shown)).isEqualTo(before + "***" + after);
        }
    }

    @Property(tries = 200)
    void aSecretWithinWhatIsEncodedIsHidden(
            @ForAll("secrets") String secret,
            @ForAll("around") String before,
            @ForAll("around") String after,
            @ForAll Random random) {
        for (var form : FORMS) {
            var written = form.apply(before + secret + after);

            var shown = shown(written, secret, random);

            // Of base64 the characters stay that the text around decides too: at most one on each side.
            var bare = form.apply(secret).replace("=", "");
            assertThat(unfolded(shown)).contains("***").doesNotContain(bare.substring(2, bare.length() - 2));
        }
    }

    @Property(tries = 100)
    void aSecretThatIsFoldedAnywhereIsHidden(@ForAll("secrets") String secret, @ForAll Random random) {
        for (var form : FORMS) {
            var written = new StringBuilder(form.apply(secret));
            for (int at = written.length() - 1; at > 0; at--) {
                if (random.nextInt(6) == 0) {
                    written.insert(at, '\n');
                }
            }

            var shown = shown(written.toString(), secret, random);

            assertThat(shown.lines()).containsOnly("***");
        }
    }

    @Property(tries = 200)
    void textWithoutTheSecretComesThroughByteForByte(
            @ForAll("secrets") String secret, @ForAll("text") String text, @ForAll Random random) {
        assertThat(shown(text, "#" + secret + "#", random)).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> secrets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withChars(' ', 'ü', '€', '\u4E2D')
                .ofMinLength(8)
                .ofMaxLength(60)
                .filter(secret -> secret.strip().length() >= 8 && secret.equals(secret.strip()));
    }

    /** Nothing that is a part of a secret, so that what is left can be told exactly. */
    @Provide
    Arbitrary<String> around() {
        return Arbitraries.strings().withChars('\u0100', '\u0101', '\u0102').ofMaxLength(7);
    }

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.strings()
                .withCharRange('$', '~')
                .withChars(' ', 'ü', '€', '\n')
                .ofMaxLength(400)
                .map(text -> text.strip() + "x");
    }

    /** The output as it is recorded when it comes from a command in random pieces. */
    private static String shown(String output, String secret, Random random) {
        var lines = new ArrayList<String>();
        var issued = new IssuedSecret("NAME", 1, SecretValue.of(bytes(secret)), Optional.empty(), false);
        var kept = new HeadAndTail(
                lines::add, Long.MAX_VALUE, List.of(new SandboxCommand.Secret(issued, false)), () -> {});
        var bytes = bytes(output);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(9));
            kept.take(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        kept.finish();
        return String.join("\n", lines);
    }

    private static String unfolded(String shown) {
        return shown.lines().collect(Collectors.joining());
    }

    private static String json(String text) {
        var quoted = JsonMapper.shared().writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
