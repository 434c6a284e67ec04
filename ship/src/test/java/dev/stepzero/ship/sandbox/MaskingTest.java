package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

class MaskingTest {
    private static final String SECRET = "p@ss/w\"ord+ü 42?";

    @Test
    void aSecretIsHiddenWhereverItStands() {
        assertThat(masked("a " + SECRET + " b other-secret" + SECRET + "!", SECRET, "other-secret"))
                .isEqualTo("a *** b ***!");
    }

    @Test
    void ordinaryTextPasses() {
        var text = "nothing to hide: $1 \\E \\Q p@ss/w ü \uD83D\uDE80";

        assertThat(masked(text, SECRET)).isEqualTo(text);
    }

    @Test
    void withoutSecretsEverythingPassesAtOnce() {
        var lines = new ArrayList<String>();
        var masking = masking(lines, List.of());

        masking.line("a line");

        assertThat(lines).containsExactly("a line");
    }

    @Test
    void anOverlappingSecretIsHiddenWhole() {
        assertThat(masked("xabcdefghx", "abcdef", "defgh")).isEqualTo("x***x");
        assertThat(masked("aaaaaaaaab", "aaaa", "aaaab")).isEqualTo("***");
        assertThat(masked("abcdefgh", "abcdefgX", "bcde")).isEqualTo("a***fgh");
    }

    @Test
    void aUrlEncodedSecretIsHidden() {
        var encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(masked("?q=" + encoded + "&x", SECRET)).isEqualTo("?q=***&x");
        assertThat(masked("?q=" + encoded.replace("+", "%20") + "&x", SECRET)).isEqualTo("?q=***&x");
        assertThat(masked("?q=p%40ss/w%22ord%2b%c3%bc%2042%3f&x", SECRET)).isEqualTo("?q=***&x");
    }

    @Test
    void aHexadecimalSecretIsHidden() {
        var bytes = SECRET.getBytes(StandardCharsets.UTF_8);

        assertThat(masked(HexFormat.of().formatHex(bytes), SECRET)).isEqualTo("***");
        assertThat(masked(HexFormat.of().withUpperCase().formatHex(bytes), SECRET))
                .isEqualTo("***");
    }

    @Test
    void aSecretInJsonIsHidden() {
        var secret = "a\"b\\c/d<e>\nü\uD83D\uDE80\t";

        assertThat(masked(JsonMapper.shared().writeValueAsString(List.of(secret)), secret))
                .isEqualTo("[\"***\"]");
        assertThat(masked("[\"a\\\"b\\\\c\\/d\\u003ce\\u003e\\n\\u00fc\\ud83d\\ude80\\t\"]", secret))
                .isEqualTo("[\"***\"]");
    }

