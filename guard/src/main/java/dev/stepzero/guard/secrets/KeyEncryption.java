package dev.stepzero.guard.secrets;

import dev.stepzero.core.Home;
import dev.stepzero.core.UserError;
import dev.stepzero.guard.secrets.KeyEncryptionKey.Wrapped;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which keys encrypt the keys of secrets: one that wraps, and former ones that still unwrap.
 *
 * @param current wraps
 * @param former only unwrap, until everything is wrapped anew
 */
public record KeyEncryption(KeyEncryptionKey current, List<KeyEncryptionKey> former) {
    /** Names the key that wraps: {@code file:PATH}, {@code awskms:KEY} or {@code vault:MOUNT/KEY}. */
    public static final String KEY = "STEPZERO_SECRETS_KEY";

    /** Names further ones that unwrap, with commas between. */
    public static final String FORMER_KEYS = "STEPZERO_SECRETS_FORMER_KEYS";

    private static final Pattern COMMA = Pattern.compile(",");

    public KeyEncryption {
        former = List.copyOf(former);
    }

    /**
     * The keys that the variables name; without them a file below the home directory.
     *
     * @throws UserError if a name makes no sense
     */
    public static KeyEncryption of(Home home, Map<String, String> environment) {
        var named = environment.getOrDefault(KEY, "");
        var standard = "file:" + home.root().resolve("secrets").resolve("key");
        var former = new ArrayList<KeyEncryptionKey>();
        COMMA.splitAsStream(environment.getOrDefault(FORMER_KEYS, ""))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> former.add(key(FORMER_KEYS, name, environment)));
        return new KeyEncryption(key(KEY, named.isBlank() ? standard : named.strip(), environment), former);
    }

    private static KeyEncryptionKey key(String variable, String name, Map<String, String> environment) {
        int colon = name.indexOf(':');
        var rest = name.substring(colon + 1);
        if (colon > 0 && !rest.isEmpty()) {
            switch (name.substring(0, colon)) {
                case "file" -> {
                    return new KeyFile(Path.of(rest), new SecureRandom());
                }
                case "awskms" -> {
                    return AwsKey.of(rest);
                }
                case "vault" -> {
                    return VaultKey.of(rest, environment);
                }
                default -> {
                    // Said below.
                }
            }
        }
        throw UserError.usage("'%.100s' names no key".formatted(name))
                .at(variable)
                .fix("write file:PATH, awskms:ARN or vault:MOUNT/KEY");
    }

    /**
     * Unwraps a data key with whatever wrapped it.
     *
     * @return empty if it is not what was wrapped for this version
     */
    Optional<byte[]> unwrap(Wrapped wrapped, SecretVersion version) throws InterruptedException {
        var all = new ArrayList<>(former);
        all.addFirst(current);
        for (var key : all) {
            if (key.unwraps(wrapped.keyId())) {
                return key.unwrap(wrapped, version);
            }
        }
        throw UserError.engine("the key of %s is wrapped by '%.100s', which is not configured"
                        .formatted(version, wrapped.keyId()))
                .at(KEY)
                .fix("bring the key file back from its backup, or name the former key in " + FORMER_KEYS
                        + " and wrap everything anew: stepzero secrets rewrap");
    }

    /** Makes a new key to wrap with, where that is ours to do. */
    public void rotate() {
        if (!(current instanceof KeyFile file)) {
            throw UserError.usage("a key of a key service is rotated there")
                    .at(KEY)
                    .fix("rotate it there, and then wrap everything anew: stepzero secrets rewrap");
        }
        file.rotate();
    }

    /** Forgets keys that wrap nothing any more, where that is ours to do. */
    void forgetAllBut(Set<String> used) {
        if (current instanceof KeyFile file) {
            file.forgetAllBut(used);
        }
    }
}
