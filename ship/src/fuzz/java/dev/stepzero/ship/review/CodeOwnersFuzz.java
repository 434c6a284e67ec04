package dev.stepzero.ship.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.UserError;
import dev.stepzero.ship.review.CodeOwners.Syntax;

/** A file {@code CODEOWNERS}, as both forges read it, with its own lines as paths. */
public final class CodeOwnersFuzz {
    private CodeOwnersFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, UTF_8);
        for (var syntax : Syntax.values()) {
            try {
                var owners = CodeOwners.parse(text, syntax, "CODEOWNERS");
                owners.demands(text.lines().limit(20).toList());
            } catch (UserError documented) {
                // The documented way to refuse.
            }
        }
    }
}
