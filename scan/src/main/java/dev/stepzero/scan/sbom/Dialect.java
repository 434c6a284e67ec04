package dev.stepzero.scan.sbom;

import dev.stepzero.core.UserError;
import java.util.Optional;

/** One standard, taking what it knows of a document's top level in whatever order it comes. */
sealed interface Dialect permits CycloneDxReader, SpdxReader, Spdx3Reader {
    int MOST_COMPONENTS = 1_000_000;
    int MOST_DEPENDENCIES = 4_000_000;

    /** Takes the value of a key; false where the standard has no such key, or nothing that matters here. */
    boolean take(String key, Elements value);

    /** What was read; empty where the document is of another standard. */
    Optional<Sbom> sbom();

    static UserError tooMany(int most, String what) {
        return UserError.unreadable("the SBOM has more than %d %s".formatted(most, what))
                .fix("split it, or ask who made it why it is so large");
    }
}
