package dev.stepzero.server.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a role must be held for a request. */
public enum Scope {
    /** Nobody need sign in. */
    EVERYONE,
    /** As everyone, and the request proves itself by what it carries, such as a signature; cookies do not count. */
    MACHINE,
    /** Whoever has begun to sign in, even if a second factor is still owed. */
    HALF,
    /** Whoever has signed in, whatever their roles; no program. */
    PERSON,
    /** Whoever has signed in, and every program with a token. */
    CALLER,
    /** A role held anywhere; the handler shows only what the viewer may see. */
    ANY,
    /** A role held everywhere. */
    SERVER,
    /** A role held in the project that the path's <code>{project}</code> names, or everywhere. */
    PROJECT;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Scope> of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findFirst();
    }

    /** Whether roles decide. */
    boolean asksForRoles() {
        return this == ANY || this == SERVER || this == PROJECT;
    }
}
