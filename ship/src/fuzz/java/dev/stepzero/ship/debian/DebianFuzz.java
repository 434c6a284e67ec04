package dev.stepzero.ship.debian;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Set;

/** A lock file, and the lists of packages of a Debian archive. */
public final class DebianFuzz {
    private DebianFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        var text = new String(input, UTF_8);
        try {
            Lockfile.parse(text, "stepzero.lock").print();
        } catch (UserError documented) {
            // The documented way to refuse.
        }
        try {
            index(text);
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }

    private static void index(String text) throws IOException {
        var index = new PackageIndex();
        index.add(new BufferedReader(new StringReader(text)));
        index.complete();
        var stanzas = new Stanzas(new BufferedReader(new StringReader(text)), Set.of());
        for (var next = stanzas.next(); next.isPresent(); next = stanzas.next()) {
            Dependency.readAll(next.get().getOrDefault("depends", ""))
                    .forEach(alternatives -> alternatives.forEach(index::candidate));
        }
    }
}
