package dev.stepzero.server.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The style, scripts and pictures that pages use: the files in {@code assets}. */
@Component
public class Assets {
    private static final String FOLDER = "/dev/stepzero/server/assets/";

    private final Map<String, String> digests = new ConcurrentHashMap<>();

    /** Where a browser finds a file, with its digest, so that a changed file has another address. */
    public String url(String file) {
        return "/assets/" + file + "?v="
                + digest(file).substring(0, 12).replace('+', '-').replace('/', '_');
    }

    /** What the browser holds a script to: subresource integrity. */
    public String integrity(String file) {
        return "sha384-" + digest(file);
    }

    private String digest(String file) {
        return digests.computeIfAbsent(file, Assets::read);
    }

    private static String read(String file) {
        try (var content = Assets.class.getResourceAsStream(FOLDER + file)) {
            if (content == null) {
                throw new IllegalArgumentException("there is no asset " + file);
            }
            var hash = MessageDigest.getInstance("SHA-384").digest(content.readAllBytes());
            return Base64.getEncoder().encodeToString(hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
