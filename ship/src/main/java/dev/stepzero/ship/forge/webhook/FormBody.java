package dev.stepzero.ship.forge.webhook;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The JSON of a delivery, which forges may send as the field {@code payload} of a form. */
final class FormBody {
    private static final byte[] FIELD = {'p', 'a', 'y', 'l', 'o', 'a', 'd', '='};

    private FormBody() {}

    /** Empty if it is a form without that field, or with an escape that is none. */
    static Optional<byte[]> json(Webhook webhook) {
        var type = webhook.headers().only("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return type.startsWith("application/x-www-form-urlencoded")
                ? payload(webhook.body())
                : Optional.of(webhook.body());
    }

    private static Optional<byte[]> payload(byte[] form) {
        for (var start = 0; start < form.length; ) {
            var end = start;
            while (end < form.length && form[end] != '&') {
                end++;
            }
            if (end - start >= FIELD.length
                    && Arrays.equals(form, start, start + FIELD.length, FIELD, 0, FIELD.length)) {
                return decoded(form, start + FIELD.length, end);
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<byte[]> decoded(byte[] form, int start, int end) {
        var out = new ByteArrayOutputStream(end - start);
        for (var at = start; at < end; at++) {
            switch (form[at]) {
                case '+' -> out.write(' ');
                case '%' -> {
                    var high = at + 2 < end ? Character.digit(form[at + 1], 16) : -1;
                    var low = at + 2 < end ? Character.digit(form[at + 2], 16) : -1;
                    if (high < 0 || low < 0) {
                        return Optional.empty();
                    }
                    out.write(high << 4 | low);
                    at += 2;
                }
                default -> out.write(form[at]);
            }
        }
        return Optional.of(out.toByteArray());
    }
}
