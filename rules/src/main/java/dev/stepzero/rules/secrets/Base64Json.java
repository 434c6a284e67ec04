package dev.stepzero.rules.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The JSON that a token carries in base64, from the first {@code eyJ} to what cannot be base64. */
final class Base64Json {
    private static final String BEGIN = "eyJ";
    private static final String SPECIMEN = "{\"alg\":\"HS256\",\"iat\":1700000000,\"typ\":\"JWT\"}";

    private Base64Json() {}

    static boolean holds(String token) {
        int from = token.indexOf(BEGIN);
        if (from < 0) {
            return false;
        }
        int to = from;
        while (to < token.length() && isBase64(token.charAt(to))) {
            to++;
        }
        // A token that ends with a signature may run on behind a line that is a digit of base64url too.
        int line = token.indexOf('_', from);
        return isObject(token.substring(from, to)) || (line > from && isObject(token.substring(from, line)));
    }

    private static boolean isBase64(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+/-_".indexOf(c) >= 0;
    }

    private static boolean isObject(String base64) {
        try {
            var url = base64.replace('+', '-').replace('/', '_');
            var text = new String(Base64.getUrlDecoder().decode(url), StandardCharsets.UTF_8).strip();
            return text.startsWith("{\"") && text.endsWith("}") && text.indexOf('\uFFFD') < 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Puts an object where the draft has the beginning of one. */
    static String complete(String draft) {
        int from = draft.indexOf(BEGIN);
        int to = from;
        while (to < draft.length() && isBase64(draft.charAt(to)) && draft.charAt(to) != '_') {
            to++;
        }
        var json = SPECIMEN;
        // The same length or more, in steps of three bytes, so that nothing needs to be filled up.
        for (int i = from; json.length() * 4 / 3 < to - from || json.length() % 3 != 0; i++) {
            char filler = Character.isLetterOrDigit(draft.charAt(i)) ? draft.charAt(i) : 'x';
            json = json.substring(0, json.length() - 2) + filler + "\"}";
        }
        var base64 = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8))
                .replace('-', 'x')
                .replace('_', 'x');
        return draft.substring(0, from) + base64 + draft.substring(to);
    }
}
