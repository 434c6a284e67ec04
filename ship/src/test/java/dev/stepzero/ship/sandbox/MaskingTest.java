package dev.stepzero.ship.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepzero.core.UserError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MaskingTest {
    private static final String SECRET = "p@ss/w\"ord+ü 42?";

    private final List<String> lines = new ArrayList<>();
    private final Masking masking = new Masking(lines::add, List.of(SECRET, "other-secret"));

    @Test
    void aSecretIsHiddenWhereverItStands() {
        masking.line("a " + SECRET + " b other-secret" + SECRET);

        assertThat(lines).containsExactly("a *** b ******");
    }

    @Test
    void ordinaryTextPasses() {
        masking.line("nothing to hide: $1 \\E \\Q");

        assertThat(lines).containsExactly("nothing to hide: $1 \\E \\Q");
    }

    @Test
    void aUrlEncodedSecretIsHidden() {
        var encoded = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(masking.mask("?q=" + encoded + "&x")).isEqualTo("?q=***&x");
        assertThat(masking.mask("?q=" + encoded.replace("+", "%20") + "&x")).isEqualTo("?q=***&x");
    }

    @Test
    void aHexadecimalSecretIsHidden() {
        var bytes = SECRET.getBytes(StandardCharsets.UTF_8);

        assertThat(masking.mask(HexFormat.of().formatHex(bytes))).isEqualTo("***");
        assertThat(masking.mask(HexFormat.of().withUpperCase().formatHex(bytes)))
                .isEqualTo("***");
    }

    @Test
    void aSecretInJsonIsHidden() {
        var json = JsonMapper.shared().writeValueAsString(List.of(SECRET));

        assertThat(masking.mask(json)).isEqualTo("[\"***\"]");
    }

    @Test
    void aKeyOfSeveralLinesIsHiddenLineByLine() {
        var key = new Masking(lines::add, List.of("-----BEGIN KEY-----\nMIIabcdefgh\nijklmnopqr\n-----END KEY-----\n"));

        key.line("  MIIabcdefgh");
        key.line("ijklmnopqr");

        assertThat(lines).containsExactly("  ***", "***");
    }

    @Test
    void whatACutLeftOfASecretIsHidden() {
        assertThat(masking.mask("text other-sec" + Lines.CUT)).isEqualTo("text ***" + Lines.CUT);
    }

    @Test
    void aShortSecretIsRefusedWithoutBeingTold() {
        assertThatThrownBy(() -> new Masking(lines::add, List.of("abc")))
                .isInstanceOf(UserError.class)
                .hasMessageNotContaining("abc");
    }

    @Property(tries = 500)
    void aSecretInBase64IsHiddenWhateverStandsAroundIt(
            @ForAll @StringLength(min = 8, max = 40) String secret,
            @ForAll @StringLength(max = 5) String before,
            @ForAll @StringLength(max = 5) String after) {
        var around = (before + secret + after).getBytes(StandardCharsets.UTF_8);
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (secret.strip().length() < 8 || !new String(bytes, StandardCharsets.UTF_8).equals(secret)) {
            return;
        }
        var hidden = new Masking(line -> {}, List.of(secret))
                .mask(Base64.getEncoder().encodeToString(around));

        assertThat(hidden).contains("***");
    }
}
