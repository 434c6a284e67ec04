package dev.stepzero.core;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A rule that failed at a location.
 *
 * @param rule the rule's id, such as {@code image-user-root}
 * @param aliases the same check in other tools, so that their suppressions keep working
 * @param title what is wrong, as a short sentence without the place
 * @param severity how bad it is
 * @param location where it is
 * @param message what was found there, with the values that made the rule fail
 * @param fix what to do about it
 * @param controls the requirements that it breaks, {@code framework:control}
 * @param cwe the weaknesses in MITRE's numbering
 * @param stride the threats that it opens
 * @param related further places that belong to it, such as the line in a module that {@code location} calls
 * @param fingerprint identifies the finding from one scan to the next, whatever moved around it
 */
public record Finding(
        String rule,
        List<String> aliases,
        String title,
        Severity severity,
        Location location,
        String message,
        String fix,
        List<String> controls,
        List<Integer> cwe,
        Set<Stride> stride,
        List<Location> related,
        String fingerprint) {

    private static final int FINGERPRINT_BYTES = 16;

    public Finding {
        aliases = List.copyOf(aliases);
        controls = List.copyOf(controls);
        cwe = List.copyOf(cwe);
        related = List.copyOf(related);
        stride = Set.copyOf(stride);
    }

    /** The fingerprint of a rule that failed on a resource because of a value; each part may hold any characters. */
    public static String fingerprint(String rule, String resource, String value) {
        var parts = rule.length() + ":" + rule + resource.length() + ":" + resource + value;
        var digest = Digest.sha256().digest(parts.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    }
}
