package dev.stepzero.cli;

import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.SecretValue;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a secret from a person without showing it, or from standard input; never from an argument. */
final class SecretInput {
    private SecretInput() {}

    static SecretValue read() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> typed(console.readPassword("value (not shown): ")))
                .orElseGet(() -> piped(System.in));
    }

    private static SecretValue typed(char @Nullable [] characters) {
        if (characters == null) {
            throw missing();
        }
        var encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        Arrays.fill(characters, '\0');
        return taken(encoded);
    }

    /** A value of one line loses the end of its line, which {@code echo} adds; one of several lines is kept as it is. */
    static SecretValue piped(InputStream in) {
        try {
            var bytes = in.readNBytes(SecretValue.LONGEST + 2);
            int length = bytes.length;
            int first = 0;
            while (first < length && bytes[first] != '\n') {
                first++;
            }
            if (first == length - 1) {
                length -= first > 0 && bytes[first - 1] == '\r' ? 2 : 1;
            }
            if (length == 0) {
                throw missing();
            }
            return taken(ByteBuffer.wrap(bytes, 0, length));
        } catch (IOException e) {
            throw UserError.unreadable("the value cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    private static SecretValue taken(ByteBuffer encoded) {
        var bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.rewind();
        encoded.put(new byte[bytes.length]);
        return SecretValue.of(bytes);
    }

    private static UserError missing() {
        return UserError.usage("there is no value")
                .fix("type it when asked, or pipe it: stepzero secrets set NAME < file");
    }
}