    @Test
    void base64IsHiddenWithItsPaddingAndInItsUrlSafeForm() {
        var secret = "\u00FF?>~\u00FE??>".repeat(2) + "x";
        var bytes = secret.getBytes(StandardCharsets.UTF_8);

        assertThat(masked(Base64.getEncoder().encodeToString(bytes), secret)).isEqualTo("***");
        assertThat(masked(Base64.getUrlEncoder().encodeToString(bytes), secret)).isEqualTo("***");
        assertThat(masked(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), secret))
                .isEqualTo("***");
    }

    @Test
    void base64ThatGoesOnOverSeveralLinesIsHidden() {
        var secret = "a secret that is long enough to need more than one line of base64, which is at 57 bytes";
        var text = "user:" + secret + ":more";
        var encoded = Base64.getMimeEncoder(76, new byte[] {'\n'})
                .encodeToString(text.getBytes(StandardCharsets.UTF_8))
                .lines()
                .toList();

        var lines = masked(encoded, List.of(secret));

        assertThat(lines).hasSameSizeAs(encoded).allMatch(line -> line.length() < 16 && line.contains("***"));
    }

    @Test
    void aSecretThatIsFoldedIsHidden() {
        assertThat(masked(List.of("x correct ", "horse bat", "tery staple y"), List.of("correct horse battery staple")))
                .containsExactly("x ***", "***", "*** y");
    }

    @Test
    void aKeyOfSeveralLinesIsHiddenLineByLineAndItsArmourIsNot() {
        var key = "-----BEGIN KEY-----\nMIIabcdefgh\nijklmnopqr\n-----END KEY-----\n";

        assertThat(masked(List.of("  MIIabcdefgh,", "", "ijklmnopqr", "-----BEGIN KEY-----"), List.of(key)))
                .containsExactly("  ***,", "", "***", "-----BEGIN KEY-----");
        assertThat(masked(key.lines().toList(), List.of(key))).containsOnly("***");
    }

    @Test
    void bytesThatAreNoTextAreHiddenAsTheyAreShown() {
        var secret = new byte[] {'a', 0, 'b', (byte) 0xFF, 'c', 27, '[', '1', 'm', 'd', 'e', 'f', '\r', '\n'};
        var lines = new ArrayList<String>();
        var masking = new Masking(lines::add, List.of(secret), List.of(), () -> {});
        var cutter = new Lines(masking::line);

        cutter.take("<".getBytes(StandardCharsets.UTF_8));
        cutter.take(Arrays.copyOf(secret, 12));
        cutter.take(">\n".getBytes(StandardCharsets.UTF_8));
        masking.finish();

        assertThat(lines).containsExactly("<***>");
    }

    @Test
    void whatACutLeftOfASecretIsHidden() {
        assertThat(masked("text other-sec" + Lines.CUT, "other-secret")).isEqualTo("text ***" + Lines.CUT);
    }

    @Test
    void whatMightHaveBecomeASecretComesInTheEnd() {
        assertThat(masked(List.of("the other-", "end", "other-"), List.of("other-secret")))
                .containsExactly("the other-", "end", "other-");
    }

    @Test
    void aCanaryIsToldOfInEveryForm() {
        var seen = new AtomicInteger();
        var masking = new Masking(
                line -> {}, List.of(bytes("other-secret")), List.of(bytes("sing a song")), seen::incrementAndGet);

        masking.line("other-secret");
        assertThat(seen).hasValue(0);
        masking.line(Base64.getEncoder().encodeToString(bytes("sing a song")));

        assertThat(seen).hasPositiveValue();
    }

    @Test
    @Timeout(60)
    void aLongSecretCostsBoundedMemoryAndTimeLinearInTheText() {
        var lines = IntStream.range(0, 250)
                .mapToObj(line ->
                        ("/+%04d".formatted(line) + "=abcdEFGH01 ~").repeat(4).substring(0, 64))
                .toList();
        var key = String.join("\n", lines);
        var hard = "a".repeat(16 * 1024);
        var masking = new Masking(line -> {}, List.of(bytes(key), bytes(hard)), List.of(), () -> {});
        var nearly = "a".repeat(10_000) + "b";

        assertThatCode(() -> {
                    for (int count = 0; count < 1_000; count++) {
                        masking.line(nearly);
                        masking.line("a");
                    }
                    masking.finish();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void whatComesAfterTheEndIsLostRatherThanShown() {
        var lines = new ArrayList<String>();
        var issued = new IssuedSecret("NAME", 1, SecretValue.of(bytes("other-secret")), Optional.empty(), false);
        var kept = new HeadAndTail(lines::add, 1_000, List.of(new SandboxCommand.Secret(issued, false)), () -> {});
        kept.take(bytes("before\n"));
        kept.finish();

        kept.take(bytes("other-secret\n"));
        kept.finish();

        assertThat(lines).containsExactly("before");
    }

    @Test
    void aFloodOfEmptyLinesIsNotHeldBack() {
        var lines = new ArrayList<String>();
        var masking = masking(lines, List.of("secret"));
        masking.line("secr");

        for (int count = 0; count < 5_000; count++) {
            masking.line("");
        }

        assertThat(lines).hasSizeGreaterThan(4_000);
    }

    private static String masked(String text, String... secrets) {
        return String.join("\n", masked(List.of(text), List.of(secrets)));
    }

    static List<String> masked(List<String> text, List<String> secrets) {
        var lines = new ArrayList<String>();
        var masking = masking(lines, secrets);
        text.forEach(masking::line);
        masking.finish();
        return lines;
    }

    private static Masking masking(List<String> lines, List<String> secrets) {
        return new Masking(lines::add, secrets.stream().map(MaskingTest::bytes).toList(), List.of(), () -> {});
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
