package dev.stepzero.core;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
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
 * @param related further places that belong to it, such as the line in a module that {@code location} calls; where the
 *     last of several is the finding's own, they are the way that leads there
 * @param fingerprint identifies the finding from one scan to the next, whatever moved around it
 * @param priority what sets it before or behind others of its severity
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
        String fingerprint,
        Priority priority) {

    /** Orders findings as somebody who reads the files meets them. */
    public static final Comparator<Finding> BY_PLACE = Comparator.comparing(
                    (Finding finding) -> finding.location().file().orElse(""))
            .thenComparingInt(finding -> finding.location().startLine())
            .thenComparing(Finding::rule)
            .thenComparing(finding -> finding.location().resource())
            .thenComparing(Finding::fingerprint);

    private static final int FINGERPRINT_BYTES = 16;

    public Finding {
        aliases = List.copyOf(aliases);
        controls = List.copyOf(controls);
        cwe = List.copyOf(cwe);
        related = List.copyOf(related);
        stride = Set.copyOf(stride);
        // A run that an older version recorded says nothing of it.
        priority = Objects.requireNonNullElse(priority, Priority.USUAL);
    }

    /** A finding that nothing but its severity sets before others. */
    public Finding(
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
        this(
                rule,
                aliases,
                title,
                severity,
                location,
                message,
                fix,
                controls,
                cwe,
                stride,
                related,
                fingerprint,
                Priority.USUAL);
    }

    /** The fingerprint of a rule that failed on a resource because of a value; each part may hold any characters. */
    public static String fingerprint(String rule, String resource, String value) {
        var parts = rule.length() + ":" + rule + resource.length() + ":" + resource + value;
        var digest = Digest.sha256().digest(parts.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    }
}
