package dev.stepzero.guard.keys;

import dev.stepzero.core.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rings of an installation: one for each environment of each project, in directories of their names. */
public final class KeyRings {
    /** The ring that signed before environments had keys of their own; it signs nothing new. */
    public static final String INSTALLATION = "installation";

    private final Path root;
    private final Clock clock;

    public KeyRings(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    public KeyRing installation() {
        return KeyRing.in(root, clock);
    }

    public KeyRing of(String project, String environment) {
        return KeyRing.in(root.resolve(project).resolve(environment), clock);
    }

    /** The rings that there are, by {@code project/environment}. */
    public SortedMap<String, KeyRing> all() {
        var rings = new TreeMap<String, KeyRing>();
        if (SigningKey.isIn(root)) {
            rings.put(INSTALLATION, installation());
        }
        for (var project : directories(root)) {
            for (var environment : directories(project)) {
                if (SigningKey.isIn(environment)) {
                    var name = root.relativize(environment).toString();
                    rings.put(name, KeyRing.in(environment, clock));
                }
            }
        }
        return rings;
    }

    /** Every key that some environment of this installation trusts. */
    public List<TrustedKey> trusted() throws InterruptedException {
        var keys = new ArrayList<TrustedKey>();
        for (var ring : all().values()) {
            keys.addAll(ring.keys());
        }
        return keys;
    }

    private static List<Path> directories(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (var children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw UserError.unreadable("the keys cannot be listed: " + e.getMessage())
                    .at(parent.toString())
                    .because(e);
        }
    }
}
