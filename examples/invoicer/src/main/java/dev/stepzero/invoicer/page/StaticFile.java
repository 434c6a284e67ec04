package dev.stepzero.invoicer.page;

import dev.stepzero.invoicer.http.Answer;
import dev.stepzero.invoicer.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A file from the jar. Its path has a hash of its content, so that browsers can keep it for ever and still get every
 * change.
 */
record StaticFile(String name, String path, Answer answer) {
    private static final String FOR_EVER = "private, max-age=31536000, immutable";

    static StaticFile load(String name, String contentType) {
        var content = bytes(name);
        var dot = name.lastIndexOf('.');
        var path = "/statics/" + name.substring(0, dot) + "." + hash(content) + name.substring(dot);
        return new StaticFile(name, path, Answer.of(200, contentType, content).with("Cache-Control", FOR_EVER));
    }

    Route route() {
        return Route.closed("GET", Pattern.quote(path), _ -> answer);
    }

    static byte[] bytes(String name) {
        try (var in = Objects.requireNonNull(StaticFile.class.getResourceAsStream("/page/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] content) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
