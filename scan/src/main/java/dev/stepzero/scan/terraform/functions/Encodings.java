package dev.stepzero.scan.terraform.functions;

import dev.stepzero.core.resource.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Functions between texts and their encodings. */
final class Encodings {
    private Encodings() {}

    static Value call(Arguments arguments) {
        return switch (arguments.function()) {
            case "base64encode" -> Value.of(base64(utf8(arguments.text(0))));
            case "base64decode" ->
                Value.of(text(bytes(arguments.text(0)), "the result of decoding is not valid UTF-8"));
            case "base64gzip" -> Value.of(base64(zipped(utf8(arguments.text(0)))));
            case "urlencode" -> Value.of(escaped(arguments.text(0)));
            case "textencodebase64" -> Value.of(encoded(arguments));
            case "textdecodebase64" -> Value.of(decoded(arguments));
            default -> throw Subject.missing(arguments);
        };
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] bytes(String base64) {
        var clean = base64.replace("\n", "").replace("\r", "");
        try {
            if (clean.length() % 4 != 0) {
                throw new IllegalArgumentException("padding is missing");
            }
            return Base64.getDecoder().decode(clean);
        } catch (IllegalArgumentException e) {
            throw new FunctionError("failed to decode base64 data");
        }
    }

    static String text(byte[] bytes, String otherwise) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FunctionError(otherwise);
        }
    }

    /** It unpacks to the same; the packed bytes depend on the library, and Terraform's packs otherwise. */
    private static byte[] zipped(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String encoded(Arguments arguments) {
        var charset = charset(arguments.text(1));
        try {
            var bytes = charset.newEncoder().encode(CharBuffer.wrap(arguments.text(0)));
            var array = new byte[bytes.remaining()];
            bytes.get(array);
            return base64(array);
        } catch (CharacterCodingException e) {
            throw arguments.wrong(0, "the given string contains characters that cannot be represented in " + charset);
        }
    }

    private static String decoded(Arguments arguments) {
        var charset = charset(arguments.text(1));
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes(arguments.text(0))))
                    .toString();
        } catch (CharacterCodingException e) {
            throw arguments.wrong(0, "the given string contains bytes that are no text in " + charset);
        }
    }

    private static Charset charset(String name) {
        try {
            var charset = Charset.forName(name);
            if (charset.canEncode()) {
                return charset;
            }
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            // Said below, in Terraform's words.
        }
        throw new FunctionError("\"" + name + "\" is not a supported IANA encoding name or alias");
    }
}
