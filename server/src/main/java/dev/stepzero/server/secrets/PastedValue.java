package dev.stepzero.server.secrets;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretValue;
import java.nio.charset.StandardCharsets;

/** The value of a secret as a form sends it. */
final class PastedValue {
    private PastedValue() {}

    /**
     * Forms end lines with two characters; files and variables with one. A value of one line loses the end of its line,
     * which comes along when it is copied; one of several lines, such as a key in PEM, is kept as it is.
     *
     * @throws UserError if there is nothing
     */
    static SecretValue of(String sent) {
        var text = sent.replace("\r\n", "\n");
        var first = text.indexOf('\n');
        if (first == text.length() - 1) {
            text = text.substring(0, Math.max(0, first));
        }
        if (text.isEmpty()) {
            throw UserError.usage("there is no value").fix("paste it into the form");
        }
        return SecretValue.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
