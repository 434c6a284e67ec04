package dev.stepzero.ship.sandbox;

import dev.stepzero.core.UserError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** The ways in which a secret is usually written. */
final class SecretForms {
    static final int SHORTEST = 4;

    private static final JsonMapper JSON = JsonMapper.shared();

    private SecretForms() {}

    static Set<String> of(String secret) {
        if (secret.strip().length() < SHORTEST) {
            throw UserError.unreadable("a secret of fewer than " + SHORTEST + " characters cannot be hidden in output")
                    .fix("use a longer secret");
        }
        var forms = new LinkedHashSet<String>();
        for (var part : List.of(secret, secret.strip())) {
            encode(part, forms);
        }
        // Output comes in lines, so a key of several lines never appears in one piece.
        secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= 2 * SHORTEST)
                .forEach(line -> encode(line, forms));
        forms.removeIf(form -> form.length() < SHORTEST);
        return forms;
    }

    private static void encode(String secret, Set<String> forms) {
        forms.add(secret);
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int offset = 0; offset < 3; offset++) {
            forms.add(base64(bytes, offset, Base64.getEncoder()));
            forms.add(base64(bytes, offset, Base64.getUrlEncoder()));
        }
        var hex = HexFormat.of().formatHex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        var url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        for (var form : List.of(url, url.replace("+", "%20"))) {
            forms.add(form);
            forms.add(lowerCaseEscapes(form));
        }
        var json = JSON.writeValueAsString(secret);
        var escaped = json.substring(1, json.length() - 1);
        forms.add(escaped);
        forms.add(escaped.replace("/", "\\/"));
    }

    /** The characters that these bytes alone decide when {@code offset} other bytes stand before them. */
    private static String base64(byte[] bytes, int offset, Base64.Encoder encoder) {
        var shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        var text = encoder.withoutPadding().encodeToString(shifted);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return text.substring(from, to);
    }

    private static String lowerCaseEscapes(String url) {
        var text = new StringBuilder(url);
        for (int at = url.indexOf('%'); at >= 0; at = url.indexOf('%', at + 1)) {
            text.setCharAt(at + 1, Character.toLowerCase(url.charAt(at + 1)));
            text.setCharAt(at + 2, Character.toLowerCase(url.charAt(at + 2)));
        }
        return text.toString();
    }
}
