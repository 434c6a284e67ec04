package dev.stepzero.scan.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stepzero.core.UserError;
import dev.stepzero.rules.RuleFile;

/** A user's own rule with its CEL conditions. */
public final class RuleFuzz {
    private static final RuleFile READER = new RuleFile();

    private RuleFuzz() {}

    /** Called by Jazzer with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, UTF_8);
        try {
            READER.read(name(text) + ".yaml", text);
        } catch (UserError documented) {
            // The documented way to refuse.
        }
    }

    /** A rule's id is its file's name; without the right one nothing behind that check would ever be reached. */
    private static String name(String text) {
        int from = text.indexOf("id: ");
        int to = text.indexOf('\n', Math.max(from, 0));
        return from < 0 || to < 0 ? "rule" : text.substring(from + 4, to);
    }
}
